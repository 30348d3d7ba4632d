import { printable, quoted } from '../contracts/printable';

const AGAIN = "record it again with 'model-lifecycle evidence record', or restore the file";

/** A record has not the shape of its schema, or contradicts itself; every problem is named at once. */
export function evidenceUnusable(source: string, problems: readonly string[]): Error {
  return new Error(
    `the evidence ${printable(source)} cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  );
}

/** A record of a version that this package does not know. */
export function evidenceOfOtherVersion(source: string, version: unknown): Error {
  return new Error(
    `the evidence ${printable(source)} has schemaVersion ${quoted(version)}, and '1.0' is read here; read it with another version of the package`,
  );
}

/** The content of a record does not have the hash that its id is. */
export function evidenceTampered(source: string, id: string, content: string): Error {
  return new Error(
    `the evidence ${printable(source)} was changed after it was recorded: its id says ${id}, its content is ${content}; ${AGAIN}`,
  );
}

export function evidenceNotJson(source: string, detail: string): Error {
  return new Error(`the evidence ${printable(source)} is not JSON: ${detail}; ${AGAIN}`);
}

/** Readers of JSON differ in which of the two they take. */
export function evidenceKeyTwice(source: string): Error {
  return new Error(`the evidence ${printable(source)} writes a key twice in one object; ${AGAIN}`);
}

export function evidenceTooLarge(source: string, bytes: number, most: number): Error {
  return new Error(`the evidence ${printable(source)} has ${bytes} bytes; a record has at most ${most}`);
}

export function evidenceNotAFile(source: string): Error {
  return new Error(`the evidence ${printable(source)} is not a file; ${AGAIN}`);
}

export function evidenceUnreadable(source: string, code: string): Error {
  return new Error(`the evidence ${printable(source)} cannot be read (${code}); make the file readable`);
}

/** A record lies where that of another release, suite or run belongs. */
export function evidenceMisplaced(source: string, places: readonly string[]): Error {
  return new Error(
    `the evidence ${printable(source)} is in another's place; it belongs at ${places.map(printable).join(' or ')}: move it there`,
  );
}

export function folderUnreadable(folder: string, code: string): Error {
  const problem =
    code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is no folder' : `cannot be read (${code})`;
  return new Error(
    `the folder of evidence '${printable(folder)}' ${problem}; name the folder that 'model-lifecycle evidence record' writes to`,
  );
}

export function evidenceNotWritten(file: string, code: string): Error {
  return new Error(
    `the evidence ${printable(file)} cannot be written (${code}); name a folder in which files can be made`,
  );
}

/** What stands at the place of a record cannot be kept as an older one, so it is not replaced. */
export function evidenceInTheWay(file: string, problem: string): Error {
  return new Error(
    `the evidence ${printable(file)} is not replaced, because what stands there cannot be kept: ${problem}`,
  );
}

export function judgementDayMalformed(given: unknown): Error {
  return new Error(`asOf is ${quoted(given)}; write a calendar day as YYYY-MM-DD, for instance '2026-11-21'`);
}

export function maximumAgeMalformed(given: unknown): Error {
  return new Error(`maximumAge is ${quoted(given)}; write a whole number of days from 0 to 36500`);
}

import { abridged, printable, quoted } from '../contracts/printable';

function file(path: string): string {
  return `prompt file '${printable(path)}'`;
}

export function frontMatterMissing(path: string): Error {
  return new Error(
    `${file(path)} has no front matter: a Prompty file starts with a line '---'; read a plain text with Prompt.fromFile`,
  );
}

export function frontMatterOpen(path: string): Error {
  return new Error(`${file(path)} has front matter without end; write a line '---' after it`);
}

export function frontMatterNotYaml(path: string, line: number, problem: string): Error {
  return new Error(`front matter of ${file(path)} cannot be used at line ${line}: ${abridged(problem)}`);
}

export function fieldUnknown(path: string, name: string, known: readonly string[]): Error {
  return new Error(
    `${file(path)} has the unknown field ${quoted(name)}; known are ${known.join(', ')}: put what is yours under metadata`,
  );
}

export function fieldMalformed(path: string, field: string, value: unknown, allowed: string): Error {
  return new Error(`${field} of ${file(path)} is ${quoted(value)}; write ${allowed}`);
}

export function baseNotSupported(path: string): Error {
  return new Error(
    `${file(path)} builds on another file (base), whose text would not be in the release; write its content out here`,
  );
}

export function parameterReference(path: string, field: string, value: unknown): Error {
  return new Error(
    `${field} of ${file(path)} is ${quoted(value)}, which is looked up elsewhere; a release holds what it is made of, so write the value out`,
  );
}

export function declaredModelDiffers(path: string, field: string, declared: string, release: BoundRole): Error {
  return new Error(
    `${file(path)} declares model ${quoted(declared)} (${field}), and ${bound(release)}; bind the declared model, or change the file after evaluating the prompt with the other`,
  );
}

export function declaredApiDiffers(path: string, field: string, declared: string, release: BoundRole): Error {
  return new Error(`${file(path)} declares ${quoted(declared)} (${field}), which does not fit: ${bound(release)}`);
}

export function declaredParameterDiffers(
  path: string,
  field: string,
  declared: unknown,
  property: string,
  used: unknown,
  release: BoundRole,
): Error {
  const usage = used === undefined ? `sets no ${property}` : `sets ${property} to ${quoted(used)}`;
  return new Error(
    `${file(path)} declares ${field} ${quoted(declared)}, and the config of role ${quoted(release.role)} in release ${quoted(release.release)} ` +
      `${usage}; make them agree, since the model is called with the config`,
  );
}

/** A role of a release and what it is bound to. */
export interface BoundRole {
  readonly release: string;
  readonly role: string;
  readonly key: string;
}

function bound({ release, role, key }: BoundRole): string {
  return `release ${quoted(release)} binds role ${quoted(role)} to ${key}`;
}

import { resolve } from 'node:path';
import { andMore } from '../contracts/and-more';
import { printable } from '../contracts/printable';

/** The two kinds of files that knowledge of models is read from. */
export type CatalogFileKind = 'catalogue' | 'overlay';

const MOST_PROBLEMS = 20;

export function fileUnreadable(kind: CatalogFileKind, path: string, code: string): Error {
  const what = code === 'ENOENT' ? `there is no file '${printable(resolve(path))}'` : `it cannot be read (${code})`;
  return new Error(
    `${kind} '${printable(path)}': ${what}; give the path of a JSON file, from the working directory or absolute`,
  );
}

export function fileNotJson(kind: CatalogFileKind, path: string, detail: string): Error {
  return new Error(`${kind} '${printable(path)}' is not JSON (${printable(detail)}); correct the file`);
}

export function fileInvalid(kind: CatalogFileKind, path: string, problems: readonly string[]): Error {
  if (problems.length === 1) {
    return new Error(`${kind} '${printable(path)}': ${printable(problems[0]!)}`);
  }
  const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => `\n  ${printable(problem)}`);
  const rest = andMore(problems.length - MOST_PROBLEMS, '\n  ');
  return new Error(`${kind} '${printable(path)}' has ${problems.length} problems:${shown.join('')}${rest}`);
}

export function notACalendarDay(given: unknown): Error {
  return new Error(`the day to judge on is ${JSON.stringify(given)}; write a calendar day as YYYY-MM-DD`);
}

export function unknownCloud(given: unknown): Error {
  return new Error(`cloud is ${JSON.stringify(given)}; write 'public' or 'usgovernment'`);
}

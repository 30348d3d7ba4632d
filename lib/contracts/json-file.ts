import { readFileSync } from 'node:fs';
import { describeJsonError } from './json-syntax';

/** An object as `JSON.parse` gives it; keys such as `__proto__` are ordinary keys of it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is an object and neither a list nor `null`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How the errors of one kind of file are worded; `detail` is the system's code, or where the syntax error is. */
export interface JsonFileErrors {
  unreadable(path: string, detail: string): Error;
  notJson(path: string, detail: string): Error;
}

/** The content of a JSON file. @throws what the errors say of a file that cannot be read or is not JSON */
export function readJsonFile(path: string, errors: JsonFileErrors): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw errors.unreadable(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  // Editors on Windows put a byte order mark in front, which JSON does not allow.
  const content = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(content);
  } catch {
    throw errors.notJson(path, describeJsonError(content));
  }
}

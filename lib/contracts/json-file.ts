import { readFileSync } from 'node:fs';
import { TextDecoder } from 'node:util';
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
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw errors.unreadable(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  const content = textOf(bytes);
  try {
    return JSON.parse(content);
  } catch {
    throw errors.notJson(path, describeJsonError(content));
  }
}

/** Editors on Windows put a byte order mark in front, which JSON does not allow; `>` of Windows PowerShell writes UTF-16 with one. */
function textOf(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  // It takes the mark away.
  return new TextDecoder(encoding).decode(bytes);
}

import { readFileSync } from 'node:fs';

/** An object as `JSON.parse` gives it; keys such as `__proto__` are ordinary keys of it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is an object and neither a list nor `null`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How the errors of one kind of file are worded; `detail` is the system's code or the parser's message. */
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
  try {
    // Editors on Windows put a byte order mark in front, which JSON does not allow.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw errors.notJson(path, (error as Error).message.replace(/\s+/g, ' '));
  }
}

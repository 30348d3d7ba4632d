import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileNotUtf8, fileUnreadable, pathNotText } from './errors';

/** A text file of a prompt. */
export interface PromptFile {
  /** Absolute path. */
  readonly path: string;
  /** The text, without byte order mark and with `\n` at the end of every line. */
  readonly text: string;
}

/**
 * Reads the text of a prompt, so that one checkout is one text on every machine: git gives files other line ends on Windows,
 * and editors there put a byte order mark in front.
 *
 * @throws if the file cannot be read or is not UTF-8
 */
export function readPromptFile(givenPath: string): PromptFile {
  if (typeof givenPath !== 'string') {
    throw pathNotText(givenPath);
  }
  const path = resolve(givenPath);
  let bytes: Buffer;
  try {
    if (!statSync(path).isFile()) {
      throw fileUnreadable(path, 'NOT_A_FILE');
    }
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw code === undefined ? error : fileUnreadable(path, code);
  }
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n') };
  } catch {
    throw fileNotUtf8(path);
  }
}

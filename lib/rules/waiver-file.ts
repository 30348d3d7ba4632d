import { readFileSync } from 'node:fs';
import { Waiver } from '../contracts/waiver';
import { badWaiverFile, unreadableWaiverFile, waiverFileNotJson } from './errors';
import { printable, quoted } from './printable';
import { isWaiverField, waiverProblems } from './waiver-shape';

/** A waiver and the place in a file that it was read from. */
export interface FileWaiver extends Waiver {
  /** For instance `waivers.json, waivers[2]`. */
  readonly source: string;
}

/**
 * Reads a waiver file: `{ "waivers": [{ "rule", "resource", "reason", "owner", "expires" }] }`, JSON as described by
 * `waivers.schema.json`. Whether a rule exists and how long it can be waived is judged with the findings.
 *
 * @throws if the file cannot be read, is not JSON, or has not that shape; every problem is named at once
 */
export function readWaiverFile(path: string): FileWaiver[] {
  const document = parse(path, readText(path));
  const problems: string[] = [];
  if (!isRecord(document) || !Array.isArray(document.waivers)) {
    throw badWaiverFile(path, ['the file has no list \'waivers\'; write {"waivers": [...]}']);
  }
  for (const key of Object.keys(document)) {
    if (key !== 'waivers' && key !== '$schema') {
      problems.push(`${quoted(key)} is not known here; allowed are 'waivers' and '$schema'`);
    }
  }
  if (document.$schema !== undefined && typeof document.$schema !== 'string') {
    problems.push("'$schema' is not a text; give the address of the schema, or leave it out");
  }
  document.waivers.forEach((waiver: unknown, index) => problems.push(...problemsOf(waiver, `waivers[${index}]`)));
  if (problems.length > 0) {
    throw badWaiverFile(path, problems);
  }
  return (document.waivers as Waiver[]).map((waiver, index) => ({ ...waiver, source: `${path}, waivers[${index}]` }));
}

function problemsOf(waiver: unknown, place: string): string[] {
  if (!isRecord(waiver)) {
    return [`${place} is not an object; give it rule, resource, reason, owner and expires`];
  }
  const unknownKeys = Object.keys(waiver).filter((key) => !isWaiverField(key));
  return [
    ...unknownKeys.map(
      (key) => `${place} has ${quoted(key)}, which is not known; allowed are rule, resource, reason, owner and expires`,
    ),
    ...waiverProblems(waiver).map((problem) => `${place}.${problem}`),
  ];
}

function readText(path: string): string {
  try {
    // Editors on Windows still write a byte order mark, which JSON.parse refuses.
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw unreadableWaiverFile(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw waiverFileNotJson(path, printable((error as Error).message));
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

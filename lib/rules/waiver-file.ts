import { isJsonObject, readJsonFile } from '../contracts/json-file';
import { printable, quoted } from '../contracts/printable';
import { Waiver } from '../contracts/waiver';
import { badWaiverFile, unreadableWaiverFile, waiverFileNotJson } from './errors';
import { findRule } from './rules';
import { existingRuleAdvice } from './waiver-rule';
import { inputProblems, isWaiverField, waiverProblems } from './waiver-shape';

/** A waiver and the place in a file that it was read from. */
export interface FileWaiver extends Waiver {
  /** For instance `waivers.json, waivers[2]`. */
  readonly source: string;
  /** The only input or stack that it covers, by its name or a pattern with `*`. @default - all of them */
  readonly input?: string;
}

/**
 * Reads a waiver file: `{ "waivers": [{ "rule", "resource", "reason", "owner", "expires" }] }`, and `"input"`
 * where one is limited to an input; JSON as described by `waivers.schema.json`. Whether a rule exists and how long it can be waived is judged with the findings.
 *
 * @throws if the file cannot be read, is not JSON, or has not that shape; every problem is named at once
 */
export function readWaiverFile(path: string): FileWaiver[] {
  const document = readJsonFile(path, { unreadable: unreadableWaiverFile, notJson: notJsonWaiverFile });
  const problems: string[] = [];
  if (!isJsonObject(document) || !Array.isArray(document.waivers)) {
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
    throw badWaiverFile(path, [...problems, ...misspeltRules(document.waivers)]);
  }
  return (document.waivers as Waiver[]).map((waiver, index) => ({ ...waiver, source: `${path}, waivers[${index}]` }));
}

function problemsOf(waiver: unknown, place: string): string[] {
  if (!isJsonObject(waiver)) {
    return [`${place} is not an object; give it rule, resource, reason, owner and expires`];
  }
  const unknownKeys = Object.keys(waiver).filter((key) => !isWaiverField(key) && key !== 'input');
  return [
    ...unknownKeys.map(
      (key) =>
        `${place} has ${quoted(key)}, which is not known; allowed are rule, resource, reason, owner, expires and input`,
    ),
    ...[...waiverProblems(waiver), ...inputProblems(waiver)].map((problem) => `${place}.${problem}`),
  ];
}

/** By itself such a waiver is a finding; beside what stops the run it would come to light one run later. */
function misspeltRules(waivers: readonly unknown[]): string[] {
  return waivers.flatMap((waiver, index) => {
    const rule = isJsonObject(waiver) && typeof waiver.rule === 'string' ? waiver.rule : '';
    return rule.trim() === '' || findRule(rule) !== undefined
      ? []
      : [`waivers[${index}].rule is ${quoted(rule)}, which does not exist; ${existingRuleAdvice(rule)}`];
  });
}

function notJsonWaiverFile(path: string, detail: string): Error {
  return waiverFileNotJson(path, printable(detail));
}

import { andMore } from '../contracts/and-more';
import { printable, quoted } from '../contracts/printable';

/** What the user calls the thresholds. */
export interface ThresholdNames {
  readonly warnDays: string;
  readonly failDays: string;
}

/** A severity was set for a rule that does not exist. */
export function unknownRule(given: string, nearest: string | undefined, origin: string): Error {
  const hint = nearest === undefined ? 'the rules are listed in docs/rules.md' : `did you mean '${nearest}'?`;
  return new Error(`${origin} names the rule ${quoted(given)}, which does not exist; ${hint}`);
}

/** A rule was given a severity that does not exist. */
export function unknownSeverity(rule: string, given: unknown, origin: string): Error {
  return new Error(
    `${origin} gives the rule ${quoted(rule)} the severity ${quoted(given)}; allowed are 'error', 'warning', 'note' and 'off'`,
  );
}

/** A threshold is not a number of days. */
export function badDays(name: string, given: number): Error {
  return new Error(`${name} is ${given}; give a whole number of days, zero or more`);
}

/** The thresholds contradict each other. */
export function thresholdsCross(failDays: number, warnDays: number, names: ThresholdNames): Error {
  return new Error(
    `${names.warnDays} is ${warnDays} and ${names.failDays} is ${failDays}; a warning comes before an error, so give ${names.warnDays} ${failDays} or more`,
  );
}

/** The waiver file could not be read. */
export function unreadableWaiverFile(path: string, reason: string): Error {
  return new Error(
    `the waiver file ${printable(path)} cannot be read: ${reason}; give the path of a JSON file with a 'waivers' list`,
  );
}

/** The waiver file is not JSON. */
export function waiverFileNotJson(path: string, reason: string): Error {
  return new Error(
    `the waiver file ${printable(path)} is not JSON: ${reason}; write {"waivers": [{"rule", "resource", "reason", "owner", "expires"}]}`,
  );
}

/** The waiver file does not have the shape of its schema; every problem is named at once. */
export function badWaiverFile(path: string, problems: readonly string[]): Error {
  return new Error(
    `the waiver file ${printable(path)} cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  );
}

/** The baseline file could not be read. */
export function unreadableBaseline(path: string, reason: string): Error {
  return new Error(
    `the baseline file ${printable(path)} cannot be read: ${reason}; give the path of a file that this tool has written`,
  );
}

/** The baseline file is not JSON. */
export function baselineNotJson(path: string, reason: string): Error {
  return new Error(`the baseline file ${printable(path)} is not JSON: ${reason}; let this tool write it again`);
}

/** A plan was given as the baseline file. */
export function planAsBaseline(path: string): Error {
  return new Error(
    `the baseline file ${printable(path)} is a Terraform plan or state; a plan that stands before is given with --base, and a baseline is what --write-baseline wrote`,
  );
}

/** The baseline file does not have the shape of its schema; the problems are named at once, `count` of them in all. */
export function badBaseline(path: string, problems: readonly string[], count: number): Error {
  const left = count - problems.length;
  const rest = left > 0 ? [andMore(left)] : [];
  return new Error(
    `the baseline file ${printable(path)} cannot be used:\n${[...problems, ...rest].map((problem) => `  ${problem}`).join('\n')}`,
  );
}

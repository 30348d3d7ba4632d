import { inputName } from '../contracts/input-name';
import { FindingResource } from './finding';
import { matchesPattern } from './waiver-match';

/** Whether a finding stands in the input or the stack that a waiver is limited to. */
export function isWithin(limit: string, { input, stack }: FindingResource): boolean {
  return isNamed(
    limit,
    [input, stack].flatMap((name) => name ?? []),
  );
}

/** Whether one of the names of inputs and stacks is meant. */
export function isNamed(limit: string, names: readonly string[]): boolean {
  const pattern = plainPath(limit);
  return names.some((name) => [name, inputName(name)].some((each) => matchesPattern(pattern, plainPath(each))));
}

/** One file of waivers serves runs on Windows and elsewhere. */
function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/u, '');
}

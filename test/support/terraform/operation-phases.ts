import { Operation } from './fake-azure';

/** Operations as `describeOperation` writes them. */
export type Phase = readonly string[];

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Action, type and name, without what is made of something else: `create backend gpt-5-1-2025-11-13-dated`. */
export function describeOperation({ action, type, name, refused }: Operation): string {
  const readable = name.replace(GUID, '').replace(/(?:-(?:sweden|france))?-[0-9a-f]{8}(?=-|$)/, '');
  const words = [action, type.replace(/^azurerm_(?:api_management_)?/, ''), readable, refused && 'refused'];
  return words.filter((word) => word !== undefined && word !== '').join(' ');
}

/**
 * What speaks against the operations being exactly those of the phases, each phase at an end before the next one began.
 * @param anyTime operations that may run beside all phases
 */
export function phaseProblems(
  operations: readonly Operation[],
  phases: readonly Phase[],
  anyTime: Phase = [],
): string[] {
  const left = [...operations];
  const problems: string[] = [];
  const take = (description: string): Operation[] => {
    const index = left.findIndex((operation) => describeOperation(operation) === description);
    if (index < 0) {
      problems.push(`missing: ${description}`);
      return [];
    }
    return left.splice(index, 1);
  };
  const done = phases.map((phase) => phase.flatMap(take));
  anyTime.forEach(take);
  for (const [index, later] of done.slice(1).entries()) {
    const last = done[index]!.reduce((latest, { finished }) => Math.max(latest, finished), 0);
    const early = later.filter(({ started }) => started < last);
    problems.push(...early.map((operation) => `too early: ${describeOperation(operation)}`));
  }
  return [...problems, ...left.map((operation) => `not expected: ${describeOperation(operation)}`)];
}

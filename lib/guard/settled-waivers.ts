import { Waiver } from '../contracts/waiver';
import { ConfigurationFacts } from '../facts/facts';
import { settleWaivers } from '../rules/evaluate';
import { Finding } from '../rules/finding';
import { PlacedWaiver, placedOutside } from '../rules/placed-waiver';
import { AppGuard } from './app-guard';
import { givenWaivers } from './given-waivers';
import { HostStack, isStack, stacksOf } from './host';
import { GuardSettings } from './settings';
import { StackInspection } from './stack-inspection';

/**
 * What is wrong with the waivers that no other stack can use once this one has been inspected.
 *
 * A waiver in code may cover the stack that it stands in and those nested there; one in a file, every stack whose
 * settings name that file. It is unused if none of them needs it, so it is judged with the last of them.
 */
export function settledWaivers({ stack, settings }: StackInspection, guard: AppGuard): Finding[] {
  const inCode = stack.node.scopes
    .filter(isStack)
    .flatMap((outer) => settle(codeWaiversOf(outer, guard), () => guard.completed(stacksOf(outer)), settings));
  const { waivers, waiverFile } = settings;
  const inFile = waivers.map(placedOutside);
  const readers = () => guard.completed(guard.stacks(), (theirs) => theirs.waiverFile === waiverFile);
  return [...inCode, ...settle(inFile, readers, settings)];
}

/** The same for a stack that is judged alone: a waiver for stacks nested in it may seem unused and is not. */
export function settledAlone(
  stack: HostStack,
  { waivers }: ConfigurationFacts,
  findings: readonly Finding[],
  settings: GuardSettings,
): Finding[] {
  const hasNested = stacksOf(stack).length > 1;
  return settleWaivers(findings, placedIn(stack, waivers), settings).filter(
    ({ rule }) => !hasNested || rule !== 'waiver-unused',
  );
}

function settle(
  waivers: readonly PlacedWaiver[],
  readers: () => readonly StackInspection[] | undefined,
  settings: GuardSettings,
): Finding[] {
  const inspections = waivers.length === 0 ? undefined : readers();
  const findings = inspections?.flatMap((inspection) => inspection.findings);
  return findings === undefined ? [] : settleWaivers(findings, waivers, settings);
}

/** As the configuration has them, where it was read: an override may have changed them. */
function codeWaiversOf(stack: HostStack, guard: AppGuard): PlacedWaiver[] {
  return placedIn(stack, guard.inspectionOf(stack)?.facts.waivers ?? givenWaivers(stack));
}

function placedIn(stack: HostStack, waivers: readonly Waiver[]): PlacedWaiver[] {
  return waivers.map((waiver) => ({ waiver, stack: stack.node.path }));
}

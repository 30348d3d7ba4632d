import { ConfigurationFacts } from '../facts/facts';
import { readStackConfiguration } from '../facts/stack-configuration';
import { evaluateAll } from '../rules/evaluate';
import { Finding } from '../rules/finding';
import { mayNameModel } from '../rules/literal-prefilter';
import { AppGuard } from './app-guard';
import { declarationSiteOf } from './declaration-site';
import { findConstruct, HostStack } from './host';
import { GuardSettings } from './settings';

/** What the guard saw in one stack, and what it found. */
export interface StackInspection {
  readonly stack: HostStack;
  readonly settings: GuardSettings;
  /** The resolved stack that was judged. */
  readonly configuration: unknown;
  readonly facts: ConfigurationFacts;
  readonly findings: readonly Finding[];
}

/** Judges a protected stack as it resolves now, and records the result with the guard of its app. */
export function inspectStack(stack: HostStack, guard: AppGuard): StackInspection {
  const settings = guard.settingsFor(stack)!;
  const { configuration, facts } = read(stack, settings);
  const findings = isLastOfItsSettings(stack, guard)
    ? findingsOfRun(stack, facts, settings, guard)
    : evaluateAll({ ...rulesOf(settings), configurations: [facts], extent: 'part' }).findings;
  const inspection = { stack, settings, configuration, facts, findings: withDeclarationSites(stack, findings) };
  guard.record(stack, inspection);
  return inspection;
}

/** Judges a stack on its own, as if there were no other, and records nothing. */
export function judgeStack(stack: HostStack, settings: GuardSettings): readonly Finding[] {
  const { facts } = read(stack, settings);
  return withDeclarationSites(stack, evaluateAll({ ...rulesOf(settings), configurations: [facts] }).findings);
}

function read(stack: HostStack, settings: GuardSettings) {
  const configuration = stack.toTerraform();
  const literals = mayNameModel(settings.catalog.spellings());
  return { configuration, facts: readStackConfiguration(configuration, { stack: stack.node.path, literals }) };
}

/**
 * What concerns the run as a whole (the catalogue's age, waivers that no stack needs, unguarded stacks) is found once,
 * with the last stack that is judged by these settings.
 */
function findingsOfRun(
  stack: HostStack,
  facts: ConfigurationFacts,
  settings: GuardSettings,
  guard: AppGuard,
): Finding[] {
  const before = guard.recorded().filter((other) => other.settings === settings && other.stack !== stack);
  const { findings } = evaluateAll({
    ...rulesOf(settings),
    configurations: [...before.map((other) => other.facts), facts],
    unguardedStacks: isLast(stack, guard.guardedStacks())
      ? guard.unguardedStacks().map((other) => other.node.path)
      : [],
  });
  const otherStacks = new Set(before.map((other) => other.facts.stack));
  return findings.filter(({ resource }) => resource.stack === undefined || !otherStacks.has(resource.stack));
}

function isLastOfItsSettings(stack: HostStack, guard: AppGuard): boolean {
  const settings = guard.settingsFor(stack);
  return isLast(
    stack,
    guard.guardedStacks().filter((other) => guard.settingsFor(other) === settings),
  );
}

function isLast(stack: HostStack, stacks: readonly HostStack[]): boolean {
  return stacks[stacks.length - 1] === stack;
}

function rulesOf(settings: GuardSettings) {
  const { catalog, judgement, severities, waivers, rules } = settings;
  return { catalog, judgement, severities, waivers, settings: rules };
}

function withDeclarationSites(stack: HostStack, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    const construct = findConstruct(stack, finding.resource.constructPath);
    const declaredAt = construct && declarationSiteOf(construct);
    return declaredAt ? { ...finding, resource: { ...finding.resource, declaredAt } } : finding;
  });
}

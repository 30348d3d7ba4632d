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
  readonly facts: ConfigurationFacts;
  readonly findings: readonly Finding[];
}

/**
 * Judges the resolved configuration of a protected stack, and records the result with the guard of its app.
 *
 * What concerns the run as a whole (the catalogue's age, waivers that no stack needs, unguarded stacks) is found with
 * the last stack that is judged by the same settings.
 */
export function inspectStack(stack: HostStack, guard: AppGuard, configuration: unknown): StackInspection {
  const settings = guard.settingsFor(stack)!;
  const facts = factsOf(stack, settings, configuration);
  const findings = guard.isLast(stack)
    ? findingsOfRun(stack, facts, settings, guard)
    : evaluateAll({ ...rulesOf(settings), configurations: [facts], extent: 'part' }).findings;
  const inspection = { stack, settings, facts, findings: withDeclarationSites(stack, findings) };
  guard.record(inspection);
  return inspection;
}

/** Judges a stack on its own, without what concerns the app as a whole, and records nothing. */
export function judgeStack(stack: HostStack, settings: GuardSettings): readonly Finding[] {
  const facts = factsOf(stack, settings, stack.toTerraform());
  const { findings } = evaluateAll({ ...rulesOf(settings), configurations: [facts], extent: 'part' });
  return withDeclarationSites(stack, findings);
}

function factsOf(stack: HostStack, { catalog }: GuardSettings, configuration: unknown): ConfigurationFacts {
  return readStackConfiguration(configuration, {
    stack: stack.node.path,
    literals: mayNameModel(catalog.spellings()),
  });
}

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
    unguardedStacks: guard.isLast(stack, true) ? guard.unguardedStacks().map((other) => other.node.path) : [],
  });
  const otherStacks = new Set(before.map((other) => other.facts.stack));
  return findings.filter(({ resource }) => resource.stack === undefined || !otherStacks.has(resource.stack));
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

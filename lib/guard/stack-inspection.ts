import { ConfigurationFacts } from '../facts/facts';
import { readStackConfiguration } from '../facts/stack-configuration';
import { evaluateAll } from '../rules/evaluate';
import { Finding } from '../rules/finding';
import { compareFindings } from '../rules/finding-order';
import { mayNameModel } from '../rules/literal-prefilter';
import { AppGuard } from './app-guard';
import { declarationSiteOf } from './declaration-site';
import { waiversAround } from './given-waivers';
import { findConstruct, HostStack } from './host';
import { GuardSettings, guardSettings } from './settings';
import { settledAlone, settledWaivers } from './settled-waivers';

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
 * What concerns the run as a whole (the catalogue's age, unguarded stacks) is found with the last stack that is judged by
 * the same settings, and what is wrong with a waiver with the last stack that could need it.
 */
export function inspectStack(stack: HostStack, guard: AppGuard, configuration: unknown): StackInspection {
  const settings = guard.settingsFor(stack)!;
  const facts = factsOf(stack, settings, configuration);
  const { findings } = evaluateAll({
    ...rulesOf(settings),
    configurations: [withWaiversAround(stack, facts)],
    deploymentNames: guard.deploymentNames(),
    ...(guard.isLast(stack) ? { extent: 'run', unguardedStacks: unguardedPaths(stack, guard) } : { extent: 'part' }),
    judgesWaivers: false,
  });
  const judged = { stack, settings, facts, findings };
  guard.record(judged);
  const all = [...findings, ...settledWaivers(judged, guard)].sort(compareFindings);
  const inspection = { ...judged, findings: withDeclarationSites(stack, all) };
  guard.record(inspection);
  return inspection;
}

/** Judges a stack on its own, by default settings if nobody protects it, and records nothing. */
export function judgeStack(stack: HostStack, guard: AppGuard): readonly Finding[] {
  const settings = guard.settingsFor(stack) ?? guardSettings();
  const facts = factsOf(stack, settings, stack.toTerraform());
  const { findings } = evaluateAll({
    ...rulesOf(settings),
    configurations: [withWaiversAround(stack, facts)],
    deploymentNames: guard.deploymentNames(),
    extent: 'part',
  });
  const all = [...findings, ...settledAlone(stack, facts, findings, settings)].sort(compareFindings);
  return withDeclarationSites(stack, all);
}

/** Named once, with the last stack of all. */
function unguardedPaths(stack: HostStack, guard: AppGuard): string[] {
  return guard.isLast(stack, true) ? guard.unguardedStacks().map((other) => other.node.path) : [];
}

function withWaiversAround(stack: HostStack, facts: ConfigurationFacts): ConfigurationFacts {
  return { ...facts, waivers: [...facts.waivers, ...waiversAround(stack)] };
}

function factsOf(stack: HostStack, { catalog }: GuardSettings, configuration: unknown): ConfigurationFacts {
  return readStackConfiguration(configuration, {
    stack: stack.node.path,
    literals: mayNameModel(catalog.spellings()),
  });
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

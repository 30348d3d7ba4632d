import { JudgementDate } from '../contracts/as-of';
import { Waiver } from '../contracts/waiver';
import { ConfigurationFacts } from '../facts/facts';
import { cachedKnowledge } from './cached-knowledge';
import { Finding, FindingResource } from './finding';
import { compareFindings } from './finding-order';
import { PlacedWaiver } from './placed-waiver';
import { printable } from './printable';
import { LifecycleKnowledge, RuleDescription, RuleSettings } from './rule';
import { CONFIGURATION_RULES, RUN_RULES } from './rules';
import { resolveSettings } from './settings';
import { SeverityOverrides, withSeverity } from './severities';
import { applyWaivers } from './waivers';

/** What configurations are judged with. */
export interface EvaluationOptions {
  readonly catalog: LifecycleKnowledge;
  readonly judgement: JudgementDate;
  /** @default - `failDays` 30, `warnDays` 120, nothing forbidden */
  readonly settings?: Partial<RuleSettings>;
  /** Severity by rule id: `error`, `warning`, `note` or `off`; it has the last word. @default - each rule's own */
  readonly severities?: SeverityOverrides;
  /** Waivers from outside the configurations, as `readWaiverFile` gives them. @default - none */
  readonly waivers?: readonly (Waiver & { readonly source?: string })[];
  /** Construct paths of stacks that no guard judges. @default - none */
  readonly unguardedStacks?: readonly string[];
  /**
   * What is judged: `run`, everything; `part`, some configurations of a run whose others are judged by other calls.
   * What concerns the run as a whole (age of the catalogue, the day, unguarded stacks, whether each of `waivers`
   * is valid, expired or used) is then left out; the waivers apply all the same.
   *
   * @default 'run'
   */
  readonly extent?: 'run' | 'part';
}

/** All that was found, and how much of it. */
export interface Evaluation {
  /** Errors first, then by address, then by rule. */
  readonly findings: readonly Finding[];
  readonly summary: EvaluationSummary;
}

/** Counts of findings that no waiver covers, and of those that one does. */
export interface EvaluationSummary {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Those of the findings above that say something could not be seen. */
  readonly unknown: number;
  readonly waived: number;
}

/** Judges one configuration. @throws if the settings or severities cannot be used; never for what is found */
export function evaluate(input: EvaluationOptions & { readonly facts: ConfigurationFacts }): Evaluation {
  return evaluateAll({ ...input, configurations: [input.facts] });
}

/** Judges all configurations of a run together. @throws if the settings or severities cannot be used; never for what is found */
export function evaluateAll(
  input: EvaluationOptions & { readonly configurations: readonly ConfigurationFacts[] },
): Evaluation {
  const { judgement, configurations, extent = 'run' } = input;
  const settings = resolveSettings(input.settings);
  const adjust = withSeverity(input.severities ?? {});
  const catalog = cachedKnowledge(input.catalog);
  const findings = configurations.flatMap((facts) => {
    const context = { facts, catalog, asOf: judgement.asOf, settings };
    return CONFIGURATION_RULES.flatMap((rule) =>
      guarded(rule, configurationResource(facts), () => rule.check(context)),
    );
  });
  if (extent === 'run') {
    const context = { catalog, judgement, unguardedStacks: input.unguardedStacks ?? [] };
    findings.push(...RUN_RULES.flatMap((rule) => guarded(rule, RUN_RESOURCE, () => rule.checkRun(context))));
  }
  const shared = (input.waivers ?? []).map((waiver): PlacedWaiver => ({ waiver, source: waiver.source }));
  const own = configurations.flatMap((facts) =>
    facts.waivers.map((waiver): PlacedWaiver => ({ waiver, stack: facts.stack })),
  );
  const waived = applyWaivers(findings.flatMap(adjust), [...own, ...shared], judgement.asOf);
  const silent = new Set(extent === 'part' ? shared : []);
  const aboutWaivers = waived.waiverFindings.filter(({ placed }) => !silent.has(placed)).map(({ finding }) => finding);
  const all = [...waived.findings, ...aboutWaivers.flatMap(adjust)].sort(compareFindings);
  return { findings: all, summary: summarise(all) };
}

const RUN_RESOURCE: FindingResource = { address: 'run', type: 'run' };

function configurationResource(facts: ConfigurationFacts): FindingResource {
  return {
    address: facts.stack ?? 'configuration',
    type: 'configuration',
    stack: facts.stack,
    constructPath: facts.stack,
  };
}

/** A rule that fails has judged nothing: that is a finding, neither a pass nor a crash. */
function guarded(rule: RuleDescription, resource: FindingResource, check: () => Finding[]): Finding[] {
  try {
    return check();
  } catch (error) {
    return [
      {
        rule: rule.id,
        severity: 'error',
        status: 'unknown',
        resource,
        message: `the rule ${rule.id} failed and has judged nothing here: ${printable(error instanceof Error ? error.message : String(error))}`,
        fix: 'report this with the message; until it is mended, check by hand what the rule covers',
      },
    ];
  }
}

/** Counts findings. */
export function summarise(findings: readonly Finding[]): EvaluationSummary {
  const counted = findings.filter((finding) => finding.waived === undefined);
  const count = (severity: Finding['severity']) => counted.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
    unknown: counted.filter((finding) => finding.status === 'unknown').length,
    waived: findings.length - counted.length,
  };
}

import { JudgementDate } from '../contracts/as-of';
import { printable } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { ConfigurationFacts } from '../facts/facts';
import { carryOver, KnownFinding, RULE_FAILED } from './baseline-carry';
import { cachedKnowledge } from './cached-knowledge';
import { Finding, FindingResource } from './finding';
import { compareFindings } from './finding-order';
import { foundIn } from './found-in';
import { PlacedWaiver, placedOutside, WaiverOfFile } from './placed-waiver';
import { LifecycleKnowledge, RuleDescription, RuleSettings } from './rule';
import { CONFIGURATION_RULES, JOINT_RULES, PLAN_RULES, RUN_RULES } from './rules';
import { resolveSettings } from './settings';
import { SeverityOverrides, withSeverity } from './severities';
import { UnknownPolicy, weighUnknown } from './unknown-policy';
import { applyWaivers, BroadWaiver, WaiverApplication } from './waivers';

/** What configurations are judged with. */
export interface EvaluationOptions {
  readonly catalog: LifecycleKnowledge;
  readonly judgement: JudgementDate;
  /** @default - `failDays` 30, `warnDays` 120, nothing forbidden */
  readonly settings?: Partial<RuleSettings>;
  /** Severity by rule id: `error`, `warning`, `note` or `off`; it has the last word. @default - each rule's own */
  readonly severities?: SeverityOverrides;
  /** Weight of findings that say something could not be seen, whatever their rule's severity. @default - the rule's */
  readonly unknown?: UnknownPolicy;
  /** Waivers from outside the configurations, as `readWaiverFile` gives them. @default - none */
  readonly waivers?: readonly WaiverOfFile[];
  /** Findings that were there before, as `readBaseline` and `knownFindingsOf` give them. @default - none */
  readonly knownFindings?: readonly KnownFinding[];
  /** Construct paths of stacks that no guard judges. @default - none */
  readonly unguardedStacks?: readonly string[];
  /** Names, in lower case, of deployments that configurations judged by other calls declare. @default - none */
  readonly deploymentNames?: ReadonlySet<string>;
  /**
   * What is judged: `run`, everything; `part`, some configurations of a run whose others are judged by other calls;
   * `earlier`, everything that stood before, for `knownFindingsOf`. What concerns the run as a whole (age of the
   * catalogue, the day, unguarded stacks) is judged of a `run` only, and what several configurations do together of all
   * but a `part`.
   *
   * @default 'run'
   */
  readonly extent?: 'run' | 'part' | 'earlier';
  /**
   * Whether the waivers themselves are judged: valid, expired, used. They apply all the same; `settleWaivers` judges
   * them once everything is known that they may cover.
   *
   * @default - true for a run, false otherwise
   */
  readonly judgesWaivers?: boolean;
}

/** All that was found, and how much of it. */
export interface Evaluation {
  /** Errors first, then by address, then by rule. */
  readonly findings: readonly Finding[];
  readonly summary: EvaluationSummary;
  /** Waivers that cover findings of several inputs and do not say so. @default - there are none */
  readonly broadWaivers?: readonly BroadWaiver[];
}

/** Counts of findings that are new and that no waiver covers, and of the others. */
export interface EvaluationSummary {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Those of the findings above that say something could not be seen. */
  readonly unknown: number;
  readonly waived: number;
  /** Those that were there before and that no waiver covers. */
  readonly carriedOver: number;
}

/** Judges one configuration. @throws if the settings or severities cannot be used; never for what is found */
export function evaluate(input: EvaluationOptions & { readonly facts: ConfigurationFacts }): Evaluation {
  return evaluateAll({ ...input, configurations: [input.facts] });
}

/** Judges all configurations of a run together. @throws if the settings or severities cannot be used; never for what is found */
export function evaluateAll(
  input: EvaluationOptions & { readonly configurations: readonly ConfigurationFacts[] },
): Evaluation {
  const { judgement, configurations, extent = 'run', judgesWaivers = extent === 'run' } = input;
  const settings = resolveSettings(input.settings);
  const catalog = cachedKnowledge(input.catalog);
  const declared = new Set(configurations.flatMap(deploymentNamesOf));
  const isDeployed = (name: string) => declared.has(name) || input.deploymentNames?.has(name) === true;
  const check = checkWith(input);
  const findings = configurations.flatMap((facts) => {
    const context = { facts, catalog, asOf: judgement.asOf, settings, isDeployed, configurations };
    const rules = facts.plan === undefined ? CONFIGURATION_RULES : [...CONFIGURATION_RULES, ...PLAN_RULES];
    const found = rules.flatMap((rule) => check(rule, configurationResource(facts), () => rule.check(context)));
    return facts.input === undefined ? found : found.map((finding) => foundIn(facts, finding));
  });
  if (extent !== 'part') {
    const context = { catalog, judgement, unguardedStacks: input.unguardedStacks ?? [], configurations };
    const rules = extent === 'run' ? RUN_RULES : JOINT_RULES;
    findings.push(...rules.flatMap((rule) => check(rule, RUN_RESOURCE, () => rule.checkRun(context))));
  }
  const shared = (input.waivers ?? []).map(placedOutside);
  const own = configurations.flatMap((facts) =>
    facts.waivers.map((waiver): PlacedWaiver => ({ waiver, stack: facts.stack })),
  );
  const placed = [...own, ...shared];
  const inputs = configurations.flatMap(({ input: name, stack }) => [name ?? [], stack ?? []].flat());
  const waived = applyWaivers(findings, placed, { asOf: judgement.asOf, inputs });
  const aboutWaivers = judgesWaivers ? waived.waiverFindings.flatMap(withSeverity(input.severities ?? {})) : [];
  const all = carryOver([...waived.findings, ...aboutWaivers], input.knownFindings ?? []).sort(compareFindings);
  const { broadWaivers } = waived;
  return { findings: all, summary: summarise(all), ...(broadWaivers.length > 0 && { broadWaivers }) };
}

/** What is wrong with waivers themselves, given all findings that they may cover: malformed, too long, expired, unused. */
export function settleWaivers(
  findings: readonly Finding[],
  waivers: readonly PlacedWaiver[],
  {
    judgement,
    severities = {},
    inputs,
  }: Pick<EvaluationOptions, 'judgement' | 'severities'> & Pick<WaiverApplication, 'inputs'>,
): Finding[] {
  const { waiverFindings } = applyWaivers(findings, waivers, { asOf: judgement.asOf, inputs });
  return waiverFindings.flatMap(withSeverity(severities));
}

/** The names that a configuration gives to deployments, in lower case. */
export function deploymentNamesOf({ deployments }: ConfigurationFacts): string[] {
  return deployments.flatMap((fact) => valueOf(fact.deployment)?.toLowerCase() ?? []);
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

/**
 * Asks a rule, and weighs what it found as the user wants it weighed. A rule that fails has judged nothing: that is a
 * finding, neither a pass nor a crash, and no policy for values that cannot be seen makes it less.
 */
function checkWith({ severities = {}, unknown }: EvaluationOptions) {
  const adjust = withSeverity(severities);
  const weigh = (finding: Finding) => (unknown === undefined ? finding : weighUnknown(finding, unknown));
  return (rule: RuleDescription, resource: FindingResource, check: () => Finding[]): Finding[] => {
    try {
      return check().flatMap(adjust).map(weigh);
    } catch (error) {
      return [failureOf(rule, resource, error)].flatMap(adjust);
    }
  };
}

function failureOf(rule: RuleDescription, resource: FindingResource, error: unknown): Finding {
  return {
    rule: rule.id,
    severity: 'error',
    status: 'unknown',
    resource,
    message: `the rule ${rule.id} failed and has judged nothing here: ${printable(error instanceof Error ? error.message : String(error))}`,
    fix: 'report this with the message; until it is corrected, check by hand what the rule covers',
    subject: RULE_FAILED,
  };
}

/** Counts findings. */
export function summarise(findings: readonly Finding[]): EvaluationSummary {
  const unwaived = findings.filter((finding) => finding.waived === undefined);
  const counted = unwaived.filter((finding) => finding.carriedOver === undefined);
  const count = (severity: Finding['severity']) => counted.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
    unknown: counted.filter((finding) => finding.status === 'unknown').length,
    waived: findings.length - unwaived.length,
    carriedOver: unwaived.length - counted.length,
  };
}

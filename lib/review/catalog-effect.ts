import { LifecycleAnswer, LifecycleStage, Replacement } from '../catalog/lifecycle';
import { ModelCatalog } from '../catalog/model-catalog';
import { JudgementDate } from '../contracts/as-of';
import { CalendarDate } from '../contracts/calendar-date';
import { ConfigurationFacts } from '../facts/facts';
import { evaluateAll } from '../rules/evaluate';
import { Finding, FindingModel, FindingResource, Severity } from '../rules/finding';
import { compareFindings } from '../rules/finding-order';
import { fingerprintOf } from '../rules/fingerprint';
import { RuleSettings } from '../rules/rule';
import { deploymentResource } from './deployment-place';
import { judgedDeployment } from './judged-model';
import { ReviewedStack, reviewedStacks } from './reviewed-stack';

/** What another catalogue changes for what is deployed, judged on one day. */
export interface CatalogEffect {
  /** Deployments of whose models the catalogues answer differently, by address. */
  readonly touched: readonly TouchedDeployment[];
  /** Findings that the newer catalogue brings, takes away, or weighs differently; the heaviest first. */
  readonly findings: readonly FindingChange[];
  /** Deployments that were looked at. */
  readonly deploymentCount: number;
}

/** A deployment with what each catalogue knows of its model. */
export interface TouchedDeployment {
  readonly resource: FindingResource;
  readonly model: FindingModel;
  /** Absent where the older catalogue does not know the model. */
  readonly before?: KnownLife;
  /** Absent where the newer one does not. */
  readonly after?: KnownLife;
}

/** What a catalogue answers of a model under the SKU of a deployment. */
export interface KnownLife {
  readonly stage: LifecycleStage;
  readonly retirementDate?: CalendarDate;
  readonly retirementIsEarliest?: boolean;
  readonly deprecationDate?: CalendarDate;
  readonly replacements: readonly Replacement[];
  readonly skuListed: LifecycleAnswer['skuListed'];
}

/** A finding under one catalogue and what became of it under the other: absent on a side where there is none. */
export interface FindingChange {
  readonly before?: Finding;
  readonly after?: Finding;
  /** `heavier` and `lighter` weigh differently; `changed` weighs the same and says something else. */
  readonly change: 'appeared' | 'heavier' | 'changed' | 'lighter' | 'gone';
}

/** What an effect is worked out of. */
export interface EffectRequest {
  readonly inputs: readonly { readonly input: string; readonly facts: ConfigurationFacts }[];
  readonly older: ModelCatalog;
  readonly newer: ModelCatalog;
  readonly judgement: JudgementDate;
  readonly settings: RuleSettings;
}

const WEIGHTS: readonly Severity[] = ['note', 'warning', 'error'];

/** Judges the same inputs with both catalogues. */
export function catalogEffect(request: EffectRequest): CatalogEffect {
  const { older, newer } = request;
  const before = stacksWith(request, older);
  const after = stacksWith(request, newer);
  return {
    touched: before.flatMap((stack, position) => touchedIn(stack, after[position]!)),
    findings: findingChanges(findingsWith(request, older), findingsWith(request, newer)),
    deploymentCount: before.reduce((sum, stack) => sum + stack.after.facts.deployments.length, 0),
  };
}

function stacksWith({ inputs, judgement, settings }: EffectRequest, catalog: ModelCatalog): ReviewedStack[] {
  return reviewedStacks({ inputs, catalog, asOf: judgement.asOf, settings });
}

function touchedIn(before: ReviewedStack, after: ReviewedStack): TouchedDeployment[] {
  return before.after.facts.deployments.flatMap((fact) => {
    const { model, answer } = judgedDeployment(before.after, fact);
    const [known, knownNow] = [lifeOf(answer), lifeOf(judgedDeployment(after.after, fact).answer)];
    if (JSON.stringify(known) === JSON.stringify(knownNow)) {
      return [];
    }
    const { format, name, version, sku } = model;
    return [
      {
        resource: deploymentResource(fact),
        model: { format, name, version, sku },
        ...(known && { before: known }),
        ...(knownNow && { after: knownNow }),
      },
    ];
  });
}

function lifeOf(answer: LifecycleAnswer | undefined): KnownLife | undefined {
  if (answer === undefined) {
    return undefined;
  }
  const { stage, retirementDate, retirementIsEarliest, deprecationDate, replacements, skuListed } = answer;
  return {
    stage,
    ...(retirementDate !== undefined && { retirementDate }),
    ...(retirementIsEarliest && { retirementIsEarliest }),
    ...(deprecationDate !== undefined && { deprecationDate }),
    replacements,
    skuListed,
  };
}

/** That one catalogue is older than the other is no finding about what is deployed: `earlier` leaves such rules out. */
function findingsWith({ inputs, judgement, settings }: EffectRequest, catalog: ModelCatalog): readonly Finding[] {
  const configurations = inputs.map(({ facts }) => facts);
  return evaluateAll({ catalog, judgement, settings, configurations, extent: 'earlier' }).findings;
}

function findingChanges(before: readonly Finding[], after: readonly Finding[]): FindingChange[] {
  const left = new Map<string, Finding[]>();
  for (const finding of before) {
    const key = fingerprintOf(finding);
    left.set(key, [...(left.get(key) ?? []), finding]);
  }
  const changes = after.flatMap((finding): FindingChange[] => {
    const same = left.get(fingerprintOf(finding)) ?? [];
    // Several findings may share a fingerprint: those that say the same belong together.
    const place = same.findIndex((known) => saying(known) === saying(finding));
    const [known] = same.splice(Math.max(0, place), 1);
    if (known === undefined) {
      return [{ after: finding, change: 'appeared' }];
    }
    const heavier = weightOf(finding) - weightOf(known);
    if (heavier === 0 && saying(known) === saying(finding)) {
      return [];
    }
    return [{ before: known, after: finding, change: heavier > 0 ? 'heavier' : heavier < 0 ? 'lighter' : 'changed' }];
  });
  const gone = [...left.values()].flat().map((finding): FindingChange => ({ before: finding, change: 'gone' }));
  return [...changes, ...gone].sort((one, other) => compareFindings(shown(one), shown(other)));
}

function shown({ before, after }: FindingChange): Finding {
  return (after ?? before)!;
}

/** What a finding says, without its message: that names the source and the file of the catalogue, which always differ. */
function saying({ status, retirementDate, fix }: Finding): string {
  return JSON.stringify([status, retirementDate ?? null, fix]);
}

/** A finding that a waiver covers weighs nothing. */
function weightOf({ severity, waived }: Finding): number {
  return waived === undefined ? WEIGHTS.indexOf(severity) : -1;
}

import { SkuRegions } from '../catalog/catalog-document';
import { LifecycleStage } from '../catalog/lifecycle';
import { sameText } from '../catalog/model-key';
import { CalendarDate } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { ConflictClass, Disagreement, fieldName, Statement, withoutRepeats } from './list-conflict';
import { ListedModel, ListedSku } from './listed-model';
import { Claim, ClaimField, claimsOf, isGoneUndated } from './row-claims';
import { laterStage } from './stage-order';

/** A row, and the list that it stands in. */
export interface SourcedRow {
  readonly row: ListedModel;
  /** Name of the source. */
  readonly source: string;
  readonly apiVersion?: string;
}

/** What all rows of one model version say together. */
export interface MergedModel {
  readonly first: ListedModel;
  /** The rows' sources: that of the kept retirement date first, then that of the kept stage. */
  readonly sources: readonly Omit<Statement, 'value'>[];
  readonly stage: LifecycleStage;
  /** What is said of a field, or of one of a SKU; `undefined` where no row says anything. */
  claim(field: ClaimField, sku?: string): string | null | undefined;
  /** Where the kept statement is from; for what no row says, where the rows are. */
  origin(field: string, sku?: string): Omit<Statement, 'value'>;
  /** SKUs that the rows give a field of, as the list writes them. */
  skusWith(field: ClaimField): readonly string[];
  readonly skus: readonly string[];
  /** SKUs that are retired by their own status alone, in every row that has them. */
  readonly goneSkus: readonly string[];
  readonly regions: SkuRegions;
  /** Regions of the rows. */
  readonly seenIn: readonly string[];
  readonly disagreements: readonly Disagreement[];
}

interface SourcedClaim extends Claim {
  readonly from: SourcedRow;
}

/** The rows of one model version as one; where they disagree, the earlier date and the later stage are kept. */
export function mergedModel(given: readonly SourcedRow[], listedOn: CalendarDate): MergedModel {
  const rows = [...given].sort((a, b) => compareText(a.row.region ?? '', b.row.region ?? ''));
  const disagreements: Disagreement[] = [];
  const claims = new Map<string, SourcedClaim[]>();
  for (const from of rows) {
    const { claims: own, disagreements: inRow } = claimsOf(from.row, listedOn, originOf(from, listedOn));
    disagreements.push(...inRow);
    for (const claim of own) {
      const key = keyOf(claim.field, claim.sku);
      const same = claims.get(key);
      if (same === undefined) {
        claims.set(key, [{ ...claim, from }]);
      } else {
        same.push({ ...claim, from });
      }
    }
  }
  for (const [key, all] of claims) {
    if (all.every(({ isImplied }) => isImplied)) {
      claims.delete(key);
    }
  }
  const kept = new Map([...claims].map(([key, all]) => [key, all.reduce(preferred)]));
  disagreements.push(...[...claims].flatMap(([key, all]) => differences(kept.get(key)!, all, listedOn)));
  const skus = skusOf(rows, (sku, row) => !isGoneUndated(sku, row, listedOn));
  const stated = kept.get(keyOf('lifecycle'))!;
  const dated = kept.get(keyOf('retirementDate')) ?? stated;
  const originOfField = (field: string, sku?: string) =>
    originOf((kept.get(keyOf(field, sku)) ?? kept.get(keyOf(field)) ?? stated).from, listedOn);
  return {
    first: rows[0]!.row,
    sources: [dated.from, stated.from, ...rows].map((from) => originOf(from, listedOn)),
    stage: stated.value as LifecycleStage,
    claim: (field, sku) => kept.get(keyOf(field, sku))?.value,
    origin: originOfField,
    skusWith: (field) =>
      [...kept.values()].filter((claim) => claim.field === field && claim.sku !== undefined).map(({ sku }) => sku!),
    skus,
    goneSkus: skusOf(rows, (sku) => !skus.some((left) => sameText(left, sku.name))),
    regions: regionsOf(rows, listedOn),
    seenIn: [...new Set(rows.flatMap(({ row }) => row.region ?? []))],
    disagreements: withoutRepeats(disagreements),
  };
}

function keyOf(field: string, sku?: string): string {
  return `${field} ${sku?.toLowerCase() ?? ''}`;
}

function originOf({ row, source }: SourcedRow, asOf: CalendarDate): Omit<Statement, 'value'> {
  return { source, asOf, ...(row.region !== undefined && { region: row.region }) };
}

function preferred(kept: SourcedClaim, next: SourcedClaim): SourcedClaim {
  if (kept.value === null || next.value === null) {
    return kept.value === null ? next : kept;
  }
  switch (kept.field) {
    case 'lifecycle':
      return laterStage(next.value as LifecycleStage, kept.value as LifecycleStage) ? next : kept;
    case 'retirementDate':
    case 'fineTuneTrainingRetirement':
    case 'fineTuneDeploymentRetirement':
    case 'autoUpgradeStartDate':
      return next.value < kept.value ? next : kept;
    case 'autoUpgradeLeadDays':
      return Number(next.value) > Number(kept.value) ? next : kept;
    default:
      return kept;
  }
}

const REASONS: Readonly<Record<ClaimField, string>> = {
  name: 'the first spelling counts; names are compared without case',
  version: 'the first spelling counts; versions are compared without case',
  lifecycle: 'the later stage counts',
  retirementDate: 'the earlier date counts',
  fineTuneTrainingRetirement: 'the earlier date counts',
  fineTuneDeploymentRetirement: 'the earlier date counts',
  replacement: 'the first one counts, in the order of the regions',
  autoUpgradeStartDate: 'the earlier date counts',
  autoUpgradeLeadDays: 'the longer lead counts: upgrades start earlier',
  defaultVersion: 'the first one counts, in the order of the regions',
};

function differences(kept: SourcedClaim, all: readonly SourcedClaim[], listedOn: CalendarDate): Disagreement[] {
  const byClass = new Map<ConflictClass, Statement[]>();
  for (const { value, from } of all.filter((claim) => claim.value !== kept.value)) {
    const where = classOf(kept.from, from);
    const others = byClass.get(where) ?? [];
    const statement = { value, ...originOf(from, listedOn) };
    if (!others.some((other) => other.value === value && other.region === statement.region)) {
      byClass.set(where, [...others, statement]);
    }
  }
  return [...byClass].map(([where, other]) => ({
    field: fieldName(kept.field, kept.sku),
    class: where,
    kept: { value: kept.value, ...originOf(kept.from, listedOn) },
    other,
    reason: REASONS[kept.field],
  }));
}

function classOf(a: SourcedRow, b: SourcedRow): ConflictClass {
  if (a.row.region !== b.row.region) {
    return 'between-regions';
  }
  if (a.row.kind !== b.row.kind) {
    return 'between-kinds';
  }
  return a.apiVersion !== b.apiVersion || a.row.hasSkuStages !== b.row.hasSkuStages
    ? 'between-api-versions'
    : 'between-pages';
}

function skusOf(rows: readonly SourcedRow[], isMeant: (sku: ListedSku, row: ListedModel) => boolean): string[] {
  const names = new Map<string, string>();
  for (const { row } of rows) {
    for (const sku of row.skus.filter((each) => each.scope !== 'fine-tune' && isMeant(each, row))) {
      const key = sku.name.toLowerCase();
      names.set(key, names.get(key) ?? sku.name);
    }
  }
  return [...names.values()];
}

function regionsOf(rows: readonly SourcedRow[], listedOn: CalendarDate): SkuRegions {
  const regions = new Map<string, Set<string>>();
  for (const { row } of rows.filter(({ row }) => row.region !== undefined)) {
    const offered = row.skus.filter((sku) => sku.scope !== 'fine-tune' && !isGoneUndated(sku, row, listedOn));
    for (const { name } of offered) {
      const known = [...regions.keys()].find((sku) => sku.toLowerCase() === name.toLowerCase()) ?? name;
      regions.set(known, (regions.get(known) ?? new Set()).add(row.region!));
    }
  }
  return Object.fromEntries([...regions].map(([sku, seen]) => [sku, [...seen].sort(compareText)]));
}

import { Replacement } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';
import { Disagreement, fieldName, Statement } from './list-conflict';
import { ListedModel, ListedSku, StatedDate } from './listed-model';
import { laterStage } from './stage-order';

export type ClaimField =
  | 'name'
  | 'version'
  | 'lifecycle'
  | 'retirementDate'
  | 'fineTuneTrainingRetirement'
  | 'fineTuneDeploymentRetirement'
  | 'replacement'
  | 'autoUpgradeStartDate'
  | 'autoUpgradeLeadDays'
  | 'defaultVersion';

/** What a row says of one field, or of one field of one SKU. */
export interface Claim {
  readonly field: ClaimField;
  readonly sku?: string;
  readonly value: string | null;
  /** The date of the model, which a SKU without its own has as well. */
  readonly isImplied?: boolean;
}

/** What a row says, and where it contradicts itself. */
export interface RowClaims {
  readonly claims: readonly Claim[];
  readonly disagreements: readonly Disagreement[];
}

/** What a row says, field by field. */
export function claimsOf(row: ListedModel, listedOn: CalendarDate, origin: Omit<Statement, 'value'>): RowClaims {
  const disagreements: Disagreement[] = [];
  const disagree = (field: string, kept: string | null, other: string | null, reason: string) =>
    disagreements.push({
      field,
      class: 'within-row',
      kept: { value: kept, ...origin },
      other: [{ value: other, ...origin }],
      reason,
    });
  const { inference, training } = row;
  const base = skuDates(row, 'retirementDate', isBase, disagree, inference ?? undefined);
  retiredBeforeTheirDate(row, base, listedOn, disagree);
  for (const [sku, date] of base) {
    if (date === null && inference != null) {
      disagree(
        fieldName('retirementDate', sku),
        inference,
        null,
        'the SKU has no date and the model has: the date counts',
      );
      base.delete(sku);
    }
  }
  const isTuned = (sku: ListedSku) => sku.scope === 'fine-tune' || (sku.scope === 'all' && training !== undefined);
  const tuned = skuDates(row, 'fineTuneDeploymentRetirement', isTuned, disagree);
  const [firstTuned] = [...tuned.values()].filter((date) => date !== null).sort();
  const upgrade = upgradeOf(row, base, disagree);
  stagesAgainstDates(row, base, listedOn, disagree);
  const claims: (Claim | undefined)[] = [
    { field: 'name', value: row.name },
    { field: 'version', value: row.version },
    { field: 'lifecycle', value: row.stage },
    claim('retirementDate', inference),
    ...[...base].map(([sku, value]): Claim => ({ field: 'retirementDate', sku, value })),
    ...impliedBy(
      inference,
      row.skus.filter((sku) => isBase(sku) && !base.has(sku.name)),
    ),
    claim('fineTuneTrainingRetirement', training),
    claim('fineTuneDeploymentRetirement', firstTuned),
    ...[...tuned].map(([sku, value]): Claim => ({ field: 'fineTuneDeploymentRetirement', sku, value })),
    claim('replacement', row.replacement && replacementText(row.replacement)),
    claim('autoUpgradeStartDate', upgrade?.startDate),
    claim('autoUpgradeLeadDays', upgrade?.expiryLeadDays?.toString()),
    claim('defaultVersion', row.defaultVersion?.toString()),
  ];
  return { claims: claims.filter((each) => each !== undefined), disagreements };
}

/** `name@version`, as replacements are written in conflicts. */
export function replacementText({ name, version }: Replacement): string {
  return version === undefined ? name : `${name}@${version}`;
}

type Disagree = (field: string, kept: string | null, other: string | null, reason: string) => void;

function claim(field: ClaimField, value: string | null | undefined): Claim | undefined {
  return value === undefined ? undefined : { field, value };
}

function isBase({ scope }: ListedSku): boolean {
  return scope !== 'fine-tune';
}

/** What a SKU without a date of its own says, which counts against rows that give it one. */
function impliedBy(inference: StatedDate | undefined, skus: readonly ListedSku[]): Claim[] {
  return inference == null
    ? []
    : skus.map(({ name }) => ({ field: 'retirementDate', sku: name, value: inference, isImplied: true }));
}

/** A date to come of a SKU that is retired by its own status would keep it alive. */
function retiredBeforeTheirDate(
  { stage, skus }: ListedModel,
  base: Map<string, StatedDate>,
  listedOn: CalendarDate,
  disagree: Disagree,
): void {
  for (const sku of skus.filter((each) => isBase(each) && each.stage === 'retired')) {
    const date = base.get(sku.name);
    if (date == null || date <= listedOn) {
      continue;
    }
    base.delete(sku.name);
    // Where the model lives on, the statuses of both are a conflict of their own.
    if (stage === 'retired') {
      const reason = 'the status says that the SKU is retired before its date: the date is not used';
      disagree(fieldName('lifecycle', sku.name), 'retired', `retires ${date}`, reason);
    }
  }
}

/** Whether a SKU of a living model is retired by its own status alone: no date says it, so that it can only be left out. */
export function isGoneUndated(sku: ListedSku, { stage, inference }: ListedModel, listedOn: CalendarDate): boolean {
  const date = sku.date ?? inference ?? null;
  return isBase(sku) && sku.stage === 'retired' && stage !== 'retired' && (date === null || date > listedOn);
}

/** Dates by SKU; of two for the same SKU the earlier one. */
function skuDates(
  { skus }: ListedModel,
  field: ClaimField,
  isMeant: (sku: ListedSku) => boolean,
  disagree: Disagree,
  implied?: StatedDate,
): Map<string, StatedDate> {
  const dates = new Map<string, StatedDate>();
  const meant = skus.filter(isMeant);
  const own = new Set(meant.flatMap(({ name, date }) => (date === undefined ? [] : [name])));
  for (const { name, date = own.has(name) ? implied : undefined } of meant) {
    const before = dates.get(name);
    if (date === undefined) {
      continue;
    }
    if (before !== undefined && before !== date) {
      const [kept, other] = isEarlier(date, before) ? [date, before] : [before, date];
      disagree(fieldName(field, name), kept, other, 'the SKU is listed twice in one scope: the earlier date counts');
      dates.set(name, kept);
    } else {
      dates.set(name, date);
    }
  }
  return dates;
}

/** An upgrade that starts after the last retirement never happens. */
function upgradeOf({ autoUpgrade, inference }: ListedModel, base: ReadonlyMap<string, StatedDate>, disagree: Disagree) {
  const [end] = [inference, ...base.values()]
    .filter((date) => date != null)
    .sort()
    .reverse();
  if (autoUpgrade !== undefined && end !== undefined && autoUpgrade.startDate > end) {
    disagree('autoUpgradeStartDate', null, autoUpgrade.startDate, `it is after the retirement on ${end}: not used`);
    return undefined;
  }
  return autoUpgrade;
}

/** Statuses lag behind dates, and a SKU's status may say what no date says. */
function stagesAgainstDates(
  { stage, inference, skus }: ListedModel,
  base: ReadonlyMap<string, StatedDate>,
  listedOn: CalendarDate,
  disagree: Disagree,
): void {
  if (inference != null && inference <= listedOn && stage !== 'retired') {
    disagree('lifecycle', `retired ${inference}`, stage, 'the date has come: it counts, whatever the status says');
  }
  if (inference != null && inference > listedOn && stage === 'retired') {
    disagree('lifecycle', stage, `retires ${inference}`, 'the status says that it is retired before its date');
  }
  for (const sku of skus.filter(isBase)) {
    const date = base.get(sku.name) ?? inference ?? null;
    const isGone = date !== null && date <= listedOn;
    if (sku.stage === undefined || isGone || !laterStage(sku.stage, stage)) {
      continue;
    }
    const reason =
      sku.stage === 'retired'
        ? 'the SKU is retired by its own status and no date that has come says so: no date is made up, and it is listed no longer'
        : 'the SKU is further than the model: a catalogue has one stage for all SKUs';
    disagree(fieldName('lifecycle', sku.name), stage, sku.stage, reason);
  }
}

function isEarlier(date: StatedDate, other: StatedDate): boolean {
  return date !== null && (other === null || date < other);
}

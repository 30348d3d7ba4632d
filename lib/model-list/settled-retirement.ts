import { ModelFacts, NO_RETIREMENT_DATE, SkuDates } from '../catalog/catalog-document';
import { sameText } from '../catalog/model-key';
import { MergedModel } from './merged-model';
import { Settling } from './settling';

/** When the base model retires: one date, or the earliest day of it, and the SKUs that differ. */
export interface SettledRetirement extends Pick<
  ModelFacts,
  'retirementDate' | 'retirementNotBefore' | 'skuRetirementDates'
> {
  /** Whether the date, or that there is none, is what the list says. */
  readonly isListed: boolean;
}

/** The retirement of the base model, of a list and the catalogue below it. */
export function settledRetirement(merged: MergedModel, base: ModelFacts, settling: Settling): SettledRetirement {
  const listed = merged.claim('retirementDate');
  const known = base.retirementDate === NO_RETIREMENT_DATE ? undefined : base.retirementDate;
  const earliest = base.retirementNotBefore;
  const knownText = known ?? (earliest === undefined ? undefined : `not before ${earliest}`);
  const picked = settling.pick('retirementDate', listed, knownText);
  const isListed = picked !== undefined ? picked === listed : listed !== undefined;
  const retirementDate = isListed ? (listed ?? undefined) : known;
  const retirementNotBefore = isListed || settling.precedence === 'alone' ? undefined : earliest;
  const skuRetirementDates = skuDates(merged, base, settling, { listed, known, final: retirementDate });
  return {
    isListed,
    ...(retirementDate !== undefined && { retirementDate }),
    ...(retirementNotBefore !== undefined && { retirementNotBefore }),
    ...(skuRetirementDates !== undefined && { skuRetirementDates }),
  };
}

interface ModelDates {
  readonly listed: string | null | undefined;
  readonly known: string | undefined;
  readonly final: string | undefined;
}

/** A SKU has an own date where it differs from the model's. */
function skuDates(merged: MergedModel, base: ModelFacts, settling: Settling, model: ModelDates): SkuDates | undefined {
  const below = new Map(Object.entries(base.skuRetirementDates ?? {}).map(([sku, date]) => [sku.toLowerCase(), date]));
  const written = new Map<string, string>();
  for (const sku of [...Object.keys(base.skuRetirementDates ?? {}), ...merged.skusWith('retirementDate')]) {
    if (!written.has(sku.toLowerCase())) {
      written.set(sku.toLowerCase(), sku);
    }
  }
  const dates = [...written].flatMap(([key, sku]): [string, string][] => {
    const isListed = merged.skus.some((other) => sameText(other, sku));
    const own = merged.claim('retirementDate', sku);
    const known = below.get(key);
    const listed = own === undefined && isListed && endsBefore(model.listed, known) ? model.listed : own;
    const date = skuDate(listed, known, sku, settling, model);
    return date === undefined || date === model.final ? [] : [[sku, date]];
  });
  return dates.length === 0 ? undefined : Object.fromEntries(dates);
}

/** A SKU of which a list says nothing ends with the model, unless it was known to end before. */
function endsBefore(listed: string | null | undefined, known: string | undefined): boolean {
  return listed != null && known !== undefined && listed < known;
}

function skuDate(
  listed: string | null | undefined,
  known: string | undefined,
  sku: string,
  settling: Settling,
  model: ModelDates,
): string | undefined {
  if (known !== undefined) {
    return settling.pick('retirementDate', listed, known, sku);
  }
  if (listed == null) {
    return undefined;
  }
  // What repeats the model's date in the same list is no statement about the SKU.
  const isOwn = listed !== model.listed;
  if (settling.precedence === 'base') {
    if (isOwn && model.known !== undefined && listed !== model.known) {
      settling.keepKnown('retirementDate', model.known, listed, undefined, sku);
    }
    return isOwn && model.known === undefined ? listed : undefined;
  }
  if (isOwn && model.known !== undefined && listed !== model.known) {
    settling.disagree('retirementDate', listed, model.known, undefined, sku);
  }
  return listed;
}

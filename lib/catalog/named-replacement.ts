import { CalendarDate } from '../contracts/calendar-date';
import { UpdateScope } from './breadths';
import { CatalogRecord } from './catalog-content';
import { ModelKind } from './catalog-document';
import { recordOf } from './catalog-index';
import { LifecycleAnswer, Replacement } from './lifecycle';
import { Listing, regionListing } from './model-availability';
import { ModelCatalog } from './model-catalog';
import { kindOf } from './model-kind';
import { lifeOf, ModelLife } from './model-life';
import { newestVersion } from './newest-version';
import { PinnedModel } from './pinned-model';
import { UpdateSubject } from './placement';
import { classifyUpdate } from './update-scope';

/** The model that Azure names as the next one, and where it stands itself. */
export interface NamedReplacement extends Partial<ModelLife> {
  readonly name: string;
  /** As Azure names it, else the newest one that is alive; absent where the catalogue knows none. */
  readonly version?: string;
  /** Whether Azure names the version as well. */
  readonly namesVersion: boolean;
  /** What it does; a model of another kind is called through different requests. */
  readonly kind?: ModelKind;
  readonly skuListed: Listing;
  readonly regionListed: Listing;
  /** What the move to it amounts to. */
  readonly scope: UpdateScope;
  /** Whether it is known, alive, and not unlisted under the SKU and in the region. */
  readonly isAvailable: boolean;
  /** What speaks against it or has to be known of it, a few words each. */
  readonly remarks: readonly string[];
}

/** Where a replacement stands that the catalogue names for a pinned model. */
export function namedReplacement(
  pinned: PinnedModel,
  answer: LifecycleAnswer,
  replacement: Replacement,
  catalog: ModelCatalog,
  on: CalendarDate,
): NamedReplacement {
  const { name } = replacement;
  const { sku, region } = pinned;
  const known = knownAnswer(pinned, answer.format, replacement, catalog, on);
  const version = replacement.version ?? known?.version;
  const record = known && recordFor(known, catalog);
  const from = subjectOf(answer, pinned);
  const [own, kind] = [from, { name, version }].map((subject) => kindOf(subject, catalog));
  const regionListed = record === undefined ? 'unknown' : regionListing(catalog, record, region, sku);
  const skuListed = known?.skuListed ?? 'unknown';
  const life = known && lifeOf(known);
  return {
    name: known?.name ?? name,
    ...(version !== undefined && { version }),
    namesVersion: replacement.version !== undefined,
    ...(kind && { kind }),
    ...life,
    skuListed,
    regionListed,
    scope: classifyUpdate(from, { name, version }, catalog).scope,
    isAvailable:
      life !== undefined && life.stage !== 'retired' && skuListed !== 'unlisted' && regionListed !== 'unlisted',
    remarks: [
      ...(life === undefined ? ['not in the catalogue'] : []),
      ...(life?.stage === 'retired' ? ['retired itself'] : []),
      ...(life?.stage === 'deprecated' ? ['deprecated itself'] : []),
      ...(skuListed === 'unlisted' ? [`not listed under ${sku}`] : []),
      ...(regionListed === 'unlisted' ? [`not listed in ${region}`] : []),
      ...(kind === undefined || own === undefined || kind === own ? [] : [`${kind} instead of ${own}`]),
    ],
  };
}

/** The pinned model as `classifyUpdate` takes it. */
export function subjectOf({ format, name, version }: LifecycleAnswer, { scope }: PinnedModel): UpdateSubject {
  return { format, name, version, ...(scope === 'fine-tune' && { fineTuned: true }) };
}

/** What the catalogue says of a replacement under the same SKU; one without a version stands for the newest that lives. */
function knownAnswer(
  { sku, scope }: PinnedModel,
  format: string,
  { name, version }: Replacement,
  catalog: ModelCatalog,
  on: CalendarDate,
): LifecycleAnswer | undefined {
  // A replacement may come from another publisher, so that the name alone is the second question.
  for (const model of [{ format, name }, { name }]) {
    const newest =
      newestVersion({ ...model, sku, scope }, catalog, on) ?? newestVersion({ ...model, scope }, catalog, on);
    const wanted = version ?? newest?.version;
    const lookup = wanted === undefined ? undefined : catalog.lookup({ ...model, version: wanted, sku, scope }, on);
    if (lookup?.kind === 'known') {
      return lookup.answer;
    }
  }
  return undefined;
}

function recordFor({ format, name, version }: LifecycleAnswer, catalog: ModelCatalog): CatalogRecord | undefined {
  const reference = catalog.reference(name, format);
  return reference && recordOf(reference.model, version);
}

import { withAge } from './catalog-age';
import { CatalogContent, CatalogRecord } from './catalog-content';
import {
  CatalogAge,
  FamilyEntry,
  FineTuneDates,
  OverlayDocument,
  OverlayModelEntry,
  StagedFacts,
} from './catalog-document';
import { LoadedOverlay } from './catalog-file';
import { fileInvalid } from './errors';
import { CatalogSource, LifecycleStage } from './lifecycle';
import { modelKey } from './model-key';
import { nearestNames } from './nearest-names';

/**
 * The content with an overlay on top: what the overlay says wins, what it leaves out stays.
 *
 * @throws if it adds a model without its stage, or one fine-tuned from a model that nobody knows
 */
export function overlaid(content: CatalogContent, overlay: LoadedOverlay): CatalogContent {
  const { laid, problems } = laidOver(content, overlay);
  if (problems.length > 0) {
    throw fileInvalid('overlay', overlay.layer, problems);
  }
  return laid;
}

/** Why an overlay cannot be laid over a content, one sentence each; nothing where it can. */
export function layingProblems(content: CatalogContent, overlay: LoadedOverlay): string[] {
  return laidOver(content, overlay).problems;
}

function laidOver(
  content: CatalogContent,
  { document, layer }: LoadedOverlay,
): { readonly laid: CatalogContent; readonly problems: string[] } {
  const source: CatalogSource = {
    name: document.name ?? layer,
    asOf: document.asOf,
    ...(document.url && { url: document.url }),
  };
  const records = [...content.records];
  const positions = new Map(records.flatMap(({ facts }, position) => keysOf(facts).map((key) => [key, position])));
  const problems: string[] = [];
  document.models?.forEach((entry, index) => {
    const position = keysOf(entry)
      .map((key) => positions.get(key))
      .find((found) => found !== undefined);
    const below = position === undefined ? undefined : records[position];
    const stage = entry.stage ?? below?.facts.stage;
    if (stage === undefined) {
      problems.push(
        `models[${index}] (${entry.name}@${entry.version ?? '*'}) adds a model and has no stage; ` +
          `write 'preview', 'generally-available', 'legacy', 'deprecated' or 'retired'${meantVersion(entry, records)}`,
      );
      return;
    }
    const record = merged(below, entry, stage, source, layer);
    const place = position ?? records.length;
    records[place] = record;
    keysOf(record.facts).forEach((key) => positions.set(key, place));
  });
  problems.push(...fineTunesFromNowhere(document, positions));
  const laid: CatalogContent = {
    ...content,
    records,
    spellings: [...content.spellings, ...(document.spellings ?? [])],
    sources: [...content.sources, { ...source, kind: 'overlay' }],
    families: withFamilies(content.families, document.families),
    ages: agesCovered(document).reduce(withAge, content.ages),
  };
  return { laid, problems };
}

/** A version that was mistyped adds a model as well. */
function meantVersion(entry: OverlayModelEntry, records: readonly CatalogRecord[]): string {
  const key = modelKey(entry.format, entry.name);
  const versions = records.flatMap(({ facts: { cloud = 'public', format, name, version } }) =>
    cloud === (entry.cloud ?? 'public') && modelKey(format, name) === key && version !== null ? [version] : [],
  );
  const [nearest] = nearestNames(entry.version ?? '', versions);
  return nearest === undefined ? '' : `, or did you mean version '${nearest}'?`;
}

function merged(
  below: CatalogRecord | undefined,
  entry: OverlayModelEntry,
  stage: LifecycleStage,
  source: CatalogSource,
  layer: string,
): CatalogRecord {
  if (below === undefined) {
    return { facts: { ...entry, stage }, layer, sources: [source], statedOn: source.asOf };
  }
  return {
    facts: mergedFacts(below.facts, entry),
    layer,
    sources: [source, ...below.sources],
    statedOn: entry.stage === undefined ? below.statedOn : source.asOf,
  };
}

function mergedFacts(below: StagedFacts, entry: OverlayModelEntry): StagedFacts {
  const kept = superseded(below, entry);
  return {
    ...kept,
    ...entry,
    // How the layers below write the name and version is how the API writes it.
    format: below.format,
    name: below.name,
    version: below.version,
    ...present({
      skuRetirementDates: mergedTable(below.skuRetirementDates, entry.skuRetirementDates),
      regions: mergedTable(below.regions, entry.regions),
      fineTune: mergedFineTune(below.fineTune, entry.fineTune),
      versionSpellings: united(below.versionSpellings, entry.versionSpellings),
      versions: united(below.versions, entry.versions),
    }),
    stage: entry.stage ?? kept.stage,
  };
}

/** A moved date replaces the other kind of date; a date or stage replaces whatever was concluded without it. */
function superseded(below: StagedFacts, entry: OverlayModelEntry): StagedFacts {
  const isDateMoved = entry.retirementDate !== undefined || entry.retirementNotBefore !== undefined;
  if (isDateMoved) {
    const stage = below.stage === 'retired' ? 'deprecated' : below.stage;
    return { ...without(below, 'retirementDate', 'retirementNotBefore', 'inferredStage', 'confidence'), stage };
  }
  return entry.stage === undefined ? below : without(below, 'inferredStage', 'confidence');
}

function without<T extends object, K extends keyof T>(values: T, ...left: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !left.includes(name as K))) as Omit<T, K>;
}

function mergedFineTune(below: FineTuneDates | undefined, above: FineTuneDates | undefined): FineTuneDates | undefined {
  if (below === undefined || above === undefined) {
    return above ?? below;
  }
  const skuRetirementDates = mergedTable(below.skuRetirementDates, above.skuRetirementDates);
  return { ...below, ...above, ...present({ skuRetirementDates }) };
}

/** What both say by SKU, whose names are compared without case. */
function mergedTable<T>(
  below: Readonly<Record<string, T>> | undefined,
  above: Readonly<Record<string, T>> | undefined,
): Readonly<Record<string, T>> | undefined {
  if (below === undefined || above === undefined) {
    return above ?? below;
  }
  const written = new Map(Object.entries(below));
  for (const [sku, value] of Object.entries(above)) {
    const same = [...written.keys()].find((known) => known.toLowerCase() === sku.toLowerCase());
    written.set(same ?? sku, value);
  }
  return Object.fromEntries(written);
}

function united(below: readonly string[] = [], above: readonly string[] = []): readonly string[] | undefined {
  const all = [...new Set([...below, ...above])];
  return all.length === 0 ? undefined : all;
}

function withFamilies(
  below: CatalogContent['families'],
  added: readonly FamilyEntry[] = [],
): CatalogContent['families'] {
  let merged: readonly FamilyEntry[] | undefined;
  return () => (merged ??= added.reduce(withFamily, below()));
}

function withFamily(families: readonly FamilyEntry[], added: FamilyEntry): readonly FamilyEntry[] {
  const below = families.find(({ id }) => id === added.id);
  if (below === undefined) {
    return [...families, added];
  }
  const again = new Set(added.members.map(({ name }) => name.toLowerCase()));
  const members = [...below.members.filter(({ name }) => !again.has(name.toLowerCase())), ...added.members];
  const succeeds = [...(below.succeeds ?? []), ...(added.succeeds ?? [])];
  return families.map((family) => (family === below ? { ...below, ...added, succeeds, members } : family));
}

function agesCovered({ asOf, covers = [], models = [] }: OverlayDocument): CatalogAge[] {
  const clouds = new Set(models.map(({ cloud = 'public' }) => cloud));
  return [...clouds].flatMap((cloud) => covers.map((seller) => ({ cloud, seller, asOf })));
}

function fineTunesFromNowhere({ models = [] }: OverlayDocument, positions: ReadonlyMap<string, number>): string[] {
  return models.flatMap(({ cloud, format, name, version, fineTunedFrom }, index) => {
    if (fineTunedFrom === undefined || keysOf({ cloud, format, ...fineTunedFrom }).some((key) => positions.has(key))) {
      return [];
    }
    return [
      `models[${index}] (${name}@${version ?? '*'}): fineTunedFrom is ${fineTunedFrom.name}@${fineTunedFrom.version}, ` +
        `which is not in the catalogue; write the base model's name and version as the API does`,
    ];
  });
}

function keysOf(entry: Pick<StagedFacts, 'cloud' | 'format' | 'name' | 'version' | 'versionSpellings'>): string[] {
  const { cloud = 'public', format, name, version, versionSpellings = [] } = entry;
  return [version, ...versionSpellings].map((written) =>
    JSON.stringify([cloud, modelKey(format, name), written]).toLowerCase(),
  );
}

function present<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

import { CatalogDocument, ModelEntry, SourceEntry, StagedFacts } from '../catalog/catalog-document';
import { AzureCloud } from '../catalog/lifecycle';
import { ModelCatalog } from '../catalog/model-catalog';
import { modelKey } from '../catalog/model-key';
import { CalendarDate, isCalendarDate } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { documentWith, SettledModel } from './built-document';
import { mostLeftOut, notAListingDay, nothingListed } from './errors';
import { KnownModels, KnownName } from './known-models';
import { leftTheList } from './left-the-list';
import { ConflictSubject, Disagreement, ListConflict, withoutRepeats } from './list-conflict';
import { listSource } from './list-source';
import { listedFacts } from './listed-facts';
import { ModelListPage, SkippedRow } from './listed-model';
import { MergedModel, mergedModel, SourcedRow } from './merged-model';
import { chainsOf, UnfinishedList } from './page-chains';
import { agesAfter, SellerCoverage, sellerCoverage } from './seller-coverage';
import { settledFacts } from './settled-facts';
import { Precedence, Settling } from './settling';

/** How a list becomes a catalogue. */
export interface ModelListOptions {
  /** Day on which Azure answered. */
  readonly listedOn: CalendarDate;
  /**
   * Facts that stay where the list says nothing.
   * @default - the list alone; spellings and families are those of the bundled catalogue, and what that says otherwise is a conflict
   */
  readonly base?: CatalogDocument;
  /** Cloud of rows whose region is not known. @default 'public' */
  readonly cloud?: AzureCloud;
}

/** A catalogue made from a list, and what was noticed on the way. */
export interface BuiltCatalog {
  readonly document: CatalogDocument;
  readonly conflicts: readonly ListConflict[];
  readonly skipped: readonly SkippedRow[];
  readonly unfinished: readonly UnfinishedList[];
  readonly counts: { readonly pages: number; readonly rows: number; readonly models: number; readonly regions: number };
  readonly regions: readonly string[];
  /** Regions whose list has not one row. */
  readonly emptyRegions: readonly string[];
  /** Models that the base says are alive, of publishers that the list names, and that no row is about: no proof that they retired. */
  readonly leftTheList: readonly ConflictSubject[];
  /** The sellers of the listed clouds, and whether the list makes what is known of them younger. */
  readonly sellers: readonly SellerCoverage[];
}

/** Of fewer rows, some that cannot be read say nothing about the others. */
const FEWEST_ROWS_OF_A_LIST = 10;

interface Group {
  readonly cloud: AzureCloud;
  readonly known: KnownName;
  readonly entry?: ModelEntry;
  readonly rows: SourcedRow[];
}

/**
 * A catalogue of what Azure lists, over the facts of another one.
 *
 * @throws if the day is none, no page has a row, or most rows of a list cannot be read
 */
export function catalogFromModelLists(given: readonly ModelListPage[], options: ModelListOptions): BuiltCatalog {
  if (!isCalendarDate(options.listedOn)) {
    throw notAListingDay(options.listedOn);
  }
  const { pages, unfinished } = chainsOf(given);
  const skipped = pages.flatMap((page) => page.skipped);
  const rows = pages.reduce((sum, page) => sum + page.models.length, skipped.length);
  if (rows === skipped.length) {
    throw nothingListed(pages.length);
  }
  if (rows >= FEWEST_ROWS_OF_A_LIST && skipped.length > rows / 2) {
    throw mostLeftOut(rows, skipped);
  }
  const known = new KnownModels(options.base ?? ModelCatalog.bundled().document());
  const groups = grouped(pages, known, options.cloud ?? 'public');
  const settled = groups.map((group) => settle(group, known, options));
  const conflicts = settled.flatMap(({ conflicts: own }) => own);
  const regions = [...new Set(groups.flatMap(({ rows: own }) => own.flatMap(({ row }) => row.region ?? [])))];
  const { listedOn, base } = options;
  const isAlone = base === undefined;
  const placed = groups.map((group, index) => ({ ...group, facts: settled[index]!.facts }));
  const sellers = sellerCoverage({ groups: placed, unfinished, below: known.document, listedOn, isAlone });
  return {
    document: { ...documentWith(settled, conflicts, known.document, base), ages: agesAfter(sellers, base) },
    conflicts,
    skipped,
    unfinished,
    counts: { pages: pages.length, rows, models: groups.length, regions: regions.length },
    regions: regions.sort(compareText),
    emptyRegions: emptyRegions(pages),
    leftTheList: isAlone ? [] : leftTheList(groups, skipped, known.document, listedOn),
    sellers,
  };
}

function emptyRegions(pages: readonly ModelListPage[]): string[] {
  const rows = new Map<string, number>();
  for (const { location, models, skipped } of pages) {
    if (location !== undefined) {
      rows.set(location, (rows.get(location) ?? 0) + models.length + skipped.length);
    }
  }
  return [...rows].flatMap(([region, count]) => (count === 0 ? [region] : [])).sort(compareText);
}

function grouped(pages: readonly ModelListPage[], known: KnownModels, cloudOfNoRegion: AzureCloud): Group[] {
  const groups = new Map<string, Group>();
  for (const { models, apiVersion } of pages) {
    for (const row of models) {
      const cloud =
        row.region === undefined
          ? cloudOfNoRegion
          : row.region.startsWith('usgov') || row.region.startsWith('usdod')
            ? 'usgovernment'
            : 'public';
      const name = known.nameOf(row.format, row.name);
      const entry = known.entryOf(cloud, name, row.version);
      const version = entry?.version ?? row.version;
      const key = JSON.stringify([cloud, modelKey(name.format, name.name), version.toLowerCase()]);
      const sourced = { row, source: listSource(row.region).name, ...(apiVersion !== undefined && { apiVersion }) };
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, {
          cloud,
          known: { format: name.format, name: name.name },
          ...(entry && { entry }),
          rows: [sourced],
        });
      } else {
        group.rows.push(sourced);
      }
    }
  }
  return [...groups.values()];
}

function settle(group: Group, known: KnownModels, { listedOn, base }: ModelListOptions): SettledModel {
  const { cloud, entry } = group;
  const merged = mergedModel(group.rows, listedOn);
  const listed = [...new Map(merged.sources.map((source) => [source.region ?? '', source])).values()].map(
    ({ region }) => ({
      ...listSource(region),
      asOf: listedOn,
    }),
  );
  if (entry === undefined) {
    const facts = listedFacts(merged, group.known, placeOf(group, merged, known));
    return { facts, sources: listed, conflicts: withSubject(merged.disagreements, facts, cloud) };
  }
  const below = known.document.sources[entry.source]!;
  const precedence: Precedence = base === undefined ? 'alone' : listedOn >= below.asOf ? 'list' : 'base';
  const settling = new Settling(precedence, listedOn, merged.origin, below);
  const named = namedAs(entry, merged, settling, below);
  const facts = settledFacts(merged, named, settling);
  const others = [entry.source, ...(entry.furtherSources ?? [])]
    .map((position) => known.document.sources[position]!)
    // An older answer about the same region has nothing to add.
    .filter(({ kind, region }) => kind !== 'vendor-api' || !listed.some((source) => source.region === region));
  const sources =
    precedence === 'alone' ? listed : precedence === 'list' ? [...listed, ...others] : [below, ...listed, ...others];
  const disagreements = withoutRepeats([...merged.disagreements, ...settling.disagreements]);
  return { facts, entry, sources, conflicts: withSubject(disagreements, facts, cloud) };
}

/** The entry below with the version as a deployment has to write it. */
function namedAs(entry: ModelEntry, merged: MergedModel, settling: Settling, below: SourceEntry): ModelEntry {
  const { name, version } = merged.first;
  if (name !== entry.name) {
    settling.keepKnown('name', entry.name, name, "the catalogue's spelling counts: families and other versions use it");
  }
  if (entry.version === null) {
    return { ...entry, version, versions: undefined };
  }
  if (version === entry.version) {
    return entry;
  }
  if (below.kind?.startsWith('vendor-api')) {
    settling.keepKnown('version', entry.version, version, 'it is how the API wrote it before; both are understood');
    return { ...entry, versionSpellings: [...new Set([...(entry.versionSpellings ?? []), version])] };
  }
  settling.disagree(
    'version',
    version,
    entry.version,
    "the API's version is what a deployment must name; both are understood",
  );
  const spellings = [entry.version, ...(entry.versionSpellings ?? [])].filter((spelling) => spelling !== version);
  return { ...entry, version, versionSpellings: spellings };
}

/** What the list does not say of a new version, from others of its name. */
function placeOf({ cloud, known: name }: Group, { first }: MergedModel, known: KnownModels) {
  const [sibling] = known.namesakes(name);
  const seller = sibling?.seller ?? (sibling === undefined && first.isMarketplace ? 'partner' : undefined);
  return {
    ...(cloud !== 'public' && { cloud }),
    ...(seller !== undefined && { seller }),
    ...(sibling?.kind !== undefined && { kind: sibling.kind }),
  };
}

function withSubject(disagreements: readonly Disagreement[], facts: StagedFacts, cloud: AzureCloud): ListConflict[] {
  const { format, name, version } = facts;
  return disagreements.map((disagreement) => ({
    ...(cloud === 'usgovernment' && { cloud }),
    format,
    name,
    version: version!,
    ...disagreement,
  }));
}

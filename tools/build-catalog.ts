import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CatalogDocument,
  CATALOG_SCHEMA_VERSION,
  FamilyEntry,
  ModelEntry,
  SourceEntry,
  SpellingEntry,
} from '../lib/catalog/catalog-document';
import { Correction, Corrections, SourceDocument, SourceModel, VendorSource } from './catalog-source-document';

/** Where the source facts, the corrections and our own additions lie. */
export const SOURCE_DIRECTORY = join(__dirname, 'catalog-sources');

const DATA_DIRECTORY = join(__dirname, '..', 'lib', 'catalog', 'data');

/** The part of the catalogue that lookups need: a catalogue document of its own. */
export const CATALOG_FILE = join(DATA_DIRECTORY, 'azure-models.json');

/** One file of the bundled catalogue; the fields of all of them together are one catalogue document. */
export interface CatalogFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The bundled catalogue, made from the files in `tools/catalog-sources` and nothing else: what every lookup needs, what
 * only the comparison of two models needs, and what only their explanation needs.
 */
export function buildCatalogFiles(): CatalogFile[] {
  const facts = readSource<SourceDocument>('azure-openai-model-lifecycle.json');
  const corrections = readSource<Corrections>('corrections.json');
  const { spellings } = readSource<{ spellings: (SpellingEntry & { reason: string })[] }>('spellings.json');
  const { families } = readSource<{ families: FamilyEntry[] }>('families.json');
  const catalog = buildCatalog(facts, corrections, spellings);
  const { dateHistory, conflicts } = facts;
  return [
    { path: CATALOG_FILE, text: format(catalog) },
    { path: join(DATA_DIRECTORY, 'azure-models-families.json'), text: format({ families }) },
    { path: join(DATA_DIRECTORY, 'azure-models-history.json'), text: format({ dateHistory, conflicts }) },
  ];
}

function buildCatalog(
  facts: SourceDocument,
  corrections: Corrections,
  spellings: readonly SpellingEntry[],
): CatalogDocument {
  const unused = new Set(corrections.models);
  const entry = (model: SourceModel, cloud?: 'usgovernment') => {
    const correction = cloud === undefined ? correctionOf(model, corrections.models) : undefined;
    unused.delete(correction!);
    return toEntry(model, correction, cloud);
  };
  const models = [
    ...facts.models.map((model) => entry(model)),
    ...facts.foundryModels.map((model) => entry(model)),
    ...facts.azureGovernment.map((model) => entry(model, 'usgovernment')),
  ];
  if (unused.size > 0) {
    throw new Error(
      `corrections.json corrects models that the source facts do not have: ${JSON.stringify([...unused])}`,
    );
  }
  return {
    $schema: './catalog.schema.json',
    schemaVersion: CATALOG_SCHEMA_VERSION,
    sources: facts.sources.map((source) => toSource(source, corrections)),
    models,
    spellings: [
      ...spellings.map(({ spelling, format, name }) => ({ spelling, format, name })),
      ...[...facts.models, ...facts.foundryModels].flatMap(documentedSpelling),
    ],
  };
}

function toEntry(model: SourceModel, correction: Correction | undefined, cloud?: 'usgovernment'): ModelEntry {
  return withoutAbsent({
    cloud,
    seller: model.soldBy === 'partner' ? 'partner' : undefined,
    format: model.format,
    name: model.armName ?? model.name,
    ...versionFields(model, correction),
    kind: model.type,
    stage: model.lifecycle,
    // Fields that every entry has come before those that few have: entries of the same shape are read faster.
    source: model.source,
    inferredStage: model.confidence === 'inferred-retired' ? 'retired' : undefined,
    legacyDate: model.legacyDate,
    deprecationDate: model.deprecationDate,
    announcedDeprecationDate: model.announcedDeprecationDate,
    retirementDate: model.retirementDate,
    retirementNotBefore: model.retirementNotBefore,
    skuRetirementDates: model.skuSpecificDates,
    fineTune: unlessEmpty({
      trainingRetirementDate: model.fineTuneTrainingRetirement,
      deploymentRetirementDate: model.fineTuneDeploymentRetirement,
      skuRetirementDates: model.fineTuneSkuDates,
    }),
    skus: model.skus,
    defaultVersion: model.isDefaultVersion,
    replacements: model.replacement ? [model.replacement] : model.replacements?.map((name) => ({ name })),
    autoUpgrade: model.autoUpgradeStartDate
      ? { startDate: model.autoUpgradeStartDate, expiryLeadDays: model.upgradeOnExpiryLeadTimeDays }
      : undefined,
    confidence: model.confidence === 'inferred-retired' ? 'inferred' : model.confidence,
    notes: model.notes,
    ...correction?.set,
  });
}

/** The API's spelling is what a deployment must name; the documentation's becomes a spelling. */
function versionFields(
  model: SourceModel,
  correction: Correction | undefined,
): Pick<ModelEntry, 'version' | 'versionSpellings' | 'versions'> {
  if (model.version === null) {
    return { version: null, versions: model.armVersion === undefined ? undefined : [model.armVersion] };
  }
  if (model.armVersion === undefined) {
    return { version: model.version };
  }
  const [version, spelling] = correction?.keepVersion
    ? [model.version, model.armVersion]
    : [model.armVersion, model.version];
  const differsByCaseOnly = version.toLowerCase() === spelling.toLowerCase();
  return { version, versionSpellings: differsByCaseOnly ? undefined : [spelling] };
}

function documentedSpelling(model: SourceModel): SpellingEntry[] {
  const name = model.armName ?? model.name;
  const written = [model.name, model.docsName].filter(
    (spelling): spelling is string => spelling !== undefined && spelling.toLowerCase() !== name.toLowerCase(),
  );
  return written.map((spelling) => ({ spelling, format: model.format, name }));
}

function toSource(source: VendorSource, corrections: Corrections): SourceEntry {
  const corrected = corrections.sources.find(({ name }) => name === source.name)?.url;
  return withoutAbsent({
    name: source.name,
    asOf: source.asOf,
    kind: source.kind,
    url: corrected ?? `https://github.com/${source.repo}/blob/${source.commit}/${source.path}`,
    notes: source.note,
  });
}

function correctionOf(model: SourceModel, corrections: readonly Correction[]): Correction | undefined {
  return corrections.find(
    ({ format, name, version }) => format === model.format && name === model.name && version === model.version,
  );
}

function withoutAbsent<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

function unlessEmpty<T extends object>(fields: T): T | undefined {
  const kept = withoutAbsent(fields);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** One entry a line, so that a changed date is a changed line in a review. */
function format(document: Partial<CatalogDocument>): string {
  const sections = Object.entries(document).map(([key, value]) => {
    if (key === 'families') {
      return `"families": [\n${(value as FamilyEntry[]).map(formatFamily).join(',\n')}\n]`;
    }
    if (Array.isArray(value)) {
      return `${JSON.stringify(key)}: [\n${value.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`;
    }
    return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  });
  return `{\n${sections.join(',\n')}\n}\n`;
}

function formatFamily({ members, ...family }: FamilyEntry): string {
  const head = JSON.stringify(family).slice(0, -1);
  return `${head},"members":[\n${members.map((member) => JSON.stringify(member)).join(',\n')}\n]}`;
}

function readSource<T>(name: string): T {
  return JSON.parse(readFileSync(join(SOURCE_DIRECTORY, name), 'utf8')) as T;
}

if (require.main === module) {
  for (const { path, text } of buildCatalogFiles()) {
    writeFileSync(path, text);
  }
}

import { isJsonObject } from '../contracts/json-file';
import { agesWithoutGround, datesOutOfOrder, daysToCome, duplicates } from './catalog-consistency';
import {
  CATALOG_SCHEMA_VERSION,
  CatalogDocument,
  LIFECYCLE_STAGES,
  MODEL_KINDS,
  MODEL_SELLERS,
  ModelFacts,
  OverlayDocument,
} from './catalog-document';
import {
  date,
  fields,
  flag,
  listOf,
  oneOf,
  prose,
  region,
  Shape,
  tableOf,
  text,
  textOrNull,
  WHOLE_FILE,
  wholeNumber,
} from './document-shape';
import { otherDocument } from './other-document';

/** What is wrong with a catalogue file, one sentence each; nothing where it can be used. */
export function catalogProblems(value: unknown): string[] {
  return problemsOf(value, catalogShape, (document) => {
    const { models, sources, ages = [] } = document as CatalogDocument;
    return [
      ...models.flatMap((entry, index) =>
        [entry.source, ...(entry.furtherSources ?? [])]
          .filter((source) => source >= sources.length)
          .map(
            (source) =>
              `models[${index}] (${modelLabel(entry)}): source is ${source}; write a position in sources, counted from 0`,
          ),
      ),
      ...agesWithoutGround(ages, sources),
    ];
  });
}

/** What is wrong with an overlay file, one sentence each; nothing where it can be used. */
export function overlayProblems(value: unknown): string[] {
  return problemsOf(value, overlayShape, () => []);
}

function problemsOf(
  value: unknown,
  shape: Shape,
  ownProblems: (document: CatalogDocument | OverlayDocument) => string[],
): string[] {
  const problems: string[] = [];
  const other = otherDocument(value);
  if (other !== undefined) {
    return [other];
  }
  if (isJsonObject(value) && Object.hasOwn(value, 'schemaVersion')) {
    schemaVersion.check(value.schemaVersion, 'schemaVersion', (problem) => problems.push(problem));
  }
  // Another version of the format explains every other problem.
  if (problems.length > 0) {
    return problems;
  }
  shape.check(value, WHOLE_FILE, (problem) => problems.push(problem));
  if (problems.length > 0) {
    return problems;
  }
  const document = value as CatalogDocument | OverlayDocument;
  return [...duplicates(document), ...datesOutOfOrder(document), ...daysToCome(document), ...ownProblems(document)];
}

/** How problems and errors name an entry. */
export function modelLabel(value: unknown): string | undefined {
  if (!isJsonObject(value) || typeof value.name !== 'string') {
    return undefined;
  }
  const { name, version } = value;
  if (version === undefined) {
    return name as string;
  }
  return `${name}@${version === null ? '*' : String(version)}`;
}

const nameLabel = (value: unknown) => (isJsonObject(value) && typeof value.name === 'string' ? value.name : undefined);

const schemaVersion = oneOf([CATALOG_SCHEMA_VERSION]);
const texts = listOf(text);
const skuDates = tableOf(date);
const stage = oneOf(LIFECYCLE_STAGES);
const cloud = oneOf(['public', 'usgovernment']);
const sellers = oneOf(MODEL_SELLERS);
const kind = oneOf(MODEL_KINDS);

const model = { format: text, name: text, version: textOrNull };

const facts: Record<Exclude<keyof ModelFacts, keyof typeof model>, Shape> = {
  cloud,
  seller: sellers,
  versionSpellings: texts,
  versions: texts,
  kind,
  legacyDate: date,
  deprecationDate: date,
  announcedDeprecationDate: date,
  retirementDate: date,
  retirementNotBefore: date,
  skuRetirementDates: skuDates,
  fineTune: fields({}, { trainingRetirementDate: date, deploymentRetirementDate: date, skuRetirementDates: skuDates }),
  skus: texts,
  regions: tableOf(listOf(region)),
  defaultVersion: flag,
  replacements: listOf(fields({ name: text }, { version: text }), nameLabel),
  autoUpgrade: fields({ startDate: date }, { expiryLeadDays: wholeNumber(0) }),
  fineTunedFrom: fields({ name: text, version: text }),
  confidence: oneOf(['inferred', 'low']),
  notes: prose,
};

const source = fields({ name: text, asOf: date }, { kind: text, region, url: text, notes: prose });

const spelling = fields({ spelling: text, format: text, name: text });

const member = fields(
  { name: text },
  {
    format: text,
    versions: texts,
    major: wholeNumber(0),
    intermediate: wholeNumber(0),
    generation: wholeNumber(1),
    variant: text,
    kind,
    domain: text,
    hosting: text,
    versionOrder: texts,
  },
);

const family = fields(
  { id: text, format: text, members: listOf(member, nameLabel) },
  { kind, domain: text, succeeds: listOf(fields({ family: text }, { fromMajor: wholeNumber(0) })) },
);

const familyLabel = (value: unknown) => (isJsonObject(value) && typeof value.id === 'string' ? value.id : undefined);

const statement = fields({ value: textOrNull, source: wholeNumber(0) });

const catalogShape = fields(
  {
    schemaVersion,
    sources: listOf(source),
    models: listOf(
      fields(
        { ...model, stage, source: wholeNumber(0) },
        {
          ...facts,
          inferredStage: oneOf(['retired']),
          furtherSources: listOf(wholeNumber(0)),
        },
      ),
      modelLabel,
    ),
  },
  {
    $schema: text,
    ages: listOf(fields({ cloud, seller: sellers, asOf: date })),
    spellings: listOf(spelling),
    families: listOf(family, familyLabel),
    dateHistory: listOf(
      fields({
        format: text,
        name: text,
        version: text,
        history: listOf(
          fields({ asOf: date, retirement: date, notBefore: flag, source: wholeNumber(0) }, { sku: text }),
        ),
      }),
      modelLabel,
    ),
    conflicts: listOf(
      fields({
        format: text,
        name: text,
        version: text,
        field: text,
        kept: statement,
        other: listOf(statement),
        reason: prose,
      }),
      modelLabel,
    ),
  },
);

const overlayShape = fields(
  { schemaVersion, asOf: date },
  {
    $schema: text,
    name: text,
    url: text,
    covers: listOf(sellers),
    models: listOf(fields(model, { ...facts, stage }), modelLabel),
    spellings: listOf(spelling),
    families: listOf(family, familyLabel),
  },
);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { catalogProblems, overlayProblems } from '../../lib/catalog/catalog-validation';
import { buildCatalogFiles, CATALOG_FILE } from '../../tools/build-catalog';

const dataDirectory = join(__dirname, '..', '..', 'lib', 'catalog', 'data');

/** How schemas are called, which is no address to fetch them from. */
const SCHEMAS = 'https://github.com/cdktf-azure-model-lifecycle/cdktf-azure-model-lifecycle/schemas';

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
addFormats(ajv);
ajv.addSchema(readJson(join(dataDirectory, 'catalog.schema.json')));
ajv.addSchema(readJson(join(dataDirectory, 'overlay.schema.json')));

function agreesWithSchema(schema: string, document: unknown, problems: readonly string[]): void {
  const isValid = ajv.validate(`${SCHEMAS}/${schema}`, document);
  expect({ isValid, errors: ajv.errors }).toMatchObject({ isValid: problems.length === 0 });
}

const MODEL = { format: 'OpenAI', name: 'gpt-9', version: '2027-01-01', stage: 'preview' };

function overlay(models: unknown): Record<string, unknown> {
  return { schemaVersion: 1, asOf: '2026-11-20', models };
}

describe('the bundled catalogue', () => {
  const bundled = readJson(CATALOG_FILE);
  const allFiles = Object.assign({}, ...buildCatalogFiles().map(({ path }) => readJson(path))) as object;

  test.each([
    ['on its own', bundled],
    ['with families and history in the same document', allFiles],
  ])('satisfies its schema and our validator %s', (_, document) => {
    expect(catalogProblems(document)).toEqual([]);
    agreesWithSchema('catalog.schema.json', document, []);
  });

  test('is no overlay', () => {
    expect(overlayProblems(bundled)).toContain('the file has no asOf; write a calendar day as YYYY-MM-DD');
  });
});

describe('documents that the schema and the validator accept', () => {
  test.each<[string, unknown]>([
    ['an overlay without models', { schemaVersion: 1, asOf: '2026-11-20' }],
    [
      'every field of an overlay',
      {
        ...overlay([MODEL]),
        $schema: './overlay.schema.json',
        name: 'ours',
        url: 'https://example.org',
        covers: ['azure', 'partner'],
        spellings: [{ spelling: 'nine', format: 'OpenAI', name: 'gpt-9' }],
        families: [],
      },
    ],
    ['a date that moved', overlay([{ format: 'OpenAI', name: 'gpt-9', version: '1', retirementDate: '2027-01-01' }])],
    ['no date any more', overlay([{ ...MODEL, retirementDate: '2099-12-31' }])],
    ['every version of a name', overlay([{ ...MODEL, version: null, versions: ['1', '2'] }])],
    ['dates by SKU', overlay([{ ...MODEL, skuRetirementDates: { Standard: '2027-01-01', __proto__x: '2027-01-01' } }])],
    [
      'dates of fine-tuned deployments',
      overlay([
        {
          ...MODEL,
          fineTune: {
            trainingRetirementDate: '2027-01-01',
            deploymentRetirementDate: '2028-01-01',
            skuRetirementDates: {},
          },
        },
      ]),
    ],
    ['a leap day', overlay([{ ...MODEL, retirementDate: '2028-02-29' }])],
    ['names with blanks and signs inside', overlay([{ ...MODEL, name: 'Command R+ (new)' }])],
    [
      'a family',
      {
        ...overlay([]),
        families: [
          {
            id: 'f',
            format: 'F',
            kind: 'chat',
            domain: 'finance',
            succeeds: [{ family: 'g', fromMajor: 0 }],
            members: [
              {
                name: 'm',
                major: 0,
                intermediate: 1,
                generation: 2,
                variant: 'mini',
                kind: 'chat',
                domain: 'law',
                hosting: 'us',
                versions: ['1'],
                versionOrder: ['1', '2'],
                format: 'G',
              },
            ],
          },
        ],
      },
    ],
  ])('%s', (_, document) => {
    expect(overlayProblems(document)).toEqual([]);
    agreesWithSchema('overlay.schema.json', document, []);
  });
});

const AT = 'models[0] (gpt-9@2027-01-01)';

describe('documents that the schema and the validator refuse', () => {
  test.each<[string, unknown, string[]]>([
    [
      'no object',
      [],
      [
        'the file is []; write an object with schemaVersion, asOf, $schema, name, url, covers, models, spellings, families',
      ],
    ],
    ['another version of the format', { ...overlay([]), schemaVersion: 2 }, ['schemaVersion is 2; write 1']],
    ['no version of the format', { asOf: '2026-11-20' }, ['the file has no schemaVersion; write 1']],
    ['no day', { schemaVersion: 1 }, ['the file has no asOf; write a calendar day as YYYY-MM-DD']],
    [
      'a field that is misspelt',
      { ...overlay([]), model: [] },
      ["the file has the unknown field 'model'; did you mean models?"],
    ],
    [
      'a day that does not exist',
      overlay([{ ...MODEL, retirementDate: '2027-02-29' }]),
      [`${AT}: retirementDate is '2027-02-29'; write a calendar day as YYYY-MM-DD`],
    ],
    [
      'a day with a time',
      overlay([{ ...MODEL, retirementDate: '2027-01-01T00:00:00Z' }]),
      [`${AT}: retirementDate is '2027-01-01T00:00:00Z'; write a calendar day as YYYY-MM-DD`],
    ],
    [
      'a day that is no text',
      overlay([{ ...MODEL, retirementDate: 20270101 }]),
      [`${AT}: retirementDate is 20270101; write a calendar day as YYYY-MM-DD`],
    ],
    [
      'a date by SKU',
      overlay([{ ...MODEL, skuRetirementDates: { Standard: 'soon' } }]),
      [`${AT}: skuRetirementDates.Standard is 'soon'; write a calendar day as YYYY-MM-DD`],
    ],
    [
      'dates by SKU as a list',
      overlay([{ ...MODEL, skuRetirementDates: [] }]),
      [`${AT}: skuRetirementDates is []; write an object, each value a calendar day as YYYY-MM-DD`],
    ],
    [
      'the API’s word for a stage',
      overlay([{ ...MODEL, stage: 'Deprecating' }]),
      [`${AT}: stage is 'Deprecating'; write 'preview', 'generally-available', 'legacy', 'deprecated' or 'retired'`],
    ],
    [
      'an unknown field',
      overlay([{ ...MODEL, retirmentDate: '2027-01-01' }]),
      [`${AT} has the unknown field 'retirmentDate'; did you mean retirementDate?`],
    ],
    [
      'an unknown field deep inside',
      overlay([{ ...MODEL, fineTune: { x: 1 } }]),
      [
        `${AT}: fineTune has the unknown field 'x'; known are trainingRetirementDate, deploymentRetirementDate, skuRetirementDates`,
      ],
    ],
    [
      'a field called __proto__',
      overlay([
        JSON.parse('{"format":"OpenAI","name":"gpt-9","version":"2027-01-01","stage":"preview","__proto__":{}}'),
      ]),
      [
        `${AT} has the unknown field '__proto__'; known are ${'format, name, version, cloud, seller, versionSpellings, versions, kind, legacyDate, deprecationDate, announcedDeprecationDate, retirementDate, retirementNotBefore, skuRetirementDates, fineTune, skus, regions, defaultVersion, replacements, autoUpgrade, fineTunedFrom, confidence, notes, stage'}`,
      ],
    ],
    [
      'no version',
      overlay([{ format: 'OpenAI', name: 'gpt-9', stage: 'preview' }]),
      ['models[0] (gpt-9) has no version; write a text on one line, or null for every version'],
    ],
    [
      'an empty name',
      overlay([{ ...MODEL, name: '' }]),
      ["models[0] (@2027-01-01): name is ''; write a text on one line, without blanks at its ends"],
    ],
    [
      'a name with a blank at its end',
      overlay([{ ...MODEL, name: 'gpt-9 ' }]),
      ["models[0] (gpt-9 @2027-01-01): name is 'gpt-9 '; write a text on one line, without blanks at its ends"],
    ],
    [
      'a name of two lines',
      overlay([{ ...MODEL, format: 'Open\nAI' }]),
      [`${AT}: format is 'Open\\u{a}AI'; write a text on one line, without blanks at its ends`],
    ],
    [
      'another cloud',
      overlay([{ ...MODEL, cloud: 'china' }]),
      [`${AT}: cloud is 'china'; write 'public' or 'usgovernment'`],
    ],
    [
      'a source, which an overlay is itself',
      overlay([{ ...MODEL, source: 0 }]),
      [
        `${AT} has the unknown field 'source'; known are format, name, version, cloud, seller, versionSpellings, versions, kind, legacyDate, deprecationDate, announcedDeprecationDate, retirementDate, retirementNotBefore, skuRetirementDates, fineTune, skus, regions, defaultVersion, replacements, autoUpgrade, fineTunedFrom, confidence, notes, stage`,
      ],
    ],
    [
      'models that are no list',
      overlay({}),
      [
        'models is {}; write a list, each item an object with format, name, version, cloud, seller, versionSpellings, versions, kind, legacyDate, deprecationDate, announcedDeprecationDate, retirementDate, retirementNotBefore, skuRetirementDates, fineTune, skus, regions, defaultVersion, replacements, autoUpgrade, fineTunedFrom, confidence, notes, stage',
      ],
    ],
    [
      'a model that is none',
      overlay([null]),
      [
        'models[0] is null; write an object with format, name, version, cloud, seller, versionSpellings, versions, kind, legacyDate, deprecationDate, announcedDeprecationDate, retirementDate, retirementNotBefore, skuRetirementDates, fineTune, skus, regions, defaultVersion, replacements, autoUpgrade, fineTunedFrom, confidence, notes, stage',
      ],
    ],
    [
      'a number where a switch is',
      overlay([{ ...MODEL, defaultVersion: 1 }]),
      [`${AT}: defaultVersion is 1; write true or false`],
    ],
    [
      'half a day of lead',
      overlay([{ ...MODEL, autoUpgrade: { startDate: '2026-12-01', expiryLeadDays: 0.5 } }]),
      [`${AT}: autoUpgrade.expiryLeadDays is 0.5; write a whole number, 0 or more`],
    ],
    [
      'a replacement without a name',
      overlay([{ ...MODEL, replacements: [{ version: '1' }] }]),
      [`${AT}: replacements[0] has no name; write a text on one line, without blanks at its ends`],
    ],
    [
      'a generation of zero',
      { ...overlay([]), families: [{ id: 'f', format: 'F', members: [{ name: 'm', generation: 0 }] }] },
      ['families[0] (f): members[0] (m): generation is 0; write a whole number, 1 or more'],
    ],
    [
      'a seller that nobody knows',
      { ...overlay([]), covers: ['microsoft'] },
      ["covers[0] is 'microsoft'; write 'azure' or 'partner'"],
    ],
  ])('%s', (_, document, problems) => {
    expect(overlayProblems(document)).toEqual(problems);
    agreesWithSchema('overlay.schema.json', document, problems);
  });

  test('all problems of a file are reported at once', () => {
    const document = overlay([
      { ...MODEL, retirementDate: 'soon', stage: 'gone' },
      { format: 'OpenAI', name: 'x', version: '1', notes: 3 },
    ]);
    expect(overlayProblems(document)).toHaveLength(3);
    agreesWithSchema('overlay.schema.json', document, overlayProblems(document));
  });

  test.each<[string, unknown, string[]]>([
    [
      'no sources',
      { schemaVersion: 1, models: [] },
      ['the file has no sources; write a list, each item an object with name, asOf, kind, region, url, notes'],
    ],
    [
      'a model without a stage',
      {
        schemaVersion: 1,
        sources: [{ name: 's', asOf: '2026-01-01' }],
        models: [{ format: 'F', name: 'n', version: '1', source: 0 }],
      },
      ["models[0] (n@1) has no stage; write 'preview', 'generally-available', 'legacy', 'deprecated' or 'retired'"],
    ],
    [
      'a model without a source',
      { schemaVersion: 1, sources: [], models: [{ format: 'F', name: 'n', version: '1', stage: 'preview' }] },
      ['models[0] (n@1) has no source; write a whole number, 0 or more'],
    ],
  ])('in a catalogue: %s', (_, document, problems) => {
    expect(catalogProblems(document)).toEqual(problems);
    agreesWithSchema('catalog.schema.json', document, problems);
  });
});

describe('what only the validator sees', () => {
  test.each<[string, unknown, string[]]>([
    [
      'one model twice',
      overlay([MODEL, { ...MODEL, name: 'GPT-9' }]),
      ['models[1] (GPT-9@2027-01-01) repeats models[0]; keep one entry'],
    ],
    [
      'retirement before deprecation',
      overlay([{ ...MODEL, deprecationDate: '2027-02-02', retirementDate: '2027-02-01' }]),
      [`${AT}: retirementDate 2027-02-01 is before deprecationDate 2027-02-02; swap or correct them`],
    ],
    [
      'retirement before legacy',
      overlay([{ ...MODEL, legacyDate: '2027-02-02', retirementDate: '2027-02-01' }]),
      [`${AT}: retirementDate 2027-02-01 is before legacyDate 2027-02-02; swap or correct them`],
    ],
    [
      'deprecation before legacy',
      overlay([{ ...MODEL, legacyDate: '2027-02-02', deprecationDate: '2027-02-01' }]),
      [`${AT}: deprecationDate 2027-02-01 is before legacyDate 2027-02-02; swap or correct them`],
    ],
    [
      'two kinds of retirement',
      overlay([{ ...MODEL, retirementDate: '2027-02-02', retirementNotBefore: '2027-02-01' }]),
      [`${AT}: retirementDate and retirementNotBefore are both given; keep the one that is known`],
    ],
    [
      'versions of a version',
      overlay([{ ...MODEL, versions: ['1'] }]),
      [`${AT}: versions goes with version null only; write one entry for each version instead`],
    ],
    [
      'spellings of no version',
      overlay([{ ...MODEL, version: null, versionSpellings: ['1'] }]),
      ['models[0] (gpt-9@*): versionSpellings goes with a version; write versions instead'],
    ],
    [
      'one family twice',
      {
        ...overlay([]),
        families: [
          { id: 'f', format: 'F', members: [] },
          { id: 'F', format: 'F', members: [] },
        ],
      },
      ['families[1] (F) repeats families[0]; keep one entry'],
    ],
    [
      'one member twice',
      { ...overlay([]), families: [{ id: 'f', format: 'F', members: [{ name: 'm' }, { name: 'M' }] }] },
      ['families[0] (f): members[1] (M) repeats members[0]; keep one entry'],
    ],
  ])('%s', (_, document, problems) => {
    expect(overlayProblems(document)).toEqual(problems);
  });

  test('the same day for two stages is in order', () => {
    const sameDay = { ...MODEL, legacyDate: '2027-02-01', deprecationDate: '2027-02-01', retirementDate: '2027-02-01' };
    expect(overlayProblems(overlay([sameDay]))).toEqual([]);
  });

  test('a source that the catalogue does not have', () => {
    const document = {
      schemaVersion: 1,
      sources: [{ name: 's', asOf: '2026-01-01' }],
      models: [{ ...MODEL, source: 1 }],
    };
    expect(catalogProblems(document)).toEqual([`${AT}: source is 1; write a position in sources, counted from 0`]);
  });

  test('long values are cut short', () => {
    const [problem] = overlayProblems(overlay([{ ...MODEL, retirementDate: 'x'.repeat(100_000) }]));
    expect(problem).toContain(`retirementDate is '${'x'.repeat(120)}…'; write `);
  });
});

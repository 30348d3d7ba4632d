import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { CATALOG_FILE } from '../../tools/build-catalog';

const directory = mkdtempSync(join(tmpdir(), 'catalogue-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;

function file(content: string): string {
  const path = join(directory, `${files++}.json`);
  writeFileSync(path, content);
  return path;
}

const bundled = ModelCatalog.bundled();
const OVERLAY = { schemaVersion: 1, asOf: '2026-11-20' };

describe('a catalogue file', () => {
  test('answers like the bundled one, under its own name', () => {
    const catalog = ModelCatalog.fromFile(CATALOG_FILE, { cloud: 'usgovernment' });
    const query = { name: 'gpt-5.1', version: '2025-11-13' };
    expect(catalog.lookup(query, '2026-11-21')).toMatchObject({
      answer: { layer: CATALOG_FILE, retirementDate: '2027-05-15' },
    });
    expect(catalog.asOf).toBe('2026-04-24');
  });

  test('may say little', () => {
    const path = file('{ "schemaVersion": 1, "sources": [], "models": [] }');
    const catalog = ModelCatalog.fromFile(path);
    expect(catalog.lookup({ name: 'gpt-4o', version: '1' }, '2026-11-21')).toEqual({
      kind: 'unknown-model',
      nearest: [],
    });
    expect(catalog.staleness('2026-11-21').stale).toBe(true);
    expect(catalog.spellings()).toEqual([]);
  });

  test('that is an overlay is told so field by field', () => {
    const path = file(JSON.stringify(OVERLAY));
    expect(() => ModelCatalog.fromFile(path)).toThrow(
      new Error(
        `catalogue '${path}' has 3 problems:\n` +
          '  the file has no sources; write a list, each item an object with name, asOf, kind, region, url, notes\n' +
          '  the file has no models; write a list, each item an object with format, name, version, stage, source, cloud, ' +
          'seller, versionSpellings, versions, kind, legacyDate, deprecationDate, announcedDeprecationDate, ' +
          'retirementDate, retirementNotBefore, skuRetirementDates, fineTune, skus, regions, defaultVersion, replacements, ' +
          'autoUpgrade, fineTunedFrom, confidence, notes, inferredStage, furtherSources\n' +
          "  the file has the unknown field 'asOf'; known are schemaVersion, sources, models, $schema, ages, spellings, " +
          'families, dateHistory, conflicts',
      ),
    );
  });
});

test.each([
  ['a catalogue', (path: string) => ModelCatalog.fromFile(path), 'catalogue'],
  ['an overlay', (path: string) => ModelCatalog.bundled().withOverlay(path), 'overlay'],
] as const)('a name in %s writes no line of its own', (_, open, kind) => {
  const entry = { format: 'OpenAI', name: 'x\n::error::pwned', version: '1', stage: 'preview' };
  const document = {
    schemaVersion: 1,
    models: [entry],
    ...(kind === 'catalogue' ? { sources: [] } : { asOf: '2026-11-20' }),
  };
  const path = file(JSON.stringify(document));
  expect(() => open(path)).toThrow(
    expect.objectContaining({ message: expect.not.stringMatching(/^::error::/m) as string }) as Error,
  );
  expect(() => open(path)).toThrow('(x\\u{a}::error::pwned@1)');
});

describe('an overlay file', () => {
  test('names its path as the layer', () => {
    const models = [{ format: 'House', name: 'house-model', version: '1', stage: 'preview' }];
    const path = file(`\uFEFF${JSON.stringify({ ...OVERLAY, models })}`);
    expect(bundled.withOverlay(path).lookup({ name: 'house-model', version: '1' }, '2026-11-21')).toMatchObject({
      answer: { layer: path, sources: [{ name: path, asOf: '2026-11-20' }] },
    });
  });

  test('that is missing', () => {
    const path = join(directory, 'missing.json');
    expect(() => bundled.withOverlay(path)).toThrow(
      new Error(
        `overlay '${path}': there is no file '${path}'; give the path of a JSON file, from the working directory or absolute`,
      ),
    );
  });

  test('that is a directory', () => {
    expect(() => bundled.withOverlay(directory)).toThrow(
      new Error(
        `overlay '${directory}': it cannot be read (EISDIR); give the path of a JSON file, from the working directory or absolute`,
      ),
    );
  });

  test.each(['', '{', 'retirementDate: 2027-01-01', '{ "schemaVersion": 1, }'])('that is no JSON: %p', (content) => {
    const path = file(content);
    expect(() => bundled.withOverlay(path)).toThrow(/^overlay '[^']+' is not JSON \([^\n]+\); correct the file$/);
  });

  test('with one problem says it in one line', () => {
    const models = [{ format: 'OpenAI', name: 'gpt-4o', version: '2024-08-06', retirementDate: '31.03.2027' }];
    const path = file(JSON.stringify({ ...OVERLAY, models }));
    expect(() => bundled.withOverlay(path)).toThrow(
      new Error(
        `overlay '${path}': models[0] (gpt-4o@2024-08-06): retirementDate is '31.03.2027'; ` +
          'write a calendar day as YYYY-MM-DD',
      ),
    );
  });

  test('with several problems lists them, at most twenty', () => {
    const models = Array.from({ length: 25 }, () => ({}));
    const path = file(JSON.stringify({ ...OVERLAY, models }));
    let message = '';
    try {
      bundled.withOverlay(path);
    } catch (error) {
      message = (error as Error).message;
    }
    const lines = message.split('\n');
    expect(lines[0]).toBe(`overlay '${path}' has 75 problems:`);
    expect(lines[1]).toBe('  models[0] has no format; write a text on one line, without blanks at its ends');
    expect(lines).toHaveLength(22);
    expect(lines[21]).toBe('  and 55 more');
  });
});

test.each([null, undefined, 7, 'x', [], true])(
  'an overlay that is %p is refused with an error that can be read',
  (document) => {
    expect(() => bundled.withOverlay(document as never)).toThrow(/^overlay '/);
  },
);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { anything, assert, constantFrom, jsonValue, nat, oneof, property, string } from 'fast-check';
import { canonicalJson, canonicalTextOf } from '../../lib/contracts/canonical-json';
import { releaseIdOf } from '../../lib/contracts/release-manifest';
import { readReleaseManifest, releaseManifestProblems } from '../../lib/contracts/release-manifest-reader';
import { anyManifest, FULL } from './manifests';

const schema = JSON.parse(
  readFileSync(join(__dirname, '../../lib/contracts/data/release-manifest.schema.json'), 'utf8'),
) as object;
const satisfiesSchema = new Ajv({ strict: true, strictTypes: false }).compile(schema);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every place in a value that holds something, the value itself first. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const entries =
    typeof value === 'object' && value !== null && !path.includes('other')
      ? Object.entries(value).map(([key, item]): [string | number, unknown] => [
          Array.isArray(value) ? Number(key) : key,
          item,
        ])
      : [];
  return [path, ...entries.flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

/** A copy in which the place holds another value, or nothing. */
function changed(value: unknown, path: (string | number)[], replacement: unknown): unknown {
  if (path.length === 0) {
    return replacement;
  }
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string | number, unknown>, copy);
  const last = path.at(-1)!;
  if (replacement !== undefined) {
    parent[last] = replacement;
  } else if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
  } else {
    delete parent[last];
  }
  return copy;
}

const BAD: [string, unknown, string][] = [
  ['schemaVersion', 2, 'schemaVersion is 2; write 1'],
  [
    'name',
    'Assistant',
    "name is 'Assistant'; write 1 to 19 lower-case letters, digits and single dashes, starting with a letter and not ending with a dash",
  ],
  [
    'image',
    'assistant:latest',
    "image is 'assistant:latest'; write [host/]repository@sha256:<64 hex digits>, for instance 'example.azurecr.io/assistant@sha256:…'",
  ],
  ['models', {}, 'models is empty; write at least 1 entry'],
  ['models.chat.config.temperature', 3, 'models.chat.config.temperature is 3; write a number from 0 to 2'],
  ['models.chat.config.temperature', '1', "models.chat.config.temperature is '1'; write a number from 0 to 2"],
  [
    'models.chat.config.stop',
    ['a', 'b', 'c', 'd', 'e'],
    'models.chat.config.stop is ["a","b","c","d","e"]; write a list of at least 1 and at most 4',
  ],
  ['models.chat.config.seed', 1.5, 'models.chat.config.seed is 1.5; write a whole number'],
  [
    'models.chat.config.other',
    JSON.parse('{"__proto__": 1}'),
    "models.chat.config.other has the key '__proto__'; write 1 to 64 letters, digits and '_', starting with a letter, for instance 'response_format'",
  ],
  ['prompts.system.text', '', "prompts.system.text is ''; write a text that is not empty"],
  [
    'prompts.system.madeFor',
    ['gpt-5.1'],
    "prompts.system.madeFor[0] is 'gpt-5.1'; write name@version, for instance 'gpt-5.1@2025-11-13'",
  ],
  ['prompts.system.madeFor', ['a@1', 'a@1'], 'prompts.system.madeFor is ["a@1","a@1"], which names something twice'],
  ['prompts.system.template', 'erb', "prompts.system.template is 'erb'; write 'none' or 'mustache' or 'jinja2'"],
  ['knowledge', null, 'knowledge is null; write an object with index, embeddingModel, dimensions'],
  [
    'knowledge.index',
    'Docs',
    "knowledge.index is 'Docs'; write 2 to 128 lower-case letters, digits, and single '-' or '_' between them",
  ],
  ['knowledge.dimensions', 0, 'knowledge.dimensions is 0; write a whole number from 1 on'],
  [
    'extra',
    1,
    "the manifest has the unknown field 'extra'; known are schemaVersion, name, image, orchestration, models, prompts, knowledge",
  ],
];

describe('the reader of manifests', () => {
  test('gives back a manifest with every field', () => {
    expect(readReleaseManifest(canonicalJson(FULL))).toEqual({ kind: 'manifest', manifest: FULL });
    expect(satisfiesSchema(FULL)).toBe(true);
  });

  test.each(BAD)('names what is wrong with %s = %j', (path, value, problem) => {
    const broken = changed(FULL, path.split('.'), value);
    expect(releaseManifestProblems(broken)).toEqual([problem]);
    expect(satisfiesSchema(broken)).toBe(false);
  });

  test.each(['schemaVersion', 'name', 'image', 'orchestration', 'models', 'prompts'])('misses %s', (field) => {
    const broken = changed(FULL, [field], undefined);
    expect(releaseManifestProblems(broken)).toEqual([`the manifest has no ${field}`]);
    expect(satisfiesSchema(broken)).toBe(false);
  });

  test('names every problem at once', () => {
    const broken = { ...FULL, name: 'A', orchestration: '' };
    expect(releaseManifestProblems(broken).map((problem) => problem.split(' ')[0])).toEqual(['name', 'orchestration']);
  });

  test.each<[string, string, string]>([
    ['text that is not JSON', '{', 'the manifest is not JSON: the text ends too early, at line 1, column 2'],
    [
      'a manifest of a later version',
      canonicalJson({ ...FULL, schemaVersion: 2 }),
      'the manifest has a schemaVersion that is not 1; read it with a newer version of the package',
    ],
    [
      'a byte order mark in front',
      `\uFEFF${canonicalJson(FULL)}`,
      'the manifest is not JSON: syntax error at line 1, column 1',
    ],
  ])('refuses %s', (_, text, problem) => {
    expect(readReleaseManifest(text)).toEqual({ kind: 'problems', problems: [problem] });
  });

  test('reads a manifest that is not canonical, whose text has another hash', () => {
    const text = JSON.stringify(FULL, null, 2);
    expect(readReleaseManifest(text)).toEqual({ kind: 'manifest', manifest: FULL });
    expect(releaseIdOf(text)).not.toBe(releaseIdOf(canonicalJson(FULL)));
  });

  test('reads parameters that are nested without end, which have no canonical text', () => {
    const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const text = canonicalJson(FULL).replace('{"response_format"', `{"deep":${nested},"response_format"`);
    const reading = readReleaseManifest(text);
    expect(reading.kind).toBe('manifest');
    expect(canonicalTextOf(reading)).toBeUndefined();
  });

  test('reads every manifest, and agrees with the schema', () => {
    assert(
      property(anyManifest, (manifest) => {
        expect(readReleaseManifest(canonicalJson(manifest))).toEqual({ kind: 'manifest', manifest });
        expect(satisfiesSchema(manifest)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('agrees with the schema on manifests that are broken in one place', () => {
    const verdicts = new Set<boolean>();
    const strange = oneof(
      jsonValue(),
      string(),
      constantFrom<Json>(null, true, -1, 0, 1.5, 3, 1e300, '', 'A', 'a b', 'a\n', 'a--b', 'a@1', [], {}, ['x', 'x']),
    );
    assert(
      property(anyManifest, nat(), strange, constantFrom('replace', 'remove', 'add'), (manifest, at, value, how) => {
        const places = placesIn(manifest).slice(1);
        const place = places[at % places.length]!;
        const path = how === 'add' ? [...place.slice(0, -1), typeof place.at(-1) === 'number' ? 9 : 'extra'] : place;
        const broken = JSON.parse(
          JSON.stringify(changed(manifest, path, how === 'remove' ? undefined : value)),
        ) as unknown;
        const isGood = releaseManifestProblems(broken).length === 0;
        verdicts.add(isGood);
        expect({ broken, isGood }).toEqual({ broken, isGood: satisfiesSchema(broken) });
      }),
      { numRuns: 500 },
    );
    expect([...verdicts].sort()).toEqual([false, true]);
  });

  test('agrees with the schema on whatever is no manifest at all', () => {
    assert(
      property(
        anything({ withNullPrototype: false }).map((value) => JSON.stringify(value) ?? 'null'),
        (text) => {
          const value = JSON.parse(text) as unknown;
          expect(releaseManifestProblems(value).length === 0).toBe(satisfiesSchema(value));
        },
      ),
    );
  });
});

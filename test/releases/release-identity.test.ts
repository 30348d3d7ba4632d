import {
  Arbitrary,
  array,
  assert,
  constantFrom,
  dictionary,
  double,
  integer,
  jsonValue,
  option,
  property,
  record,
  string,
  stringMatching,
  uniqueArray,
} from 'fast-check';
import { ModelVersion } from '../../lib/accounts';
import { ModelConfig, OrchestratorRelease, Prompt, PromptTemplate } from '../../lib/releases';

/** What a release is made of, as plain data that can be permuted and edited. */
interface Parts {
  readonly name: string;
  readonly digest: string;
  readonly orchestration: string;
  readonly models: Readonly<Record<string, { readonly version: string; readonly config: ModelConfig }>>;
  readonly prompts: Readonly<
    Record<string, { readonly text: string; readonly madeFor: string[]; readonly inputs: string[] }>
  >;
  readonly index?: string | undefined;
}

const words = (pattern: RegExp) => stringMatching(pattern);
const maybe = <T>(value: Arbitrary<T>) => option(value, { nil: undefined });

const anyConfig: Arbitrary<ModelConfig> = record(
  {
    temperature: double({ min: 0, max: 2, noNaN: true }),
    maxOutputTokens: integer({ min: 1 }),
    stop: array(string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
    other: dictionary(words(/^[a-c][a-z]{9}$/), jsonValue(), { maxKeys: 3 }),
  },
  { requiredKeys: [] },
);

const anyParts: Arbitrary<Parts> = record({
  name: words(/^[a-z][a-z0-9]{0,5}$/),
  digest: words(/^[0-9a-f]{64}$/),
  orchestration: words(/^[0-9]{1,3}\.[0-9]$/),
  models: dictionary(words(/^[a-d]{1,4}$/), record({ version: words(/^[0-9]{1,3}$/), config: anyConfig }), {
    minKeys: 1,
    maxKeys: 3,
  }),
  prompts: dictionary(
    words(/^[p-z]{1,4}$/),
    record({
      text: string({ unit: 'grapheme' }).map((text) => `Answer: ${text.replaceAll('\0', '')}`),
      madeFor: uniqueArray(words(/^x[0-9]{1,3}$/), { maxLength: 3 }),
      inputs: uniqueArray(words(/^[a-z]{1,3}$/), { maxLength: 3 }),
    }),
    { maxKeys: 3 },
  ),
  index: maybe(words(/^[a-z]{2,5}$/)),
});

function releaseOf({ name, digest, orchestration, models, prompts, index }: Parts): OrchestratorRelease {
  const [role, { version }] = Object.entries(models).sort(([a], [b]) => (a < b ? -1 : 1))[0]!;
  const bound = (of: string) => ModelVersion.of('Example', 'model', of);
  return new OrchestratorRelease({
    name,
    image: `app@sha256:${digest}`,
    orchestration,
    models: mapped(models, (binding) => ({ model: bound(binding.version), config: binding.config })),
    prompts: mapped(prompts, ({ text, madeFor, inputs }) =>
      Prompt.inline(text, {
        madeFor: [...madeFor, version].map(bound),
        model: role,
        template: PromptTemplate.JINJA2,
        inputs,
      }),
    ),
    ...(index !== undefined && { knowledge: { index, embeddingModel: bound('1'), dimensions: 8 } }),
  });
}

function mapped<T, U>(table: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, map(value)]));
}

/** The same values with the keys of every object, and the items of the lists that are sets, the other way round. */
function reversed(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    return key === 'madeFor' || key === 'inputs' ? [...value].reverse() : value.map((item) => reversed(item));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, item]) => [name, reversed(item, name)]),
      )
    : value;
}

type Edit = (parts: Parts) => Parts;

const firstOf = <T>(table: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(table).map(([key, value], index) => [key, index === 0 ? change(value) : value]));

const EDITS: [string, Edit][] = [
  ['the name', (parts) => ({ ...parts, name: `${parts.name}x` })],
  ['the digest', (parts) => ({ ...parts, digest: parts.digest.replace(/.$/, (d) => (d === '0' ? '1' : '0')) })],
  ['the orchestration version', (parts) => ({ ...parts, orchestration: `${parts.orchestration}1` })],
  [
    'a model version',
    (parts) => ({ ...parts, models: firstOf(parts.models, (m) => ({ ...m, version: `${m.version}1` })) }),
  ],
  ['another role', (parts) => ({ ...parts, models: { ...parts.models, zzz: { version: '1', config: {} } } })],
  [
    'the configuration',
    (parts) => ({ ...parts, models: firstOf(parts.models, (m) => ({ ...m, config: { ...m.config, topP: 0.25 } })) }),
  ],
  [
    'one deep value of the configuration',
    (parts) => ({
      ...parts,
      models: firstOf(parts.models, (m) => ({
        ...m,
        config: { ...m.config, other: { ...m.config.other, deep: [{ a: 1 }] } },
      })),
    }),
  ],
  [
    'another prompt',
    (parts) => ({ ...parts, prompts: { ...parts.prompts, other: { text: 'x', madeFor: [], inputs: [] } } }),
  ],
  [
    'one blank of a prompt',
    (parts) => ({ ...parts, prompts: firstOf(parts.prompts, (p) => ({ ...p, text: `${p.text} ` })) }),
  ],
  [
    'what a prompt is made for',
    (parts) => ({
      ...parts,
      prompts: firstOf(parts.prompts, (p) => ({ ...p, madeFor: [...p.madeFor, '9'.repeat(4)] })),
    }),
  ],
  [
    'the inputs of a prompt',
    (parts) => ({ ...parts, prompts: firstOf(parts.prompts, (p) => ({ ...p, inputs: [...p.inputs, 'more'] })) }),
  ],
  ['the index', (parts) => ({ ...parts, index: `${parts.index ?? 'docs'}1` })],
];

describe('the id of a release', () => {
  test('is the same whatever the order in which its parts are written', () => {
    assert(
      property(anyParts, (parts) => {
        const other = reversed(parts) as Parts;
        expect(releaseOf(other).manifestText).toBe(releaseOf(parts).manifestText);
        expect(releaseOf(JSON.parse(JSON.stringify(parts)) as Parts).releaseId).toBe(releaseOf(parts).releaseId);
      }),
      { numRuns: 60 },
    );
  });

  test('is another one when anything is edited', () => {
    const changed = new Set<string>();
    assert(
      property(anyParts, constantFrom(...EDITS), (parts, [name, edit]) => {
        const isPromptEdit = name.endsWith('a prompt') || name.startsWith('what');
        if (isPromptEdit && Object.keys(parts.prompts).length === 0) {
          return;
        }
        changed.add(name);
        expect(releaseOf(edit(parts)).releaseId).not.toBe(releaseOf(parts).releaseId);
      }),
      { numRuns: 300 },
    );
    expect([...changed].sort()).toEqual(EDITS.map(([name]) => name).sort());
  });

  test('is the same with an empty list of further parameters and with none', () => {
    const parts: Parts = { name: 'a', digest: '0'.repeat(64), orchestration: '1', models: {}, prompts: {} };
    const withConfig = (config: ModelConfig) => releaseOf({ ...parts, models: { a: { version: '1', config } } });
    expect(withConfig({ other: {} }).releaseId).toBe(withConfig({}).releaseId);
    expect(withConfig({ temperature: undefined } as ModelConfig).releaseId).toBe(withConfig({}).releaseId);
  });
});

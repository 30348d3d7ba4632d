import fc from 'fast-check';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { JsonSkimmer } from '../../lib/facts/json-skimmer';
import { JsonValue } from '../../lib/facts/json-value';
import { PlanDocument } from '../../lib/facts/plan-document';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { naiveKept } from './naive-plan';
import { change, failureOf, namesModel, plan, read } from './plan-builder';

/** `FUZZ_RUNS=100000 npx jest test/facts/plan-reader-fuzz` tries that many cases of each kind. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 20);

const word = fc.constantFrom(
  'gpt-4o',
  'GPT-35-Turbo',
  '\u212aimi-k2',
  'gpt-4',
  'a\ngpt-4',
  'agpt-4',
  '\u00a0gpt',
  'o3\u00a0',
  '\\gpt',
  '</gpt>',
  'é',
  '😀',
  '__proto__',
);
const text = fc.oneof(word, fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 }));
const value = fc.oneof(
  { depthSize: 'small' },
  fc.jsonValue({ maxDepth: 3 }),
  text,
  fc.constantFrom(1e308, -0.5e-7, 12345678901234567890, 0),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(text, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
);
const type = fc.constantFrom('azurerm_cognitive_deployment', 'azapi_resource', 'azurerm_subnet', 'x');

const entry = fc
  .record({ type, before: value, after: value, isSame: fc.boolean(), more: value })
  .map(({ type: of, before, after, isSame, more }) =>
    change({ type: of, actions: ['update'], change: { before, after: isSame ? before : after }, entry: { more } }),
  );
/** Each of them another resource. */
const entries = fc
  .array(entry, { maxLength: 4 })
  .map((list) => list.map((of, index) => ({ ...of, address: `${String(of.address)}[${index}]` })));
const stateResource = fc
  .record({ type, values: value })
  .map(({ type: of, values }) => ({ address: `${of}.a`, type: of, name: 'a', values }));

const planJson = fc
  .record({
    variables: value,
    resource_drift: entries,
    resource_changes: entries,
    checks: value,
    state: fc.array(stateResource, { maxLength: 3 }),
    expressions: fc.array(fc.dictionary(fc.string({ maxLength: 3 }), value, { maxKeys: 2 }), { maxLength: 3 }),
  })
  .map(({ state, expressions, ...parts }) =>
    plan({
      ...parts,
      prior_state: {
        values: { root_module: { resources: state, child_modules: [{ resources: state, address: 'module.a' }] } },
      },
      configuration: {
        root_module: {
          resources: expressions.map((of, index) => ({
            address: 'a',
            type: 'azapi_resource',
            name: `a${index}`,
            expressions: of,
          })),
        },
      },
    }),
  );

/** JSON of the same meaning in another spelling. */
const written = fc
  .tuple(planJson, fc.constantFrom(undefined, 1, '\t'), fc.constantFrom('none', 'html', 'all'), fc.boolean())
  .map(([json, indent, escapes, solidus]) => {
    const plain = JSON.stringify(json, undefined, indent);
    const escaped = plain.replace(escapes === 'all' ? /[<>&\u0080-\uffff]/g : /[<>&]/g, (character) =>
      escapes === 'none' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return solidus ? escaped.replaceAll('/', '\\/') : escaped;
  });

const chunk = fc.constantFrom(1, 2, 3, 5, 17, 100, 1 << 20);

function keptOf(document: PlanDocument): Record<string, unknown> {
  const pair = (list: PlanDocument['changes']) => list.map(({ address, before, after }) => [address, before, after]);
  return {
    count: document.resourceCount,
    changes: pair(document.changes),
    drift: pair(document.drift),
    prior: document.prior.map(({ address, values }) => [address, values]),
    configuration: [...document.configuration.resources.values()].map(({ expressions }) => expressions),
  };
}

test.each([
  ['a filter of texts', namesModel],
  ['the filter of the catalogue', mayNameModel(ModelCatalog.bundled().spellings())],
])('any values give what parsing everything gives, with %s', async (_, filter) => {
  await fc.assert(
    fc.asyncProperty(written, chunk, async (json, size) => {
      const naive = naiveKept(json, filter) as { prior: [string, unknown][] };
      // Values that are `null` or missing stand as an object without members in a state.
      const prior = naive.prior.map(([address, values]) => [address, values ?? {}]);
      expect(keptOf(await read(json, size, filter))).toEqual({ ...naive, prior });
    }),
    { numRuns: RUNS },
  );
});

test('a plan that is cut off anywhere is an error that says so', async () => {
  const parts = { resource_changes: [change({ after: { text: 'é\u20ac\n"' } }), change({ type: 'x' })], errored: true };
  const bytes = Buffer.from(JSON.stringify(plan(parts)));
  await expect(read(bytes)).resolves.toMatchObject({ resourceCount: 2, isErrored: true });
  for (let length = 1; length < bytes.length; length++) {
    for (const size of [7, 1 << 20]) {
      expect(await failureOf(bytes.subarray(0, length), size)).toContain(
        `'plan.json' cannot be read as a plan: the text ends too early, at byte ${length}`,
      );
    }
  }
});

test('bytes that are changed at random end in a plan or in an error that names it', async () => {
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(written, flips, chunk, async (json, changed, size) => {
      const bytes = Buffer.from(json);
      changed.forEach(([at, to]) => (bytes[at % bytes.length] = to));
      expect(await failureOf(bytes, size)).toMatch(/^(?:it was read$|'plan\.json' )/);
    }),
    { numRuns: RUNS },
  );
});

test('one byte that is changed anywhere ends in an error, or changes nothing but the entry that it stands in', async () => {
  const entries = [
    change({
      name: 'first',
      after: { 'a b': ['\\"]', ',', '},{', ''], text: 'say \\"gpt-4\\"', more: [[], {}, 1e-5, null] },
    }),
    change({ name: 'passed', type: 'azurerm_subnet', after: { list: [':', '"', '\\', ' , '], is: true } }),
    change({ name: 'second', actions: ['update'], after: { of: '{"json":"[1,\\"a\\"]"}', é: ['}', ']', '{', '['] } }),
  ];
  const parts = { variables: { a: { value: ['"', '},', '"resource_changes":[', '\\'] } }, resource_changes: entries };
  const bytes = Buffer.from(JSON.stringify(plan({ ...parts, prior_state: {}, errored: false })));
  const whole = await keptByName(bytes);
  expect([...whole.keys()]).toEqual(['first', 'second']);
  const spans = entries.map((entry) => {
    const json = Buffer.from(JSON.stringify(entry));
    return { name: entry.name, from: bytes.indexOf(json), to: bytes.indexOf(json) + json.length };
  });
  const list = { from: spans[0]!.from, to: spans[spans.length - 1]!.to };
  const outcomes = { refused: 0, same: 0, changed: 0 };
  const wrong: unknown[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const hit = spans.find(({ from, to }) => from <= at && at < to)?.name;
    // By another key the list is another part of the plan.
    const isListNamed = at >= list.from || at < list.from - '"resource_changes":['.length;
    for (const byte of flipsOf(bytes[at]!, at)) {
      const changed = Buffer.from(bytes);
      changed[at] = byte;
      const kept = await keptByName(changed).catch((error: Error) => error.message);
      if (typeof kept === 'string') {
        outcomes.refused++;
        wrong.push(...(kept.startsWith("'plan.json' ") ? [] : [[at, byte, kept]]));
        continue;
      }
      const lost = [...whole].filter(([name, json]) => kept.get(name) !== json).map(([name]) => name);
      outcomes[lost.length === 0 ? 'same' : 'changed']++;
      wrong.push(...lost.filter((name) => isListNamed && name !== hit).map((name) => [at, byte, name]));
    }
  }
  expect(wrong).toEqual([]);
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(100);
});

/** What a byte may become: what texts end by, and something else of the syntax; everything where cases are many. */
function flipsOf(byte: number, at: number): number[] {
  const syntax = [...Buffer.from('\\{}[],: e0x'), 0, 0xff];
  const some = RUNS > 1000 ? syntax : [syntax[at % syntax.length]!];
  return [0x22, ...some].filter((other) => other !== byte);
}

async function keptByName(bytes: Buffer): Promise<Map<string, string>> {
  const { changes } = await read(bytes);
  return new Map(changes.map((entry) => [entry.name, JSON.stringify(entry)]));
}

test('bytes at random end in an error that names the input', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), chunk, async (bytes, size) => {
      expect(await failureOf(Buffer.from(bytes), size)).toMatch(/^'plan\.json' /);
    }),
    { numRuns: RUNS },
  );
});

const token = fc.constantFrom(
  ...['{', '}', '[', ']', ':', ',', '"a"', '"b"', '""', '"\\u00e9"', '"\\u12"', '"\\x"', '"\n"', '"'],
  ...[
    '0',
    '01',
    '-',
    '-0',
    '12',
    '1.',
    '.5',
    '1.5',
    '1e',
    '1E+5',
    '2e-1',
    '+1',
    'true',
    'tru',
    'false',
    'null',
    'nulll',
  ],
  ...[' ', '\n', '\t', '\r', '\u000b', '\ufeff', '/**/', "'a'"],
);
const almostJson = fc.oneof(
  fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join('')),
  fc
    .tuple(fc.json(), fc.nat(), token)
    .map(
      ([json, at, inserted]) => json.slice(0, at % (json.length + 1)) + inserted + json.slice(at % (json.length + 1)),
    ),
);

test.each(['parsed', 'entered'])('a text is JSON exactly where the parser says so: %s', (how) => {
  fc.assert(
    fc.property(almostJson, chunk, (json, size) => {
      expect(skims(json, size, how)).toBe(isJson(json) && !(how === 'entered' && repeatsKey(json)));
    }),
    { numRuns: 3 * RUNS },
  );
});

test('what is passed over may be any JSON', () => {
  fc.assert(
    fc.property(fc.json(), chunk, fc.constantFrom(0, 1, '\t'), (json, size, indent) => {
      expect(skims(JSON.stringify(JSON.parse(json), undefined, indent), size, 'passed over')).toBe(true);
    }),
    { numRuns: 3 * RUNS },
  );
});

test.each([
  '["a"b"]',
  '{"a":"b""c":1}',
  '["a"1]',
  '[1"a"]',
  '[{}"a"]',
  '[{}{}]',
  '[1{}]',
  '["a"{}]',
  '["a" x]',
  '[x]',
  '[\\]',
  '[}',
  '{]',
  '{"a',
  '[',
  '[[]',
  '{"o":{"a":{"x":1},"b":{"x":1}',
  '{"o":{"a":{"x":1},"b":{"x":1}]}',
  '{"o":{"a":{"x":1},"b":{"x":1}"c":2}}',
  '{"o":{"a":{"x":1},"b":{"x":1]}}',
  '{"o":{"a":{"x":"}"},"b":{"x":"}}}}',
])('what does not hold together is refused where it is passed over: %s', (json) => {
  for (const size of [1, 2, 1000]) {
    expect(skims(json, size, 'passed over')).toBe(false);
  }
});

test.each([
  '{"o":{"a":{"x":1},"b":{"x":1}}}',
  '{"o":{"a":{"x":"}"},"b":{"x":"}"},"c":[1]}}',
  '{"o":{"a":{"x":1},"b":{"x":2}}}',
  '{"o":{"a":{"x":1},"b":{"x":1,"y":2}}}',
  '{"o":{"a":{"x":1},"b":[{"x":1}]}}',
  '{"o":{"a":[{"x":1}],"b":[{"x":1}]}}',
])('an object that repeats the one before it is passed over with it: %s', (json) => {
  for (const size of [1, 2, 7, 1000]) {
    expect(skims(json, size, 'passed over')).toBe(true);
    expect(skims(json.slice(0, -1), size, 'passed over')).toBe(false);
    expect(skims(`${json}}`, size, 'passed over')).toBe(false);
  }
});

function skims(json: string, size: number, how: string): boolean {
  const entering = { member: () => entering, item: () => entering };
  const root = how === 'parsed' ? { take: (value: JsonValue) => value.parse() } : how === 'entered' ? entering : {};
  const fail = (problem: string) => new SyntaxError(problem);
  const skimmer = new JsonSkimmer(root, {
    label: 'a',
    repeated: 'b',
    largestValue: 1 << 20,
    deepestNesting: 100,
    fail,
  });
  const bytes = Buffer.from(json);
  try {
    for (let from = 0; from < bytes.length; from += size) {
      skimmer.push(bytes.subarray(from, from + size));
    }
    skimmer.end();
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return false;
  }
}

function isJson(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

/** Whether the parser drops a member: then there are more colons outside of texts than members. */
function repeatsKey(json: string): boolean {
  const colons = json.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
  let members = 0;
  JSON.parse(json, (_, inner: unknown) => {
    members += typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.keys(inner).length : 0;
    return inner;
  });
  return colons !== members;
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { anything, assert, constantFrom, jsonValue, nat, oneof, property, string } from 'fast-check';
import { canonicalJson } from '../../lib/contracts/canonical-json';
import { evidenceShapeProblems, readEvidence, readEvidenceText } from '../../lib/evaluation/evidence-reader';
import { evidenceIdOf, EvidenceRecord } from '../../lib/evaluation/evidence-record';
import { evidenceText, recordOf } from '../../lib/evaluation/evidence-recording';
import { FULL } from '../contracts/manifests';
import { changed, placesIn } from './places';
import { anyEvidence, COMPARED, evidence, FAILING, metric, parts, releaseOf, STABLE, UNKNOWN } from './records';

const schema = JSON.parse(
  readFileSync(join(__dirname, '../../lib/evaluation/data/evidence.schema.json'), 'utf8'),
) as object;
const satisfiesSchema = new Ajv({ strict: true, strictTypes: false, strictTuples: false }).compile(schema);

const RECORD = evidence();
const TEXT = evidenceText(RECORD);

/** The error of an action, or of its absence. */
function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

/** Canonical JSON for keys and texts in ASCII, written another way. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** The record with other content, and the id that this content has: what somebody does who knows how ids are made. */
function rewritten(path: string, value: unknown): Record<string, unknown> {
  const content = changed(RECORD, path.split('.'), value) as Record<string, unknown>;
  return { ...content, id: evidenceIdOf(content) };
}

describe('the shape of a record', () => {
  test('a record with every member has it, and so the schema says', () => {
    expect(evidenceShapeProblems(RECORD)).toEqual([]);
    expect(satisfiesSchema(RECORD)).toBe(true);
  });

  const digits = 'a SHA-256: 64 lower-case hexadecimal digits';
  const line = 'a text of 1 to 256 characters on one line, without blanks at its ends and without control characters';
  const suite =
    "1 to 63 lower-case letters, digits and dashes, starting with a letter or digit, for instance 'quality'";
  const moment = "a time in UTC as RFC 3339 has it, for instance '2026-11-21T09:30:00Z'";
  test.each<[string, unknown, string]>([
    ['schemaVersion', 1, "schemaVersion is 1; write '1.0'"],
    ['id', 'a'.repeat(64), `id is '${'a'.repeat(64)}'; write 'sha256:' and 64 lower-case hexadecimal digits`],
    ['release', null, 'release is null; write an object with id, label'],
    ['release.id', 'A'.repeat(64), `release.id is '${'A'.repeat(64)}'; write ${digits}`],
    ['subject.models', {}, 'subject.models is empty; write at least 1 entry'],
    [
      'subject.models.chat',
      'gpt-4o',
      "subject.models.chat is 'gpt-4o'; write name@version, for instance 'gpt-5.1@2025-11-13'",
    ],
    [
      'subject.models',
      JSON.parse('{"chat": "a@1", "__proto__": "a@1"}'),
      "subject.models has the key '__proto__'; write 1 to 31 lower-case letters, digits and dashes, starting with a letter, for instance 'chat'",
    ],
    ['subject.configs.chat', '', `subject.configs.chat is ''; write ${digits}`],
    ['subject.prompts', [], 'subject.prompts is []; write an object'],
    ['subject.prompts.system', 7, `subject.prompts.system is 7; write ${digits}`],
    [
      'subject.image',
      'assistant:latest',
      "subject.image is 'assistant:latest'; write [host/]repository@sha256:<64 hex digits>, for instance 'example.azurecr.io/assistant@sha256:…'",
    ],
    ['subject.index', null, `subject.index is null; write ${digits}`],
    ['suite', 'Quality', `suite is 'Quality'; write ${suite}`],
    ['suite', '../quality', `suite is '../quality'; write ${suite}`],
    ['dataSet.size', 0, 'dataSet.size is 0; write a whole number from 1 on'],
    ['dataSet.name', 'a\nb', `dataSet.name is 'a\\u{a}b'; write ${line}`],
    ['dataSet.name', ' a', `dataSet.name is ' a'; write ${line}`],
    ['dataSet.name', '\u202eeulav', `dataSet.name is '\\u{202e}eulav'; write ${line}`],
    ['metrics', [], 'metrics is []; write a list of at least one'],
    ['metrics.0.kind', 'percent', "metrics[0].kind is 'percent'; write 'rate' or 'score'"],
    ['metrics.0.value', '0.9', "metrics[0].value is '0.9'; write a number"],
    ['metrics.0.value', null, 'metrics[0].value is null; write a number'],
    ['metrics.0.samples', 1.5, 'metrics[0].samples is 1.5; write a whole number from 0 on'],
    ['metrics.0.confidence', 95, 'metrics[0].confidence is 95; write a number between 0 and 1'],
    ['metrics.0.interval', [0.1], 'metrics[0].interval is [0.1]; write two numbers, for instance [0.81, 0.94]'],
    ['metrics.0.baseline.margin', -0.1, 'metrics[0].baseline.margin is -0.1; write a number, 0 or more'],
    [
      'metrics.0.baseline.test',
      'trust me',
      "metrics[0].baseline.test is 'trust me'; write 'newcombe-paired' or 'paired-t'",
    ],
    ['metrics.0.verdict', true, "metrics[0].verdict is true; write 'pass' or 'fail' or 'unknown'"],
    ['commit', 'main', "commit is 'main'; write the full id of a commit: 40 or 64 lower-case hexadecimal digits"],
    ['startedAt', '2026-11-20', `startedAt is '2026-11-20'; write ${moment}`],
    ['startedAt', '2026-11-20T08:00:00+00:00', `startedAt is '2026-11-20T08:00:00+00:00'; write ${moment}`],
    ['finishedAt', '2026-11-20T24:00:00Z', `finishedAt is '2026-11-20T24:00:00Z'; write ${moment}`],
    ['verdict', 'passed', "verdict is 'passed'; write 'pass' or 'fail' or 'unknown'"],
    ['verdikt', 1, "the record has the unknown field 'verdikt'; did you mean verdict?"],
    ['data_set', 1, "the record has the unknown field 'data_set'; did you mean dataSet?"],
    ['metrics.0.threshold.minimun', 1, "metrics[0].threshold has the unknown field 'minimun'; did you mean minimum?"],
    ['dataSet.szie', 1, "dataSet has the unknown field 'szie'; did you mean size?"],
    ['tool.vesion', 1, "tool has the unknown field 'vesion'; did you mean version?"],
    ['tool.constructor', 1, "tool has the unknown field 'constructor'; known are name, version"],
  ])('names what is wrong with %s = %j, and the schema refuses it', (path, value, problem) => {
    const broken = changed(RECORD, path.split('.'), value);
    expect(evidenceShapeProblems(broken)).toEqual([problem]);
    expect(satisfiesSchema(broken)).toBe(false);
  });

  test.each([
    'schemaVersion',
    'id',
    'release',
    'subject',
    'suite',
    'dataSet',
    'metrics',
    'tool',
    'startedAt',
    'finishedAt',
    'verdict',
  ])('misses %s', (field) => {
    const broken = changed(RECORD, [field], undefined);
    expect(evidenceShapeProblems(broken)).toEqual([`the record has no ${field}`]);
    expect(satisfiesSchema(broken)).toBe(false);
  });

  test('agrees with the schema on every record', () => {
    assert(
      property(anyEvidence, (record) => {
        expect(evidenceShapeProblems(record)).toEqual([]);
        expect(satisfiesSchema(record)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('agrees with the schema on records that are broken in one place', () => {
    const outcomes = new Set<boolean>();
    const strange = oneof(
      jsonValue(),
      string(),
      constantFrom<unknown>(null, true, -1, 0, 1, 0.5, 1e300, '', 'a', 'a b ', 'a\n', '🙂', '\u2028', [], {}, [1, 2]),
    );
    assert(
      property(anyEvidence, nat(), strange, constantFrom('replace', 'remove', 'add'), (record, at, value, how) => {
        const places = placesIn(record).slice(1);
        const place = places[at % places.length]!;
        const path = how === 'add' ? [...place.slice(0, -1), typeof place.at(-1) === 'number' ? 9 : 'extra'] : place;
        const broken = JSON.parse(
          JSON.stringify(changed(record, path, how === 'remove' ? undefined : value)),
        ) as unknown;
        const isGood = evidenceShapeProblems(broken).length === 0;
        outcomes.add(isGood);
        expect({ broken, isGood }).toEqual({ broken, isGood: satisfiesSchema(broken) });
      }),
      { numRuns: 300 },
    );
    expect([...outcomes].sort()).toEqual([false, true]);
  });

  test('agrees with the schema on whatever is no record at all', () => {
    assert(
      property(
        anything({ withNullPrototype: false }).map((value) => JSON.stringify(value) ?? 'null'),
        (text) => {
          const value = JSON.parse(text) as unknown;
          expect(evidenceShapeProblems(value).length === 0).toBe(satisfiesSchema(value));
        },
      ),
    );
  });
});

describe('reading a record', () => {
  test('gives back what was recorded', () => {
    expect(readEvidence(JSON.parse(TEXT), 'quality.json')).toEqual(RECORD);
    expect(readEvidenceText(TEXT, 'quality.json')).toEqual(RECORD);
  });

  test.each([
    ['on one line', JSON.stringify(RECORD)],
    ['with the keys in another order', canonicalJson(RECORD)],
    ['with a byte order mark and the line ends of Windows', `\uFEFF${TEXT.replaceAll('\n', '\r\n')}`],
    ['with numbers written otherwise', TEXT.replace('0.925', '9.25e-1')],
    ['with letters written as their codes', TEXT.replace('quality', 'qu\\u0061lity')],
  ])('reads it %s, which is the same record', (_, text) => {
    expect(text).not.toBe(TEXT);
    expect(readEvidenceText(text, 'quality.json')).toEqual(RECORD);
  });

  test.each<[string, string, unknown]>([
    ['the value of a metric', 'metrics.0.value', 0.99],
    ['the verdict', 'verdict', 'fail'],
    ['the model', 'subject.models.chat', 'gpt-4o@2024-08-06'],
    ['the release', 'release', releaseOf(STABLE)],
    ['the time', 'finishedAt', '2027-11-20T08:12:30.5Z'],
    ['the commit, which is gone', 'commit', undefined],
    ['its own id', 'id', `sha256:${'0'.repeat(64)}`],
  ])('refuses one that was changed after it was recorded: %s', (_, path, value) => {
    const broken = changed(RECORD, path.split('.'), value) as EvidenceRecord;
    expect(messageOf(() => readEvidence(broken, 'evidence/quality.json'))).toBe(
      `the evidence evidence/quality.json was changed after it was recorded: its id says ${broken.id}, its content is ${evidenceIdOf(broken)}; ` +
        "record it again with 'model-lifecycle evidence record', or restore the file",
    );
  });

  test.each<[string, string, unknown, string[]]>([
    [
      'a verdict that its metrics do not make',
      'verdict',
      'fail',
      ["verdict is 'fail', and the metrics make it 'pass'"],
    ],
    ['a pass over a failing metric', 'metrics', [FAILING], ["verdict is 'pass', and the metrics make it 'fail'"]],
    ['a pass over an unknown metric', 'metrics', [UNKNOWN], ["verdict is 'pass', and the metrics make it 'unknown'"]],
    [
      'a metric that passes below its minimum',
      'metrics',
      [metric({ value: 0.8 })],
      ["metric 'answers-correct' has the verdict 'pass', and its value 0.8 is below the minimum 0.85"],
    ],
    [
      'a metric that passes above its maximum',
      'metrics',
      [metric({ threshold: { maximum: 0.5 } })],
      ["metric 'answers-correct' has the verdict 'pass', and its value 0.925 is above the maximum 0.5"],
    ],
    [
      'a metric that passes without samples',
      'metrics',
      [metric({ samples: 0 })],
      ["metric 'answers-correct' has the verdict 'pass' and no samples"],
    ],
    [
      'a metric that passes though it may be worse than the margin',
      'metrics',
      [{ ...COMPARED, baseline: { ...COMPARED.baseline!, interval: [-0.05, 0.02] } }],
      [
        "metric 'answers-correct' has the verdict 'pass', and its difference from the baseline may be worse than the margin",
      ],
    ],
    [
      'an interval that is turned round',
      'metrics',
      [metric({ interval: [0.9, 0.1] })],
      ["metric 'answers-correct' has an interval whose lower end is above its upper end"],
    ],
    [
      'a comparison with a baseline that it does not name',
      'baseline',
      undefined,
      ["metric 'answers-correct' is compared with a baseline, and the record names none"],
    ],
    [
      'metrics out of order',
      'metrics',
      [metric({ name: 'b' }), metric({ name: 'a' })],
      ["metrics has 'a' behind 'b'; order them by name"],
    ],
    ['a metric twice', 'metrics', [metric(), metric()], ["metrics names 'answers-correct' twice"]],
    [
      'the label of another release',
      'release.label',
      'assistant-000000000000',
      [`release.label is 'assistant-000000000000', and release.id makes it '${RECORD.release.label}'`],
    ],
    [
      'the label of another baseline',
      'baseline.release.label',
      'assistant-000000000000',
      [
        `baseline.release.label is 'assistant-000000000000', and baseline.release.id makes it '${releaseOf(STABLE).label}'`,
      ],
    ],
    [
      'roles without configuration',
      'subject.configs',
      { chat: 'a'.repeat(64) },
      ['subject.models has the roles chat, embeddings, and subject.configs has chat; both have the same'],
    ],
    [
      'an end before its start',
      'startedAt',
      '2026-11-20T08:12:30.500000001Z',
      ["finishedAt '2026-11-20T08:12:30.5Z' is before startedAt '2026-11-20T08:12:30.500000001Z'"],
    ],
    [
      'a day that does not exist',
      'startedAt',
      '2026-02-30T08:00:00Z',
      ["startedAt is '2026-02-30T08:00:00Z', a day that does not exist"],
    ],
  ])('refuses %s, though the id fits', (_, path, value, problems) => {
    expect(messageOf(() => readEvidence(rewritten(path, value), 'quality.json'))).toBe(
      `the evidence quality.json cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
  });

  test('accepts an end that is its start, with the fraction written otherwise', () => {
    const moments = { startedAt: '2026-11-20T08:00:00.50Z', finishedAt: '2026-11-20T08:00:00.5Z' };
    expect(evidence(moments)).toMatchObject(moments);
  });

  const again = "record it again with 'model-lifecycle evidence record', or restore the file";
  test.each<[string, string, string]>([
    [
      'text that is not JSON',
      '{',
      `the evidence a.json is not JSON: the text ends too early, at line 1, column 2; ${again}`,
    ],
    ['nothing', '', `the evidence a.json is not JSON: the text ends too early, at line 1, column 1; ${again}`],
    [
      'a record of a later version',
      TEXT.replace('"1.0"', '"1.1"'),
      "the evidence a.json has schemaVersion '1.1', and '1.0' is read here; read it with another version of the package",
    ],
    [
      'a key that is written twice, of which readers take the first or the last',
      TEXT.replace('"verdict": "pass"\n}', '"verdict": "fail",\n  "verdict": "pass"\n}'),
      `the evidence a.json writes a key twice in one object; ${again}`,
    ],
    [
      'a key that is written twice, once with letters as codes',
      TEXT.replace('"suite":', '"\\u0073uite": "other",\n  "suite":'),
      `the evidence a.json writes a key twice in one object; ${again}`,
    ],
    [
      'every problem at once',
      JSON.stringify({ ...RECORD, suite: '', verdict: 1 }),
      "the evidence a.json cannot be used:\n  suite is ''; write 1 to 63 lower-case letters, digits and dashes, starting with a letter or digit, for instance 'quality'\n" +
        "  verdict is 1; write 'pass' or 'fail' or 'unknown'",
    ],
    [
      'a number that JSON has and no machine',
      TEXT.replace('0.925', '1e999'),
      'the evidence a.json cannot be used:\n  metrics[0].value is Infinity; write a number',
    ],
  ])('refuses %s', (_, text, problem) => {
    expect(text).not.toBe(TEXT);
    expect(messageOf(() => readEvidenceText(text, 'a.json'))).toBe(problem);
  });

  test('refuses lists that are nested without end, without losing its head', () => {
    const text = TEXT.replace('0.925', `${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(messageOf(() => readEvidenceText(text, 'a.json'))).toMatch(
      /^the evidence a\.json cannot be used:\n {2}metrics\[0\]\.value is .{1,200}; write a number$/,
    );
  });

  test('writes what a source is called so that a terminal is not disturbed', () => {
    expect(messageOf(() => readEvidenceText('{', 'a\u001b[2J.json'))).toContain('the evidence a\\u{1b}[2J.json is not');
  });
});

describe('recording', () => {
  test('orders the metrics, makes the verdict, and hashes the canonical JSON of everything else', () => {
    const record = evidence({ metrics: [metric({ name: 'b' }), UNKNOWN, metric({ name: 'a' })] });
    expect(record.metrics.map(({ name }) => name)).toEqual(['a', 'answers-correct', 'b']);
    expect(record.verdict).toBe('unknown');
    const { id, ...content } = record;
    expect(id).toBe(`sha256:${createHash('sha256').update(sortedJson(content)).digest('hex')}`);
  });

  test('makes the same record whatever the order in which the parts are given', () => {
    const turned = Object.fromEntries(Object.entries(parts()).reverse()) as unknown as ReturnType<typeof parts>;
    expect(evidenceText(recordOf(turned))).toBe(TEXT);
  });

  test('leaves out what is undefined, and does not change with what it was made of', () => {
    const metrics = [metric()];
    const record = evidence({ commit: undefined, baseline: undefined, metrics });
    metrics[0] = FAILING;
    expect(Object.keys(record)).not.toContain('commit');
    expect(readEvidenceText(evidenceText(record), 'a.json')).toEqual(record);
    expect(record.verdict).toBe('pass');
  });

  test('does not take over the id and the verdict of another record', () => {
    const record = recordOf({ ...evidence({ metrics: [metric()] }), metrics: [FAILING] });
    expect(record.verdict).toBe('fail');
    expect(record.id).toBe(evidenceIdOf(record));
  });

  test.each<[string, object, string]>([
    ['a number that is none', { metrics: [metric({ value: Number.NaN })] }, 'metrics[0].value is NaN; write a number'],
    ['no metrics at all', { metrics: [] }, 'metrics is []; write a list of at least one'],
    ['metrics that are missing', { metrics: undefined }, 'the record has no metrics'],
    [
      'half of a surrogate pair, which no UTF-8 has',
      { tool: { name: '\ud83d', version: '1' } },
      "tool.name is '\\u{d83d}'; write a text of 1 to 256 characters on one line, without blanks at its ends and without control characters",
    ],
    [
      'a member that no record has',
      { verdicts: 1 },
      "the record has the unknown field 'verdicts'; did you mean verdict?",
    ],
    [
      'a pass that contradicts its value',
      { metrics: [metric({ value: 0.1 })] },
      "metric 'answers-correct' has the verdict 'pass', and its value 0.1 is below the minimum 0.85",
    ],
  ])('refuses %s', (_, overrides, problem) => {
    expect(messageOf(() => recordOf({ ...parts(), ...overrides }))).toBe(
      `the evidence to be recorded cannot be used:\n  ${problem}`,
    );
  });

  test('gives back from its text every record', () => {
    assert(
      property(anyEvidence, (record) => {
        expect(readEvidenceText(evidenceText(record), 'a.json')).toEqual(record);
      }),
      { numRuns: 20 },
    );
  });

  test('has another id for another release', () => {
    expect(evidence({ release: releaseOf(FULL) }).id).not.toBe(evidence({ release: releaseOf(STABLE) }).id);
  });
});

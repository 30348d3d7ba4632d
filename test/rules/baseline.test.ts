import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { baselineText, readBaseline } from '../../lib/rules/baseline';
import { carryOver, knownFindingsOf, RULE_FAILED } from '../../lib/rules/baseline-carry';
import { Finding, Severity } from '../../lib/rules/finding';
import { fingerprintOf } from '../../lib/rules/fingerprint';
import { TODAY } from './configuration';

const folder = mkdtempSync(join(tmpdir(), 'baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'baseline.json');

function read(content: unknown) {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readBaseline(path);
}

const schema = JSON.parse(readFileSync(join(__dirname, '../../lib/rules/data/baseline.schema.json'), 'utf8'));
const isValid = addFormats(new Ajv({ allErrors: true })).compile(schema);

function finding(props: Partial<Finding> = {}, address = 'a.b'): Finding {
  return {
    rule: 'model-retiring',
    severity: 'warning',
    status: 'violation',
    resource: { address, type: 'a', stack: 'production' },
    message: 'm',
    fix: 'f',
    ...props,
  };
}

const ENTRY = {
  fingerprint: fingerprintOf(finding()),
  rule: 'model-retiring',
  resource: 'production: a.b',
  severity: 'warning',
  status: 'violation',
  since: TODAY,
};

describe('writing a baseline', () => {
  test('writes the standing findings, which the schema accepts', () => {
    const text = baselineText([finding()], TODAY);
    expect(text).toBe(`${JSON.stringify({ schemaVersion: 1, asOf: TODAY, findings: [ENTRY] }, null, 2)}\n`);
    expect(isValid(JSON.parse(text))).toBe(true);
  });

  test('has the same text whatever order the findings have', () => {
    const findings = ['c.d', 'a.b', 'B.c', 'a.b'].flatMap((address) => [
      finding({}, address),
      finding({ severity: 'error', subject: 'x' }, address),
    ]);
    const text = baselineText(findings, TODAY);
    expect(baselineText([...findings].reverse(), TODAY)).toBe(text);
    const resources = JSON.parse(text).findings.map(({ resource }: typeof ENTRY) => resource);
    expect(resources).toEqual([...resources].sort());
    expect(resources).toHaveLength(8);
  });

  test('leaves out what a waiver covers and where a rule failed', () => {
    const waived = finding({ waived: { reason: 'r', owner: 'o', expires: TODAY } });
    expect(JSON.parse(baselineText([waived, finding({ subject: RULE_FAILED })], TODAY)).findings).toEqual([]);
  });

  test('keeps the day since when a finding is known', () => {
    const known = finding({ carriedOver: { from: 'baseline', since: '2026-01-02' } });
    expect(JSON.parse(baselineText([known], TODAY)).findings).toMatchObject([{ since: '2026-01-02' }]);
  });

  test.each(['\u0000', '\u001b[2J', ' \n ', '', '\ud800', '\u2028'])(
    'can be read again with the address %j',
    (address) => {
      const hostile = finding({ resource: { address, type: 'a' } });
      const text = baselineText([hostile], TODAY);
      expect(isValid(JSON.parse(text))).toBe(true);
      expect(carryOver([hostile], read(text))).toMatchObject([{ carriedOver: { from: 'baseline', since: TODAY } }]);
    },
  );
});

describe('reading a baseline', () => {
  const GOOD = { schemaVersion: 1, asOf: TODAY, findings: [ENTRY] };

  test.each<[string, object]>([
    ['a finding', GOOD],
    ['no finding', { ...GOOD, findings: [] }],
    ['the address of its schema', { $schema: './baseline.schema.json', ...GOOD }],
    ['a rule that does not exist any more', { ...GOOD, findings: [{ ...ENTRY, rule: 'gone-rule' }] }],
  ])('accepts %s, and so does the schema', (_what, document) => {
    const { findings } = document as typeof GOOD;
    expect(read(document)).toEqual(
      findings.map(({ fingerprint, severity, status, since }) => ({
        fingerprint,
        severity,
        status,
        since,
        from: 'baseline',
      })),
    );
    expect(isValid(document)).toBe(true);
  });

  test('takes a byte order mark and the line ends of Windows', () => {
    expect(read(`\uFEFF${JSON.stringify(GOOD, null, 2).replace(/\n/g, '\r\n')}`)).toHaveLength(1);
  });

  const withoutSince = { ...ENTRY, since: undefined };
  test.each<[string, unknown, string[]]>([
    ['null', null, ['the file is null; write an object with schemaVersion, asOf, findings, $schema']],
    ['a list', [], ['the file is []; write an object with schemaVersion, asOf, findings, $schema']],
    ['a misspelt key', { ...GOOD, finding: [] }, ["the file has the unknown field 'finding'; did you mean findings?"]],
    [
      'another key',
      { ...GOOD, ignore: [] },
      ["the file has the unknown field 'ignore'; known are schemaVersion, asOf, findings, $schema"],
    ],
    ['a later version', { ...GOOD, schemaVersion: 2 }, ['schemaVersion is 2; write 1']],
    [
      'a misspelt field of a finding',
      { ...GOOD, findings: [ENTRY, { ...withoutSince, sinse: TODAY }] },
      [
        'findings[1] has no since; write a calendar day as YYYY-MM-DD',
        "findings[1] has the unknown field 'sinse'; did you mean since?",
      ],
    ],
    [
      'bad values',
      {
        ...GOOD,
        asOf: '2026-02-30',
        findings: [{ ...ENTRY, fingerprint: 'ABC\u001b', severity: 'high', status: 'maybe', rule: '' }],
      },
      [
        "asOf is '2026-02-30'; write a calendar day as YYYY-MM-DD",
        "findings[0].fingerprint is 'ABC\\u{1b}'; write the 32 hexadecimal digits that this tool writes",
        "findings[0].rule is ''; write a text on one line, without blanks at its ends",
        "findings[0].severity is 'high'; write 'error', 'warning' or 'note'",
        "findings[0].status is 'maybe'; write 'violation' or 'unknown'",
      ],
    ],
  ])('refuses %s', (_what, document, problems) => {
    expect(() => read(document)).toThrow(
      new Error(`the baseline file ${path} cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`),
    );
    expect(isValid(document)).toBe(false);
  });

  test('names the first twenty of many problems and counts the rest', () => {
    expect(() => read({ ...GOOD, findings: Array.from({ length: 1_000 }, () => 1) })).toThrow(/\n {2}and 980 more$/);
  });

  test('says what to do where there is no such file, or no JSON', () => {
    expect(() => readBaseline(join(folder, 'nobody.json'))).toThrow(
      `the baseline file ${join(folder, 'nobody.json')} cannot be read: ENOENT; give the path of a file that this tool has written`,
    );
    expect(() => read('{"schemaVersion": 1,')).toThrow(
      `the baseline file ${path} is not JSON: the text ends too early, at line 1, column 21; let this tool write it again`,
    );
  });
});

describe('carrying over', () => {
  function carried(now: readonly Severity[], then: readonly Severity[]): (string | undefined)[] {
    const known = knownFindingsOf(then.map((severity) => finding({ severity })));
    return carryOver(
      now.map((severity) => finding({ severity })),
      known,
    ).map((one) => one.carriedOver?.from);
  }

  test.each<[Severity[], Severity[], (string | undefined)[]]>([
    [['warning'], ['warning'], ['base']],
    [['note'], ['error'], ['base']],
    [['error'], ['warning'], [undefined]],
    [['error'], [], [undefined]],
    [['warning', 'warning'], ['warning'], ['base', undefined]],
    [['note', 'error'], ['error'], [undefined, 'base']],
    [
      ['note', 'error'],
      ['error', 'note'],
      ['base', 'base'],
    ],
    [
      ['warning', 'error', 'note'],
      ['note', 'warning', 'warning'],
      ['base', undefined, 'base'],
    ],
    [[], ['error'], []],
  ])('of findings %j with %j known before', (now, then, expected) => {
    expect(carried(now, then)).toEqual(expected);
  });

  type Shown = `${Severity} ${Finding['status']}`;

  test.each<[Shown[], Shown[], (string | undefined)[]]>([
    [['warning unknown'], ['warning unknown'], ['base']],
    [['warning violation'], ['warning unknown'], [undefined]],
    [['error violation'], ['error unknown'], [undefined]],
    [['warning unknown'], ['warning violation'], ['base']],
    [['warning unknown', 'warning violation'], ['error violation'], [undefined, 'base']],
    [
      ['note unknown', 'warning violation'],
      ['note violation', 'error violation'],
      ['base', 'base'],
    ],
    [
      ['warning unknown', 'warning violation'],
      ['warning violation', 'warning unknown'],
      ['base', 'base'],
    ],
  ])('of findings %j with %j known before, where some could not be seen', (now, then, expected) => {
    const all = (shown: readonly Shown[]) =>
      shown.map((one) => {
        const [severity, status] = one.split(' ') as [Severity, Finding['status']];
        return finding({ severity, status });
      });
    expect(carryOver(all(now), knownFindingsOf(all(then))).map((one) => one.carriedOver?.from)).toEqual(expected);
  });

  test('needs the same fingerprint, and not the same words', () => {
    const known = knownFindingsOf([finding()]);
    expect(carryOver([finding({ message: 'other words' })], known)[0]!.carriedOver).toEqual({ from: 'base' });
    expect(carryOver([finding({}, 'a.c')], known)[0]!.carriedOver).toBeUndefined();
  });

  test('says since when', () => {
    const known = read({ schemaVersion: 1, asOf: TODAY, findings: [{ ...ENTRY, since: '2026-03-04' }] });
    expect(carryOver([finding()], known)[0]!.carriedOver).toEqual({ from: 'baseline', since: '2026-03-04' });
  });

  test.each<[string, Partial<Finding>]>([
    ['what a waiver covers', { waived: { reason: 'r', owner: 'o', expires: TODAY } }],
    ['the failure of a rule', { subject: RULE_FAILED }],
  ])('leaves %s as it is', (_what, props) => {
    const one = finding(props);
    const known = [{ fingerprint: fingerprintOf(one), severity: 'error', status: 'violation', from: 'base' } as const];
    expect(carryOver([one], known)).toEqual([one]);
    expect(knownFindingsOf([one])).toEqual([]);
  });

  test('goes through many findings of one fingerprint once', () => {
    const many = Array.from({ length: 2_000 }, () => finding());
    expect(carryOver(many, knownFindingsOf(many)).every((one) => one.carriedOver?.from === 'base')).toBe(true);
  });
});

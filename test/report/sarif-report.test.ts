import official from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { artifactLocation } from '../../lib/report/sarif-location';
import { sarifReport } from '../../lib/report/sarif-report';
import { sarifText } from '../../lib/report/sarif-text';
import { fingerprintOf } from '../../lib/rules/fingerprint';
import { RULES } from '../../lib/rules/rules';
import { anyReport } from './arbitrary-report';
import { SAMPLES } from './sample-list';
import { CHECKED, CLEAN, MODEL_CHANGE, UNKNOWNS, sampleFinding, sampleReport } from './sample-reports';

// The schema is of draft 04, whose only words in it that ajv does not read are these two names of itself.
const schema = { ...official, $schema: undefined, id: undefined };
const ajv = addFormats(new Ajv({ allErrors: true, strict: false, unicodeRegExp: false }));
const isValid = ajv.compile(schema);

function runOf(report: Parameters<typeof sarifReport>[0]) {
  return JSON.parse(sarifReport(report)).runs[0];
}

function resultOf(finding: Parameters<typeof sampleFinding>[0], inputs = ['plan.json']) {
  return runOf(sampleReport({ inputs, findings: [sampleFinding(finding)] })).results[0];
}

describe('the official schema of SARIF 2.1.0', () => {
  test.each(SAMPLES)('accepts %s', (_name, report) => {
    expect(isValid(JSON.parse(sarifReport(report))) ? '' : ajv.errorsText(isValid.errors)).toBe('');
  });

  test('accepts any report', () => {
    const accepted = fc.property(anyReport, (report) => isValid(JSON.parse(sarifReport(report))));
    fc.assert(accepted, { numRuns: 15 });
  });

  test('refuses a result without a message, so that it is not empty praise', () => {
    expect(isValid({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] })).toBe(false);
  });
});

test('a result says which rule, how bad, what is wrong and what to do', () => {
  const result = resultOf({ message: 'it retires', fix: 'replace it' });
  expect(result).toMatchObject({
    ruleId: 'model-retiring',
    level: 'warning',
    message: { text: 'azurerm_cognitive_deployment.chat: it retires. Fix: replace it.' },
    properties: {
      unknown: false,
      deployment: 'chat',
      model: 'gpt-4o',
      modelVersion: '2024-11-20',
      sku: 'Standard',
      retirementDate: '2027-03-31',
    },
  });
  expect(RULES[result.ruleIndex]!.id).toBe('model-retiring');
});

test('what could not be seen is marked', () => {
  expect(
    runOf(UNKNOWNS).results.map(({ properties }: { properties: { unknown: boolean } }) => properties.unknown),
  ).toEqual([true, true]);
});

test('every rule is described, whether it found something or not', () => {
  const { rules } = runOf(CLEAN).tool.driver;
  expect(rules.map(({ id }: { id: string }) => id)).toEqual(RULES.map(({ id }) => id));
  expect(rules[0]).toMatchObject({
    shortDescription: { text: RULES[0]!.summary },
    fullDescription: { text: RULES[0]!.why },
    helpUri: expect.stringMatching(/\/blob\/main\/docs\/rules\.md#model-retired$/),
    defaultConfiguration: { level: 'error' },
  });
});

test('a result without findings is an empty list and a run that succeeded', () => {
  expect(runOf(CLEAN)).toMatchObject({ results: [], invocations: [{ executionSuccessful: true }] });
});

describe('the location', () => {
  test('is the line that declares the resource, then its address and construct path', () => {
    expect(resultOf({}).locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'bin/app.ts', uriBaseId: '%SRCROOT%' },
          region: { startLine: 42 },
        },
        logicalLocations: [
          {
            fullyQualifiedName: 'azurerm_cognitive_deployment.chat',
            kind: 'resource',
            decoratedName: 'azurerm_cognitive_deployment',
          },
          { fullyQualifiedName: 'production/chat', kind: 'object' },
        ],
      },
    ]);
  });

  test.each([
    ['plan.json', { uri: 'plan.json', uriBaseId: '%SRCROOT%' }],
    ['-', { uri: 'standard-input', uriBaseId: '%SRCROOT%' }],
    ['out/my plan#1?.json', { uri: 'out/my%20plan%231%3F.json', uriBaseId: '%SRCROOT%' }],
    ['/tmp/plan.json', { uri: 'plan.json' }],
  ])('is the input %s where nobody recorded the line', (input, artifactLocation) => {
    const resource = { address: 'a.b', type: 'a' };
    expect(resultOf({ resource }, [input]).locations[0].physicalLocation.artifactLocation).toEqual(artifactLocation);
  });

  test.each([
    ['./plan.json', { uri: 'plan.json', uriBaseId: '%SRCROOT%' }],
    ['plans/../plan.json', { uri: 'plan.json', uriBaseId: '%SRCROOT%' }],
    ['/home/runner/app/out/plan.json', { uri: 'out/plan.json', uriBaseId: '%SRCROOT%' }],
    ['javascript:alert(1)', { uri: 'javascript%3Aalert(1)', uriBaseId: '%SRCROOT%' }],
    ['\ud800', { uri: '%EF%BF%BD', uriBaseId: '%SRCROOT%' }],
    ['ü/模', { uri: '%C3%BC/%E6%A8%A1', uriBaseId: '%SRCROOT%' }],
    ['..plan', { uri: '..plan', uriBaseId: '%SRCROOT%' }],
    // No file of the repository: GitHub would refuse the place.
    ['../other/plan.json', { uri: 'plan.json' }],
    ['/home/runner/app-2/plan.json', { uri: 'plan.json' }],
    ['//example.invalid/x', { uri: 'x' }],
    ['C:\\work\\plan.json', { uri: 'plan.json' }],
    ['/', { uri: 'input' }],
    ['..', { uri: 'input' }],
  ])('of %s, seen from /home/runner/app, has neither scheme nor host', (file, location) => {
    expect(artifactLocation(file, '/home/runner/app')).toEqual(location);
  });

  test.each([
    ['C:\\app\\out\\plan.json', { uri: 'out/plan.json', uriBaseId: '%SRCROOT%' }],
    ['out\\plan.json', { uri: 'out/plan.json', uriBaseId: '%SRCROOT%' }],
    ['D:\\plan.json', { uri: 'plan.json' }],
  ])('of %s, seen from C:\\app, has slashes', (file, location) => {
    expect(artifactLocation(file, 'C:\\app')).toEqual(location);
  });

  test('of a run over several inputs is the one of the stack', () => {
    const findings = ['production', 'test'].map((stack) =>
      sampleFinding({ resource: { address: 'a.b', type: 'a', stack } }),
    );
    const inputs = ['cdktf.out/stacks/production/cdk.tf.json', 'cdktf.out/stacks/test/cdk.tf.json'];
    const uris = runOf(sampleReport({ inputs, findings })).results.map(
      (result: ReturnType<typeof resultOf>) => result.locations[0].physicalLocation.artifactLocation.uri,
    );
    expect(uris).toEqual(inputs);
  });
});

describe('the fingerprint', () => {
  test('is the one of the finding, numbered where several share it', () => {
    const findings = [sampleFinding(), sampleFinding({ message: 'another' }), sampleFinding({ rule: 'model-retired' })];
    const prints = runOf(sampleReport({ findings })).results.map(
      ({ partialFingerprints }: Record<string, Record<string, string>>) => partialFingerprints,
    );
    const both = (print: string) => ({ 'modelLifecycle/v1': print, primaryLocationLineHash: print });
    expect(prints).toEqual([
      both(`${fingerprintOf(findings[0]!)}:1`),
      both(`${fingerprintOf(findings[0]!)}:2`),
      both(`${fingerprintOf(findings[2]!)}:1`),
    ]);
  });
});

test('a waived finding is suppressed for the reason given, the others are not', () => {
  const suppressed = runOf(MODEL_CHANGE).results.map(
    ({ ruleId, suppressions }: { ruleId: string; suppressions: unknown[] }) => [ruleId, suppressions],
  );
  expect(Object.fromEntries(suppressed)).toEqual({
    'route-to-destroyed': [],
    'model-retiring': [],
    'traffic-jumps': [],
    'model-deprecated': [],
    'model-auto-upgrade': [
      {
        kind: 'external',
        status: 'accepted',
        justification: 'a demonstration that nobody depends on (owner: team-assistants, until 2026-12-01)',
      },
    ],
  });
});

test('what a baseline knows is unchanged and the rest new; without one nothing is said', () => {
  const states = (report: Parameters<typeof sarifReport>[0]) =>
    runOf(report).results.map(({ ruleId, baselineState }: Record<string, string>) => [ruleId, baselineState]);
  expect(states(CHECKED)).toEqual([
    ['route-to-destroyed', 'new'],
    ['model-retiring', 'new'],
    ['traffic-jumps', 'new'],
    ['model-deprecated', 'unchanged'],
    ['model-auto-upgrade', 'new'],
  ]);
  expect(states(UNKNOWNS).map(([, state]: string[]) => state)).toEqual([undefined, undefined]);
  const compared = { ...UNKNOWNS, hasKnownFindings: true };
  expect(states(compared).map(([, state]: string[]) => state)).toEqual(['new', 'new']);
});

test('the two commands do not replace each other’s alerts', () => {
  expect([CHECKED, CLEAN].map((report) => runOf(report).automationDetails.id)).toEqual([
    'model-lifecycle/check/',
    'model-lifecycle/review/',
  ]);
});

describe('text of a message', () => {
  test.each([
    ['an address keeps its brackets', 'a.b["eu"] and ${c.d[0]}', 'a.b["eu"] and ${c.d[0]}'],
    ['a link is none', 'see [this](https://example.invalid)', 'see \\[this\\](https://example.invalid)'],
    ['a backslash takes no bracket back', '\\[a\\](b)', '\\\\\\[a\\\\\\](b)'],
    ['a placeholder is none', '{0} of {x}', '{{0}} of {x}'],
    ['control and hidden characters are shown', 'a\u001b[2Jb\u202ec\nd', 'a\\u{1b}[2Jb\\u{202e}c\\u{a}d'],
  ])('%s', (_what, text, written) => {
    expect(sarifText(text)).toBe(written);
  });
});

describe('what GitHub does not take', () => {
  const long = sampleFinding({ message: 'x'.repeat(1_000_000) });
  const short = sampleFinding({ message: 'small', severity: 'note' });

  test('is cut to 10 MB, the worst findings first, and a notification says so', () => {
    const findings = [...Array.from({ length: 11 }, () => long), short, sampleFinding({ severity: 'error' })];
    const text = sarifReport(sampleReport({ findings }));
    const { results, invocations } = JSON.parse(text).runs[0];
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_000_000);
    // What is too large for the room that is left does not keep out the ones behind it.
    expect(results.map(({ level }: { level: string }) => level)).toEqual([
      'error',
      ...Array(9).fill('warning'),
      'note',
    ]);
    expect(invocations[0].toolExecutionNotifications).toEqual([
      {
        level: 'warning',
        message: {
          text: '2 of 13 findings are left out, the least severe ones first: code scanning takes 10 MB at most. The JSON report holds all of them.',
        },
      },
    ]);
  });

  test('25,000 results are more than 10 MB, whatever they say', () => {
    const least = sampleFinding({ resource: { address: '', type: '' }, rule: '', message: '', fix: '' });
    const sizeOf = (findings: readonly (typeof least)[]) => sarifReport(sampleReport({ findings })).length;
    expect((sizeOf([least, least]) - sizeOf([least])) * 25_000).toBeGreaterThan(10_000_000);
  });
});

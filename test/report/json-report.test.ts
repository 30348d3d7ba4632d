import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import schema from '../../lib/report/data/report.schema.json';
import { jsonReport } from '../../lib/report/json-report';
import { fingerprintOf } from '../../lib/rules/fingerprint';
import { anyReport } from './arbitrary-report';
import { SAMPLES } from './sample-list';
import {
  CHECKED,
  CLEAN,
  MINOR_WITH_PROMPT,
  MINOR_WITHOUT_PROMPT,
  MODEL_CHANGE,
  sampleFinding,
  sampleReport,
} from './sample-reports';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
const isValid = ajv.compile(schema);

function problems(document: unknown): string {
  return isValid(JSON.parse(JSON.stringify(document))) ? '' : ajv.errorsText(isValid.errors);
}

function written(report: Parameters<typeof jsonReport>[0]) {
  return JSON.parse(jsonReport(report));
}

test.each(SAMPLES)('%s is written as the schema says', (_name, report) => {
  expect(problems(written(report))).toBe('');
});

test('any report is written as the schema says', () => {
  fc.assert(
    fc.property(anyReport, (report) => problems(written(report)) === ''),
    { numRuns: 15 },
  );
});

test.each<[string, (document: Record<string, never>) => unknown]>([
  ['another version', (document) => ({ ...document, schemaVersion: 2 })],
  ['a property that nobody knows', (document) => ({ ...document, extra: true })],
  ['changes without the traffic', (document) => ({ ...document, traffic: undefined })],
  ['a summary without what is carried over', (document) => ({ ...document, summary: { errors: 0, warnings: 0 } })],
])('the schema refuses %s', (_what, damage) => {
  expect(problems(damage(written(MODEL_CHANGE)))).not.toBe('');
});

test('says what wrote it and what it is about', () => {
  expect(written({ ...CLEAN, toolVersion: '0.4.2', failOn: 'warning' })).toMatchObject({
    schemaVersion: 1,
    tool: { name: 'model-lifecycle', version: '0.4.2' },
    command: 'review',
    failOn: 'warning',
    asOf: '2026-11-21',
    inputs: ['plan.json'],
    findings: [],
    changes: [],
  });
});

test("names the account by Azure's word for its id, and gives each finding its fingerprint", () => {
  const finding = sampleFinding({
    resource: { address: 'azurerm_cognitive_deployment.chat', type: 'azurerm_cognitive_deployment', account: '/a/b' },
  });
  const [first] = written(sampleReport({ findings: [finding] })).findings;
  expect(first.resource).toEqual({
    address: 'azurerm_cognitive_deployment.chat',
    type: 'azurerm_cognitive_deployment',
    accountId: '/a/b',
  });
  expect(first.fingerprint).toBe(fingerprintOf(finding));
});

test('a change says what happens, how large it is, why, and what has to change along', () => {
  const [change] = written(MINOR_WITHOUT_PROMPT).changes;
  expect(change).toMatchObject({
    action: 'changed-in-place',
    address: 'azurerm_cognitive_deployment.chat',
    deployment: 'chat',
    scope: 'minor-version',
    direction: 'forward',
    driver: 'required',
    from: { name: 'gpt-4o', version: '2024-08-06' },
    to: { name: 'gpt-4o', version: '2024-11-20' },
  });
  expect(change.breadths.map(({ breadth, evidence }: Record<string, string>) => `${breadth}: ${evidence}`)).toEqual([
    'model: changed',
    'modelConfig: not-visible',
    'prompt: not-visible',
    'orchestrationLogic: not-visible',
    'groundingData: not-visible',
  ]);
  expect(change.accountId).toMatch(/accounts\/chat-eu$/);
  expect(change).not.toHaveProperty('outcome');
  expect(change).not.toHaveProperty('update');
});

test('a deployment that only moves has no scope', () => {
  const move = written(MODEL_CHANGE).changes.find(({ action }: { action: string }) => action === 'moved');
  expect(move).toMatchObject({ previousAddress: 'azurerm_cognitive_deployment.embeddings' });
  expect(move).not.toHaveProperty('scope');
});

test('the update of a role of a release stands beside the models', () => {
  const [release] = written(MINOR_WITH_PROMPT).releases;
  expect(release.models[0]).toMatchObject({ role: 'chat', scope: 'minor-version', driver: 'required' });
});

test('carried over and waived findings keep the reason why they do not fail', () => {
  const { findings } = written(MODEL_CHANGE);
  const reasons = findings.flatMap(({ carriedOver, waived }: Record<string, unknown>) =>
    [carriedOver ?? waived ?? []].flat(),
  );
  expect(reasons).toEqual([
    { from: 'baseline', since: '2026-09-01' },
    { reason: 'a demonstration that nobody depends on', owner: 'team-assistants', expires: '2026-12-01' },
  ]);
});

test('where nothing was compared there is no word of changes', () => {
  const document = written(CHECKED);
  expect(Object.keys(document)).toEqual([
    'schemaVersion',
    'tool',
    'command',
    'failOn',
    'asOf',
    'catalog',
    'inputs',
    'verdict',
    'summary',
    'findings',
    'models',
  ]);
});

test.each([
  ['control, hidden and reordering characters', 'a\u009b2J\u202eb\u00ad\u061c\u2028\u{e0041}c\u007f'],
  ['commands of pipelines', '##vso[task.setvariable variable=x]y ##[add-mask]z ::error::w'],
])('a parser reads %s back as they were, and a terminal meets none of them', (_what, message) => {
  const text = jsonReport(sampleReport({ findings: [sampleFinding({ message })] }));
  expect(JSON.parse(text).findings[0].message).toBe(message);
  expect(text).not.toMatch(/[\u007f-\u009f\p{Cf}\u2028\u2029]|##(?:vso)?\[/u);
});

test('half a character, which UTF-8 cannot hold, becomes the replacement character', () => {
  const text = jsonReport(sampleReport({ findings: [sampleFinding({ message: 'a\ud800b' })] }));
  expect(JSON.parse(text).findings[0].message).toBe('a\ufffdb');
});

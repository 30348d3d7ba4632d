import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { junitReport } from '../../lib/report/junit-report';
import { RunReport } from '../../lib/report/run-report';
import { anyReport } from './arbitrary-report';
import { SAMPLES } from './sample-list';
import { CLEAN, MODEL_CHANGE, sampleFinding, sampleReport } from './sample-reports';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => name === 'testsuite' || name === 'testcase',
  trimValues: false,
  htmlEntities: true,
});

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly failure?: { readonly '#text': string; readonly message: string };
  readonly skipped?: { readonly message: string };
  readonly 'system-out'?: string;
}

function suitesOf(report: RunReport): { name: string; testcase: TestCase[]; [count: string]: unknown }[] {
  return parser.parse(junitReport(report)).testsuites.testsuite;
}

function casesOf(report: RunReport): TestCase[] {
  return suitesOf(report).flatMap(({ testcase }) => testcase);
}

function outcome(test: TestCase): string {
  return test.failure !== undefined ? 'failed' : test.skipped !== undefined ? 'skipped' : 'passed';
}

test.each(SAMPLES)('%s is well-formed', (_name, report) => {
  expect(XMLValidator.validate(junitReport(report))).toBe(true);
});

test('any report is well-formed XML 1.0 without a character that it forbids', () => {
  const isSound = (report: RunReport) => {
    const text = junitReport(report);
    return XMLValidator.validate(text) === true && !/[^\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text);
  };
  fc.assert(fc.property(anyReport, isSound), { numRuns: 15 });
});

test('no findings are a test that passes', () => {
  expect(junitReport(CLEAN)).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="model-lifecycle review" tests="1" failures="0" errors="0" skipped="0" time="0">',
      '  <testsuite name="plan.json" tests="1" failures="0" errors="0" skipped="0" time="0" timestamp="2026-11-21T00:00:00">',
      '    <properties>',
      '      <property name="verdict" value="go: nothing about models changes, and nothing is wrong"/>',
      '    </properties>',
      '    <testcase classname="model-lifecycle" name="no findings" time="0"/>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n'),
  );
});

test('an input is a suite, and what belongs to none is one of its own', () => {
  const suites = suitesOf(MODEL_CHANGE).map(({ name, tests, failures, skipped }) => [name, tests, failures, skipped]);
  expect(suites).toEqual([
    ['network.json', '1', '0', '0'],
    ['plan.json', '4', '0', '2'],
    ['model-lifecycle review', '1', '1', '0'],
  ]);
});

describe('the outcome', () => {
  const waived = { reason: 'shipping a hotfix', owner: 'team', expires: '2026-12-01' };

  test.each([
    ['an error', { severity: 'error' }, 'error', 'failed'],
    ['an error whatever fails the command', { severity: 'error' }, 'never', 'failed'],
    ['a warning', { severity: 'warning' }, 'error', 'passed'],
    ['a warning that fails the command', { severity: 'warning' }, 'warning', 'failed'],
    ['a note', { severity: 'note' }, 'warning', 'passed'],
    ['a waived error', { severity: 'error', waived }, 'error', 'skipped'],
    ['an error carried over', { severity: 'error', carriedOver: { from: 'base' } }, 'error', 'skipped'],
  ] as const)('of %s', (_what, finding, failOn, expected) => {
    expect(casesOf(sampleReport({ failOn, findings: [sampleFinding(finding)] })).map(outcome)).toEqual([expected]);
  });
});

test('a failure says what is wrong, where, and what to do', () => {
  const [test] = casesOf(sampleReport({ findings: [sampleFinding({ severity: 'error' })] }));
  expect(test).toMatchObject({
    classname: 'model-retiring',
    name: 'azurerm_cognitive_deployment.chat, model.version',
    failure: { type: 'model-retiring', message: 'gpt-4o@2024-11-20 on Standard retires on 2027-03-31, in 130 days' },
  });
  expect(test!.failure!['#text']).toContain('bin/app.ts:42');
  expect(test!.failure!['#text']).toContain('deploy gpt-5.1@2025-11-13 beside it');
});

test('a warning that fails nothing is told all the same', () => {
  const [test] = casesOf(sampleReport({ findings: [sampleFinding()] }));
  expect(test!['system-out']).toContain('retires on 2027-03-31');
});

test.each([
  [
    { waived: { reason: 'a hotfix', owner: 'team', expires: '2026-12-01' } },
    'waived until 2026-12-01 by team: a hotfix; m',
  ],
  [{ carriedOver: { from: 'baseline' } }, 'carried over from the baseline; m'],
] as const)('a skipped test says why', (reason, message) => {
  const [test] = casesOf(sampleReport({ findings: [sampleFinding({ message: 'm', ...reason })] }));
  expect(test!.skipped!.message).toBe(message);
});

test('characters that XML cannot hold, or that hide, are written visibly', () => {
  const message = 'a\u0000b\u001bc\ufffe\uffff\ud800\u202e <&>"\' ]]> ##vso[task.complete result=Failed;]';
  const text = junitReport(sampleReport({ findings: [sampleFinding({ message })] }));
  expect(text).not.toContain('##vso[');
  const [test] = casesOf(sampleReport({ findings: [sampleFinding({ message, severity: 'error' })] }));
  expect(test!.failure!.message).toBe(
    'a\\u{0}b\\u{1b}c\\u{fffe}\\u{ffff}\\u{d800}\\u{202e} <&>"\' ]]> ##vso[task.complete result=Failed;]',
  );
});

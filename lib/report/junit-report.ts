import { inputName } from '../contracts/input-name';
import { verdictOf } from '../review/verdict';
import { describeFinding } from '../rules/describe-finding';
import { Finding } from '../rules/finding';
import { inputFinder, inputNamer } from './finding-place';
import { RunReport } from './run-report';
import { xmlDocument, xmlElement, XmlElement } from './xml-text';

/**
 * The findings as test results, for whatever shows those: a suite for each input, a test for each finding. A test fails
 * where the finding is an error, or a warning that fails the command; it is skipped where the finding is waived or
 * carried over. An input without findings is one test that passes, so that an empty report is never taken for one that
 * is missing.
 *
 * There is no standard; the elements are those that all readers know: https://github.com/testmoapp/junitxml
 */
export function junitReport(report: RunReport): string {
  const suites = suitesOf(report);
  const all = suites.flatMap(({ tests }) => tests);
  const { word, sentence } = verdictOf(report);
  const verdict = xmlElement('properties', {}, [
    xmlElement('property', { name: 'verdict', value: `${word}: ${sentence}` }),
  ]);
  const elements = suites.map(({ name, tests }) =>
    xmlElement('testsuite', { name, ...counts(tests), timestamp: `${report.asOf}T00:00:00` }, [
      verdict,
      ...tests.map(testCase),
    ]),
  );
  return xmlDocument(xmlElement('testsuites', { name: `model-lifecycle ${report.command}`, ...counts(all) }, elements));
}

interface Test {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly rule: string;
  readonly name: string;
  readonly finding?: Finding;
  /** Which of several inputs the finding is about. */
  readonly input?: string;
}

interface Suite {
  readonly name: string;
  readonly tests: readonly Test[];
}

function suitesOf(report: RunReport): Suite[] {
  const inputOf = inputFinder(report);
  const findings = new Map<string, Finding[]>(report.inputs.map((input) => [input, []]));
  for (const finding of report.findings) {
    // What concerns the run as a whole, for instance the age of the catalogue, is a suite of its own.
    const suite = inputOf(finding) ?? `model-lifecycle ${report.command}`;
    const known = findings.get(suite);
    if (known === undefined) {
      findings.set(suite, [finding]);
    } else {
      known.push(finding);
    }
  }
  const nameOf = inputNamer(report);
  return [...findings].map(([name, ofInput]) => ({
    name: inputName(name),
    tests:
      ofInput.length > 0
        ? ofInput.map((finding) => testOf(finding, report, nameOf(finding)))
        : [{ outcome: 'passed', rule: 'model-lifecycle', name: 'no findings' }],
  }));
}

function testOf(finding: Finding, { failOn }: RunReport, input: string | undefined): Test {
  const { rule, resource, severity, waived, carriedOver } = finding;
  const fails = severity === 'error' || (severity === 'warning' && failOn === 'warning');
  const counted = waived === undefined && carriedOver === undefined;
  return {
    outcome: !counted ? 'skipped' : fails ? 'failed' : 'passed',
    rule,
    name: resource.path === undefined ? resource.address : `${resource.address}, ${resource.path}`,
    finding,
    ...(input !== undefined && { input }),
  };
}

function testCase({ outcome, rule, name, finding, input }: Test): XmlElement {
  return xmlElement(
    'testcase',
    { classname: rule, name, time: 0 },
    finding === undefined ? [] : [body(outcome, finding, input)],
  );
}

function body(outcome: Test['outcome'], finding: Finding, input: string | undefined): XmlElement {
  const { rule, message, waived, carriedOver } = finding;
  const text = describeFinding(finding, { input });
  if (outcome === 'failed') {
    return xmlElement('failure', { type: rule, message }, text);
  }
  if (outcome === 'passed') {
    return xmlElement('system-out', {}, text);
  }
  const why =
    waived !== undefined
      ? `waived until ${waived.expires} by ${waived.owner}: ${waived.reason}`
      : `carried over from the ${carriedOver!.from}`;
  return xmlElement('skipped', { message: `${why}; ${message}${input === undefined ? '' : `; in ${input}`}` });
}

function counts(tests: readonly Test[]) {
  const count = (outcome: Test['outcome']) => tests.filter((test) => test.outcome === outcome).length;
  return { tests: tests.length, failures: count('failed'), errors: 0, skipped: count('skipped'), time: 0 };
}

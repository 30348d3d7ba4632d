import { htmlReport } from '../../lib/report/html-report';
import { markdownReport } from '../../lib/report/markdown-report';
import { RunReport } from '../../lib/report/run-report';
import { textReport } from '../../lib/report/text-report';
import { sampleFinding, sampleReport } from './sample-reports';

const carriedOver = { from: 'base' } as const;

describe.each<[string, (report: RunReport) => string]>([
  ['text', (report) => textReport(report)],
  ['Markdown', (report) => markdownReport(report)],
  ['HTML', (report) => htmlReport(report)],
])('what is carried over in the %s report', (_format, write) => {
  const happens = sampleFinding({ rule: 'access-removed-while-live', message: 'access goes', carriedOver });
  const stands = sampleFinding({ message: 'it retires', carriedOver });
  const written = (...findings: ReturnType<typeof sampleFinding>[]) => write(sampleReport({ findings })).toLowerCase();
  const APPLIED = 'carried over, and still to be applied (do not fail)';
  const REMAINING = 'carried over (do not fail)';

  test('stands under a heading of its own where it comes true when the plan is applied', () => {
    const text = written(stands, happens);
    // The verdict may name it before.
    const from = text.indexOf(APPLIED);
    expect(from).toBeGreaterThan(-1);
    const places = ['access goes', REMAINING, 'it retires'].map((part) => text.indexOf(part, from));
    expect(places.every((place) => place > from)).toBe(true);
    expect(places).toEqual([...places].sort((left, right) => left - right));
  });

  test('has only the headings that it needs', () => {
    expect(written(stands)).not.toContain(APPLIED);
    expect(written(happens)).not.toContain(REMAINING);
  });
});

import stringWidth from 'string-width';
import { textReport } from '../../lib/report/text-report';
import {
  CHECKED,
  HOSTILE_TEXTS,
  hostileReport,
  manyFindings,
  MODEL_CHANGE,
  sampleFinding,
  sampleReport,
} from './sample-reports';
import { expectedText, WRITTEN_SAMPLES } from './sample-texts';

const COLOUR = /\u001b\[\d+m/gu;

describe('the text report of changes', () => {
  test.each(WRITTEN_SAMPLES)('of %s is, in 100 columns, as written down', (name, report) => {
    expect(textReport(report, { width: 100 })).toBe(expectedText(name, 'txt'));
  });

  test('has colours only when told, and nothing but colours is added', () => {
    const coloured = textReport(MODEL_CHANGE, { colour: true });
    expect(coloured).toMatch(/^\u001b\[1m\u001b\[31mSTOP\u001b\[39m\u001b\[22m {2}/u);
    expect(coloured.replace(COLOUR, '')).toBe(textReport(MODEL_CHANGE));
    expect(textReport(MODEL_CHANGE)).not.toContain('\u001b');
  });

  test.each([40, 100])('keeps to %i columns, whatever the letters are', (width) => {
    for (const text of ['模型部署'.repeat(15), '👩‍👩‍👧‍👦🚀'.repeat(9), 'a'.repeat(150)]) {
      const lines = textReport(hostileReport(text), { width, colour: true }).split('\n');
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    }
  });

  test('leaves lines as they are below 40 columns and without a width', () => {
    expect(textReport(MODEL_CHANGE, { width: 39 })).toBe(textReport(MODEL_CHANGE));
    expect(textReport(MODEL_CHANGE)).toContain('; 10 % on releases without evaluation\n');
  });

  test('says how much it leaves out of long sections, and of no finding anything', () => {
    const text = textReport(manyFindings(100));
    expect(text.match(/^ *and \d+ more$/gmu)).toEqual([
      '  and 85 more',
      '  and 85 more',
      '  and 85 more',
      '  and 95 more',
    ]);
    expect(text.match(/^(?:error|warning|note) model-retiring: /gmu)).toHaveLength(80);
    expect(text).toMatch(/\n\d+ errors, \d+ warnings, \d+ notes, 10 waived, 10 carried over in 1 plan, as of .*\n$/u);
  });

  test.each(Object.entries(HOSTILE_TEXTS))('has neither control nor hidden characters: %s', (_name, hostile) => {
    const report = hostileReport(hostile);
    expect(textReport(report, { width: 80 })).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
  });
});

describe('the text report of findings alone', () => {
  test('has no verdict in front, and lists what stands by agreement where it is little', () => {
    const text = textReport(CHECKED);
    expect(text).toMatch(/^error route-to-destroyed: /u);
    expect(text).toContain('waived model-auto-upgrade: ');
    expect(text).toContain('\n1 error, 1 warning, 1 note, 1 waived, 1 carried over in 1 stack, as of 2026-11-21');
  });

  test('counts what stands by agreement where it is much', () => {
    const waived = { reason: 'a demonstration', owner: 'team', expires: '2026-12-01' };
    const findings = Array.from({ length: 4 }, () => sampleFinding({ waived }));
    expect(textReport(sampleReport({ findings, command: 'check' }))).toBe(
      '0 errors, 0 warnings, 0 notes, 4 waived in 1 stack, as of 2026-11-21 (catalogue of 2026-10-05)\n',
    );
  });
});

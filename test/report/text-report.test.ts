import fc from 'fast-check';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { htmlReport } from '../../lib/report/html-report';
import { markdownReport } from '../../lib/report/markdown-report';
import { textReport } from '../../lib/report/text-report';
import { wrappedRows } from '../../lib/report/wrapped-text';
import {
  CHECKED,
  HOSTILE_TEXTS,
  hostileReport,
  manyFindings,
  MINOR_WITH_PROMPT,
  MODEL_CHANGE,
  sampleFinding,
  sampleReport,
} from './sample-reports';
import { expectedText, WRITTEN_SAMPLES } from './sample-texts';

const COLOUR = /\u001b\[\d+m/gu;

describe('the text report of changes', () => {
  test.each(WRITTEN_SAMPLES)('of %s is, in 100 columns, as written down', (name, report) => {
    const written = textReport(report, { width: 100 });
    expect(written).toBe(expectedText(name, 'txt', written));
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
    expect(textReport(MODEL_CHANGE)).toContain(
      ', 90 % on retiring models, 100 % on what has no evaluation evidence of its own\n',
    );
  });

  test('says how much it leaves out of long sections, and of no finding anything', () => {
    const text = textReport(manyFindings(100));
    expect(text.match(/^ *and \d+ more$/gmu)).toEqual([
      '  and 85 more',
      '  and 85 more',
      'and 5 more',
      'and 5 more',
      '  and 85 more',
      '  and 95 more',
    ]);
    expect(text.match(/^(?:error|warning|note) model-retiring: /gmu)).toHaveLength(80);
    expect(text.match(/^carried over (?:error|warning|note) model-retiring: /gmu)).toHaveLength(5);
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

  test('lists the first of what stands by agreement, under its heading, and counts the rest', () => {
    const carriedOver = { from: 'baseline', since: '2026-09-01' } as const;
    const findings = Array.from({ length: 7 }, (_none, index) =>
      sampleFinding({ carriedOver, resource: { address: `a.n${index}`, type: 'a' }, message: 'm', fix: 'f' }),
    );
    const each = (index: number) => [
      `carried over warning model-retiring: a.n${index}`,
      '  m',
      '  fix: f',
      '  carried over from the baseline, there since 2026-09-01',
    ];
    expect(textReport(sampleReport({ findings, command: 'check' })).split('\n')).toEqual([
      'Carried over (do not fail)',
      ...[0, 1, 2, 3, 4].flatMap(each),
      'and 2 more',
      '',
      '0 errors, 0 warnings, 0 notes, 0 waived, 7 carried over in 1 stack, as of 2026-11-21 (catalogue of 2026-10-05)',
      '',
    ]);
  });
});

describe('an update that a release tells as well', () => {
  const [deployment] = MINOR_WITH_PROMPT.changes!.deployments;
  const { update } = MINOR_WITH_PROMPT.changes!.releases[0]!.models[0]!;
  const report = {
    ...MINOR_WITH_PROMPT,
    changes: { ...MINOR_WITH_PROMPT.changes!, deployments: [{ ...deployment!, update: update! }] },
  };

  test.each([
    [
      'text',
      textReport(report),
      'minor version, required: told at release assistant-4be1c0ffee12',
      /driver|prompt \(/gu,
    ],
    ['markdown', markdownReport(report), 'told at release `assistant-4be1c0ffee12`', /prompt \(/gu],
    ['html', htmlReport(report), 'see release <code>assistant-4be1c0ffee12</code>', /<b>prompt<\/b> \(/gu],
  ])('is told once in %s', (_format, text, reference, telling) => {
    expect(text).toContain(reference);
    expect(text.match(telling)).toHaveLength(1);
  });
});

describe('lines that are broken', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdefgh-/."(['), minLength: 1, maxLength: 60 });

  test('break where wrap-ansi breaks them', () => {
    const sentence = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(sentence, fc.integer({ min: 8, max: 50 }), (text, columns) => {
        expect(wrappedRows(text, columns)).toEqual(wrapAnsi(text, columns, { hard: true, trim: true }).split('\n'));
      }),
      { numRuns: 200 },
    );
  });

  test.each(['a', '模', '\u001b'])('of 100,000 times %j at every place, little is left to be measured', (unit) => {
    const text = textReport(hostileReport(unit.repeat(100_000)), { width: 80 });
    expect(text.length).toBeLessThan(150_000);
  });
});

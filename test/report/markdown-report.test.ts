import * as fc from 'fast-check';
import { markdownReport } from '../../lib/report/markdown-report';
import { CHECKED, CLEAN, HOSTILE_TEXTS, hostileReport, manyFindings, MODEL_CHANGE } from './sample-reports';
import { expectedText, WRITTEN_SAMPLES } from './sample-texts';

const GITHUB_LIMIT = 65_536;

/** What is open at the end, or closed without having been opened; and rows with other cells than the head of their table. */
function unbalanced(markdown: string): string[] {
  const problems: string[] = [];
  let isFenced = false;
  let depth = 0;
  let cells: number | undefined;
  for (const line of markdown.split('\n')) {
    const isFence = /^```/u.test(line);
    isFenced = isFenced !== isFence;
    if (isFenced || isFence) {
      continue;
    }
    depth += Number(line.startsWith('<details>')) - Number(line === '</details>');
    const isRow = line.startsWith('|');
    const found = isRow ? line.split(/(?<!\\)\|/u).length : undefined;
    if (isRow && cells !== undefined && found !== cells) {
      problems.push(`${found} instead of ${cells}: ${line}`);
    }
    cells = found;
    if (depth < 0 || depth > 1) {
      problems.push(`details ${depth}: ${line}`);
    }
    const outside = line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/gu, '');
    if (outside.includes('`')) {
      problems.push(`open code: ${line}`);
    }
  }
  return [...problems, ...(isFenced ? ['open fence'] : []), ...(depth === 0 ? [] : [`${depth} open details`])];
}

function sizes(markdown: string): number {
  return Math.max(markdown.length, Buffer.byteLength(markdown, 'utf8'));
}

describe('the Markdown report', () => {
  test.each(WRITTEN_SAMPLES)('of %s is as written down', (name, report) => {
    const written = markdownReport(report);
    expect(written).toBe(expectedText(name, 'md', written));
  });

  test('begins with a mark for each command, and one of its own where an id is given', () => {
    const mark = (markdown: string) => markdown.split('\n')[0];
    expect(mark(markdownReport(CLEAN))).toBe('<!-- model-lifecycle:review -->');
    expect(mark(markdownReport(CHECKED))).toBe('<!-- model-lifecycle:check -->');
    expect(mark(markdownReport(CLEAN, { commentId: 'production/eu-west.1' }))).toBe(
      '<!-- model-lifecycle:review:production/eu-west.1 -->',
    );
  });

  test.each(['', ' ', 'a b', 'a--b', '--><script>', 'a\nb', '-a', 'a-', 'a'.repeat(101)])(
    'refuses the id %j',
    (commentId) => {
      expect(() => markdownReport(CLEAN, { commentId })).toThrow(
        /^The id of a comment is '.*'; write letters and digits,/u,
      );
    },
  );

  test('of findings alone has no changes in it', () => {
    expect(markdownReport(CHECKED).match(/^#+ .*$/gmu)).toEqual(['### 🛑 Model check: stop', '#### Findings']);
  });

  test('says at each cut how much is left out', () => {
    const markdown = markdownReport(manyFindings(1000));
    const left = [...markdown.matchAll(/^(?:- )?and (\d+) more$/gmu)].map(([, number]) => Number(number));
    expect(left).toHaveLength(8);
    expect(left[3]).toBeLessThan(100);
    expect(Math.min(...left.filter((number) => number !== left[3]))).toBeGreaterThan(500);
    const listed = markdown.split('#### Findings')[1]!.split('<details>')[0]!;
    const shown = listed.match(/^- \*\*/gmu)!.length;
    expect(listed).toContain(`- and ${800 - shown} more\n`);
    expect(listed).not.toMatch(/note\*\*[^]*error\*\*/u);
  });

  test.each([
    ['1,000 findings', 1000, 20],
    ['1,000 findings with names of 10 kB', 1000, 10_000],
    ['one finding with names of 10 kB', 1, 10_000],
  ])('keeps below the limit with %s, and everything is closed', (_name, count, length) => {
    const markdown = markdownReport(manyFindings(count, length));
    expect(sizes(markdown)).toBeLessThan(GITHUB_LIMIT);
    expect(unbalanced(markdown)).toEqual([]);
    expect(markdown).toContain('### 🛑 Model review: stop');
    expect(markdown).toMatch(/As of 2026-11-21, catalogue of 2026-10-05, 1 plan, model-lifecycle `?0\.1\.0`?\n$/u);
  });

  test.each(Object.entries(HOSTILE_TEXTS))('closes everything around %s', (_name, hostile) => {
    expect(unbalanced(markdownReport(hostileReport(hostile)))).toEqual([]);
  });

  test('keeps the limit and closes everything, whatever the texts are', () => {
    const alphabet = fc.constantFrom(
      ...'`|\\<>[]()*_~#@:$^&!-\n\t \u202e\u{e0041}🚀模a1./',
      '```',
      '<details>',
      '</details>',
      '##vso[',
    );
    const text = fc.array(alphabet, { maxLength: 300 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (hostile) => {
        const markdown = markdownReport(hostileReport(hostile));
        return sizes(markdown) < GITHUB_LIMIT && unbalanced(markdown).length === 0;
      }),
      { numRuns: 40 },
    );
  });

  test('keeps the limit where every letter takes the most room', () => {
    for (const widest of ['\u{e0041}', '\u0000', '`a ', '🚀']) {
      const report = hostileReport(widest.repeat(5000));
      const markdown = markdownReport({ ...report, findings: Array.from({ length: 100 }, () => report.findings[0]!) });
      expect(sizes(markdown)).toBeLessThan(GITHUB_LIMIT);
      expect(markdown).toContain('#### Findings\n\n- **🛑 error**');
    }
  });

  test('draws traffic that moves and dates that lie ahead', () => {
    const charts = [...markdownReport(MODEL_CHANGE).matchAll(/^```mermaid\n(\w+)/gmu)].map(([, kind]) => kind);
    expect(charts).toEqual(['flowchart', 'gantt']);
  });
});

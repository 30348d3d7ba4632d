import Ajv2020 from 'ajv/dist/2020';
import { terraformTemplate } from '../../lib/contracts/terraform-template';
import schema from '../../lib/report/data/report.schema.json';
import { RunReport } from '../../lib/report/run-report';
import { FORMATS, WRITERS } from '../../lib/report/writers';
import { EvaluationReview, ReleaseReview, TrafficReview } from '../../lib/review/change-report';
import { plannedResources, reported } from '../review/planned';
import { apps, orchestrator, release, router } from '../rules/release-stack';
import { azureCommands, githubCommands } from './log-readers';
import { RELEASE, ROUTER } from './sample-parts';
import { HOSTILE_TEXTS, sampleChanges, sampleReport } from './sample-reports';

const { text, markdown, html, json } = WRITERS;
const REFERENCE = 'https://evaluations.contoso.com/run/42';
const OWNER = 'assistant-0dd5ee1f0042';

function ofTraffic(review: Partial<TrafficReview>): RunReport {
  return sampleReport({ changes: sampleChanges({ traffic: [{ ...ROUTER, ...review }], upcoming: [] }) });
}

function ofRow(evaluation: EvaluationReview | undefined, kind: TrafficReview['kind'] = 'router'): RunReport {
  return ofTraffic({
    kind,
    rows: [{ target: 'canary', models: [], before: 0, after: 0.1, marks: ['new'], evaluation }],
  });
}

function ofRelease(review: Partial<ReleaseReview>): RunReport {
  return sampleReport({
    changes: sampleChanges({ releases: [{ ...RELEASE, models: [], ...review }], upcoming: [] }),
  });
}

function lineWith(word: string, written: string): string | undefined {
  return written.split('\n').find((line) => line.includes(word));
}

/** Of the reports themselves. */
const OWN_COMMANDS: readonly string[] = ['notice', 'task.complete'];

const NOTHING = { changed: 0, retiring: 0, unevaluated: 0, evaluationUnknown: 0 };

describe('the sentence about a router', () => {
  test.each<[number, Partial<TrafficReview['landing']>, string]>([
    [0, {}, 'no traffic moves'],
    [0.1, { unevaluated: 0.05 }, '10 % of the traffic moves; 5 % lands on what has no evaluation evidence of its own'],
    [
      0.05,
      { changed: 0.05, unevaluated: 0.05 },
      '5 % of the traffic moves; 5 % lands on what changes, 5 % on what has no evaluation evidence of its own',
    ],
    [
      0,
      { retiring: 0.9, unevaluated: 1 },
      'no traffic moves; 90 % lands on retiring models, 100 % on what has no evaluation evidence of its own',
    ],
    [0, { evaluationUnknown: 1 }, 'no traffic moves; evaluation evidence cannot be told'],
    [0, { evaluationUnknown: 0.05 }, 'no traffic moves; of 5 % evaluation evidence cannot be told'],
    [
      0.2,
      { unevaluated: 0.75, evaluationUnknown: 0.25 },
      '20 % of the traffic moves; 75 % lands on what has no evaluation evidence of its own; of 25 % evaluation evidence cannot be told',
    ],
  ])('moved %d, landing %j', (moved, landing, expected) => {
    const report = ofTraffic({ moved, landing: { ...NOTHING, ...landing } });
    expect(text(report, {})).toContain(`  assistant (router): ${expected}\n`);
    expect(markdown(report, {})).toContain(`\`assistant\` (router): ${expected}\n`);
    expect(html(report, {})).toContain(`<p>router: ${expected}</p>`);
  });
});

describe('the marks of a row', () => {
  const badge = (tone: string, mark: string) => `<span class="badge ${tone}">${mark}</span>`;

  test.each<[string, EvaluationReview | undefined, TrafficReview['kind'], string, string]>([
    ['nothing that would be evaluated', undefined, 'router', '', ''],
    ['evidence', { evidence: 'named', reference: REFERENCE }, 'router', '', ''],
    [
      'evidence that is new',
      { evidence: 'named', evidenceBefore: 'none', reference: REFERENCE },
      'router',
      'evidence added',
      'plain',
    ],
    ['no evidence', { evidence: 'none' }, 'router', 'no evidence', 'look'],
    ['no evidence any more', { evidence: 'none', evidenceBefore: 'named' }, 'router', 'evidence removed', 'look'],
    [
      'no evidence, and no telling before',
      { evidence: 'none', evidenceBefore: 'unknown' },
      'router',
      'no evidence',
      'look',
    ],
    [
      'that of another release',
      { evidence: 'of-another-release', reference: REFERENCE, owner: OWNER },
      'router',
      'evidence of another release',
      'look',
    ],
    ['what cannot be told', { evidence: 'unknown' }, 'router', 'evidence unknown', 'look'],
    ['what cannot be told of revisions', { evidence: 'unknown' }, 'revisions', 'evidence unknown', 'look'],
    ['what cannot be told of a route, which its sentence says', { evidence: 'unknown' }, 'route', '', ''],
    ['no evidence of those that call a route', { evidence: 'none' }, 'route', 'no evidence', 'look'],
  ])('%s', (_what, evaluation, kind, mark, tone) => {
    const report = ofRow(evaluation, kind);
    const more = mark === '' ? '' : `, ${mark}`;
    expect(lineWith('canary', text(report, {}))).toMatch(new RegExp(`  new${more}$`));
    expect(markdown(report, {})).toContain(`| \`canary\` |  | 0 % | 10 % | new${more} |`);
    const badges = [...html(report, {}).matchAll(/<span class="badge [^"]*">[^<]*<\/span>/g)].map(([found]) => found);
    expect(badges).toEqual([badge('plain', 'new'), ...(mark === '' ? [] : [badge(tone, mark)])]);
  });

  test('stand in the drawing as well', () => {
    expect(markdown(ofRow({ evidence: 'none' }), {})).toContain('t0_0["canary<br/>new, no evidence"]');
  });
});

describe('the entry of a release', () => {
  test.each<[EvaluationReview, string, string]>([
    [
      { evidence: 'named', reference: REFERENCE },
      `evaluation evidence: ${REFERENCE}`,
      `evaluation evidence: \`${REFERENCE}\``,
    ],
    [{ evidence: 'none' }, 'names no evaluation evidence', 'names no evaluation evidence'],
    [{ evidence: 'unknown' }, 'evaluation evidence cannot be told', 'evaluation evidence cannot be told'],
    [
      { evidence: 'of-another-release', reference: REFERENCE, owner: OWNER },
      `evaluation evidence of release ${OWNER}: ${REFERENCE}`,
      `evaluation evidence of release \`${OWNER}\`: \`${REFERENCE}\``,
    ],
    [
      { evidence: 'of-another-release', reference: REFERENCE, owner: RELEASE.label },
      `evaluation evidence from before it changed: ${REFERENCE}`,
      `evaluation evidence from before it changed: \`${REFERENCE}\``,
    ],
  ])('%j', (evaluation, plain, marked) => {
    const report = ofRelease({ evaluation });
    expect(text(report, {})).toContain(`\n    ${plain}\n`);
    expect(markdown(report, {})).toContain(`\n  - ${marked}\n`);
    expect(html(report, {})).toContain(`<p>${marked.replace(/`([^`]*)`/g, '<code>$1</code>')}</p>`);
  });

  test('says nothing of evidence where the release is removed', () => {
    const report = ofRelease({ outcome: 'removed', evaluation: undefined });
    expect([text(report, {}), markdown(report, {}), html(report, {})].join('')).not.toContain('evidence');
  });
});

describe('the verdict, wherever it stands', () => {
  test.each(['text', 'markdown', 'html', 'json', 'junit', 'github', 'azure-devops'] as const)('%s', (format) => {
    const written = WRITERS[format](ofRow({ evidence: 'none' }), {});
    // GitHub takes the escape back.
    expect(written.replaceAll('%25', '%')).toContain('10 % of traffic moves to what has no evaluation evidence');
  });
});

describe('a tag of a real release that means harm', () => {
  const stable = release();
  const canary = release({ text: 'Another text.' });
  const rows = [
    { label: stable.label, row: 'stable|0|9500', to: 'one' },
    { label: canary.label, row: 'canary|9500|10000', to: 'two' },
  ];
  const reportOn = (tag: string): RunReport => {
    const app = (of: typeof stable) => orchestrator(of, {}, { tags: { 'release-evidence': terraformTemplate(tag) } });
    const changes = reported(
      plannedResources(
        [apps({ one: app(stable) }), router([{ ...rows[0]!, row: 'stable|0|10000' }])],
        [apps({ one: app(stable), two: app(canary) }), router(rows)],
      ),
    );
    return sampleReport({ inputs: ['a.json'], changes });
  };
  const isValid = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);

  const TAGS: Readonly<Record<string, string>> = {
    ...HOSTILE_TEXTS,
    'encoded line break': '%0A::error::injected',
    'ten thousand characters': `${REFERENCE}/${'x'.repeat(10_000)}`,
    'ten thousand escapes': '\u001b[2J'.repeat(2_500),
  };

  test.each(Object.entries(TAGS).filter(([, tag]) => tag.trim() !== ''))('%s', (_name, tag) => {
    const report = reportOn(tag);
    const document = JSON.parse(json(report, {}));
    expect(isValid(document)).toBe(true);
    expect(document.traffic[0].rows[1].evaluation).toMatchObject({
      evidence: 'of-another-release',
      owner: stable.label,
    });
    for (const format of FORMATS) {
      const written = WRITERS[format](report, {});
      expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202e]/u);
      const commands = [...githubCommands(written), ...azureCommands(written)].map(({ name }) => name);
      expect(commands.filter((name) => !OWN_COMMANDS.includes(name))).toEqual([]);
    }
    expect(html(report, {})).not.toMatch(/<script|<img|href="/iu);
    // Of a tag so long a reader sees the beginning; programs get all of it.
    const longest = Math.max(
      ...text(report, {})
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThan(tag.length > 5_000 ? 3_500 : 1_500);
  });

  test('the whole of a long one is in the JSON report alone', () => {
    const tag = TAGS['ten thousand characters']!;
    const holding = FORMATS.filter((format) => WRITERS[format](reportOn(tag), {}).includes(tag));
    expect(holding).toEqual(['json']);
  });
});

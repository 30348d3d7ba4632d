import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXAMPLES, PLAN_CASES } from './support/plan-cases';
import { Review, reviewsOf } from './support/review-command';

const REFRESH = process.env.UPDATE_EXAMPLES === 'true';
const DOCUMENT = resolve(__dirname, '../../docs/plan-review.md');

let reviews: ReadonlyMap<string, Review>;

beforeAll(() => {
  reviews = reviewsOf(PLAN_CASES);
}, 60_000);

const reviewOf = (name: string): Review => reviews.get(name)!;

/** `outcome address`, for each deployment that the report lists. */
const outcomes = ({ json }: Review) => json.changes.map(({ action, address }) => `${action} ${address}`);

/** `severity rule address`, in the report's order, `?` where the plan leaves it open. */
const findings = ({ json }: Review) =>
  json.findings.map(
    ({ severity, status, rule, resource }) =>
      `${severity}${status === 'unknown' ? '?' : ''} ${rule} ${resource.address}`,
  );

const CHAT = 'azurerm_cognitive_deployment.chat';
const SUMMARIES = 'azurerm_cognitive_deployment.summaries';
const OURS = 'azurerm_cognitive_deployment.account_';
const OLD = `${OURS}gpt-4o2024-08-06_2CCED0C3`;
const NEWER = `${OURS}gpt-4o2024-11-20_5CA317E9`;
const AZAPI = (key: string) => `module.openai.azapi_resource.deployment["${key}"]`;

interface Expected {
  readonly exitCode: number;
  readonly verdict: string;
  readonly outcomes: readonly string[];
  readonly findings: readonly string[];
}

const EXPECTED: Readonly<Record<string, Expected>> = {
  clean: { exitCode: 0, verdict: 'GO', outcomes: [], findings: [] },
  'minor-version': {
    exitCode: 0,
    verdict: 'LOOK',
    outcomes: [`created ${NEWER}`],
    findings: [`warning model-deprecated ${OLD}`],
  },
  'minor-version-same-prompt': {
    exitCode: 0,
    verdict: 'LOOK',
    outcomes: [`created ${NEWER}`],
    findings: [`warning model-deprecated ${OLD}`],
  },
  'model-change': {
    exitCode: 0,
    verdict: 'LOOK',
    outcomes: [`replaced ${OURS}extraction_27E70B28`],
    findings: [`warning model-deprecated ${OLD}`],
  },
  'destroyed-while-live': {
    exitCode: 1,
    verdict: 'STOP',
    outcomes: [`destroyed ${OLD}`],
    findings: [
      `error destroyed-while-live ${OLD}`,
      'error destroyed-while-live azurerm_container_app.chat-eaebd2413c99',
      'warning traffic-jumps azurerm_api_management_api_policy.router_Policy_D83E6EA7',
    ],
  },
  'another-salt': {
    exitCode: 0,
    verdict: 'LOOK',
    outcomes: [],
    findings: ['warning traffic-jumps azurerm_api_management_api_policy.router_Policy_D83E6EA7'],
  },
  'kill-switch-on': { exitCode: 0, verdict: 'LOOK', outcomes: [], findings: [] },
  'auto-upgrade-drift': {
    exitCode: 1,
    verdict: 'STOP',
    outcomes: [`changed-in-place ${CHAT}`, `replaced ${SUMMARIES}`],
    findings: [
      `error model-auto-upgrade ${CHAT}`,
      `error model-drifted ${CHAT}`,
      `error model-auto-upgrade ${SUMMARIES}`,
      `error model-drifted ${SUMMARIES}`,
      `error model-retired ${SUMMARIES}`,
      `warning model-deprecated ${CHAT}`,
      `warning? destroyed-while-live ${SUMMARIES}`,
    ],
  },
  'azapi-module': {
    exitCode: 1,
    verdict: 'STOP',
    outcomes: [`changed-in-place ${AZAPI('summaries')}`, `recreated ${AZAPI('chat-gpt-5.1')}`],
    findings: [
      `error apply-will-fail ${AZAPI('chat-gpt-5.1')}`,
      `error model-auto-upgrade ${AZAPI('chat-gpt-5.1')}`,
      `error model-auto-upgrade ${AZAPI('summaries')}`,
      `error model-changed-in-place ${AZAPI('summaries')}`,
      `warning? destroyed-while-live ${AZAPI('chat')}`,
    ],
  },
  unknowns: {
    exitCode: 0,
    verdict: 'LOOK',
    outcomes: [`created ${CHAT}`, `created ${SUMMARIES}`],
    findings: [`warning? model-unresolved ${SUMMARIES}`],
  },
  retired: {
    exitCode: 1,
    verdict: 'STOP',
    outcomes: [CHAT, 'azurerm_cognitive_deployment.review', SUMMARIES].map((address) => `created ${address}`),
    findings: [
      `error model-auto-upgrade ${CHAT}`,
      `error model-retired ${CHAT}`,
      'error model-retired azurerm_cognitive_deployment.review',
      `error model-retired ${SUMMARIES}`,
    ],
  },
  waived: {
    exitCode: 0,
    verdict: 'GO',
    outcomes: [`kept ${CHAT}`],
    findings: ['error model-retired azurerm_cognitive_deployment.extraction'],
  },
  targeted: {
    exitCode: 0,
    verdict: 'LOOK',
    outcomes: [`kept ${CHAT}`],
    findings: [`warning model-retiring ${SUMMARIES}`, 'warning plan-incomplete plan'],
  },
  moved: {
    exitCode: 0,
    verdict: 'GO',
    outcomes: ['moved module.chat.azurerm_cognitive_deployment.this'],
    findings: [],
  },
  imported: { exitCode: 0, verdict: 'LOOK', outcomes: [`imported ${CHAT}`], findings: [] },
  'two-stacks': {
    exitCode: 0,
    verdict: 'LOOK',
    outcomes: [`created ${CHAT}`, 'created azurerm_cognitive_deployment.embeddings'],
    findings: ['warning parallel-writers azurerm_cognitive_deployment.embeddings'],
  },
};

describe('the review of each kept plan', () => {
  test('there is an expectation for every case', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(PLAN_CASES.map(({ name }) => name).sort());
  });

  test.each(PLAN_CASES)(
    '$name ends with the verdict, outcomes, findings and exit code that it is about',
    ({ name }) => {
      const review = reviewOf(name);
      expect({
        exitCode: review.exitCode,
        verdict: review.text.split(/\s/, 1)[0],
        outcomes: outcomes(review),
        findings: findings(review),
      }).toEqual(EXPECTED[name]);
    },
  );

  test.each(PLAN_CASES)('$name is the transcript that is kept; UPDATE_EXAMPLES=true writes it anew', ({ name }) => {
    const { text, markdown } = reviewOf(name);
    const kept = { 'review.txt': text, 'review.md': markdown };
    for (const [file, written] of Object.entries(kept)) {
      const path = join(EXAMPLES, name, file);
      if (REFRESH) {
        writeFileSync(path, written);
      }
      expect(written).toBe(readFileSync(path, 'utf8'));
    }
  });
});

describe('what other tools miss', () => {
  test.each([
    [CHAT, 'gpt-4o', '2024-05-13', 'Standard', 'retired on 2026-03-31, 235 days ago'],
    [SUMMARIES, 'gpt-35-turbo', '0613', 'Standard', 'retired on 2025-02-13, 646 days ago'],
    ['azurerm_cognitive_deployment.review', 'gpt-4', '0613', 'Standard', 'retired on 2025-06-06, 533 days ago'],
  ])(
    '%s: %s@%s on %s is found at its address, with the date that Azure gives',
    (address, name, version, sku, message) => {
      const found = reviewOf('retired').json.findings.filter(
        ({ rule, resource }) => rule === 'model-retired' && resource.address === address,
      );
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ severity: 'error', model: { name, version, sku } });
      expect(found[0]!.message).toContain(`${name}@${version} on ${sku} ${message}`);
    },
  );

  test('the first of them also upgrades itself', () => {
    const found = reviewOf('retired').json.findings.filter(({ rule }) => rule === 'model-auto-upgrade');
    expect(found.map(({ resource }) => [resource.address, resource.path])).toEqual([[CHAT, 'version_upgrade_option']]);
  });
});

describe('what belongs together in a plan', () => {
  const breadths = (name: string) =>
    Object.fromEntries(reviewOf(name).json.changes[0]!.breadths!.map((each) => [each.breadth, each.evidence]));
  const common = {
    model: 'changed',
    modelConfig: 'unchanged',
    orchestrationLogic: 'unchanged',
    groundingData: 'not-visible',
  };

  test.each([
    ['minor-version', 'changed'],
    ['minor-version-same-prompt', 'unchanged'],
  ])('%s: the prompt is %s, by the texts of the two releases', (name, prompt) => {
    expect(breadths(name)).toEqual({ ...common, prompt });
  });

  test.each([
    ['minor-version', 'minor-version', 'voluntary'],
    ['model-change', 'generation', 'required'],
  ])('%s is a %s and %s', (name, scope, driver) => {
    expect(reviewOf(name).json.changes[0]).toMatchObject({ scope, driver });
  });

  test.each([
    ['minor-version', 0.05, [1, undefined], [0.95, 0.05]],
    ['model-change', 0.2, [0.95, 0.05], [0.75, 0.25]],
    ['destroyed-while-live', 0.95, [0.05, 0.95], [1, 0]],
    ['another-salt', 0.375, [0.75, 0.25], [0.75, 0.25]],
    ['kill-switch-on', 0.25, [0.75, 0.25], [1, 0]],
  ])('%s moves %f of the traffic', (name, moved, before, after) => {
    const [router] = reviewOf(name).json.traffic;
    expect(router!.moved).toBeCloseTo(moved);
    expect(router!.rows.map((row) => row.before)).toEqual(before);
    expect(router!.rows.map((row) => row.after)).toEqual(after);
  });
});

describe('users who change release while the rows stay', () => {
  const router = (name: string) => reviewOf(name).json.traffic[0]!;

  test.each([
    ['another-salt', true, undefined],
    ['kill-switch-on', undefined, { before: 'off', after: 'on' }],
    ['destroyed-while-live', undefined, undefined],
  ])('%s: dealt anew is %s, the kill switch is %j', (name, isDealtAnew, killSwitch) => {
    expect(router(name).isDealtAnew).toBe(isDealtAnew);
    expect(router(name).killSwitch).toEqual(killSwitch);
  });
});

describe('what a waiver accepts', () => {
  test('stands in the report with its owner, its last day and its reason, and does not fail', () => {
    const { text, json } = reviewOf('waived');
    const reason = 'nothing calls it since 2026-11-18; the next change removes it';
    expect(json.findings.map(({ waived }) => waived)).toEqual([
      { reason, owner: 'team-assistants', expires: '2026-12-01' },
    ]);
    expect(text).toContain('\n\nWaived\nwaived model-retired: azurerm_cognitive_deployment.extraction\n');
    expect(text).toContain(`\n  waived until 2026-12-01 by team-assistants: ${reason}\n`);
    expect(text).toContain('\n0 errors, 0 warnings, 0 notes, 1 waived in 1 plan, ');
  });

  test('is the only finding of its case that is waived', () => {
    const waivedIn = PLAN_CASES.filter(({ name }) => reviewOf(name).json.findings.some(({ waived }) => waived));
    expect(waivedIn.map(({ name }) => name)).toEqual(['waived']);
  });
});

describe('what a plan marks as sensitive', () => {
  /** What the stand-in gives for the keys of a workspace for logs. */
  const KEYS = ['computed-primary-shared-key', 'computed-secondary-shared-key'];
  const plan = readFileSync(join(EXAMPLES, 'minor-version/plan.json'), 'utf8');

  test.each(KEYS)('%s stands in the plan and in no report', (key) => {
    const { text, markdown, json } = reviewOf('minor-version');
    expect(plan).toContain(key);
    expect([text, markdown, JSON.stringify(json)].filter((report) => report.includes(key))).toEqual([]);
  });
});

describe('the document', () => {
  const TRANSCRIPT = /(<!-- transcript: (\S+) -->\n```text\n)(?:[^`]*\n)?(```\n)/g;

  test('shows transcripts as they are; UPDATE_EXAMPLES=true writes them anew', () => {
    const document = readFileSync(DOCUMENT, 'utf8');
    const current = document.replace(TRANSCRIPT, (_, start: string, name: string, end: string) =>
      [start, reviewOf(name).text.trimEnd(), '\n', end].join(''),
    );
    if (REFRESH) {
      writeFileSync(DOCUMENT, current);
    }
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(current);
  });

  test('shows those that matter', () => {
    const shown = [...readFileSync(DOCUMENT, 'utf8').matchAll(TRANSCRIPT)].map(([, , name]) => name);
    expect(shown).toEqual([
      'clean',
      'minor-version',
      'minor-version-same-prompt',
      'model-change',
      'auto-upgrade-drift',
      'azapi-module',
      'unknowns',
    ]);
  });
});

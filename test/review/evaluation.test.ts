import { ORCHESTRATOR_TAGS } from '../../lib/contracts/orchestrator-tags';
import { EvaluationReview, TrafficReview } from '../../lib/review/change-report';
import { verdictOf } from '../../lib/review/verdict';
import { member, route, tableOf } from '../gateway/support/routes';
import { accounts, generated, Resources, SERVICE } from '../rules/gateway-stack';
import {
  apps,
  containerApp,
  orchestrator,
  Release,
  release,
  releaseVariables,
  router,
  RowGiven,
  throughGateway,
} from '../rules/release-stack';
import { plannedResources, reported } from './planned';

const KEY = 'gpt-7-chat@2025-01-01';
const MODELS = accounts({ eu: { chat: KEY } });

const one = release({ models: { chat: KEY } });
const two = release({ models: { chat: KEY }, text: 'You help customers.' });
const three = release({ models: { chat: KEY }, text: 'You help.' });

const UNREAD = '${var.evidence}';

/** The app of a release with a tag; `undefined` sets none. */
function app(of: Release, evidence?: string, more: object = {}) {
  const tags = { release: of.label, ...(evidence !== undefined && { [ORCHESTRATOR_TAGS.evidence]: evidence }) };
  return orchestrator(of, {}, { tags, ...more });
}

const row = ({ label }: Release, text: string, to: string): RowGiven => ({ label, row: text, to });
const whole = row(one, 'stable|0|10000', 'one');
const split = (percent: number) => [
  row(one, `stable|0|${10_000 - 100 * percent}`, 'one'),
  row(two, `canary|${10_000 - 100 * percent}|10000`, 'two'),
];

function report(before: readonly Resources[], after: readonly Resources[]) {
  return reported(plannedResources([MODELS, ...before], [MODELS, ...after]));
}

function evaluations({ rows }: TrafficReview): readonly (EvaluationReview | undefined)[] {
  return rows.map(({ evaluation }) => evaluation);
}

function sentence(changes: ReturnType<typeof report>): string {
  return verdictOf({ findings: [], failOn: 'error', changes }).sentence;
}

describe('the share that lands on what names no evidence', () => {
  test.each<
    [string, string | undefined, string | undefined, number, { readonly unevaluated: number; readonly unknown: number }]
  >([
    ['both name evidence of their own', 'run 1', 'run 2', 5, { unevaluated: 0, unknown: 0 }],
    ['the canary names none', 'run 1', undefined, 5, { unevaluated: 0.05, unknown: 0 }],
    ['the canary has an empty tag', 'run 1', ' ', 25, { unevaluated: 0.25, unknown: 0 }],
    ['the canary has that of the stable one', 'run 1', 'run 1', 5, { unevaluated: 0.05, unknown: 0 }],
    ['the canary has that of the stable one and a space', 'run 1', 'run 1 ', 5, { unevaluated: 0.05, unknown: 0 }],
    ['the stable one names none', undefined, 'run 2', 5, { unevaluated: 0.95, unknown: 0 }],
    ['none of them names any', undefined, undefined, 5, { unevaluated: 1, unknown: 0 }],
    ['it cannot be told of the canary', 'run 1', UNREAD, 5, { unevaluated: 0, unknown: 0.05 }],
    ['it cannot be told of the stable one', UNREAD, undefined, 5, { unevaluated: 0.05, unknown: 0.95 }],
    ['it cannot be told of both', UNREAD, UNREAD, 5, { unevaluated: 0, unknown: 1 }],
    ['the canary with none is at 0 %', 'run 1', undefined, 0, { unevaluated: 0, unknown: 0 }],
  ])('where %s', (_what, stable, canary, percent, { unevaluated, unknown }) => {
    const [review] = report(
      [apps({ one: app(one, stable) }), router([whole])],
      [apps({ one: app(one, stable), two: app(two, canary) }), router(split(percent))],
    ).traffic;
    expect(review!.landing).toMatchObject({ unevaluated, evaluationUnknown: unknown });
  });

  test('counts a release that no input declares as one that cannot be told', () => {
    const [review] = report(
      [apps({ one: app(one, 'run 1') }), router([whole])],
      [apps({ one: app(one, 'run 1') }), router([split(5)[0]!, row(two, 'canary|9500|10000', 'https://elsewhere')])],
    ).traffic;
    expect(evaluations(review!)).toEqual([{ evidence: 'named', reference: 'run 1' }, { evidence: 'unknown' }]);
    expect(review!.landing).toMatchObject({ unevaluated: 0, evaluationUnknown: 0.05 });
  });

  test('says nothing of rows that end', () => {
    const [review] = report(
      [apps({ one: app(one, 'run 1'), two: app(two) }), router(split(5))],
      [apps({ one: app(one, 'run 1') }), router([whole])],
    ).traffic;
    expect(evaluations(review!)).toEqual([{ evidence: 'named', reference: 'run 1' }, undefined]);
    expect(review!.landing).toMatchObject({ unevaluated: 0, evaluationUnknown: 0 });
  });

  test('says nothing of a label that is retired', () => {
    const [review] = report(
      [apps({ one: app(one, 'run 1'), two: app(two, 'run 2') }), router(split(5))],
      [apps({ one: app(one, 'run 1') }), router([whole, { label: two.label, row: 'retired|10000|10000' }])],
    ).traffic;
    expect(evaluations(review!)).toEqual([{ evidence: 'named', reference: 'run 1' }, undefined]);
  });
});

describe('a tag that changes under a release that stays', () => {
  test.each<[string, string | undefined, string | undefined, EvaluationReview | undefined, string]>([
    ['none, then some', undefined, 'run 2', { evidence: 'named', evidenceBefore: 'none', reference: 'run 2' }, ''],
    [
      'some, then none',
      'run 2',
      undefined,
      { evidence: 'none', evidenceBefore: 'named' },
      '5 % of traffic goes to what changes without evaluation evidence',
    ],
    ['some, then what cannot be told', 'run 2', UNREAD, { evidence: 'unknown', evidenceBefore: 'named' }, ''],
    ['what cannot be told, then none', UNREAD, undefined, { evidence: 'none', evidenceBefore: 'unknown' }, ''],
    ['others', 'run 2', 'run 3', undefined, ''],
    ['the same', 'run 2', 'run 2', undefined, ''],
    ['none, twice', undefined, undefined, undefined, ''],
  ])('%s', (_what, before, after, expected, news) => {
    const stack = (tag: string | undefined) => [apps({ one: app(one, 'run 1'), two: app(two, tag) }), router(split(5))];
    const changes = report(stack(before), stack(after));
    const canary = changes.traffic.flatMap(evaluations)[1];
    expect(canary).toEqual(expected);
    expect(sentence(changes)).toBe(news || 'nothing about models changes, and nothing is wrong');
  });
});

describe('the evidence of another release', () => {
  const copied = (owner: Release, reference = 'run 1'): EvaluationReview => ({
    evidence: 'of-another-release',
    reference,
    owner: owner.label,
  });
  const named = (reference = 'run 1'): EvaluationReview => ({ evidence: 'named', reference });
  const both = apps({ one: app(one, 'run 1'), two: app(two, 'run 1') });

  test('is told of a new release, in its own entry and in the traffic', () => {
    const { releases, traffic } = report([apps({ one: app(one, 'run 1') }), router([whole])], [both, router(split(5))]);
    expect(releases.map(({ evaluation }) => evaluation)).toEqual([copied(one)]);
    expect(evaluations(traffic[0]!)).toEqual([named(), copied(one)]);
  });

  test('is told of a new release that no router knows yet', () => {
    const { releases } = report([apps({ one: app(one, 'run 1') })], [both]);
    expect(releases).toMatchObject([{ label: two.label, evaluation: copied(one) }]);
  });

  test('is told at each step of the ramp, and of the copy when that is stable', () => {
    const [step] = report([both, router(split(5))], [both, router(split(25))]).traffic;
    expect(evaluations(step!)).toEqual([named(), copied(one)]);
    const promoted = [row(two, 'stable|0|10000', 'two'), row(one, 'draining|10000|10000', 'one')];
    const [promotion] = report([both, router(split(25))], [both, router(promoted)]).traffic;
    expect(evaluations(promotion!)).toEqual([copied(one), named()]);
    const [end] = report([both, router(promoted)], [both, router(promoted.slice(0, 1))]).traffic;
    expect(evaluations(end!)).toEqual([copied(one), undefined]);
  });

  test.each<[string, string, boolean]>([
    ['HTTPS://Evals.example.com/Run', 'https://evals.example.com/Run', true],
    ['https://evals.example.com/Run/', 'https://evals.example.com/Run', true],
    [' https://evals.example.com', 'https://EVALS.example.com/ ', true],
    ['https://evals.example.com/run', 'https://evals.example.com/Run', false],
    ['https://evals.example.com/?run=1', 'https://evals.example.com/?run=2', false],
    ['Run 1', 'run 1', false],
    ['https://', 'https://evals.example.com', false],
  ])("is told by the place that it leads to: '%s' and '%s': %s", (copy, original, isCopied) => {
    const { releases } = report(
      [apps({ one: app(one, original) }), router([whole])],
      [apps({ one: app(one, original), two: app(two, copy) }), router(split(5))],
    );
    expect(releases.map(({ evaluation }) => evaluation)).toEqual([isCopied ? copied(one, copy) : named(copy)]);
  });

  test('is told of a release that stood without users and gets some', () => {
    const [review] = report([both, router([whole])], [both, router(split(5))]).traffic;
    expect(evaluations(review!)).toEqual([named(), copied(one)]);
  });

  test('is not told of the older release when the copy goes', () => {
    const { traffic } = report([both, router(split(5))], [apps({ one: app(one, 'run 1') }), router([whole])]);
    expect(evaluations(traffic[0]!)).toEqual([named(), undefined]);
  });

  test('is told of a release that is edited under its label and keeps its tag', () => {
    const edited = app({ ...one, text: two.text }, 'run 1');
    const { releases } = report([apps({ one: app(one, 'run 1') })], [apps({ one: edited })]);
    expect(releases).toMatchObject([{ outcome: 'edited', evaluation: copied(one) }]);
  });

  test('is told of another release in the same app', () => {
    const renamed = release({ name: 'other', models: { chat: KEY } });
    const { releases, traffic } = report([apps({ a: app(one, 'run 1') })], [apps({ a: app(renamed, 'run 1') })]);
    expect(releases.find(({ outcome }) => outcome === 'added')!.evaluation).toEqual(copied(one));
    expect(traffic).toMatchObject([{ kind: 'revisions', landing: { unevaluated: 1, evaluationUnknown: 0 } }]);
  });

  test('is not told of one release that stands twice', () => {
    const twice = apps({ one: app(one, 'run 1'), again: app(one, 'run 1') });
    expect(report([apps({ one: app(one, 'run 1') })], [twice]).releases).toEqual([]);
  });

  test('is not told of two releases that come together', () => {
    const { releases } = report([], [both]);
    expect(releases.map(({ evaluation }) => evaluation)).toEqual([named(), named()]);
  });

  test('is that of the oldest of three', () => {
    const rows = [...split(5), row(three, 'candidate|10000|10000', 'three')];
    const all = { ...both.azurerm_container_app, three: app(three, 'run 1') };
    const { releases } = report([both, router(split(5))], [apps(all), router(rows)]);
    expect(releases).toMatchObject([{ label: three.label, evaluation: copied(one) }]);
  });
});

describe('releases in the report', () => {
  test('of a release that is removed nothing is said', () => {
    const { releases } = report([apps({ one: app(one, 'run 1') })], []);
    expect(releases.map((review) => [review.outcome, 'evaluation' in review])).toEqual([['removed', false]]);
  });

  test.each<[string, string | undefined, EvaluationReview]>([
    ['named', 'run 1', { evidence: 'named', reference: 'run 1' }],
    ['none', undefined, { evidence: 'none' }],
    ['unknown', UNREAD, { evidence: 'unknown' }],
  ])('evidence of an added one: %s', (_state, tag, expected) => {
    expect(report([], [apps({ one: app(one, tag) })]).releases).toMatchObject([{ evaluation: expected }]);
  });
});

describe('routes of a gateway', () => {
  const gateway = (...deployments: readonly string[]): Resources => ({
    ...generated(
      tableOf([
        route(
          KEY,
          deployments.map((deployment) => member('eu', deployment)),
        ),
      ]),
    ),
    azurerm_api_management_api: {
      v1: { api_management_name: SERVICE, name: 'models-v1', path: 'openai/v1' },
      dated: { api_management_name: SERVICE, name: 'models', path: 'openai' },
    },
  });
  const caller = (of: Release, evidence?: string) =>
    containerApp(
      { ...releaseVariables(of), ...throughGateway(of) },
      { name: of.label, ...(evidence !== undefined && { tags: { [ORCHESTRATOR_TAGS.evidence]: evidence } }) },
    );
  const landing = (callers: Resources) => {
    const reviews = report([gateway('chat'), callers], [gateway('chat', 'next'), callers]).traffic;
    expect(reviews.map(({ kind, name }) => [kind, name])).toEqual([['route', KEY]]);
    const { unevaluated, evaluationUnknown } = reviews[0]!.landing;
    return { unevaluated, evaluationUnknown };
  };

  test.each<[string, Resources, { unevaluated: number; evaluationUnknown: number }]>([
    ['without any release cannot be told', {}, { unevaluated: 0, evaluationUnknown: 1 }],
    [
      'are evaluated where all releases that call them are',
      apps({ one: caller(one, 'run 1'), two: caller(two, 'run 2') }),
      { unevaluated: 0, evaluationUnknown: 0 },
    ],
    [
      'are not where none of the releases is',
      apps({ one: caller(one), two: caller(two) }),
      { unevaluated: 1, evaluationUnknown: 0 },
    ],
    [
      'cannot be told where some releases are',
      apps({ one: caller(one, 'run 1'), two: caller(two) }),
      { unevaluated: 0, evaluationUnknown: 1 },
    ],
    [
      'have nothing to do with a release that calls a deployment itself',
      apps({ one: app(one, 'run 1') }),
      { unevaluated: 0, evaluationUnknown: 1 },
    ],
  ])('%s', (_what, callers, expected) => {
    expect(landing(callers)).toEqual(expected);
  });
});

describe('revisions', () => {
  const weights = (latest: number) => ({
    revision_mode: 'Multiple',
    ingress: {
      target_port: 1,
      traffic_weight: [
        { latest_revision: true, percentage: latest },
        { revision_suffix: 'v1', percentage: 100 - latest },
      ],
    },
  });

  test('the latest one is the release, of others the plan tells nothing', () => {
    const [review] = report(
      [apps({ a: app(one, 'run 1', weights(0)) })],
      [apps({ a: app(one, 'run 1', weights(30)) })],
    ).traffic;
    expect(evaluations(review!)).toEqual([{ evidence: 'named', reference: 'run 1' }, { evidence: 'unknown' }]);
    expect(review!.landing).toMatchObject({ unevaluated: 0, evaluationUnknown: 0.7 });
  });

  test('an app that runs no release has nothing that would be evaluated', () => {
    const [review] = report(
      [apps({ a: containerApp({}, weights(0)) })],
      [apps({ a: containerApp({}, weights(30)) })],
    ).traffic;
    expect(evaluations(review!)).toEqual([undefined, undefined]);
    expect(review!.landing).toMatchObject({ unevaluated: 0, evaluationUnknown: 0 });
  });
});

describe('the verdict', () => {
  const from = (stable: string | undefined, canary: string | undefined, percents: readonly [number, number]) =>
    percents.map((percent) => [
      apps({ one: app(one, stable), two: app(two, canary) }),
      router(split(percent)),
    ]) as unknown as [readonly Resources[], readonly Resources[]];

  test.each<[string, string | undefined, string | undefined, readonly [number, number], string]>([
    ['all named', 'run 1', 'run 2', [5, 25], '20 % of traffic moves'],
    ['a canary without', 'run 1', undefined, [5, 25], '20 % of traffic moves to what has no evaluation evidence'],
    [
      'a stable release without, to which users go back',
      undefined,
      'run 2',
      [25, 5],
      `20 % of traffic moves to what has no evaluation evidence`,
    ],
    ['a canary without that is left', 'run 1', undefined, [25, 5], '20 % of traffic moves'],
    ['a canary of which it cannot be told', 'run 1', UNREAD, [5, 25], '20 % of traffic moves'],
    ['nothing that moves', undefined, undefined, [5, 5], 'nothing about models changes, and nothing is wrong'],
  ])('%s', (_what, stable, canary, percents, expected) => {
    expect(sentence(report(...from(stable, canary, percents)))).toBe(expected);
  });
});

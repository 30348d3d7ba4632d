import { assert, integer, property, uniqueArray } from 'fast-check';
import { TrafficReview } from '../../lib/review/change-report';
import { usersByLabel, usersElsewhere } from '../../lib/review/traffic-shares';
import { accounts, backends, whenModel, written } from '../rules/gateway-stack';
import { apps, orchestrator, Release, release, router, RowGiven } from '../rules/release-stack';
import { plannedResources, reported } from './planned';

const OLD_KEY = 'gpt-7-chat@2024-01-01';
const NEW_KEY = 'gpt-7-chat@2025-01-01';
const MODELS = accounts({ eu: { chat: OLD_KEY, next: NEW_KEY } });

const old = release({ models: { chat: OLD_KEY } });
const current = release({ models: { chat: NEW_KEY } });
const app = (of: Release, deployment: string) => orchestrator(of, { MODEL_CHAT_DEPLOYMENT: deployment });
const BOTH = apps({ stable: app(old, 'chat'), canary: app(current, 'next') });

const row = ({ label }: Release, text: string, to: string): RowGiven => ({ label, row: text, to });

function trafficOf(...resources: Parameters<typeof plannedResources>): readonly TrafficReview[] {
  return reported(plannedResources(...resources)).traffic;
}

function routed(before: readonly RowGiven[], after: readonly RowGiven[]): readonly TrafficReview[] {
  return trafficOf([MODELS, BOTH, router(before)], [MODELS, BOTH, router(after)]);
}

describe('routers', () => {
  test('a ramp is told row by row', () => {
    const before = [row(old, 'stable|0|9500', 'stable'), row(current, 'canary|9500|10000', 'canary')];
    const after = [row(old, 'stable|0|7500', 'stable'), row(current, 'canary|7500|10000', 'canary')];
    expect(routed(before, after)).toEqual([
      {
        input: 'a.json',
        kind: 'router',
        address: 'azurerm_api_management_api_policy.router',
        name: 'API Management',
        rows: [
          {
            target: old.label,
            stageBefore: 'stable',
            stageAfter: 'stable',
            before: 0.95,
            after: 0.75,
            models: [OLD_KEY],
            marks: ['retiring'],
            evaluation: { evidence: 'none' },
          },
          {
            target: current.label,
            stageBefore: 'canary',
            stageAfter: 'canary',
            before: 0.05,
            after: 0.25,
            models: [NEW_KEY],
            marks: [],
            evaluation: { evidence: 'none' },
          },
        ],
        moved: 0.2,
        landing: { changed: 0, retiring: 0.75, unevaluated: 1, evaluationUnknown: 0 },
      },
    ]);
  });

  test('users count, not shares: two releases that change places move everybody', () => {
    const [review] = routed(
      [row(old, 'stable|0|5000', 'stable'), row(current, 'canary|5000|10000', 'canary')],
      [row(current, 'canary|0|5000', 'canary'), row(old, 'stable|5000|10000', 'stable')],
    );
    expect(review).toMatchObject({
      moved: 1,
      rows: [
        { before: 0.5, after: 0.5 },
        { before: 0.5, after: 0.5 },
      ],
    });
  });

  test('a new release is marked and what lands on it counted', () => {
    const [review] = trafficOf(
      [MODELS, apps({ stable: app(old, 'chat') }), router([row(old, 'stable|0|10000', 'stable')])],
      [MODELS, BOTH, router([row(old, 'stable|0|9000', 'stable'), row(current, 'canary|9000|10000', 'canary')])],
    );
    expect(review!.rows[1]).toEqual({
      target: current.label,
      stageAfter: 'canary',
      after: 0.1,
      models: [NEW_KEY],
      marks: ['new'],
      evaluation: { evidence: 'none' },
    });
    expect(review).toMatchObject({ moved: 0.1, landing: { changed: 0.1, retiring: 0.9 } });
  });

  test('a release whose deployment changes under it is changed', () => {
    const table = router([row(current, 'stable|0|10000', 'canary')]);
    const canary = apps({ canary: app(current, 'next') });
    const [review] = trafficOf(
      [accounts({ eu: { next: OLD_KEY } }), canary, table],
      [accounts({ eu: { next: NEW_KEY } }), canary, table],
    );
    expect(review).toMatchObject({ moved: 0, landing: { changed: 1, retiring: 0 }, rows: [{ marks: ['changed'] }] });
  });

  test('a release that the plan destroys is marked', () => {
    const [review] = trafficOf(
      [MODELS, BOTH, router([row(old, 'stable|0|10000', 'stable'), row(current, 'canary|10000|10000', 'canary')])],
      [MODELS, apps({ canary: app(current, 'next') }), router([row(current, 'stable|0|10000', 'canary')])],
    );
    expect(review!.rows).toEqual([
      expect.objectContaining({
        target: current.label,
        stageBefore: 'canary',
        stageAfter: 'stable',
        before: 0,
        after: 1,
      }),
      { target: old.label, stageBefore: 'stable', before: 1, models: [OLD_KEY], marks: ['destroyed', 'retiring'] },
    ]);
  });

  test('one that does not change and leads to nothing that ends is left out', () => {
    const rows = [row(current, 'stable|0|10000', 'canary')];
    expect(routed(rows, rows)).toEqual([]);
  });

  test('a new router moves nobody, one that goes moves everybody', () => {
    const rows = router([row(current, 'stable|0|10000', 'canary')]);
    expect(trafficOf([MODELS, BOTH], [MODELS, BOTH, rows])).toMatchObject([{ moved: 0, rows: [{ after: 1 }] }]);
    expect(trafficOf([MODELS, BOTH, rows], [MODELS, BOTH])).toMatchObject([{ moved: 1, rows: [{ before: 1 }] }]);
  });

  test('rows that cannot be read are said to be', () => {
    const rows = router([row(current, 'stable|0|10000', 'canary')]);
    const [review] = trafficOf([MODELS, BOTH, rows], [MODELS, BOTH, router([], '${var.rows}')]);
    expect(review).toMatchObject({ moved: 0, landing: { changed: 0, retiring: 0 } });
    expect(review!.unread).toContain('rows');
  });
});

describe('routes of gateways', () => {
  const route = (targets: Readonly<Record<string, number>>) => {
    const pool = Object.entries(targets);
    const more = backends({
      ...Object.fromEntries(
        pool.map(([deployment]) => [deployment, `https://eu.openai.azure.com/openai/deployments/${deployment}`]),
      ),
    });
    return written(
      `<choose>${whenModel(OLD_KEY, `<set-backend-service backend-id="${pool[0]![0]}" />`)}</choose>`,
      more,
    );
  };

  test('a route that goes to another deployment moves all of its calls', () => {
    expect(trafficOf([MODELS, route({ chat: 1 })], [MODELS, route({ next: 1 })])).toEqual([
      {
        input: 'a.json',
        kind: 'route',
        address: 'azurerm_api_management_api_policy.models',
        name: OLD_KEY,
        rows: [
          { target: 'next', after: 1, models: [NEW_KEY], marks: [], evaluation: { evidence: 'unknown' } },
          { target: 'chat', before: 1, models: [OLD_KEY], marks: ['retiring'] },
        ],
        moved: 1,
        landing: { changed: 0, retiring: 0, unevaluated: 0, evaluationUnknown: 1 },
      },
    ]);
  });

  test('a route to a deployment whose model changes is told', () => {
    const same = route({ chat: 1 });
    expect(
      trafficOf([accounts({ eu: { chat: OLD_KEY } }), same], [accounts({ eu: { chat: NEW_KEY } }), same]),
    ).toMatchObject([
      {
        moved: 0,
        landing: { changed: 1, retiring: 0 },
        rows: [{ target: 'chat', models: [NEW_KEY], marks: ['changed'] }],
      },
    ]);
  });

  test('a route that leads on to a deployment that goes is told', () => {
    const same = route({ chat: 1 });
    expect(trafficOf([MODELS, same], [accounts({ eu: { next: NEW_KEY } }), same])).toMatchObject([
      { kind: 'route', name: OLD_KEY },
    ]);
  });

  test('a created deployment that a route leads to is an update beside the one that is kept', () => {
    const before = [accounts({ eu: { chat: OLD_KEY } }), route({ chat: 1 })];
    expect(reported(plannedResources(before, [MODELS, route({ next: 1 })])).deployments).toMatchObject([
      {
        deployment: 'next',
        outcome: 'created',
        predecessor: { deployment: 'chat', isKept: true },
        update: { scope: 'minor-version', driver: 'required' },
        remarks: ['it stands beside another version of the model, which is kept for now: gpt-7-chat@2024-01-01'],
      },
    ]);
  });

  test('a route that stays is left out', () => {
    const same = written(`<choose>${whenModel(NEW_KEY, '<set-backend-service backend-id="next" />')}</choose>`, {
      ...backends({ next: 'https://eu.openai.azure.com/openai/deployments/next' }),
    });
    expect(trafficOf([MODELS, same], [MODELS, same])).toEqual([]);
  });
});

describe('revisions', () => {
  const split = (of: Release, weights: readonly object[]) =>
    apps({
      a: { ...app(of, 'next'), revision_mode: 'Multiple', ingress: { target_port: 1, traffic_weight: weights } },
    });
  const latest = (percentage: unknown) => ({ latest_revision: true, percentage });
  const named = (percentage: unknown) => ({ revision_suffix: 'v1', percentage });

  test('weights are shares', () => {
    expect(
      trafficOf([MODELS, split(current, [latest(0), named(100)])], [MODELS, split(current, [latest(30), named(70)])]),
    ).toEqual([
      {
        input: 'a.json',
        kind: 'revisions',
        address: 'azurerm_container_app.a',
        name: 'a',
        rows: [
          {
            target: 'latest revision',
            before: 0,
            after: 0.3,
            models: [NEW_KEY],
            marks: [],
            evaluation: { evidence: 'none' },
          },
          { target: 'v1', before: 1, after: 0.7, models: [], marks: [], evaluation: { evidence: 'unknown' } },
        ],
        moved: 0.3,
        landing: { changed: 0, retiring: 0, unevaluated: 0.3, evaluationUnknown: 0.7 },
      },
    ]);
  });

  test('another release in the only revision gets all of the traffic at once', () => {
    expect(trafficOf([MODELS, split(old, [latest(100)])], [MODELS, split(current, [latest(100)])])).toMatchObject([
      { kind: 'revisions', moved: 0, landing: { changed: 1, retiring: 0 }, rows: [{ marks: ['new'] }] },
    ]);
  });

  test('an app that comes, and one that stays, have no entry', () => {
    const whole = split(current, [latest(100)]);
    expect(trafficOf([MODELS], [MODELS, whole])).toEqual([]);
    expect(trafficOf([MODELS, whole], [MODELS, whole])).toEqual([]);
  });

  test('a percentage that cannot be read is said to be', () => {
    expect(
      trafficOf(
        [MODELS, split(current, [latest(0), named(100)])],
        [MODELS, split(current, [latest('${var.p}'), named(70)])],
      ),
    ).toMatchObject([{ moved: 0, unread: 'shares of revisions are known only after the apply' }]);
  });
});

describe('shares of users', () => {
  const cuts = uniqueArray(integer({ min: 1, max: 9999 }), { maxLength: 6 }).map((places) =>
    places.sort((a, b) => a - b),
  );
  const rows = (places: readonly number[]) =>
    [0, ...places].map((from, position) => ({
      label: `release-${position}`,
      from,
      to: places[position] ?? 10_000,
      target: 'declared' as const,
    }));

  test('a whole table shares out everything, and no more than everything moves', () => {
    assert(
      property(cuts, cuts, (before, after) => {
        const total = [...usersByLabel(rows(before)).values()].reduce((sum, share) => sum + share, 0);
        expect(total).toBeCloseTo(1, 9);
        const moved = usersElsewhere(rows(before), rows(after));
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThanOrEqual(1);
        expect(usersElsewhere(rows(before), rows(before))).toBe(0);
        expect(usersElsewhere(rows(after), rows(before))).toBe(moved);
      }),
      { numRuns: 15 },
    );
  });

  test('of rows over one another the first one counts, and rows beyond the last bucket do not', () => {
    const one = (label: string, from: number, to: number) => ({ label, from, to, target: 'declared' as const });
    expect(usersElsewhere([one('a', 0, 10_000)], [one('a', 0, 10_000), one('b', 0, 10_000)])).toBe(0);
    expect(usersElsewhere([one('a', 0, 10_000)], [one('b', 5_000, 99_999), one('a', 0, 10_000)])).toBe(0.5);
  });

  test('twenty thousand rows over one another are gone through once', () => {
    const many = Array.from({ length: 20_000 }, (_, position) => ({
      label: `r${position}`,
      from: 0,
      to: 10_000,
      target: 'declared' as const,
    }));
    expect(usersElsewhere(many, many.slice(1))).toBe(1);
  });
});

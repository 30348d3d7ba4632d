import { BUCKETS, trafficBucket } from '../../lib/contracts/traffic-bucket';
import { formatTrafficRows, parseTrafficRows, TrafficRow } from '../../lib/contracts/traffic-row';
import { Ramp } from '../../lib/routing/ramp';
import { CanaryOptions, RoutedRelease } from '../../lib/routing/routed-release';
import { TrafficAnchor } from '../../lib/routing/traffic-anchor';
import { trafficPlan } from '../../lib/routing/traffic-plan';
import { releaseOf } from '../orchestrators/support/orchestrator-stack';
import { GONE, labelOf, LEAVING, NEW, NEXT, OLD, OTHER, RunningElsewhere, stackIn } from './support/router-stack';

const stack = stackIn();
const [old, fresh, other, next, leaving] = [OLD, NEW, OTHER, NEXT, LEAVING].map(
  (label) => new RunningElsewhere(stack, label),
) as [RunningElsewhere, RunningElsewhere, RunningElsewhere, RunningElsewhere, RunningElsewhere];

const plan = (...releases: readonly RoutedRelease[]): TrafficRow[] => trafficPlan('stack/router', releases);
const range = (from: number, to: number) => expect.objectContaining({ from, to });

const USERS = 20_000;
const SALT = 'chat-2026-11';
const buckets = (salt = SALT): number[] =>
  Array.from({ length: USERS }, (_, index) => trafficBucket(salt, `user-${index}`));
const assigned = (rows: readonly TrafficRow[], among: readonly number[]): string[] =>
  among.map((bucket) => rows.find(({ from, to }) => bucket >= from && bucket < to)!.label);

describe('the plan', () => {
  test('lets canaries grow from the ends and stable have what lies between', () => {
    const rows = plan(
      RoutedRelease.stable(old),
      RoutedRelease.canary(fresh, { percent: 0.01 }),
      RoutedRelease.canary(other, { percent: 12.5, anchor: TrafficAnchor.HIGH }),
      RoutedRelease.candidate(next),
      RoutedRelease.draining(leaving),
      RoutedRelease.retired(GONE),
    );
    expect(rows).toEqual([
      { label: OLD, stage: 'stable', from: 1, to: 8750 },
      { label: NEW, stage: 'canary', from: 0, to: 1 },
      { label: OTHER, stage: 'canary', from: 8750, to: 10_000 },
      { label: NEXT, stage: 'candidate', from: 0, to: 0 },
      { label: LEAVING, stage: 'draining', from: 0, to: 0 },
      { label: GONE, stage: 'retired', from: 0, to: 0 },
    ]);
    expect(parseTrafficRows(formatTrafficRows(rows))).toEqual(rows);
  });

  test.each<[CanaryOptions, unknown, unknown]>([
    [{ percent: 0 }, range(0, 0), range(0, 10_000)],
    [{ percent: 0.29 }, range(0, 29), range(29, 10_000)],
    [{ percent: 33.33 }, range(0, 3333), range(3333, 10_000)],
    [{ percent: 100 }, range(0, 10_000), range(10_000, 10_000)],
    [{ percent: 0, anchor: TrafficAnchor.HIGH }, range(10_000, 10_000), range(0, 10_000)],
    [{ percent: 100, anchor: TrafficAnchor.HIGH }, range(0, 10_000), range(0, 0)],
    [{ ramp: Ramp.of([0, 1, 5], 2) }, range(0, 500), range(500, 10_000)],
  ])('gives a canary with %j its share', (options, canary, stable) => {
    expect(plan(RoutedRelease.canary(fresh, options), RoutedRelease.stable(old))).toEqual([canary, stable]);
  });

  const stable = RoutedRelease.stable(old);
  const canary = (app: RunningElsewhere, percent: number, anchor?: TrafficAnchor): RoutedRelease =>
    RoutedRelease.canary(app, { percent, ...(anchor && { anchor }) });

  test.each<[string, readonly RoutedRelease[], string]>([
    ['nothing', [], 'the list of releases of stack/router is empty: list at least RoutedRelease.stable(orchestrator)'],
    [
      'no stable release',
      [canary(fresh, 100)],
      'stack/router has no stable release: exactly one is, and serves everybody whom no canary serves; list one with RoutedRelease.stable(orchestrator)',
    ],
    [
      'two stable releases',
      [stable, RoutedRelease.stable(fresh)],
      `stack/router has 2 stable releases (${OLD}, ${NEW}): exactly one is, and serves everybody whom no canary serves; list one with RoutedRelease.stable(orchestrator)`,
    ],
    [
      'one release at two stages',
      [stable, RoutedRelease.retired(OLD)],
      `stack/router lists the release ${OLD} twice, as stable and as retired: a release is at one stage; remove one of the two`,
    ],
    [
      'two canaries at one end',
      [stable, canary(fresh, 1), canary(other, 1)],
      `stack/router has two canaries, ${NEW} and ${OTHER}, whose shares grow from the low end: two canaries need an end each, and there is no room for a third; give one of them { anchor: TrafficAnchor.HIGH }`,
    ],
    [
      'more than everybody',
      [stable, canary(fresh, 60), canary(other, 40.01, TrafficAnchor.HIGH)],
      'the canaries of stack/router have 60 % and 40.01 % of the users: together at most 100 %; lower one of them, or make one stable',
    ],
    [
      'two releases at one address',
      [stable, canary(new RunningElsewhere(stackIn(), labelOf('1'), old.url), 1)],
      `stack/router reaches the releases ${OLD} and ${labelOf('1')} at one URL: each release is an app of its own; pass each its orchestrator`,
    ],
    [
      'what is no release',
      [stable, { label: NEW, stage: 'canary' } as unknown as RoutedRelease],
      'releases[1] of stack/router is an object of another class: write RoutedRelease.stable, .canary, .candidate or .draining with an orchestrator, or .retired with a label',
    ],
  ])('refuses %s', (_, releases, message) => {
    expect(() => plan(...releases)).toThrow(new Error(message));
  });

  test('takes two canaries that have everybody between them', () => {
    expect(plan(stable, canary(fresh, 60), canary(other, 40, TrafficAnchor.HIGH))[0]).toEqual(range(6000, 6000));
  });
});

describe('a release', () => {
  const LABEL_RULE =
    "is not one of a release: a label is the release's name (lower-case letters, digits and single '-', starting with a letter), '-' and the first 12 hexadecimal digits of its id, at most 32 characters, for instance 'chat-0a1b2c3d4e5f', and is known as text";

  test.each([
    '',
    'chat',
    'Chat-000000000000',
    'chat-00000000000g',
    'a--b-000000000000',
    `${'a'.repeat(20)}-000000000000`,
    'chat-000000000000\n',
    '${x}-000000000000',
    'a|b-000000000000',
    'a;b-000000000000',
  ])('has no label %j', (label) => {
    expect(() => RoutedRelease.retired(label)).toThrow(LABEL_RULE);
  });

  test('has no label that only Terraform knows', () => {
    expect(() => RoutedRelease.stable(new RunningElsewhere(stackIn(), '${TfToken[TOKEN.1]}'))).toThrow(LABEL_RULE);
  });

  test.each([undefined, null, {}, 'chat-000000000000'])('is run by an orchestrator and not by %j', (given) => {
    expect(() => RoutedRelease.stable(given as unknown as RunningElsewhere)).toThrow(
      'is no orchestrator: pass an Orchestrator, or Orchestrator.fromUrl(…) for one that is declared elsewhere',
    );
  });

  test('is not run by itself', () => {
    const release = releaseOf();
    expect(() => RoutedRelease.stable(release as unknown as RunningElsewhere)).toThrow(
      new Error(`${release.label}: a release is no orchestrator: pass the Orchestrator that runs it`),
    );
  });

  test.each<[CanaryOptions, string]>([
    [{}, `RoutedRelease.canary of ${NEW} was given neither ramp nor percent: give exactly one`],
    [
      { percent: 1, ramp: Ramp.of([1], 0) },
      `RoutedRelease.canary of ${NEW} was given both ramp and percent: give exactly one`,
    ],
    ...[-1, 100.01, 0.001, 1.005, Number.NaN, Number.POSITIVE_INFINITY, '5' as unknown as number].map(
      (percent): [CanaryOptions, string] => [
        { percent },
        `of RoutedRelease.canary of ${NEW} is no share: a share is a number from 0 to 100 with at most two decimals`,
      ],
    ),
    [{ percent: 1, anchor: 'middle' as TrafficAnchor }, "anchor 'middle' of RoutedRelease.canary"],
  ])('has no share %j', (options, message) => {
    expect(() => RoutedRelease.canary(fresh, options)).toThrow(message);
  });
});

describe('a ramp', () => {
  test.each<[unknown, unknown, string]>([
    [[], 0, 'steps [] of Ramp.of are not a ramp: list at least one percent'],
    ['5', 0, "steps '5' of Ramp.of are not a ramp: list at least one percent"],
    [[0, 101], 0, 'step 1 of Ramp.of is 101: a share is a number from 0 to 100 with at most two decimals; respell it'],
    [[0, 0.005], 0, 'step 1 of Ramp.of is 0.005: a share is'],
    [[0, 5, 5], 0, 'step 2 of Ramp.of is 5 after 5: steps ascend'],
    [[5, 1], 0, 'step 1 of Ramp.of is 1 after 5: steps ascend'],
    [[0, 5], 2, 'step 2 of Ramp.of is no position in [0, 5]: write a whole number from 0 to 1'],
    [[0, 5], -1, 'step -1 of Ramp.of is no position in [0, 5]'],
    [[0, 5], 0.5, 'step 0.5 of Ramp.of is no position in [0, 5]'],
  ])('of %j at %j is refused', (steps, step, message) => {
    expect(() => Ramp.of(steps as number[], step as number)).toThrow(message);
  });

  test('is not changed by whoever made its steps', () => {
    const steps = [0, 5];
    const ramp = Ramp.of(steps, 1);
    steps[1] = 100;
    expect([ramp.percent, ramp.steps]).toEqual([5, [0, 5]]);
  });
});

describe('users', () => {
  const STEPS = [0, 1, 5, 25, 50, 100];

  test(`are split as declared: ${USERS} users, within four standard deviations of the binomial distribution`, () => {
    for (const percent of [0.5, 1, 5, 10, 25, 50, 75, 99]) {
      const rows = plan(RoutedRelease.stable(old), RoutedRelease.canary(fresh, { percent }));
      const share = assigned(rows, buckets()).filter((label) => label === NEW).length / USERS;
      const deviation = Math.sqrt(((percent / 100) * (1 - percent / 100)) / USERS);
      expect(Math.abs(share - percent / 100)).toBeLessThan(4 * deviation);
    }
  });

  test(`of a ramp ${STEPS.join(', ')} never move back, and those of the other canary never move: 0 of ${USERS}`, () => {
    const all = buckets();
    const at = (step: number): string[] =>
      assigned(
        plan(
          RoutedRelease.stable(old),
          RoutedRelease.canary(fresh, { ramp: Ramp.of([0, 1, 5, 25, 50, 90], step) }),
          RoutedRelease.canary(other, { percent: 10, anchor: TrafficAnchor.HIGH }),
        ),
        all,
      );
    const alone = (step: number): string[] =>
      assigned(plan(RoutedRelease.stable(old), RoutedRelease.canary(fresh, { ramp: Ramp.of(STEPS, step) })), all);
    for (const look of [at, alone]) {
      for (let step = 1; step < STEPS.length; step += 1) {
        const [before, after] = [look(step - 1), look(step)];
        const moves = new Set(before.map((label, index) => `${label} to ${after[index]}`));
        const allowed = [OLD, NEW, OTHER].map((label) => `${label} to ${label}`).concat(`${OLD} to ${NEW}`);
        expect([...moves].filter((move) => !allowed.includes(move))).toEqual([]);
        expect(moves).toContain(`${OLD} to ${NEW}`);
      }
    }
    expect(new Set(alone(STEPS.length - 1))).toEqual(new Set([NEW]));
  });

  test('stay where they are when the canary that has them all becomes stable', () => {
    const all = buckets();
    const before = plan(RoutedRelease.stable(old), RoutedRelease.canary(fresh, { percent: 100 }));
    const after = plan(RoutedRelease.draining(old), RoutedRelease.stable(fresh));
    expect(assigned(after, all)).toEqual(assigned(before, all));
    const two = RoutedRelease.canary(other, { percent: 10, anchor: TrafficAnchor.HIGH });
    expect(assigned(plan(RoutedRelease.draining(old), RoutedRelease.stable(fresh), two), all)).toEqual(
      assigned(plan(RoutedRelease.stable(old), RoutedRelease.canary(fresh, { percent: 90 }), two), all),
    );
  });

  test('are others with another salt', () => {
    const rows = plan(RoutedRelease.stable(old), RoutedRelease.canary(fresh, { percent: 10 }));
    const [one, two] = [assigned(rows, buckets()), assigned(rows, buckets('chat-2026-12'))];
    const both = one.filter((label, index) => label === NEW && two[index] === NEW).length;
    // Independent draws: 1 % of the users are in both.
    expect(Math.abs(both / USERS - 0.01)).toBeLessThan(4 * Math.sqrt((0.01 * 0.99) / USERS));
  });

  test('are spread evenly over the buckets', () => {
    const tenths = new Array<number>(10).fill(0);
    buckets().forEach((bucket) => (tenths[Math.floor(bucket / (BUCKETS / 10))]! += 1));
    const deviation = Math.sqrt(USERS * 0.1 * 0.9);
    tenths.forEach((count) => expect(Math.abs(count - USERS / 10)).toBeLessThan(4 * deviation));
  });
});

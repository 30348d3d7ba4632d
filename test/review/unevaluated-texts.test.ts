import { TrafficReview, TrafficRowReview } from '../../lib/review/change-report';
import { unevaluatedTexts } from '../../lib/review/unevaluated-texts';

const NONE = { evidence: 'none' } as const;

function row(before: number | undefined, after: number, rest: Partial<TrafficRowReview> = {}): TrafficRowReview {
  return {
    target: 'one',
    models: [],
    marks: [],
    evaluation: NONE,
    ...(before !== undefined && { before }),
    after,
    ...rest,
  };
}

function router(rows: readonly TrafficRowReview[], rest: Partial<TrafficReview> = {}): TrafficReview {
  return {
    input: 'plan.json',
    kind: 'router',
    address: 'a.b',
    name: 'router',
    rows,
    moved: 0,
    landing: { changed: 0, retiring: 0, unevaluated: 0, evaluationUnknown: 0 },
    ...rest,
  };
}

const MOVES = 'of traffic moves to what has no evaluation evidence';
const CHANGES = 'of traffic goes to what changes without evaluation evidence';

test.each<[string, TrafficReview[], string[]]>([
  ['nothing', [], []],
  ['traffic that stays', [router([row(1, 1)])], []],
  ['traffic that leaves', [router([row(0.25, 0.05)])], []],
  ['traffic that comes', [router([row(0.05, 0.25)])], [`20 % ${MOVES}`]],
  ['a new row', [router([row(undefined, 0.1, { marks: ['new'] })])], [`10 % ${MOVES}`]],
  [
    'evidence of another release',
    [router([row(0, 0.1, { evaluation: { evidence: 'of-another-release' } })])],
    [`10 % ${MOVES}`],
  ],
  ['evidence', [router([row(0, 1, { evaluation: { evidence: 'named' } })])], []],
  ['what cannot be told', [router([row(0, 1, { evaluation: { evidence: 'unknown' } })])], []],
  ['a release that changes where it is', [router([row(0.9, 0.9, { marks: ['changed'] })])], [`90 % ${CHANGES}`]],
  [
    'one that changes and grows',
    [router([row(0.1, 0.3, { marks: ['changed'] })])],
    [`20 % ${MOVES}`, `10 % ${CHANGES}`],
  ],
  [
    'evidence that is removed',
    [router([row(1, 1, { evaluation: { ...NONE, evidenceBefore: 'named' } })])],
    [`100 % ${CHANGES}`],
  ],
  ['several routers', [router([row(0, 0.1)]), router([row(0, 0.5)])], [`up to 50 % ${MOVES}`]],
  ['shares that cannot be read', [router([row(0, 0.1)], { unread: 'cannot be read' })], []],
  ['a kill switch that goes on', [router([row(0.95, 1)], { killSwitch: { before: 'off', after: 'on' } })], []],
  [
    'a kill switch that goes off',
    [router([row(0, 0.25)], { killSwitch: { before: 'on', after: 'off' } })],
    [`25 % ${MOVES}`],
  ],
  [
    'a release that changes behind a kill switch',
    [router([row(1, 1, { marks: ['changed'] })], { killSwitch: { before: 'on', after: 'on' } })],
    [`100 % ${CHANGES}`],
  ],
])('of %s', (_what, traffic, expected) => {
  expect(unevaluatedTexts(traffic)).toEqual(expected);
});

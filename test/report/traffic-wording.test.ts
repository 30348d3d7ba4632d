import Ajv2020 from 'ajv/dist/2020';
import schema from '../../lib/report/data/report.schema.json';
import { killSwitchWords, movedText } from '../../lib/report/traffic-wording';
import { Format, WRITERS } from '../../lib/report/writers';
import { KillSwitchReview, TrafficReview } from '../../lib/review/change-report';
import { ROUTER, sampleChanges, sampleReport } from './sample-parts';

const isValid = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema);

function written(format: Format, traffic: Partial<TrafficReview>): string {
  const report = sampleReport({ changes: sampleChanges({ traffic: [{ ...ROUTER, ...traffic }] }) });
  return WRITERS[format](report, { width: 1_000 });
}

test.each<[KillSwitchReview | undefined, string[]]>([
  [undefined, []],
  [{ before: 'off', after: 'on' }, ['the kill switch goes on: everybody is on stable']],
  [{ after: 'on' }, ['the kill switch is on: everybody is on stable']],
  [{ before: 'on', after: 'on' }, ['the kill switch stays on: everybody is on stable']],
  [
    { before: 'on', after: 'on', hidden: 0.125, leaving: 0.25 },
    [
      'the kill switch stays on: everybody is on stable; once it is off, 25 % leave stable, and 12.5 % get another release than before it was on',
    ],
  ],
  [
    { before: 'off', after: 'on', hidden: 0.095, leaving: 0.05, dealing: 'anew' },
    [
      'the kill switch goes on: everybody is on stable; once it is off, 5 % leave stable, and 9.5 % are expected to get another release than before it was on, as another salt deals all users anew',
    ],
  ],
  [
    { before: 'on', after: 'on', leaving: 0.05, dealing: 'unknown' },
    [
      'the kill switch stays on: everybody is on stable; once it is off, 5 % leave stable, and whether another salt deals all users anew cannot be read',
    ],
  ],
  [
    { before: 'on', after: 'off', hidden: 0.2, leaving: 0.25 },
    ['the kill switch goes off: 25 % leave stable, and 20 % get another release than before it was on'],
  ],
  [{ before: 'on', after: 'off' }, ['the kill switch goes off: users return to the releases of their buckets']],
  [{ before: 'on' }, ['the kill switch was on: everybody was on stable']],
])('a kill switch %j is told', (killSwitch, words) => {
  expect(killSwitchWords({ ...ROUTER, ...(killSwitch && { killSwitch }) })).toEqual(words);
});

test.each<[number, true | undefined, string]>([
  [0, undefined, 'no traffic moves'],
  [0.2, undefined, '20 % of the traffic moves'],
  [0.095, true, '9.5 % of the traffic is expected to move, as another salt deals all users anew'],
])('%d moved is told', (moved, isDealtAnew, words) => {
  expect(movedText({ ...ROUTER, moved, ...(isDealtAnew && { isDealtAnew }) })).toBe(words);
});

describe.each<Format>(['text', 'markdown', 'html'])('in the format %s', (format) => {
  test('a reader sees that users are dealt anew', () => {
    expect(written(format, { moved: 0.095, isDealtAnew: true })).toContain('9.5 % of the traffic is expected to move');
  });

  test('a reader sees the kill switch, where the traffic is and in the verdict', () => {
    const text = written(format, { moved: 0.1, killSwitch: { before: 'off', after: 'on' } });
    expect(text).toContain('the kill switch goes on: everybody is on stable');
    expect(text).toContain('a kill switch goes on');
  });
});

test.each<Partial<TrafficReview>>([
  { moved: 0.095, isDealtAnew: true },
  { killSwitch: { before: 'off', after: 'on' } },
  { killSwitch: { before: 'on', after: 'on', hidden: 0.45, leaving: 0.5, dealing: 'anew' } },
])('%j is in the JSON, as the schema says', (traffic) => {
  const document = JSON.parse(written('json', traffic)) as { traffic: unknown[] };
  expect(isValid(document) ? [] : isValid.errors).toEqual([]);
  expect(document.traffic).toEqual([expect.objectContaining(traffic)]);
});

test.each([
  { killSwitch: { after: 'perhaps' } },
  { killSwitch: { hidden: 2 } },
  { killSwitch: { leaving: -1 } },
  { killSwitch: { dealing: 'kept' } },
  { isDealtAnew: false },
])('the schema refuses %j', (traffic) => {
  expect(isValid(JSON.parse(written('json', traffic as object)))).toBe(false);
});

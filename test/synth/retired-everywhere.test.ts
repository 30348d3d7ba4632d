import { cdktfSynth, CommandOutcome, nodeApp } from '../support/cdktf-cli';
import { retiredPlaces } from '../support/retired-places';

const APP = 'test/synth/apps/retired-everywhere.ts';
const TODAY = { MODEL_LIFECYCLE_AS_OF: '2026-11-21' };
const places = Object.keys(retiredPlaces);

function expectRefusal(outcome: CommandOutcome, expected: readonly string[]) {
  for (const place of expected) {
    expect(outcome.output).toMatch(new RegExp(`(model-retired|retired-literal): .*\\(${place}[/)]`));
  }
  expect(outcome.output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  expect(outcome.status).toBe(1);
}

describe('a retired model in every place of one app', () => {
  test('fails `cdktf synth`, which reports all stacks', () => {
    expectRefusal(cdktfSynth(APP, TODAY), places);
  });

  test('fails plain node, which reports all stacks', () => {
    expectRefusal(nodeApp(APP, TODAY), places);
  });

  test('fails with skipValidation, under both', () => {
    expectRefusal(cdktfSynth(APP, { ...TODAY, SKIP_VALIDATION: 'true' }), places);
    expectRefusal(nodeApp(APP, { ...TODAY, SKIP_VALIDATION: 'true' }), places);
  });

  test('fails when the guard is installed after the stacks', () => {
    expectRefusal(nodeApp(APP, { ...TODAY, PROTECT: 'late' }), places);
  });
});

describe.each(places)('a retired model only in the place %s', (place) => {
  test('fails `cdktf synth`', () => {
    expectRefusal(cdktfSynth(APP, { ...TODAY, PLACES: place }), [place]);
  });

  test('fails plain node', () => {
    expectRefusal(nodeApp(APP, { ...TODAY, PLACES: place }), [place]);
  });
});

import { cdktfSynth, CommandOutcome, compiledApp, nodeApp } from '../support/cdktf-cli';
import { retiredPlaces } from '../support/retired-places';

const APP = 'test/synth/apps/retired-everywhere.ts';
const TODAY = { MODEL_LIFECYCLE_AS_OF: '2026-11-21' };
const places = Object.keys(retiredPlaces);

/** Under `cdktf synth` alone: the ways in which a model comes into a stack. The other places differ from them in the resource only. */
const WAYS = ['own-construct', 'resource-override', 'later-aspect'];

const compiled = compiledApp(APP);

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
    expectRefusal(cdktfSynth(compiled, { ...TODAY, SKIP_VALIDATION: 'true' }), places);
    expectRefusal(nodeApp(compiled, { ...TODAY, SKIP_VALIDATION: 'true' }), places);
  });

  test('fails when the guard is installed after the stacks', () => {
    expectRefusal(nodeApp(compiled, { ...TODAY, PROTECT: 'late' }), places);
  });
});

describe('a retired model only in the place', () => {
  test.each(places)('%s fails plain node', (place) => {
    expectRefusal(nodeApp(compiled, { ...TODAY, PLACES: place }), [place]);
  });

  test.each(WAYS)('%s fails `cdktf synth`', (place) => {
    expectRefusal(cdktfSynth(compiled, { ...TODAY, PLACES: place }), [place]);
  });
});

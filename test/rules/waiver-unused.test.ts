import { unusedWaiver, waiverUnused } from '../../lib/rules/waiver-unused';
import { waiver } from './configuration';

describe('waiver-unused: a waiver covers no finding', () => {
  test('is a warning at the construct that the waiver names', () => {
    expect(unusedWaiver({ waiver: waiver(), stack: 'production' })).toEqual({
      rule: 'waiver-unused',
      severity: 'warning',
      status: 'violation',
      resource: {
        address: 'production/chat',
        type: 'waiver',
        stack: 'production',
        constructPath: 'production/chat',
        declaredAt: undefined,
      },
      message: "the waiver of 'model-retired' for 'production/chat' covers no finding",
      fix: 'remove it, or correct its rule and resource',
    });
  });

  test.each([
    [
      'staging',
      [],
      "the waiver of 'model-retired' for 'production/chat' in 'staging' covers no finding",
      'remove it, or correct its rule, resource and input',
    ],
    [
      './plans\\staging.json',
      ['plans/staging.json', '-'],
      "the waiver of 'model-retired' for 'production/chat' in './plans\\staging.json' covers no finding",
      'remove it, or correct its rule, resource and input',
    ],
    [
      'plans/stagign.json',
      ['plans/staging.json', '-'],
      "the waiver of 'model-retired' for 'production/chat' in 'plans/stagign.json' covers no finding: nothing that is judged here is called 'plans/stagign.json'",
      'remove it, or correct its input; judged here: plans/staging.json, standard input',
    ],
  ])('limited to %s where %j is judged, says what may be wrong', (input, names, message, fix) => {
    expect(unusedWaiver({ waiver: waiver(), source: 'waivers.json, waivers[0]', input }, names)).toMatchObject({
      message,
      fix,
    });
  });

  test('stands at the file that the waiver was read from', () => {
    const source = 'waivers.json, waivers[3]';
    expect(unusedWaiver({ waiver: waiver(), source }).resource).toMatchObject({
      constructPath: undefined,
      declaredAt: source,
    });
  });

  test('keeps hostile texts short and on one line', () => {
    const { message } = unusedWaiver({ waiver: waiver({ resource: `a\n${'x'.repeat(10_000)}` }) });
    expect(message).toMatch(/^the waiver of 'model-retired' for 'a\\u\{a\}x+…' covers no finding$/);
    expect(message.length).toBeLessThan(200);
  });

  test('cannot be waived itself', () => {
    expect(waiverUnused.waiverLimit).toBe('never');
  });
});

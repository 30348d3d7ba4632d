import { Finding, FindingResource } from '../../lib/rules/finding';
import { isNamed, isWithin } from '../../lib/rules/waiver-input';
import { applyWaivers } from '../../lib/rules/waivers';
import { TODAY, waiver } from './configuration';

const ADDRESS = 'azurerm_cognitive_deployment.chat';
const SOURCE = 'waivers.json, waivers[0]';

function found(resource: Partial<FindingResource>): Finding {
  return {
    rule: 'model-retired',
    severity: 'error',
    status: 'violation',
    resource: { address: ADDRESS, type: 'azurerm_cognitive_deployment', ...resource },
    message: 'retired',
    fix: 'move',
  };
}

const TWO_PLANS = [found({ input: 'plans/production.json' }), found({ input: 'plans/staging.json' })];

function applied(findings: readonly Finding[], input?: string, resource = ADDRESS) {
  const placed = { waiver: waiver({ resource, expires: '2026-11-25' }), source: SOURCE, ...(input && { input }) };
  const inputs = ['plans/production.json', 'plans/staging.json'];
  const { findings: judged, ...rest } = applyWaivers(findings, [placed], { asOf: TODAY, inputs });
  return { waived: judged.map(({ waived }) => waived !== undefined), ...rest };
}

describe('a waiver of a file that is limited to one input', () => {
  test.each([
    ['plans/staging.json', [false, true]],
    ['./plans/production.json', [true, false]],
    ['plans\\production.json', [true, false]],
    ['*/staging.json', [false, true]],
    ['*', [true, true]],
  ])('covers, with input %j, %j of the findings of production and staging', (input, waived) => {
    expect(applied(TWO_PLANS, input)).toEqual({ waived, waiverFindings: [], broadWaivers: [] });
  });

  test('applies to a pattern of resources as well', () => {
    expect(applied(TWO_PLANS, 'plans/staging.json', '*chat').waived).toEqual([false, true]);
  });

  test('covers nothing where the name is none of those that are judged, and is told so', () => {
    const { waived, waiverFindings } = applied(TWO_PLANS, 'plans/test.json');
    expect(waived).toEqual([false, false]);
    expect(waiverFindings.map(({ rule, message }) => [rule, message])).toEqual([
      [
        'waiver-unused',
        `the waiver of 'model-retired' for '${ADDRESS}' in 'plans/test.json' covers no finding: nothing that is judged here is called 'plans/test.json'`,
      ],
    ]);
  });

  test('covers nothing that belongs to no input', () => {
    expect(applied([found({})], '*').waived).toEqual([false]);
  });
});

describe('a waiver of a file that is not limited', () => {
  test('is told of with its inputs where it covers findings of several', () => {
    expect(applied(TWO_PLANS)).toEqual({
      waived: [true, true],
      waiverFindings: [],
      broadWaivers: [{ source: SOURCE, inputs: ['plans/production.json', 'plans/staging.json'] }],
    });
  });

  test.each([
    ['several findings of one input', [TWO_PLANS[0]!, TWO_PLANS[0]!]],
    ['findings whose input is not known', [found({}), found({})]],
  ])('is not told of where it covers %s', (_, findings) => {
    expect(applied(findings)).toEqual({ waived: [true, true], waiverFindings: [], broadWaivers: [] });
  });
});

describe('the input that a waiver names', () => {
  test.each([
    ['-', '-', true],
    ['standard input', '-', true],
    ['production', 'plans/production.json', false],
    ['plans/production', 'plans/production.json', false],
    ['Plans/production.json', 'plans/production.json', false],
    ['a.c', 'abc', false],
    ['(a+)+$', 'a'.repeat(10_000), false],
    [`${'*a'.repeat(2_000)}b`, 'a'.repeat(10_000), false],
  ])('%.20s means %.40s: %s', (limit, name, isMeant) => {
    expect(isNamed(limit, [name])).toBe(isMeant);
  });

  test('may be the stack that a finding stands in', () => {
    const resource = {
      address: ADDRESS,
      type: 'x',
      stack: 'production',
      input: 'cdktf.out/stacks/production/cdk.tf.json',
    };
    expect([isWithin('production', resource), isWithin('staging', resource)]).toEqual([true, false]);
  });
});

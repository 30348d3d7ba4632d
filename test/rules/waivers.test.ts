import { Waiver } from '../../lib/contracts/waiver';
import { Finding } from '../../lib/rules/finding';
import { applyWaivers } from '../../lib/rules/waivers';
import { TODAY, waiver } from './configuration';

function finding(props: Partial<Finding> = {}): Finding {
  return {
    rule: 'model-retired',
    severity: 'error',
    status: 'violation',
    resource: { address: 'azurerm_cognitive_deployment.chat', type: 'x', constructPath: 'production/chat' },
    message: 'retired',
    fix: 'move',
    retirementDate: '2026-03-31',
    ...props,
  };
}

function apply(waivers: Waiver[], findings: Finding[] = [finding()], asOf = TODAY) {
  const placed = waivers.map((one) => ({ waiver: one, stack: 'production' }));
  const { findings: judged, waiverFindings } = applyWaivers(findings, placed, { asOf });
  return { findings: judged, about: waiverFindings };
}

describe('waivers', () => {
  test('a waived finding stays and says why, by whom and until when', () => {
    const { findings, about } = apply([waiver()]);
    expect(findings).toEqual([
      { ...finding(), waived: { reason: 'hotfix has to ship first', owner: 'team-chat', expires: '2026-12-05' } },
    ]);
    expect(about).toEqual([]);
  });

  test('of several waivers the one that holds longest is shown, and none is unused', () => {
    const { findings, about } = apply([
      waiver({ expires: '2026-12-01', owner: 'first' }),
      waiver({ resource: 'production', expires: '2026-12-03', owner: 'second' }),
      waiver({ resource: 'azurerm_cognitive_deployment.chat', expires: '2026-12-02', owner: 'third' }),
    ]);
    expect(findings[0]!.waived).toMatchObject({ owner: 'second', expires: '2026-12-03' });
    expect(about).toEqual([]);
  });

  test.each([
    ['2026-12-05', true],
    ['2026-12-06', false],
  ])('model-retired can be waived for 14 days: until %s is allowed: %s', (expires, allowed) => {
    const { findings, about } = apply([waiver({ expires })]);
    expect(findings[0]!.waived !== undefined).toBe(allowed);
    expect(about).toHaveLength(allowed ? 0 : 1);
  });

  test('a waiver that runs too long names the latest day that is allowed', () => {
    expect(apply([waiver({ expires: '2027-11-21' })]).about).toEqual([
      {
        rule: 'waiver-invalid',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'production/chat',
          type: 'waiver',
          stack: 'production',
          constructPath: 'production/chat',
          declaredAt: undefined,
        },
        message:
          "the waiver of 'model-retired' for 'production/chat' is not applied: it expires on 2027-11-21, " +
          'and the latest day allowed is 2026-12-05, 14 days from 2026-11-21',
        fix: 'set expires to 2026-12-05 or earlier',
      },
    ]);
  });

  test.each(['model-retiring', 'model-deprecated'])('%s can be waived until the retirement date', (rule) => {
    const retiring = finding({ rule, retirementDate: '2028-04-14' });
    expect(apply([waiver({ rule, expires: '2028-04-14' })], [retiring]).findings[0]!.waived).toBeDefined();
    const { findings, about } = apply([waiver({ rule, expires: '2028-04-15' })], [retiring]);
    expect(findings[0]!.waived).toBeUndefined();
    expect(about[0]).toMatchObject({
      rule: 'waiver-invalid',
      message: expect.stringMatching(
        /the latest day allowed is 2028-04-14, the retirement date of the model of azurerm_cognitive_deployment\.chat$/,
      ),
    });
  });

  test('of several retirement dates the earliest limits the waiver as a whole', () => {
    const rule = 'model-retiring';
    const both = [finding({ rule, retirementDate: '2027-02-01' }), finding({ rule, retirementDate: '2027-01-01' })];
    const { findings, about } = apply([waiver({ rule, expires: '2027-01-15' })], both);
    expect(findings.map((one) => one.waived)).toEqual([undefined, undefined]);
    expect(about[0]!.fix).toBe('set expires to 2027-01-01 or earlier');
  });

  test.each([
    ['model-deprecated', '2027-11-21', true],
    ['model-deprecated', '2027-11-22', false],
    ['model-unknown', '2027-11-21', true],
    ['model-unknown', '2027-11-22', false],
  ])('%s without a known date can be waived for 365 days: until %s is allowed: %s', (rule, expires, allowed) => {
    const { findings } = apply([waiver({ rule, expires })], [finding({ rule, retirementDate: undefined })]);
    expect(findings[0]!.waived !== undefined).toBe(allowed);
  });

  test('a model that outlived its earliest day can be waived for 365 days', () => {
    const outlived = finding({ rule: 'model-retiring', retirementDate: '2026-04-14' });
    expect(apply([waiver({ rule: 'model-retiring', expires: '2027-11-21' })], [outlived]).about).toEqual([]);
    expect(apply([waiver({ rule: 'model-retiring', expires: '2027-11-22' })], [outlived]).about).toHaveLength(1);
  });

  test.each([
    ['2026-11-21', true],
    ['2026-11-20', false],
  ])('judged on 2026-11-21, a waiver whose last day is %s holds: %s', (expires, holds) => {
    const { findings, about } = apply([waiver({ expires })]);
    expect(findings[0]!.waived !== undefined).toBe(holds);
    expect(about.map((one) => one.rule)).toEqual(holds ? [] : ['waiver-expired']);
  });

  test('an expired waiver is one error, whether or not it would cover anything', () => {
    const expected = {
      rule: 'waiver-expired',
      severity: 'error',
      message:
        "the waiver of 'model-retired' for 'production/chat' expired on 2026-11-01 (judged on 2026-11-21, owner team-chat) and is not applied",
    };
    expect(apply([waiver({ expires: '2026-11-01' })]).about).toMatchObject([expected]);
    expect(apply([waiver({ expires: '2026-11-01' })], []).about).toMatchObject([expected]);
  });

  test('a waiver that covers nothing is a warning', () => {
    expect(apply([waiver({ resource: 'production/other' })]).about).toMatchObject([
      {
        rule: 'waiver-unused',
        severity: 'warning',
        message: "the waiver of 'model-retired' for 'production/other' covers no finding",
        fix: 'remove it, or correct its rule and resource',
      },
    ]);
  });

  test.each([
    [{ rule: 'model-retird' }, "the rule 'model-retird' does not exist", "did you mean 'model-retired'?"],
    [{ rule: 'xyz' }, "the rule 'xyz' does not exist", 'give a rule that is listed in docs/rules.md'],
    [{ rule: '__proto__' }, "the rule '__proto__' does not exist", 'give a rule that is listed in docs/rules.md'],
    ...['waiver-unused', 'waiver-expired', 'waiver-invalid', 'stack-unguarded'].map((rule) => [
      { rule },
      `findings of ${rule} cannot be waived`,
      'correct the finding and remove the waiver',
    ]),
    [
      { reason: 'too short' },
      "reason is 'too short'; say in at least 10 characters why the finding is accepted",
      'give rule, resource, reason, owner and expires',
    ],
    [
      { owner: ' ', expires: '2026-02-30' },
      "owner is ' '; name the person or team that answers for it; " +
        "expires is '2026-02-30'; write the last day on which the waiver holds as YYYY-MM-DD, for instance '2026-12-31'",
      'give rule, resource, reason, owner and expires',
    ],
  ] as [Partial<Waiver>, string, string][])('a waiver with %j is refused', (props, problem, fix) => {
    const { findings, about } = apply([waiver(props)]);
    expect(findings[0]!.waived).toBeUndefined();
    expect(about).toMatchObject([
      {
        rule: 'waiver-invalid',
        severity: 'error',
        message: expect.stringContaining(` is not applied: ${problem}`),
        fix,
      },
    ]);
  });

  test('a waiver with other things than texts is a finding, not a crash', () => {
    const broken = { rule: 7, resource: null, reason: ['why'], owner: {}, expires: undefined } as unknown as Waiver;
    expect(apply([broken]).about[0]!.message).toBe(
      "the waiver of '7' for '' is not applied: rule is the number 7, not a text; give the id of a rule, for instance model-retiring; " +
        'resource is null, not a text; give a construct path, a Terraform address, or a pattern with *; ' +
        'reason is a list, not a text; say in at least 10 characters why the finding is accepted; ' +
        'owner is an object, not a text; name the person or team that answers for it; ' +
        "expires is missing; write the last day on which the waiver holds as YYYY-MM-DD, for instance '2026-12-31'",
    );
  });

  test('a pattern is not taken for a construct path', () => {
    expect(apply([waiver({ resource: 'other/*' })]).about[0]!.resource.constructPath).toBeUndefined();
  });
});

import { RoutedRow, RouterFact } from '../../lib/facts/traffic-facts';
import { trafficJumps } from '../../lib/rules/traffic-jumps';
import { contextOf, planContext, PlanProps } from './configuration';
import { brief } from './release-stack';

const ADDRESS = 'azurerm_api_management_api_policy.router';

function label(name: string): string {
  return `${name}-0123456789ab`;
}

/** A router with rows written as `name stage from to`; a stage of `-` is none. */
function router(rows: readonly string[], rest: Partial<RouterFact> = {}): RouterFact {
  return {
    origin: { address: ADDRESS, type: 'azurerm_api_management_api_policy' },
    path: 'xml_content',
    kind: 'api-management',
    rows: rows.map((text): RoutedRow => {
      const [name, stage, from, to] = text.split(' ');
      return {
        label: label(name!),
        ...(stage !== '-' && { stage: stage as RoutedRow['stage'] }),
        from: Number(from),
        to: Number(to),
        target: 'declared',
      };
    }),
    ...rest,
  };
}

function check(before: RouterFact | undefined, after: RouterFact | undefined, actions: PlanProps['actions'] = []) {
  const side = (one: RouterFact | undefined) => (one ? { traffic: { routers: [one], revisions: [] } } : {});
  return trafficJumps.check(planContext({ before: side(before), after: side(after), actions }));
}

function messages(before: readonly string[], after: readonly string[]): string[] {
  return check(router(before), router(after)).map(({ message }) => message);
}

const ALL = ['a stable 0 10000'];
const TEN = ['a stable 1000 10000', 'b canary 0 1000'];

describe('traffic-jumps', () => {
  test('reports a release that becomes stable without having been canary, at the router', () => {
    expect(check(router(ALL), router(['a draining 0 0', 'b stable 0 10000']))).toEqual([
      {
        rule: 'traffic-jumps',
        severity: 'warning',
        status: 'violation',
        resource: { address: ADDRESS, type: 'azurerm_api_management_api_policy', path: 'xml_content' },
        message: `${label('b')} was not in the router and gets 100 % of users as the stable release, without having been canary`,
        fix: `make ${label('b')} canary with a small share first, and let the share grow in steps`,
        subject: label('b'),
      },
    ]);
  });

  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    [
      'a candidate that becomes stable',
      [...ALL, 'b candidate 0 0'],
      ['a draining 0 0', 'b stable 0 10000'],
      [`${label('b')} had 0 % and gets 100 % of users as the stable release, without having been canary`],
    ],
    [
      'a share that grows by more than half of the users',
      TEN,
      ['a stable 6001 10000', 'b canary 0 6001'],
      [`${label('b')} had 10 % and gets 60.01 % of users: 50.01 % of users move at once, more than 50 points`],
    ],
    [
      'a canary that becomes stable from a small share',
      TEN,
      ['a draining 0 0', 'b stable 0 10000'],
      [`${label('b')} had 10 % and gets 100 % of users: 90 % of users move at once, more than 50 points`],
    ],
    [
      'a share that grows in a router that knows no stages',
      ['a - 0 10000'],
      ['a - 0 2000', 'b - 2000 10000'],
      [`${label('b')} was not in the router and gets 80 % of users: 80 % of users move at once, more than 50 points`],
    ],
    [
      'a canary that vanishes',
      TEN,
      ALL,
      [
        `${label('b')} has 10 % of users as canary and is not in the router after this plan: their conversations end with it`,
      ],
    ],
    [
      'a draining release that vanishes with a share',
      ['a stable 0 9999', 'b draining 9999 10000'],
      ALL,
      [
        `${label('b')} has 0.01 % of users as draining and is not in the router after this plan: their conversations end with it`,
      ],
    ],
    ['a share that grows by exactly half', TEN, ['a stable 6000 10000', 'b canary 0 6000'], []],
    [
      'a canary that becomes stable from half',
      ['a stable 0 5000', 'b canary 5000 10000'],
      ['a draining 0 0', 'b stable 0 10000'],
      [],
    ],
    ['a new canary', ALL, TEN, []],
    [
      'a canary that is taken back at once',
      ['a stable 9000 10000', 'b canary 0 9000'],
      ['a stable 0 10000', 'b draining 0 0'],
      [],
    ],
    [
      'a return to a draining release',
      ['a draining 0 0', 'b stable 0 10000'],
      ['a stable 0 10000', 'b draining 0 0'],
      [],
    ],
    ['a draining release without a share that is taken out', [...ALL, 'b draining 0 0'], ALL, []],
    ['rows in another order', TEN, [...TEN].reverse(), []],
    ['the first release of a router', [], ALL, []],
    ['a row that ends before it starts', [...ALL, 'b canary 500 100'], ALL, []],
  ])('judges %s', (_what, before, after, found) => {
    expect(messages(before, after)).toEqual(found);
  });

  test('knows a router that has moved', () => {
    const moved = router(['b stable 0 10000', 'a draining 0 0'], {
      origin: { address: 'module.m.x.router', type: 'x' },
    });
    const actions = [{ address: 'module.m.x.router', previousAddress: ADDRESS, action: 'update' }] as const;
    expect(check(router(ALL), moved, actions)).toHaveLength(1);
    expect(check(router(ALL), moved)).toEqual([]);
  });

  test.each(['before', 'after'] as const)('does not know where the rows %s cannot be read', (side) => {
    const unread = router([], { unread: 'has rows that are an expression' });
    const actions = [{ address: ADDRESS, action: 'update' }] as const;
    const [before, after] = side === 'before' ? [unread, router(ALL)] : [router(ALL), unread];
    expect(check(before, after, actions).map(brief)).toEqual([
      'warning unknown: this plan changes the router, and how many users that moves cannot be read',
    ]);
    expect(check(before, after, [{ address: ADDRESS, action: 'no-op' }])).toEqual([]);
  });

  test('says nothing of a router that the plan creates, and without a plan', () => {
    expect(check(undefined, router(ALL))).toEqual([]);
    expect(trafficJumps.check(contextOf([]))).toEqual([]);
  });

  test('writes labels so that they cannot disturb a terminal', () => {
    const hostile = router(['a stable 0 0']).rows[0]!;
    const after = router([], { rows: [{ ...hostile, label: '\u001b[31mx\n', from: 0, to: 10_000 }] });
    expect(check(router(ALL), after).map(({ message }) => message)).toEqual([
      '\\u{1b}[31mx\\u{a} was not in the router and gets 100 % of users as the stable release, without having been canary',
      `${label('a')} has 100 % of users as stable and is not in the router after this plan: their conversations end with it`,
    ]);
  });
});

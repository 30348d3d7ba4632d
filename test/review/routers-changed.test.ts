import { BUCKETS, trafficBucket } from '../../lib/contracts/traffic-bucket';
import { expectedElsewhere } from '../../lib/facts/traffic-dealing';
import { RoutedRow } from '../../lib/facts/traffic-facts';
import { change } from '../facts/planned-resources';
import {
  CANARY,
  plannedRouter,
  policyAndSwitch,
  policyOf,
  POLICY,
  reviewed,
  RouterKind,
  RouterSide,
  STABLE,
  SWITCH,
} from './planned-routers';

describe.each<RouterKind>(['api-management', 'nginx'])('a router of kind %s', (kind) => {
  const review = (before: RouterSide, after: RouterSide) => reviewed(plannedRouter(kind, before, after));
  const salt = (name: string) => (kind === 'nginx' ? `${name}:$user` : name);

  test('deals users anew where its salt changes in the middle of a ramp', () => {
    const { findings, traffic, text, shares, verdict } = review({}, { salt: 'winter' });
    expect(findings).toEqual([
      `warning violation: this plan changes the salt from '${salt('autumn')}' to '${salt('winter')}' while releases share the users: all of them are dealt anew, and 9.5 % of users are expected to change release`,
    ]);
    expect(traffic).toMatchObject({ kind: 'router', moved: 0.095, isDealtAnew: true });
    expect(shares).toEqual([
      [STABLE, 0.95, 0.95],
      [CANARY, 0.05, 0.05],
    ]);
    expect(text).toBe('9.5 % of the traffic is expected to move, as another salt deals all users anew');
    expect(verdict).toMatchObject({
      word: 'look',
      sentence: expect.stringContaining('9.5 % of traffic moves') as string,
    });
  });

  test.each<[string, RouterSide, RouterSide, number]>([
    [
      'one release has all users before, as a new experiment begins',
      { canary: 0 },
      { canary: 5, salt: 'winter' },
      0.05,
    ],
    ['one release has all users afterwards', { canary: 5 }, { canary: 0, salt: 'winter' }, 0.05],
    ['its salt stays', { canary: 5 }, { canary: 25 }, 0.2],
  ])('deals nobody anew where %s', (_what, before, after, moved) => {
    const { findings, traffic } = review(before, after);
    expect(findings).toEqual([]);
    expect(traffic).toMatchObject({ moved });
    expect(traffic).not.toHaveProperty('isDealtAnew');
  });

  test('says nothing of another salt while one release has all users', () => {
    expect(review({ canary: 0 }, { canary: 0, salt: 'winter' })).toMatchObject({
      findings: [],
      traffic: undefined,
      verdict: { word: 'go' },
    });
  });

  test('counts a ramp and another salt together', () => {
    const { findings, traffic } = review({ canary: 5 }, { canary: 25, salt: 'winter' });
    expect(findings).toEqual([expect.stringContaining('27.5 % of users are expected to change release')]);
    expect(traffic).toMatchObject({ moved: 0.275 });
  });

  test('sends everybody to stable where its kill switch goes on, and that is no finding', () => {
    const { findings, traffic, text, shares, verdict } = review({ canary: 25 }, { canary: 25, killSwitch: 'on' });
    expect(findings).toEqual([]);
    expect(traffic).toMatchObject({ moved: 0.25, killSwitch: { before: 'off', after: 'on' } });
    expect(shares).toEqual([
      [STABLE, 0.75, 1],
      [CANARY, 0.25, 0],
    ]);
    expect(text).toBe('25 % of the traffic moves; the kill switch goes on: everybody is on stable');
    expect(verdict).toMatchObject({
      word: 'look',
      sentence: expect.stringContaining('a kill switch goes on') as string,
    });
  });

  test('takes users back where its kill switch goes off, however it was turned on', () => {
    const { findings, traffic, text, shares, verdict } = review({ canary: 25, killSwitch: 'on' }, { canary: 25 });
    expect(findings).toEqual([]);
    expect(traffic).toMatchObject({ moved: 0.25, killSwitch: { before: 'on', after: 'off' } });
    expect(shares).toEqual([
      [STABLE, 1, 0.75],
      [CANARY, 0, 0.25],
    ]);
    expect(text).toBe(
      '25 % of the traffic moves; the kill switch goes off: users return to the releases of their buckets',
    );
    expect(verdict).toMatchObject({
      word: 'look',
      sentence: expect.stringContaining('a kill switch goes off') as string,
    });
  });

  test('warns where more than half of the users return at once', () => {
    expect(review({ canary: 60, killSwitch: 'on' }, { canary: 60 }).findings).toEqual([
      `warning violation: ${CANARY} had 0 % and gets 60 % of users: 60 % of users move at once, more than 50 points, as the kill switch goes off`,
    ]);
  });

  test('moves nobody while its kill switch stays on, and tells what changes behind it', () => {
    const { findings, traffic, text, verdict } = review(
      { canary: 5, killSwitch: 'on' },
      { canary: 50, salt: 'winter', killSwitch: 'on' },
    );
    expect(findings).toEqual([]);
    expect(traffic).toMatchObject({
      moved: 0,
      killSwitch: { before: 'on', after: 'on', hidden: 0.5, dealing: 'anew' },
    });
    expect(text).toBe(
      'no traffic moves; the kill switch stays on: everybody is on stable; once it is off, 50 % leave stable, and 50 % are expected to get another release than before it was on, as another salt deals all users anew',
    );
    expect(verdict).toMatchObject({
      word: 'look',
      sentence: expect.stringContaining('a salt changes behind a kill switch') as string,
    });
  });

  const anew = 'are expected to get another release than before it was on, as another salt deals all users anew';

  test.each<[string, RouterSide, RouterSide, string, string]>([
    [
      'rows, as it stays on',
      { canary: 5, killSwitch: 'on' },
      { canary: 25, killSwitch: 'on' },
      'no traffic moves; the kill switch stays on: everybody is on stable; once it is off, 25 % leave stable, and 20 % get another release than before it was on',
      'shares change behind a kill switch',
    ],
    [
      'rows, as it goes off',
      { canary: 5, killSwitch: 'on' },
      { canary: 25 },
      '25 % of the traffic moves; the kill switch goes off: 25 % leave stable, and 20 % get another release than before it was on',
      'shares change behind a kill switch',
    ],
    [
      'the salt alone, as it stays on',
      { killSwitch: 'on' },
      { salt: 'winter', killSwitch: 'on' },
      `no traffic moves; the kill switch stays on: everybody is on stable; once it is off, 5 % leave stable, and 9.5 % ${anew}`,
      'a salt changes behind a kill switch',
    ],
    [
      'rows and salt, as it goes on',
      { canary: 5 },
      { canary: 25, salt: 'winter', killSwitch: 'on' },
      `5 % of the traffic moves; the kill switch goes on: everybody is on stable; once it is off, 25 % leave stable, and 27.5 % ${anew}`,
      'a salt changes behind a kill switch',
    ],
    [
      'the salt, as it goes off',
      { killSwitch: 'on' },
      { salt: 'winter' },
      `5 % of the traffic moves; the kill switch goes off: 5 % leave stable, and 9.5 % ${anew}`,
      'a salt changes behind a kill switch',
    ],
    [
      'the salt where one release has all users afterwards',
      { canary: 5, killSwitch: 'on' },
      { canary: 0, salt: 'winter', killSwitch: 'on' },
      'no traffic moves; the kill switch stays on: everybody is on stable; once it is off, 0 % leave stable, and 5 % get another release than before it was on',
      'shares change behind a kill switch',
    ],
  ])('tells %s, behind its kill switch', (_what, before, after, expected, news) => {
    const { findings, text, verdict } = review(before, after);
    expect(findings).toEqual([]);
    expect(text).toBe(expected);
    expect(verdict.sentence).toContain(news);
  });

  test('shows a kill switch that stays on, and lets the plan go', () => {
    const on: RouterSide = { killSwitch: 'on' };
    expect(review(on, on)).toMatchObject({
      text: 'no traffic moves; the kill switch stays on: everybody is on stable',
      verdict: { word: 'go' },
    });
  });

  test('ends where its contents are no router any more', () => {
    const text =
      kind === 'nginx'
        ? 'events {} http { server { listen 8080; return 204; } }'
        : '<policies><inbound><base /><set-backend-service base-url="https://old.example.com" /></inbound><backend><base /></backend><outbound /><on-error /></policies>';
    const { findings, traffic, verdict, shares } = review({}, { text });
    const who = [`95 % of users to release ${STABLE}`, `5 % of users to release ${CANARY}`];
    const inOrder = (kind === 'nginx' ? who.reverse() : who).join(', ');
    expect(findings).toEqual([
      `error violation: this router sends ${inOrder}, and after this plan it is no router any more`,
    ]);
    expect(traffic).toMatchObject({ moved: 1 });
    expect(shares).toEqual([
      [STABLE, 0.95, undefined],
      [CANARY, 0.05, undefined],
    ]);
    expect(verdict).toMatchObject({
      word: 'stop',
      sentence: expect.stringMatching(/^this router sends .* and after this plan it is no router any more$/) as string,
    });
  });
});

describe('what of a router cannot be read', () => {
  const base = policyAndSwitch({ canary: 5 });
  const policy = (parts: Parameters<typeof change>[1]) =>
    change(POLICY, { action: 'update', before: base[POLICY], ...parts });
  const named = (before: unknown, after: unknown, parts: Parameters<typeof change>[1] = {}) =>
    change(SWITCH, {
      action: 'update',
      before: { ...base[SWITCH], ...(before as object) },
      after: { ...base[SWITCH], ...(after as object) },
      beforeSensitive: { value: true },
      afterSensitive: { value: true },
      ...parts,
    });
  const review = (...more: Parameters<typeof plannedRouter>[3] & object) =>
    reviewed(plannedRouter('api-management', {}, {}, more));

  test('a policy that is known only after the apply may still be one', () => {
    const unknown = policy({ after: { ...base[POLICY], xml_content: null }, afterUnknown: { xml_content: true } });
    expect(review(unknown)).toMatchObject({
      findings: [
        `warning unknown: this router sends 95 % of users to release ${STABLE}, 5 % of users to release ${CANARY}, and whether it still is a router after this plan cannot be read`,
      ],
      text: 'has contents after the plan that cannot be read: whether it still is a router is not known',
    });
  });

  test.each([
    ['behind a link', { xml_content: null, xml_link: 'https://contoso.blob.core.windows.net/p.xml' }],
    [
      'in a fragment that nothing declares',
      {
        xml_content:
          '<policies><inbound><include-fragment fragment-id="routing" /></inbound><backend /><outbound /><on-error /></policies>',
      },
    ],
  ])('so may a policy that stands %s', (_where, content) => {
    const { findings } = review(policy({ after: { ...base[POLICY], ...content } }));
    expect(findings).toEqual([
      expect.stringMatching(/^warning unknown: .* still is a router after this plan cannot be read$/),
    ]);
  });

  test('a router that moves into a fragment of the service is the same one', () => {
    const place = { api_management_name: 'contoso', resource_group_name: 'rg' };
    const inbound = /<inbound>([\s\S]*)<\/inbound>/.exec(policyOf({}))![1]!;
    const fragment = change('azurerm_api_management_policy_fragment.routing', {
      action: 'create',
      after: {
        api_management_id: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso',
        name: 'routing',
        value: `<fragment>${inbound}</fragment>`,
      },
    });
    const xml = policyOf({}).replace(inbound, '<include-fragment fragment-id="routing" />');
    expect(review(policy({ after: { ...base[POLICY], ...place, xml_content: xml } }), fragment).findings).toEqual([]);
  });

  test('a policy that Terraform lets go of stays a router', () => {
    expect(review(policy({ action: 'forget' }))).toMatchObject({
      findings: [],
      traffic: { moved: 0 },
      text: 'is let go of and lives on: nothing declares it any more',
    });
  });

  test.each<[string, ReturnType<typeof named>, boolean]>([
    ['becomes a secret', named({}, { secret: true }), true],
    ['was a secret and is off', named({ secret: true }, {}), true],
    ['is another secret', named({ secret: true, value: 'off' }, { secret: true, value: 'on' }), true],
    ['is known only after the apply', named({}, { value: null }, { afterUnknown: { value: true } }), true],
    ['was a secret and is on', named({ secret: true }, { value: 'on' }), false],
    ['stays a secret', named({ secret: true }, { secret: true }, { action: 'no-op' }), false],
    ['gets a tag', named({}, { tags: ['chat'] }), false],
  ])('a kill switch that %s', (_what, change_, isTold) => {
    const found = review(change_).findings;
    expect(found).toEqual(
      isTold
        ? [
            "warning unknown: whether this plan turns the router's kill switch cannot be read: users of other releases than the stable one may move at once",
          ]
        : [],
    );
  });

  test.each(['on', 'ON ', 'true', 'yes, now'])("a kill switch at '%s' is on, and what it says is not told", (value) => {
    const { traffic } = review(named({}, { value }));
    expect(traffic).toMatchObject({ killSwitch: { before: 'off', after: 'on' } });
    expect(JSON.stringify(traffic)).not.toContain('yes, now');
  });

  test('a kill switch of the same name in another service is another one', () => {
    const elsewhere = change('azurerm_api_management_named_value.other', {
      action: 'update',
      before: { ...base[SWITCH], api_management_name: 'fabrikam', value: 'off' },
      after: { ...base[SWITCH], api_management_name: 'fabrikam', value: 'on' },
      beforeSensitive: { value: true },
      afterSensitive: { value: true },
    });
    expect(review(elsewhere)).toMatchObject({ findings: [], traffic: undefined });
  });

  test('a named value of another name stays secret', () => {
    const secret = named({ display_name: 'chat-key', value: 'k1' }, { display_name: 'chat-key', value: 'k2' });
    const facts = plannedRouter('api-management', {}, {}, [secret]);
    expect(JSON.stringify(facts, (_key, value: unknown) => (value instanceof Map ? [...value] : value))).not.toMatch(
      /"k[12]"/,
    );
    expect(reviewed(facts)).toMatchObject({ findings: [], traffic: undefined });
  });

  test.each([
    ['an expression', '@(context.Request.Headers.GetValueOrDefault("x-salt",""))'],
    ['a named value that nothing declares', '{{salt}}'],
  ])('another salt that is %s', (_what, salt) => {
    const xml = policyOf({}).replace(
      'name="salt" value="autumn"',
      () => `name="salt" value="${salt.replaceAll('"', '&quot;')}"`,
    );
    const change_ = policy({ after: { ...base[POLICY], xml_content: xml } });
    expect(review(change_)).toMatchObject({
      findings: [
        'warning unknown: this plan changes what users are dealt to releases by, and the salt before or after cannot be read: all of them may be dealt anew',
      ],
      text: 'has a salt that cannot be read, before or after: whether users are dealt anew is not known',
    });
  });

  test('a salt is written so that it cannot disturb a terminal', () => {
    const xml = policyOf({}).replace('"autumn"', '"&#x1b;[31m"').replace('&#x1b;', '\u009b');
    const { findings } = review(policy({ after: { ...base[POLICY], xml_content: xml } }));
    expect(findings).toEqual([expect.stringContaining("to '\\u{9b}[31m' while")]);
  });
});

describe('users who are dealt anew', () => {
  const rows = (...shares: readonly (readonly [string, number])[]): RoutedRow[] => {
    let from = 0;
    return shares.map(([label, share]) => {
      const row = { label, from, to: from + share * BUCKETS, target: 'declared' } as const;
      from = row.to;
      return row;
    });
  };

  test.each<[string, RoutedRow[], RoutedRow[], number]>([
    ['one release', rows(['a', 1]), rows(['a', 1]), 0],
    ['halves', rows(['a', 0.5], ['b', 0.5]), rows(['a', 0.5], ['b', 0.5]), 0.5],
    ['three releases', rows(['a', 0.6], ['b', 0.3], ['c', 0.1]), rows(['a', 0.5], ['b', 0.4], ['c', 0.1]), 0.57],
    ['others', rows(['a', 1]), rows(['b', 0.5], ['c', 0.5]), 1],
    ['users of nobody, before and after', rows(['a', 0.5]), rows(['a', 0.5]), 0.5],
  ])('of %s', (_what, before, after, expected) => {
    expect(expectedElsewhere(before, after)).toBe(expected);
  });

  test('are as many as the hash moves', () => {
    const before = rows(['a', 0.9], ['b', 0.1]);
    const after = rows(['b', 0.25], ['a', 0.75]);
    const labelOf = (table: readonly RoutedRow[], salt: string, user: string) => {
      const bucket = trafficBucket(salt, user);
      return table.find(({ from, to }) => bucket >= from && bucket < to)!.label;
    };
    const users = Array.from({ length: 20_000 }, (_, user) => `user-${user}`);
    const moved = users.filter((user) => labelOf(before, 'autumn', user) !== labelOf(after, 'winter', user)).length;
    // Three standard deviations of a share of 20,000.
    expect(Math.abs(moved / users.length - expectedElsewhere(before, after))).toBeLessThan(0.0096);
  });
});

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
  routerTextOf,
  STABLE,
  SWITCH,
} from './planned-routers';

describe('routing besides the rows', () => {
  const inside = (kind: RouterKind, edit: (text: string) => string, side: RouterSide = {}) => {
    const before = routerTextOf(kind, {});
    const after = edit(routerTextOf(kind, side));
    return reviewed(plannedRouter(kind, { text: before }, { text: after }));
  };
  const told = (contents: string, parts: string) =>
    `warning unknown: this plan changes the router's ${contents} in what the review does not read (${parts}), and whether users still go where the rows say cannot be told`;
  const OTHER_BACKEND = `<set-backend-service backend-id="chat-${CANARY}" />`;
  const ROWS = `${STABLE}|stable|500|10000;${CANARY}|canary|0|500`;

  test.each<[string, string, (text: string) => string]>([
    ['a fixed backend', 'inbound', (text) => text.replace('</inbound>', `${OTHER_BACKEND}</inbound>`)],
    [
      'one in the backend section',
      'backend',
      (text) => text.replace('<forward-request', `${OTHER_BACKEND}<forward-request`),
    ],
    [
      'an answer of its own',
      'inbound',
      (text) => text.replace('<inbound>', '<inbound><return-response><set-status code="503" /></return-response>'),
    ],
    [
      'rows in front of the rows that are read',
      'inbound',
      (text) =>
        text
          .replace('</inbound>', `<set-variable name="releases" value="${ROWS}" /></inbound>`)
          .replace(ROWS, `${CANARY}|stable|0|10000`),
    ],
    ['another word of the kill switch', 'inbound', (text) => text.replace('!=&quot;off&quot;', '!=&quot;never&quot;')],
    ['another id of users', 'inbound', (text) => text.replace('context.Subscription.Id', 'context.Subscription.Name')],
    [
      'a branch with a demand of its own',
      'inbound',
      (text) =>
        text.replace(
          `==&quot;${STABLE}&quot;)"`,
          `==&quot;${STABLE}&quot;&amp;&amp;context.Request.Method==&quot;GET&quot;)"`,
        ),
    ],
  ])('in API Management: %s', (_what, part, edit) => {
    const { findings, text, verdict } = inside('api-management', edit);
    expect(findings).toEqual([told('policy', part)]);
    expect(text).toBe(
      'changes in what the review does not read: whether users still go where the rows say is not known',
    );
    expect(verdict.word).toBe('look');
  });

  test.each<[string, string, (text: string) => string]>([
    [
      'a fixed place',
      'server',
      (text) => text.replace('proxy_pass $upstream', `proxy_pass https://${CANARY}.internal.example.com`),
    ],
    ['an answer of its own', 'server', (text) => text.replace('proxy_pass $upstream', 'return 503')],
    [
      'a map of the kill switch that leads elsewhere',
      'map $kill_switch $routed_release',
      (text) => text.replace(`on ${STABLE};`, `on ${CANARY};`),
    ],
  ])('in nginx: %s', (_what, part, edit) => {
    const { findings, verdict } = inside('nginx', edit);
    expect(findings).toEqual([told('configuration of nginx', part)]);
    expect(verdict.word).toBe('look');
  });

  test.each<[RouterKind, string, (text: string) => string, RouterSide]>([
    ['api-management', 'line breaks', (text) => text.replaceAll('><', '>\r\n  <'), {}],
    ['nginx', 'line breaks and comments', (text) => text.replaceAll(';\n', ';\n\n# a comment\n'), {}],
    ['api-management', 'a step of a ramp', (text) => text, { canary: 25 }],
    ['nginx', 'a step of a ramp', (text) => text, { canary: 25 }],
    ['api-management', 'an end of a ramp', (text) => text, { canary: 0 }],
  ])('in %s is the same after %s', (kind, _what, edit, side) => {
    expect(inside(kind, edit, side).findings).toEqual([]);
  });

  test.each<RouterKind>(['api-management', 'nginx'])(
    'of kind %s shows moved users though more changes with them',
    (kind) => {
      const edit = (text: string) =>
        text.replace('proxy_pass $upstream', 'return 503').replace('timeout="240"', 'timeout="1"');
      const { traffic, findings } = inside(kind, edit, { canary: 25 });
      expect(traffic).toMatchObject({ moved: 0.2 });
      expect(traffic).not.toHaveProperty('unread');
      expect(findings).toHaveLength(1);
    },
  );
});

describe('a router that nobody can read', () => {
  const base = policyAndSwitch({ canary: 5 });
  const place = { api_management_name: 'contoso', resource_group_name: 'rg' };
  const backend = (url: string) =>
    change('azurerm_api_management_backend.one', {
      before: { ...place, name: 'one', url },
      after: { ...place, name: 'one', url },
    });
  const secret = (action: 'update' | 'delete' | 'no-op', url = 'https://oai.openai.azure.com/openai') =>
    reviewed(
      plannedRouter('api-management', {}, {}, [
        backend(url),
        change(POLICY, {
          action,
          before: base[POLICY],
          after:
            action === 'delete'
              ? null
              : { ...base[POLICY], xml_content: policyOf({ canary: action === 'update' ? 100 : 5 }) },
          beforeSensitive: { xml_content: true },
          afterSensitive: action === 'delete' ? false : { xml_content: true },
        }),
      ]),
    ).findings;

  test.each([
    ['update', 'changes'],
    ['delete', 'destroys'],
  ] as const)('may be one where the plan is to %s it', (action, verb) => {
    expect(secret(action)).toEqual([
      `warning unknown: this plan ${verb} this policy, whose contents cannot be read, where backends lead to models or releases: whether it is a router, and how many users move, is not known`,
    ]);
  });

  test('is not spoken of where nothing happens to it, or nothing there leads to models', () => {
    expect(secret('no-op')).toEqual([]);
    expect(secret('update', 'https://orders.example.com')).toEqual([]);
  });

  const held = (variable: 'salt' | 'releases', text: string, name: string, action: 'update' | 'no-op') => {
    const xml = policyOf({}).replace(
      new RegExp(`name="${variable}" value="[^"]*"`),
      `name="${variable}" value="${text}"`,
    );
    const policy = { ...base[POLICY], xml_content: xml };
    const value = (now: string) => ({ ...base[SWITCH], id: undefined, name, display_name: name, value: now });
    const marks = { beforeSensitive: { value: true }, afterSensitive: { value: true } };
    return reviewed(
      plannedRouter('api-management', {}, {}, [
        change(POLICY, { before: policy, after: policy }),
        change('azurerm_api_management_named_value.held', {
          action,
          before: value('one'),
          after: value(action === 'update' ? 'two' : 'one'),
          ...marks,
        }),
      ]),
    );
  };
  const DEALT =
    'warning unknown: this plan changes what users are dealt to releases by, and the salt before or after cannot be read: all of them may be dealt anew';

  test.each([
    ['a named value', '{{chat-salt}}', 'chat-salt'],
    ['a part of one', 'v1-{{chat-salt}}', 'chat-salt'],
    ['one that is called like a kill switch', '{{db-kill-switch}}', 'db-kill-switch'],
  ])('has its salt in %s', (_what, text, name) => {
    expect(held('salt', text, name, 'update')).toMatchObject({
      findings: [DEALT],
      traffic: { moved: 0 },
      verdict: { word: 'look' },
    });
    expect(held('salt', text, name, 'no-op')).toMatchObject({ findings: [], verdict: { word: 'go' } });
  });

  test('has its rows in a named value', () => {
    expect(held('releases', '{{chat-rows}}', 'chat-rows', 'update').findings).toEqual([
      "warning unknown: this plan changes azurerm_api_management_named_value.held, which holds the router's rows, and how many users that moves cannot be read",
    ]);
    expect(held('releases', '{{chat-rows}}', 'chat-rows', 'no-op').findings).toEqual([]);
  });
});

import { DeploymentChange } from '../../lib/facts/plan-facts';
import { destroyedWhileLive } from '../../lib/rules/destroyed-while-live';
import { fingerprintOf } from '../../lib/rules/fingerprint';
import { contextOf, deployment, planContext, PlanProps } from './configuration';
import { accounts, backends, catalog, Resources, whenModel, written } from './gateway-stack';
import { findingsOfPlan, planBetween } from './plan-stack';
import { apps, brief, direct, orchestrator, release, router } from './release-stack';

const CHAT = 'gpt-7-chat@2024-01-01';
const FIX = 'move traffic away and apply that first; destroy this in a later plan, when nothing reaches it any more';

/** A gateway with a branch and a backend for each deployment of the account `eu`. */
function gateway(...names: readonly string[]): Resources[] {
  const branches = names.map((name) => whenModel(name, `<set-backend-service backend-id="to-${name}" />`)).join('');
  const urls = names.map((name): [string, string] => [
    `to-${name}`,
    `https://eu.openai.azure.com/openai/deployments/${name}`,
  ]);
  return [written(`<choose>${branches}</choose>`), backends(Object.fromEntries(urls))];
}

const both = accounts({ eu: { old: CHAT, new: CHAT } });
const newOnly = accounts({ eu: { new: CHAT } });

function messages(...plan: Parameters<typeof planBetween>): string[] {
  return findingsOfPlan(destroyedWhileLive, planBetween(...plan)).map(brief);
}

describe('destroyed-while-live: deployments', () => {
  test('reports one that a route sends calls to before the plan, although the route changes with it', () => {
    const facts = planBetween([...gateway('old'), both], [...gateway('new'), newOnly]);
    expect(findingsOfPlan(destroyedWhileLive, facts)).toEqual([
      {
        rule: 'destroyed-while-live',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_cognitive_deployment.eu_old',
          type: 'azurerm_cognitive_deployment',
          account: '${azurerm_cognitive_account.eu.id}',
          deployment: 'old',
          path: undefined,
        },
        message: `deployment 'old' (${CHAT}) takes calls from route 'old' (azurerm_api_management_api_policy.models), and this plan destroys it`,
        fix: FIX,
        model: { format: 'OpenAI', name: 'gpt-7-chat', version: '2024-01-01', sku: 'GlobalStandard' },
        retirementDate: undefined,
      },
    ]);
  });

  test('allows one that no route leads to any more', () => {
    expect(messages([...gateway('new'), both], [...gateway('new'), newOnly])).toEqual([]);
  });

  test('reports one that an orchestrator is wired to', () => {
    const of = release({ text: 'x' });
    const app = apps({ support: orchestrator(of, direct(of, { chat: 'old' })) });
    expect(messages([app, both], [app, newOnly])).toEqual([
      `error violation: deployment 'old' (${CHAT}) takes calls from the role CHAT of azurerm_container_app.support, and this plan destroys it`,
    ]);
  });

  test.each<[NonNullable<DeploymentChange['replaceOrder']>, string[]]>([
    [
      'destroy-first',
      [
        `error violation: deployment 'old' (${CHAT}) takes calls from route 'old' (azurerm_api_management_api_policy.models), and this plan destroys it before it creates the one that takes its place`,
      ],
    ],
    ['create-first', []],
  ])('judges a replacement under another name by its order: %s', (replaceOrder, found) => {
    const renamed: Resources = {
      ...newOnly,
      azurerm_cognitive_deployment: {
        ...newOnly.azurerm_cognitive_deployment,
        eu_old: { ...(both.azurerm_cognitive_deployment!.eu_old as object), name: 'next' },
      },
    };
    const action = { address: 'azurerm_cognitive_deployment.eu_old', action: 'replace', replaceOrder } as const;
    expect(messages([...gateway('old'), both], [...gateway('new'), renamed], [action])).toEqual(found);
  });

  test('reports one that is replaced under its own name', () => {
    const changed = accounts({ eu: { old: 'gpt-7-chat@2025-01-01', new: CHAT } });
    const action = { address: 'azurerm_cognitive_deployment.eu_old', action: 'replace' } as const;
    expect(messages([...gateway('old'), both], [...gateway('old'), changed], [action])).toEqual([
      `error violation: deployment 'old' (${CHAT}) takes calls from route 'old' (azurerm_api_management_api_policy.models), and this plan destroys it and creates it again`,
    ]);
  });

  test('reports one that is destroyed at one address and created at another', () => {
    const account = '/subscriptions/s/providers/Microsoft.CognitiveServices/accounts/models';
    const before = deployment({ account, address: 'a.old' });
    const serves = { targets: [{ place: 'backend', serves: before }] };
    const route = { ...ROUTE, ...serves };
    const props: PlanProps = {
      deployments: [{ outcome: 'recreated', before, after: deployment({ account, address: 'module.m.new' }) }],
      before: { gateway: { ...GATEWAY, routes: [route] } },
    };
    expect(destroyedWhileLive.check(planContext(props)).map(brief)).toEqual([
      "error violation: deployment 'chat' (chat@1) takes calls from route chat@1 (api.policy), and this plan destroys it and creates it again as module.m.new",
    ]);
  });

  test('lets a deployment go whose model is retired: it answers nobody', () => {
    const dead = accounts({ eu: { old: 'gpt-7-chat@2023-01-01', new: CHAT } });
    expect(messages([...gateway('old'), dead], [...gateway('new'), newOnly])).toEqual([]);
  });

  test.each(['kept', 'moved', 'imported', 'changed-in-place', 'forgotten'] as const)(
    'says nothing of one that is %s',
    (outcome) => {
      const props: PlanProps = { deployments: [{ outcome, before: deployment(), after: deployment() }] };
      expect(destroyedWhileLive.check(planContext(props, { catalog }))).toEqual([]);
    },
  );

  test('does not know where nothing in the plan sends calls', () => {
    expect(messages([both], [newOnly])).toEqual([
      `warning unknown: deployment 'old' (${CHAT}): this plan destroys it, and nothing in it tells whether calls still reach it`,
    ]);
  });

  describe('where nothing at all sends calls', () => {
    const destroyed = (...names: readonly string[]): PlanProps => ({
      deployments: names.map((name) => ({
        outcome: 'destroyed',
        before: deployment({ deployment: name, address: `a["${name}\n"]` }),
      })),
    });
    const found = (props: PlanProps) => destroyedWhileLive.check(planContext(props));

    test('one finding speaks of all deployments that go', () => {
      const names = ['e', 'd', 'c', 'b', 'a'];
      expect(found(destroyed(...names))).toEqual([
        {
          rule: 'destroyed-while-live',
          severity: 'warning',
          status: 'unknown',
          resource: { address: 'production', type: 'plan', stack: 'production' },
          message:
            'this plan destroys 5 deployments (a["e\\u{a}"], a["d\\u{a}"], a["c\\u{a}"], a["b\\u{a}"] and 1 more), and declares nothing that could tell whether calls still reach them',
          fix: `make sure that nothing calls them; otherwise ${FIX}`,
          subject: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      ]);
    });

    test('is known again where the same deployments go, in whichever order, and not where others do', () => {
      const fingerprint = (...names: readonly string[]) => found(destroyed(...names)).map(fingerprintOf)[0];
      expect(fingerprint('a', 'b')).toBe(fingerprint('b', 'a'));
      expect(fingerprint('a', 'b')).not.toBe(fingerprint('a', 'c'));
    });

    test('each is named where something sends calls that cannot be read', () => {
      const gateway = { ...GATEWAY, unread: [{ origin: ROUTE.origin, path: 'xml_content', reason: 'x' }] };
      expect(found({ ...destroyed('a', 'b'), before: { gateway } })).toHaveLength(2);
    });

    test('a change that no plan was made of is called so', () => {
      expect(found({ ...destroyed('a'), isForetold: true }).map(({ message }) => message)).toEqual([
        "deployment 'a' (chat@1): this change destroys it, and nothing in it tells whether calls still reach it",
      ]);
      expect(found({ ...destroyed('a', 'b'), isForetold: true })[0]!.message).toMatch(/^this change destroys 2 /);
    });
  });

  test('does not know where a policy cannot be read', () => {
    const unread = written(
      '<set-backend-service backend-id="@(context.Variables.GetValueOrDefault("x", ""))" />',
      both,
    );
    const parts = [unread, backends({ 'to-new': 'https://eu.openai.azure.com/openai/deployments/new' })];
    expect(messages(parts, [written('<base />', newOnly)])).toEqual([
      `warning unknown: deployment 'old' (${CHAT}): this plan destroys it, and nothing in it tells whether calls still reach it`,
    ]);
  });
});

const ROUTE = {
  origin: { address: 'api.policy', type: 'azurerm_api_management_api_policy' },
  path: 'xml_content',
  service: 'apim',
  place: 'backend',
  key: 'chat@1',
  aliases: [],
  answersItself: false,
  targets: [],
  mayHaveOtherTargets: false,
};

const GATEWAY = { apis: [], routes: [], missing: [], unread: [], keys: [] };

describe('destroyed-while-live: targets whose account is not declared', () => {
  const account = '/subscriptions/s/providers/Microsoft.CognitiveServices/accounts/Models';

  function found(url: string, name = 'chat') {
    const target = { place: 'backend', deployment: 'CHAT', url };
    const before = deployment({ account, deployment: name });
    const props: PlanProps = {
      deployments: [{ outcome: 'destroyed', before }],
      before: { gateway: { ...GATEWAY, routes: [{ ...ROUTE, targets: [target] }] } },
    };
    return destroyedWhileLive.check(planContext(props)).map(brief);
  }

  test('are certain where the host begins with the name of the account', () => {
    expect(found('https://models.openai.azure.com/openai/deployments/CHAT')).toEqual([
      "error violation: deployment 'chat' (chat@1) takes calls from route chat@1 (api.policy), and this plan destroys it",
    ]);
  });

  test('are unknown where it does not', () => {
    expect(found('https://other.openai.azure.com/openai/deployments/CHAT')).toEqual([
      "warning unknown: deployment 'chat' (chat@1): this plan destroys it, and whether it is the deployment of that name that takes calls from route chat@1 (api.policy) cannot be read",
    ]);
  });

  test('are not those of another name', () => {
    expect(found('https://models.openai.azure.com/openai/deployments/CHAT', 'other')).toEqual([]);
  });
});

describe('destroyed-while-live: releases', () => {
  const old = release({ text: 'old' });
  const next = release({ text: 'next' });

  function plan(row: string, action?: 'replace' | 'forget', replaceOrder?: 'create-first' | 'destroy-first') {
    const rest = row.includes('stable') ? 'canary|0|1000' : 'stable|1000|10000';
    const before = [
      apps({ old: orchestrator(old), next: orchestrator(next) }),
      router([
        { label: old.label, row, to: 'old' },
        { label: next.label, row: rest, to: 'next' },
      ]),
    ];
    const after = [
      apps({ next: orchestrator(next), ...(action === 'replace' && { old: orchestrator(old) }) }),
      router([{ label: next.label, row: 'stable|0|10000', to: 'next' }]),
    ];
    return messages(before, after, action && [{ address: 'azurerm_container_app.old', action, replaceOrder }]);
  }

  test.each<[string, Parameters<typeof plan>, string[]]>([
    [
      'a canary with users',
      ['canary|0|1000'],
      [`error violation: release ${old.label} gets 10 % of users, and this plan destroys its app`],
    ],
    [
      'the stable one, without a share',
      ['stable|0|0'],
      [`error violation: release ${old.label} is stable, and this plan destroys its app`],
    ],
    [
      'a draining one',
      ['draining|0|0'],
      [`error violation: release ${old.label} has not drained, and this plan destroys its app`],
    ],
    [
      'one whose app is replaced',
      ['canary|0|1000', 'replace', 'destroy-first'],
      [
        `error violation: release ${old.label} gets 10 % of users, and this plan destroys its app before it creates the new one`,
      ],
    ],
    ['one whose new app is there first', ['canary|0|1000', 'replace', 'create-first'], []],
    ['one whose app is forgotten and lives on', ['canary|0|1000', 'forget'], []],
    ['a retired one', ['retired|0|0'], []],
    ['a candidate', ['candidate|0|0'], []],
    ['a canary that nobody is sent to', ['canary|0|0'], []],
  ])('judges %s', (_what, given, found) => {
    expect(plan(...given)).toEqual(found);
  });

  test('does not know who uses an app where the plan speaks of no router', () => {
    expect(messages([apps({ old: orchestrator(old) })], [apps({ next: orchestrator(next) })])).toEqual([
      `warning unknown: release ${old.label}: this plan destroys its app, and nothing in it tells whether users are still sent there`,
    ]);
  });

  test('lets an app go that no row of a router names', () => {
    const rows = router([{ label: next.label, row: 'stable|0|10000', to: 'next' }]);
    const before = [apps({ old: orchestrator(old), next: orchestrator(next) }), rows];
    expect(messages(before, [apps({ next: orchestrator(next) }), rows])).toEqual([]);
  });

  describe('in a comparison of two configurations, which lists no actions on apps', () => {
    const rows = router([{ label: old.label, row: 'stable|0|10000', to: 'old' }]);

    function compared(after: Resources): string[] {
      const { plan: between, ...facts } = planBetween([apps({ old: orchestrator(old) }), rows], [after]);
      return findingsOfPlan(destroyedWhileLive, { ...facts, plan: { ...between, resources: new Map() } }).map(brief);
    }

    test('an app ends whose address and label are gone', () => {
      expect(compared(apps({ next: orchestrator(next) }))).toEqual([
        `error violation: release ${old.label} gets 100 % of users, and this plan destroys its app`,
      ]);
    });

    test.each([
      ['address', { old: orchestrator(next) }],
      ['label', { moved: orchestrator(old) }],
    ])('an app lives on whose %s is still there', (_what, named) => {
      expect(compared(apps(named))).toEqual([]);
    });
  });

  test('says nothing without a plan', () => {
    expect(destroyedWhileLive.check(contextOf([deployment()]))).toEqual([]);
  });
});

test('destroyed-while-live writes names so that they cannot disturb a terminal', () => {
  const props: PlanProps = {
    deployments: [{ outcome: 'destroyed', before: deployment({ deployment: 'a\u001b[2J\n' }) }],
  };
  expect(destroyedWhileLive.check(planContext(props)).map(brief)).toEqual([
    "warning unknown: deployment 'a\\u{1b}[2J\\u{a}' (chat@1): this plan destroys it, and nothing in it tells whether calls still reach it",
  ]);
});

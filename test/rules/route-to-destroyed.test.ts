import { routeTargetMissing } from '../../lib/rules/route-target-missing';
import { routeToDestroyed } from '../../lib/rules/route-to-destroyed';
import { contextOf, deployment, planContext } from './configuration';
import { accounts, backends, Resources, whenModel, written } from './gateway-stack';
import { findingsOfPlan, planBetween } from './plan-stack';
import { apps, brief, direct, orchestrator, release, router } from './release-stack';

const CHAT = 'gpt-7-chat@2024-01-01';
const both = accounts({ eu: { old: CHAT, new: CHAT } });
const newOnly = accounts({ eu: { new: CHAT } });
const URLS = {
  'to-old': 'https://eu.openai.azure.com/openai/deployments/old',
  'to-new': 'https://eu.openai.azure.com/openai/deployments/new',
};

function gateway(name: string): Resources {
  return written(`<choose>${whenModel(CHAT, `<set-backend-service backend-id="${name}" />`)}</choose>`);
}

function all(...plan: Parameters<typeof planBetween>): string[] {
  const facts = planBetween(...plan);
  return [routeToDestroyed, routeTargetMissing].flatMap((rule) =>
    findingsOfPlan(rule, facts).map((finding) => `${finding.rule} ${brief(finding)}`),
  );
}

describe('route-to-destroyed: gateways', () => {
  test('reports a route that still leads to a deployment that goes, and route-target-missing does not say it again', () => {
    const route = [gateway('to-old'), backends(URLS)];
    expect(all([...route, both], [...route, newOnly])).toEqual([
      `route-to-destroyed error violation: route ${CHAT} leads to deployment 'old' (azurerm_cognitive_deployment.eu_old), which this plan destroys`,
    ]);
  });

  test('stands at the route and says what to do', () => {
    const route = [gateway('to-old'), backends(URLS)];
    expect(findingsOfPlan(routeToDestroyed, planBetween([...route, both], [...route, newOnly]))).toEqual([
      {
        rule: 'route-to-destroyed',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_api_management_api_policy.models',
          type: 'azurerm_api_management_api_policy',
          path: 'xml_content',
        },
        message: `route ${CHAT} leads to deployment 'old' (azurerm_cognitive_deployment.eu_old), which this plan destroys`,
        fix: 'lead the route to another deployment, or take it out, in the same plan or before',
        model: { name: 'gpt-7-chat', version: '2024-01-01' },
      },
    ]);
  });

  test('says nothing of a route that leads elsewhere afterwards', () => {
    const after = [gateway('to-new'), backends(URLS), newOnly];
    expect(all([gateway('to-old'), backends(URLS), both], after)).toEqual([]);
  });

  test('is a warning for a deployment that is forgotten and lives on', () => {
    const route = [gateway('to-old'), backends(URLS)];
    const forget = [{ address: 'azurerm_cognitive_deployment.eu_old', action: 'forget' }] as const;
    expect(all([...route, both], [...route, newOnly], forget)).toEqual([
      `route-to-destroyed warning violation: route ${CHAT} leads to deployment 'old' (azurerm_cognitive_deployment.eu_old), which this plan lets go of: it lives on, and nothing declares it`,
    ]);
  });

  test('reports a new name of a replaced deployment that the route does not know', () => {
    const renamed: Resources = {
      ...newOnly,
      azurerm_cognitive_deployment: {
        ...newOnly.azurerm_cognitive_deployment,
        eu_old: { ...(both.azurerm_cognitive_deployment!.eu_old as object), name: 'next' },
      },
    };
    const route = [gateway('to-old'), backends(URLS)];
    const replace = [{ address: 'azurerm_cognitive_deployment.eu_old', action: 'replace' }] as const;
    expect(all([...route, both], [...route, renamed], replace)).toEqual([
      `route-to-destroyed error violation: route ${CHAT} leads to deployment 'old' (azurerm_cognitive_deployment.eu_old), which this plan destroys`,
    ]);
  });

  test('finds a new route to what goes by the name of the account', () => {
    const account = '/subscriptions/s/providers/Microsoft.CognitiveServices/accounts/models';
    const props = {
      deployments: [{ outcome: 'destroyed', before: deployment({ account }) } as const],
      after: {
        gateway: {
          apis: [],
          missing: [],
          unread: [],
          keys: [],
          routes: [
            {
              origin: { address: 'api.policy', type: 'policy' },
              path: 'xml_content',
              service: 'apim',
              place: 'backend',
              key: 'eu\u001b[2J',
              aliases: [],
              answersItself: false,
              mayHaveOtherTargets: false,
              targets: [
                { place: 'a', url: 'https://models.openai.azure.com/openai', deployment: 'Chat' },
                { place: 'b', url: 'https://models.openai.azure.com/openai', deployment: 'other' },
                { place: 'c' },
              ],
            },
          ],
        },
      },
    };
    expect(routeToDestroyed.check(planContext(props)).map(brief)).toEqual([
      "error violation: route 'eu\\u{1b}[2J' leads to deployment 'chat' (azurerm_cognitive_deployment.chat), which this plan destroys",
    ]);
  });

  test('reports a backend that goes and is still named', () => {
    expect(all([gateway('to-old'), backends(URLS), both], [gateway('to-old'), both])).toEqual([
      "route-to-destroyed error violation: the policy names the backend 'to-old' at inbound/choose[0]/when[0]/set-backend-service[0]: azurerm_api_management_backend.to-old, which this plan destroys",
    ]);
  });

  test('leaves to route-target-missing a backend that never was', () => {
    const after = [gateway('to-nobody'), backends(URLS), both];
    expect(all([gateway('to-old'), backends(URLS), both], after).map((line) => line.split(' ')[0])).toEqual([
      'route-target-missing',
    ]);
  });
});

describe('route-to-destroyed: releases', () => {
  const old = release({ text: 'old' });
  const next = release({ text: 'next' });

  test('reports an orchestrator that stays wired to a deployment that goes', () => {
    const app = apps({ support: orchestrator(old, direct(old, { chat: 'old' })) });
    expect(all([app, both], [app, newOnly])).toEqual([
      "route-to-destroyed error violation: the role CHAT leads to deployment 'old' (azurerm_cognitive_deployment.eu_old), which this plan destroys",
    ]);
  });

  const before = [
    apps({ old: orchestrator(old), next: orchestrator(next) }),
    router([
      { label: old.label, row: 'canary|0|1000', to: 'old' },
      { label: next.label, row: 'stable|1000|10000', to: 'next' },
    ]),
  ];

  test.each<[string, string, string[]]>([
    [
      'with users',
      'canary|0|500',
      [
        `route-to-destroyed error violation: 5 % of users go to ${old.label}, whose app is azurerm_container_app.old, which this plan destroys`,
      ],
    ],
    [
      'that has not drained',
      'draining|0|0',
      [
        `route-to-destroyed error violation: the router still leads users of its draining row to ${old.label}, whose app is azurerm_container_app.old, which this plan destroys`,
      ],
    ],
    ['that is retired', 'retired|0|0', []],
    ['that nobody is sent to', 'candidate|0|0', []],
  ])('reports a row %s', (_what, row, found) => {
    const after = [
      apps({ next: orchestrator(next) }),
      router([
        { label: old.label, row, to: `https://${old.label}.example.com` },
        { label: next.label, row: 'stable|500|10000', to: 'next' },
      ]),
    ];
    expect(all(before, after)).toEqual(found);
  });

  test('says nothing of a release that another app runs by now', () => {
    const after = [
      apps({ moved: orchestrator(old), next: orchestrator(next) }),
      router([
        { label: old.label, row: 'canary|0|1000', to: 'moved' },
        { label: next.label, row: 'stable|1000|10000', to: 'next' },
      ]),
    ];
    expect(all(before, after)).toEqual([]);
  });

  test('says nothing without a plan', () => {
    expect(routeToDestroyed.check(contextOf([deployment()]))).toEqual([]);
  });
});

import { PlannedAction } from '../../lib/facts/plan-facts';
import { destroyedWhileLive } from '../../lib/rules/destroyed-while-live';
import { accounts, backends, Resources, whenModel, written } from './gateway-stack';
import { findingsOfPlan, planBetween } from './plan-stack';
import { apps, brief, orchestrator, release, router } from './release-stack';

const GROUP = '/subscriptions/s/resourceGroups/rg';
const SERVICE_ID = `${GROUP}/providers/Microsoft.ApiManagement/service/apim`;
const ENVIRONMENT = `${GROUP}/providers/Microsoft.App/managedEnvironments/apps`;

const old = release({ text: 'old' });
const running = apps({ old: orchestrator(old) });
const users = router([{ label: old.label, row: 'stable|0|10000', to: 'old' }]);
const POLICY = 'azurerm_api_management_api_policy.router';
const APP = 'azurerm_container_app.old';

type Given = Pick<PlannedAction, 'address' | 'action'> & Partial<PlannedAction>;

/** A plan lists what it acts on, whether anything else is known of it or not. */
function listed(actions: readonly Given[]): Resources[] {
  return actions.map(({ address }) => ({ [address.split('.')[0]!]: { [address.split('.')[1]!]: {} } }));
}

function messages(before: readonly Resources[], after: readonly Resources[], actions: readonly Given[] = []): string[] {
  const facts = planBetween(before, after);
  const named = planBetween(listed(actions), listed(actions), actions).plan.resources;
  const resources = new Map([...facts.plan.resources, ...named]);
  return findingsOfPlan(destroyedWhileLive, { ...facts, plan: { ...facts.plan, resources } }).map(brief);
}

/** The policy stays, and something else happens to what it is in. */
function around(address: string, id: string, action: PlannedAction['action'] = 'delete'): Given[] {
  return [
    { address: POLICY, action: 'no-op', id: `${SERVICE_ID}/apis/router` },
    {
      address: APP,
      action: 'no-op',
      id: `${GROUP}/providers/Microsoft.App/containerApps/old`,
      environment: ENVIRONMENT,
    },
    { address, type: address.split('.')[0]!, action, id },
  ];
}

/** As an after side has it once the policy is gone. */
function withoutPolicy(resources: Resources): Resources {
  return Object.fromEntries(Object.entries(resources).filter(([type]) => type !== 'azurerm_api_management_api_policy'));
}

/** The same under another address. */
function withPolicyAt(name: string, resources: Resources): Resources {
  return {
    ...resources,
    azurerm_api_management_api_policy: { [name]: resources.azurerm_api_management_api_policy!.router },
  };
}

describe('destroyed-while-live: routers', () => {
  const SENDS = `this router sends 100 % of users to release ${old.label}`;

  test.each<[string, readonly Resources[], readonly Given[], string[]]>([
    ['is destroyed', [running, withoutPolicy(users)], [], [`error violation: ${SENDS}, and this plan destroys it`]],
    [
      'is replaced',
      [running, users],
      [{ address: POLICY, action: 'replace', replaceOrder: 'destroy-first' }],
      [`error violation: ${SENDS}, and this plan destroys it before it creates the new one`],
    ],
    [
      'is replaced after the new one is there',
      [running, users],
      [{ address: POLICY, action: 'replace', replaceOrder: 'create-first' }],
      [],
    ],
    [
      'is in an API that is destroyed',
      [running, users],
      around('azurerm_api_management_api.router', `${SERVICE_ID}/apis/router;rev=1`),
      [`error violation: ${SENDS}, and this plan destroys it with its API azurerm_api_management_api.router`],
    ],
    [
      'is in a service that is replaced',
      [running, users],
      around('azurerm_api_management.apim', SERVICE_ID, 'replace'),
      [
        `error violation: ${SENDS}, and this plan destroys it with its API Management service azurerm_api_management.apim, which it replaces`,
      ],
    ],
    [
      'is in no service of a similar name',
      [running, users],
      around('azurerm_api_management.apim', `${SERVICE_ID}-2`),
      [],
    ],
    [
      'shares its id with another policy',
      [running, users],
      around('azurerm_api_management_api_policy.x', `${SERVICE_ID}/apis/router`),
      [],
    ],
    [
      'has a successor at another address',
      [running, withPolicyAt('next', users)],
      [],
      [
        `warning unknown: ${SENDS}, and this plan destroys it; whether azurerm_api_management_api_policy.next takes its place before that, for the same callers, cannot be told`,
      ],
    ],
    [
      'moves to another address',
      [running, withPolicyAt('next', users)],
      [
        { address: POLICY, action: 'no-op', previousAddress: POLICY },
        { address: 'azurerm_api_management_api_policy.next', action: 'no-op', previousAddress: POLICY },
      ],
      [],
    ],
    ['is forgotten and lives on', [running, withoutPolicy(users)], [{ address: POLICY, action: 'forget' }], []],
  ])('one that %s', (_what, after, actions, found) => {
    expect(messages([running, users], after, actions)).toEqual(found);
  });

  test('one that sends users nowhere may go', () => {
    const idle = router([{ label: old.label, row: 'candidate|0|0', to: 'old' }]);
    expect(messages([running, idle], [running, withoutPolicy(idle)])).toEqual([]);
  });

  test('one whose rows cannot be read', () => {
    const unread = router([], '${var.rows}');
    expect(messages([running, unread], [running, withoutPolicy(unread)])).toEqual([
      'warning unknown: this plan destroys it, and whom this router sends where cannot be read',
    ]);
  });

  test('one that a comparison of two configurations does not find any more', () => {
    const { plan, ...facts } = planBetween([running, users], [running, withoutPolicy(users)]);
    const foretold = { ...facts, plan: { ...plan, isForetold: true, resources: new Map() } };
    expect(findingsOfPlan(destroyedWhileLive, foretold).map(brief)).toEqual([
      `error violation: ${SENDS}, and this change destroys it`,
    ]);
  });
});

describe('destroyed-while-live: apps', () => {
  test('that go with their environment', () => {
    const actions = around('azurerm_container_app_environment.apps', ENVIRONMENT.toUpperCase());
    expect(messages([running, users], [running, users], actions)).toEqual([
      `error violation: release ${old.label} gets 100 % of users, and this plan destroys its app with its environment azurerm_container_app_environment.apps`,
    ]);
  });

  test.each(['apps2', 'app'])('that run in another environment than %s', (name) => {
    const id = ENVIRONMENT.replace(/apps$/, name);
    expect(messages([running, users], [running, users], around('azurerm_container_app_environment.x', id))).toEqual([]);
  });

  test('that go with their resource group, as the router does', () => {
    const actions = around('azurerm_resource_group.rg', GROUP);
    const ends = 'with its resource group azurerm_resource_group.rg';
    expect(messages([running, users], [running, users], actions)).toEqual([
      `error violation: release ${old.label} gets 100 % of users, and this plan destroys its app ${ends}`,
      `error violation: this router sends 100 % of users to release ${old.label}, and this plan destroys it ${ends}`,
    ]);
    expect(messages([running, users], [running, users], around('azurerm_resource_group.rg', `${GROUP}-2`))).toEqual([]);
  });
});

describe('destroyed-while-live: gateway policies', () => {
  const both = accounts({ eu: { old: 'gpt-7-chat@2024-01-01', new: 'gpt-7-chat@2024-01-01' } });
  const to = (name: string) => whenModel(name, `<set-backend-service backend-id="to-${name}" />`);
  const targets = backends({
    'to-old': 'https://eu.openai.azure.com/openai/deployments/old',
    'to-new': 'https://eu.openai.azure.com/openai/deployments/new',
  });
  const gateway = written(`<choose>${to('old')}${to('new')}</choose>`);
  const MODELS = 'azurerm_api_management_api_policy.models';

  function elsewhere(...names: readonly string[]): Resources {
    const { azurerm_api_management_api_policy: policies, ...rest } = written(
      `<choose>${names.map(to).join('')}</choose>`,
    );
    return { ...rest, azurerm_api_management_api_policy: { next: policies!.models } };
  }

  test.each<[string, Resources, readonly Given[], string[]]>([
    [
      'is destroyed',
      withoutPolicy(gateway),
      [],
      ["error violation: this policy answers calls by route 'old', route 'new', and this plan destroys it"],
    ],
    [
      'is destroyed and has one of its routes elsewhere',
      elsewhere('new'),
      [],
      ["error violation: this policy answers calls by route 'old', and this plan destroys it"],
    ],
    ['is destroyed and has its routes elsewhere', elsewhere('new', 'old'), [], []],
    [
      'is replaced',
      gateway,
      [{ address: MODELS, action: 'replace' }],
      [
        "error violation: this policy answers calls by route 'old', route 'new', and this plan destroys it before it creates the new one",
      ],
    ],
    [
      'is in a service that is destroyed',
      gateway,
      [
        { address: MODELS, action: 'no-op', id: `${SERVICE_ID}/apis/models` },
        { address: 'azurerm_api_management.apim', action: 'delete', id: SERVICE_ID },
      ],
      [
        "error violation: this policy answers calls by route 'old', route 'new', and this plan destroys it with its API Management service azurerm_api_management.apim",
      ],
    ],
    ['is updated', elsewhere('new'), [{ address: MODELS, action: 'update' }], []],
  ])('one that %s', (_what, after, actions, found) => {
    expect(messages([gateway, both, targets], [after, both, targets], actions)).toEqual(found);
  });
});

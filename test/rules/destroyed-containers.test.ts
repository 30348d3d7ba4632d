import { ConfigurationFacts } from '../../lib/facts/facts';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { destroyedWhileLive } from '../../lib/rules/destroyed-while-live';
import { contextOf, deployment, plan, PlanProps } from './configuration';
import { brief } from './release-stack';

const GROUP = '/subscriptions/s/resourceGroups/rg-chat';
const ACCOUNT = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/models`;
const OTHER = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/other`;
const CHAT = deployment({ account: ACCOUNT });
const KEPT: DeploymentChange = { outcome: 'kept', before: CHAT, after: CHAT };

type Actions = NonNullable<PlanProps['actions']>;
type Action = Actions[number];

const account = (action: Action['action'], rest: Partial<Action> = {}): Action => ({
  address: 'azurerm_cognitive_account.models',
  action,
  id: ACCOUNT,
  kind: 'OpenAI',
  ...rest,
});

const group = (id: string): Action => ({ address: 'azurerm_resource_group.chat', action: 'delete', id });

/** A gateway with a route to a deployment. */
function calling(target: DeploymentChange['before']): Pick<PlanProps, 'before'> {
  const origin = { address: 'api.policy', type: 'azurerm_api_management_api_policy' };
  const route = {
    origin,
    path: 'xml_content',
    service: 'apim',
    place: 'inbound',
    key: 'chat@1',
    aliases: [],
    answersItself: false,
    targets: [{ place: 'backend', serves: target }],
    mayHaveOtherTargets: false,
  };
  return { before: { gateway: { apis: [], routes: [route], missing: [], unread: [], keys: [] } } };
}

/** What is found in each plan of a run. */
function inRun(...configurations: readonly ConfigurationFacts[]): string[] {
  return configurations.flatMap((facts) =>
    destroyedWhileLive.check({ ...contextOf([]), facts, configurations }).map(brief),
  );
}

function found(deployments: readonly DeploymentChange[], actions: Actions, rest: PlanProps = {}): string[] {
  return inRun(plan({ deployments, actions, ...rest }));
}

const SILENT = ', and nothing in it tells whether calls still reach it';
const unknown = (ends: string) => `warning unknown: deployment 'chat' (chat@1): ${ends}${SILENT}`;

describe('destroyed-while-live: what Azure destroys with what it is in', () => {
  test.each<[string, Action]>([
    ['this plan destroys it with its account azurerm_cognitive_account.models', account('delete')],
    [
      'this plan destroys it with its account azurerm_cognitive_account.models, which it replaces',
      account('replace', { replaceOrder: 'destroy-first' }),
    ],
    [
      'this plan destroys it with its account azapi_resource.a',
      account('delete', { address: 'azapi_resource.a', id: ACCOUNT.toUpperCase() }),
    ],
    [
      'this plan destroys it with its account azurerm_ai_services.a',
      account('delete', { address: 'azurerm_ai_services.a' }),
    ],
    ['this plan destroys it with its resource group azurerm_resource_group.chat', group(`${GROUP.toLowerCase()}/`)],
  ])('%s', (ends, action) => {
    expect(found([KEPT], [action])).toEqual([unknown(ends)]);
    expect(found([KEPT], [action], calling(CHAT))).toEqual([
      `error violation: deployment 'chat' (chat@1) takes calls from route chat@1 (api.policy), and ${ends}`,
    ]);
  });

  test.each<[string, Action]>([
    ['a group whose name begins like that one', group(`${GROUP}-2`)],
    ['a group whose name that one begins with', group(GROUP.slice(0, -1))],
    ['another account', account('delete', { id: OTHER, kind: 'SpeechServices' })],
    ['an account that is forgotten and lives on', account('forget')],
    ['an account that changes in place', account('update')],
    ['an account whose id cannot be read', account('delete', { id: undefined, kind: 'Face' })],
    [
      'what has the id of the account and is something else',
      account('delete', { address: 'azurerm_cognitive_account_customer_managed_key.k' }),
    ],
    ['what patches the account', account('delete', { address: 'azapi_update_resource.u' })],
    ['what is no id of Azure', group('/'.repeat(100_000))],
    ['what is no id of Azure, and long', group(`${'/'.repeat(200_000)}x`)],
  ])('is not what is in %s', (_what, action) => {
    expect(found([KEPT], [action])).toEqual([]);
  });

  test('is told by the resource that declares the account where its id is not in the deployment', () => {
    const before = deployment({ account: { state: 'unknown', expression: '${azurerm_cognitive_account.models.id}' } });
    expect(found([{ outcome: 'kept', before, after: before }], [account('delete')])).toEqual([
      unknown('this plan destroys it with its account azurerm_cognitive_account.models'),
    ]);
  });

  test('is not what moves to another account before its own goes', () => {
    const after = deployment({ account: OTHER });
    const change: DeploymentChange = { outcome: 'replaced', replaceOrder: 'create-first', before: CHAT, after };
    expect(found([change], [account('delete')])).toEqual([]);
  });

  test('is told once where the plan destroys both', () => {
    expect(found([{ outcome: 'destroyed', before: CHAT }], [account('delete')])).toEqual([
      unknown('this plan destroys it'),
    ]);
  });

  test('may be declared in another plan of the run', () => {
    const platform = plan({ stack: 'platform', actions: [account('delete')] });
    const chat = plan({ stack: 'chat', deployments: [KEPT], ...calling(CHAT) });
    const finding =
      "error violation: deployment 'chat' (chat@1) takes calls from route chat@1 (api.policy), and another plan of this run destroys it with its account azurerm_cognitive_account.models in platform";
    expect(inRun(platform, chat)).toEqual([finding]);
    expect(inRun(chat, platform)).toEqual([finding]);
    expect(inRun(chat)).toEqual([]);
  });

  test('is told in one finding where it is much and nothing sends calls', () => {
    const kept = ['a', 'b', 'c', 'd', 'e'].map((name): DeploymentChange => {
      const fact = deployment({ account: ACCOUNT, deployment: name, address: `x.${name}` });
      return { outcome: 'kept', before: fact, after: fact };
    });
    const platform = plan({ stack: 'platform', actions: [account('delete')] });
    expect(inRun(platform, plan({ deployments: kept }))).toEqual([
      'warning unknown: this run destroys 5 deployments (x.a, x.b, x.c, x.d and 1 more), and declares nothing that could tell whether calls still reach them',
    ]);
  });
});

describe('destroyed-while-live: accounts of whose deployments nothing is known', () => {
  const SILENCE = 'and nothing in this run tells which deployments are on';

  test.each<[string, Action, string]>([
    ['destroyed', account('delete'), 'this plan destroys this account'],
    ['replaced', account('replace'), 'this plan replaces this account'],
    ['of no kind that can be read', account('delete', { kind: undefined }), 'this plan destroys this account'],
    ['for several services', account('delete', { kind: 'AIServices' }), 'this plan destroys this account'],
  ])('%s', (_what, action, ends) => {
    expect(found([], [action])).toEqual([`warning unknown: ${ends}, ${SILENCE} it`]);
  });

  test('destroyed with its resource group', () => {
    expect(found([], [group(GROUP), account('no-op')])).toEqual([
      `warning unknown: this plan destroys this account with its resource group azurerm_resource_group.chat, ${SILENCE} it`,
    ]);
  });

  test('several, in one finding', () => {
    const accounts = [1, 2, 3, 4, 5].map((number) =>
      account('delete', { address: `azurerm_cognitive_account.a\u001b${number}`, id: `${ACCOUNT}${number}` }),
    );
    const names = [1, 2, 3, 4].map((number) => `azurerm_cognitive_account.a\\u{1b}${number}`).join(', ');
    expect(found([], accounts)).toEqual([
      `warning unknown: 5 accounts for models are destroyed (${names} and 1 more), ${SILENCE} them`,
    ]);
  });

  test.each<[string, Action]>([
    ['for speech', account('delete', { kind: 'SpeechServices' })],
    ['forgotten', account('forget')],
    ['kept', account('no-op')],
  ])('says nothing of one that is %s', (_what, action) => {
    expect(found([], [action])).toEqual([]);
  });
});

describe('destroyed-while-live: deployments on accounts that no readable way leads to', () => {
  const outside = (name: string): DeploymentChange => ({
    outcome: 'destroyed',
    before: deployment({ account: OTHER, deployment: name, address: `x.${name}` }),
  });

  test('cannot be told', () => {
    expect(found([KEPT, outside('a')], [], calling(CHAT))).toEqual([
      "warning unknown: deployment 'a' (chat@1): this plan destroys it, and none of the ways that can be read leads to its account",
    ]);
  });

  test('are told in one finding', () => {
    expect(found(['a', 'b', 'c', 'd', 'e'].map(outside), [], calling(CHAT))).toEqual([
      'warning unknown: this plan destroys 5 deployments (x.a, x.b, x.c, x.d and 1 more), and none of the ways that can be read leads to their accounts',
    ]);
  });

  test('differ from one on an account that another route leads to', () => {
    const old = deployment({ account: ACCOUNT.toUpperCase(), deployment: 'old', address: 'x.old' });
    expect(found([KEPT, { outcome: 'destroyed', before: old }], [], calling(CHAT))).toEqual([]);
  });
});

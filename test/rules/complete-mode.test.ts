import { ConfigurationFacts } from '../../lib/facts/facts';
import { readPlanFacts } from '../../lib/facts/plan-facts-reader';
import { destroyedWhileLive } from '../../lib/rules/destroyed-while-live';
import { change, plan, read } from '../facts/plan-builder';
import { contextOf } from './configuration';
import { brief } from './release-stack';

const GROUP = '/subscriptions/s/resourceGroups/rg-chat';
const ACCOUNT = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/Models`;
const TEMPLATE = 'azurerm_resource_group_template_deployment.t';

const CHAT = {
  name: 'chat',
  cognitive_account_id: ACCOUNT,
  model: [{ format: 'OpenAI', name: 'chat', version: '1' }],
  sku: [{ name: 'GlobalStandard', capacity: 10 }],
  version_upgrade_option: 'NoAutoUpgrade',
};
const KEPT = change({ actions: ['no-op'], after: CHAT, change: { before: CHAT, after_unknown: {} } });

type Values = Readonly<Record<string, unknown>>;

const resources = (...declared: readonly object[]) => JSON.stringify({ resources: declared });
const account = (name: string) => ({ type: 'Microsoft.CognitiveServices/accounts', name });

const UNDEPLOYED = { ...account('models'), condition: false };
const nested = (...declared: readonly object[]) => ({
  type: 'Microsoft.Resources/deployments',
  properties: { mode: 'Incremental', template: { resources: declared } },
});

const TEMPLATE_VALUES = {
  name: 't',
  resource_group_name: 'RG-chat',
  deployment_mode: 'Complete',
  template_content: resources(),
};

function template(values: Values = {}, parts: Values = {}, actions = ['create']): Record<string, unknown> {
  const after = { ...TEMPLATE_VALUES, ...values };
  return change({
    type: 'azurerm_resource_group_template_deployment',
    name: 't',
    actions,
    after,
    change: { before: actions[0] === 'create' ? null : after, after_unknown: {}, ...parts },
  });
}

async function factsOf(...changes: readonly object[]): Promise<ConfigurationFacts> {
  return readPlanFacts(await read(plan({ resource_changes: changes })));
}

function inRun(...configurations: readonly ConfigurationFacts[]): string[] {
  return configurations.flatMap((facts) =>
    destroyedWhileLive.check({ ...contextOf([]), facts, configurations }).map(brief),
  );
}

const found = async (...changes: readonly object[]) => inRun(await factsOf(...changes));

const SILENT = ', and nothing in it tells whether calls still reach it';
const DELETED = `warning unknown: deployment 'chat' (chat@1): this plan deletes its account with ${TEMPLATE}, a template in mode Complete that does not declare it${SILENT}`;
const MAY_END =
  ', and Azure deletes the accounts of the group that it does not declare: that may end deployment azurerm_cognitive_deployment.chat';
const doubt = (what: string) =>
  `warning unknown: this template is deployed in mode Complete; ${what} cannot be read${MAY_END}`;

describe('destroyed-while-live: templates that are deployed in mode Complete', () => {
  test.each<[string, Record<string, unknown>]>([
    ['created', template()],
    ['updated', template({}, {}, ['update'])],
    ['replaced', template({}, {}, ['delete', 'create'])],
    ['in mode complete', template({ deployment_mode: 'complete' })],
    ['with another account', template({ template_content: resources(account('models-2')) })],
    ['with the account where a condition is false', template({ template_content: resources(UNDEPLOYED) })],
    [
      'with the account where a condition of a nested template is false',
      template({ template_content: resources({ ...nested(account('models')), condition: false }) }),
    ],
    [
      'with no copy of the account',
      template({ template_content: resources({ ...account('models'), copy: { name: 'c', count: 0 } }) }),
    ],
    [
      'with the account in another group',
      template({ template_content: resources({ ...nested(account('models')), resourceGroup: 'rg-other' }) }),
    ],
    ['with resources by name', template({ template_content: '{"resources":{"a":{"type":"Microsoft.Web/sites"}}}' })],
  ])('deletes the account of a deployment beside a template that is %s', async (_what, entry) => {
    expect(await found(entry, KEPT)).toEqual([DELETED]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['is Incremental', template({ deployment_mode: 'Incremental' })],
    ['is not deployed', template({}, {}, ['no-op'])],
    ['is destroyed', template({}, { after: null }, ['delete'])],
    ['is let go of', template({}, { after: null }, ['forget'])],
    ['is deployed to another group', template({ resource_group_name: 'rg-chat-2' })],
    [
      'is deployed to another subscription',
      template({ id: `${GROUP.replace('/s/', '/t/')}/providers/Microsoft.Resources/deployments/t` }),
    ],
    ['declares the account', template({ template_content: resources(account('MODELS')) })],
    [
      'declares the account in a template of its own',
      template({
        template_content: resources({
          type: 'Microsoft.Resources/deployments',
          properties: { mode: 'Incremental', template: { resources: [account('models')] } },
        }),
      }),
    ],
    [
      'declares the account in a template for the same group',
      template({ template_content: resources({ ...nested(account('models')), resourceGroup: 'RG-Chat' }) }),
    ],
    [
      'declares the account with a condition that is true',
      template({ template_content: resources({ ...account('models'), condition: true }) }),
    ],
    [
      'declares a copy of the account',
      template({ template_content: resources({ ...account('models'), copy: { name: 'c', count: 1 } }) }),
    ],
  ])('leaves alone what stands beside a template that %s', async (_what, entry) => {
    expect(await found(entry, KEPT)).toEqual([]);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['group', 'into which resource group', template({ resource_group_name: null })],
    [
      'group before the apply',
      'into which resource group',
      template({ resource_group_name: null }, { after_unknown: { resource_group_name: true } }),
    ],
    [
      'content',
      'which accounts it declares',
      template({ template_content: undefined, template_spec_version_id: '/x' }),
    ],
    [
      'content before the apply',
      'which accounts it declares',
      template({ template_content: undefined }, { after_unknown: { template_content: true } }),
    ],
    ['content, a secret,', 'which accounts it declares', template({}, { after_sensitive: { template_content: true } })],
    ['content, no JSON,', 'which accounts it declares', template({ template_content: '{"resources": [' })],
    ['name', 'which accounts it declares', template({ template_content: resources(account("[parameters('name')]")) })],
    ['type', 'which accounts it declares', template({ template_content: resources({ type: "[variables('t')]" }) })],
    [
      'account of a child',
      'which accounts it declares',
      template({
        template_content: resources({ type: 'Microsoft.CognitiveServices/accounts/deployments', name: 'models/chat' }),
      }),
    ],
    [
      'template behind a link',
      'which accounts it declares',
      template({ template_content: resources({ type: 'Microsoft.Resources/deployments', properties: {} }) }),
    ],
    ...Object.entries({
      condition: { ...account('models'), condition: "[parameters('x')]" },
      'condition, text,': { ...account('models'), condition: 'false' },
      'number of copies': { ...account('models'), copy: { name: 'c', count: "[length(parameters('x'))]" } },
      'scope of the account': { ...account('models'), scope: '/subscriptions/s/resourceGroups/other' },
      'account, which exists already,': { ...account('models'), existing: true },
      'group of a nested template': { ...nested(account('models')), resourceGroup: "[parameters('x')]" },
      'subscription of a nested template': { ...nested(account('models')), subscriptionId: 's' },
    }).map(([what, declared]): [string, string, Record<string, unknown>] => [
      what,
      'which accounts it declares',
      template({ template_content: resources(declared) }),
    ]),
    [
      'version of the API, for a condition that is false,',
      'which accounts it declares',
      {
        ...template({ deployment_mode: 'Complete', template_body: resources(UNDEPLOYED) }),
        type: 'azurerm_template_deployment',
      },
    ],
  ])('is not certain where the %s cannot be read', async (_what, words, entry) => {
    expect(await found(entry, KEPT)).toEqual([doubt(words)]);
  });

  test('is not certain where the mode is known only after the apply', async () => {
    expect(
      await found(template({ deployment_mode: null }, { after_unknown: { deployment_mode: true } }), KEPT),
    ).toEqual([`warning unknown: this template is deployed, whether in mode Complete cannot be read${MAY_END}`]);
  });

  test('says it once for all deployments that one template may end', async () => {
    const others = Array.from({ length: 40 }, (_, index) => {
      const values = { ...CHAT, name: `chat-${index}` };
      return change({ name: `c${index}`, actions: ['no-op'], after: values, change: { before: values } });
    });
    const findings = await found(template({ resource_group_name: null }), ...others);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(
      'that may end 40 deployments (azurerm_cognitive_deployment.c0, azurerm_cognitive_deployment.c1, azurerm_cognitive_deployment.c2, azurerm_cognitive_deployment.c3 and 36 more)',
    );
  });

  test('is not about what the plan creates or destroys', async () => {
    expect(await found(template(), change({ after: CHAT }))).toEqual([]);
    const destroyed = change({ actions: ['delete'], change: { before: CHAT, after: null } });
    expect(await found(template(), destroyed)).toEqual([
      `warning unknown: deployment 'chat' (chat@1): this plan destroys it${SILENT}`,
    ]);
  });

  test.each<[string, unknown, string[]]>([
    ['an object', { properties: { mode: 'Complete', template: { resources: [] } } }, [DELETED]],
    ['text', JSON.stringify({ properties: { mode: 'Complete', template: { resources: [] } } }), [DELETED]],
    ['an Incremental one', { properties: { mode: 'Incremental', template: { resources: [] } } }, []],
    ['one with the account', { properties: { mode: 'Complete', template: { resources: [account('models')] } } }, []],
  ])('reads azapi: %s', async (_what, body, expected) => {
    const after = { type: 'Microsoft.Resources/deployments@2024-03-01', parent_id: GROUP.toUpperCase(), body };
    const entry = change({ type: 'azapi_resource', name: 't', after, change: { after_unknown: { id: true } } });
    expect(await found(entry, KEPT)).toEqual(expected.map((one) => one.replace(TEMPLATE, 'azapi_resource.t')));
  });

  test.each([
    ['2018-05-01', []],
    ['2019-05-10', [DELETED.replace(TEMPLATE, 'azapi_resource.t')]],
  ])('knows what version %s of the API does where a condition is false', async (version, expected) => {
    const body = { properties: { mode: 'Complete', template: { resources: [UNDEPLOYED] } } };
    const after = { type: `Microsoft.Resources/deployments@${version}`, parent_id: GROUP, body };
    const entry = change({ type: 'azapi_resource', name: 't', after, change: { after_unknown: { id: true } } });
    expect(await found(entry, KEPT)).toEqual(expected);
  });

  test('deletes what another plan of the run declares, certainly where the subscription is known', async () => {
    const id = `${GROUP}/providers/Microsoft.Resources/deployments/t`;
    const chat = await factsOf(KEPT);
    expect(inRun(await factsOf(template({ id }, {}, ['update'])), chat)).toEqual([
      DELETED.replace('this plan', 'another plan of this run'),
    ]);
    expect(inRun(await factsOf(template()), chat)).toEqual([doubt('into which resource group')]);
    expect(inRun(await factsOf(template({ resource_group_name: null })), chat)).toEqual([]);
  });

  test.each([null, 0, [], 'x', '{}', '[[', { constructor: 1 }, `{"resources":${'['.repeat(50_000)}`])(
    'is not led astray by the content %#',
    async (content) => {
      expect((await found(template({ template_content: content }), KEPT)).length).toBe(1);
    },
  );
});

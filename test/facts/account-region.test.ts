import { regionOf } from '../../lib/facts/account-region';
import { readPlanFacts } from '../../lib/facts/plan-facts-reader';
import { readPlanDocument } from '../../lib/facts/plan-reader';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { readStateFacts } from '../../lib/facts/state-configuration';

const ID = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/models';

const deployment = (account: string) => ({
  name: 'chat',
  cognitive_account_id: account,
  model: { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' },
  sku: { name: 'GlobalStandard' },
});

function regionIn(resource: object, account: string): string | undefined {
  const facts = readStackConfiguration({
    resource: { ...resource, azurerm_cognitive_deployment: { chat: deployment(account) } },
  });
  return regionOf(facts.deployments[0]!, facts);
}

describe('the region of a deployment', () => {
  test.each<[string, object, string, string | undefined]>([
    [
      'of azurerm_cognitive_account, by reference',
      { azurerm_cognitive_account: { a: { name: 'models', location: 'swedencentral' } } },
      '${azurerm_cognitive_account.a.id}',
      'swedencentral',
    ],
    [
      'of azurerm_ai_services, as it is written',
      { azurerm_ai_services: { a: { name: 'models', location: 'Sweden Central' } } },
      '${azurerm_ai_services.a.id}',
      'Sweden Central',
    ],
    [
      'of azapi_resource',
      {
        azapi_resource: {
          a: { type: 'Microsoft.CognitiveServices/accounts@2025-06-01', name: 'models', location: 'eastus2' },
        },
      },
      '${azapi_resource.a.id}',
      'eastus2',
    ],
    [
      'of a variable, which is not known before Terraform runs',
      { azurerm_cognitive_account: { a: { name: 'models', location: '${var.region}' } } },
      '${azurerm_cognitive_account.a.id}',
      undefined,
    ],
    [
      'by the name in the id',
      { azurerm_cognitive_account: { a: { name: 'Models', location: 'eastus' } } },
      ID,
      'eastus',
    ],
    [
      'not by a name that two accounts have',
      {
        azurerm_cognitive_account: {
          a: { name: 'models', location: 'eastus' },
          b: { name: 'models', location: 'westus' },
        },
      },
      ID,
      undefined,
    ],
    ['of an account that is declared elsewhere', {}, ID, undefined],
    ['of an account that cannot be told', {}, '${each.value}', undefined],
    [
      'not of another azapi resource',
      { azapi_resource: { a: { type: 'Microsoft.Storage/storageAccounts@2023-01-01', location: 'eastus' } } },
      '${azapi_resource.a.id}',
      undefined,
    ],
  ])('%s', (_, resource, account, expected) => {
    expect(regionIn(resource, account)).toBe(expected);
  });

  test('of each account that for_each makes', () => {
    const facts = readStackConfiguration({
      resource: {
        azurerm_cognitive_account: {
          a: { for_each: { eu: 'swedencentral', us: 'eastus2' }, name: 'm-${each.key}', location: '${each.value}' },
        },
        azurerm_cognitive_deployment: {
          chat: { ...deployment('${azurerm_cognitive_account.a["us"].id}') },
        },
      },
    });
    expect(facts.accounts!.map(({ location }) => location)).toEqual([
      { state: 'known', value: 'swedencentral' },
      { state: 'known', value: 'eastus2' },
    ]);
    expect(regionOf(facts.deployments[0]!, facts)).toBe('eastus2');
  });

  test('in a state, where an id belongs to one account whatever others are called', () => {
    const resource = (type: string, name: string, attributes: object) => ({
      mode: 'managed',
      type,
      name,
      instances: [{ attributes }],
    });
    const facts = readStateFacts({
      version: 4,
      serial: 1,
      resources: [
        resource('azurerm_cognitive_account', 'other', {
          id: ID.replace('/g/', '/h/'),
          name: 'models',
          location: 'westus',
        }),
        resource('azurerm_cognitive_account', 'a', { id: ID, name: 'models', location: 'swedencentral' }),
        resource('azurerm_cognitive_deployment', 'chat', deployment(ID.toUpperCase())),
      ],
    });
    expect(regionOf(facts.deployments[0]!, facts)).toBe('swedencentral');
  });

  test('in a plan that creates the account of a module', async () => {
    const created = (address: string, type: string, name: string, after: object, unknown: object) => ({
      address: `module.ai["eu"].${address}`,
      module_address: 'module.ai["eu"]',
      mode: 'managed',
      type,
      name,
      provider_name: 'registry.terraform.io/hashicorp/azurerm',
      change: { actions: ['create'], before: null, after, after_unknown: unknown },
    });
    const values = { ...deployment(''), cognitive_account_id: undefined };
    const plan = {
      format_version: '1.2',
      terraform_version: '1.11.4',
      planned_values: { root_module: {} },
      resource_changes: [
        created(
          'azurerm_cognitive_account.a',
          'azurerm_cognitive_account',
          'a',
          { name: 'models', location: 'swedencentral' },
          { id: true },
        ),
        created('azurerm_cognitive_deployment.chat', 'azurerm_cognitive_deployment', 'chat', values, {
          cognitive_account_id: true,
        }),
      ],
      configuration: {
        root_module: {
          module_calls: {
            ai: {
              source: './ai',
              module: {
                resources: [
                  {
                    address: 'azurerm_cognitive_account.a',
                    mode: 'managed',
                    type: 'azurerm_cognitive_account',
                    name: 'a',
                  },
                  {
                    address: 'azurerm_cognitive_deployment.chat',
                    mode: 'managed',
                    type: 'azurerm_cognitive_deployment',
                    name: 'chat',
                    expressions: {
                      cognitive_account_id: {
                        references: ['azurerm_cognitive_account.a.id', 'azurerm_cognitive_account.a'],
                      },
                    },
                  },
                ],
              },
            },
          },
        },
      },
    };
    async function* chunks() {
      yield await Promise.resolve(Buffer.from(JSON.stringify(plan)));
    }
    const document = await readPlanDocument(chunks(), { source: 'plan.json', mayNameModel: () => false });
    const facts = readPlanFacts(document, { literals: () => false });
    expect(regionOf(facts.deployments[0]!, facts)).toBe('swedencentral');
  });
});

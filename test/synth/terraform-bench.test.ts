import { CognitiveAccount, CognitiveAccountConfig } from '@cdktf/provider-azurerm/lib/cognitive-account';
import { CognitiveAccountCustomerManagedKeyA } from '@cdktf/provider-azurerm/lib/cognitive-account-customer-managed-key';
import { CognitiveDeployment, CognitiveDeploymentConfig } from '@cdktf/provider-azurerm/lib/cognitive-deployment';
import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { DataAzurermResourceGroup } from '@cdktf/provider-azurerm/lib/data-azurerm-resource-group';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { TerraformOutput, TerraformStack } from 'cdktf';
import { azurermSchema } from '../support/terraform/azurerm-schema';
import { synthesisedStack } from '../support/terraform/synthesised-app';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';
import { TerraformWorkspace } from '../support/terraform/terraform-workspace';

/** Terraform starts a handful of times in each test. */
jest.setTimeout(60_000);

/** What does not wait for one another overlaps when it takes so long. */
const OVERLAPPING = 40;

const GROUP = { name: 'rg-models', location: 'swedencentral' };
const ACCOUNT_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/acc';

function account(stack: TerraformStack, props: Partial<CognitiveAccountConfig> = {}): CognitiveAccount {
  const group = new ResourceGroup(stack, 'group', GROUP);
  return new CognitiveAccount(stack, 'account', {
    name: 'acc',
    location: group.location,
    resourceGroupName: group.name,
    kind: 'AIServices',
    skuName: 'S0',
    customSubdomainName: 'acc',
    localAuthEnabled: false,
    identity: { type: 'SystemAssigned' },
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: ['203.0.113.0/24', '198.51.100.7'] },
    ...props,
  });
}

function deployment(
  stack: TerraformStack,
  cognitiveAccountId: string,
  props: Partial<CognitiveDeploymentConfig> & { id?: string } = {},
): CognitiveDeployment {
  const { id = 'chat', ...config } = props;
  return new CognitiveDeployment(stack, id, {
    name: 'chat',
    cognitiveAccountId,
    model: { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' },
    sku: { name: 'GlobalStandard', capacity: 10 },
    raiPolicyName: 'Microsoft.DefaultV2',
    versionUpgradeOption: 'NoAutoUpgrade',
    ...config,
  });
}

const chatStack = (props: Partial<CognitiveDeploymentConfig> & { id?: string } = {}) =>
  synthesisedStack((stack) => deployment(stack, account(stack).id, props));

describeWithTerraform('terraform over the stand-in provider', () => {
  let bench: TerraformBench;
  let workspace: TerraformWorkspace;

  beforeEach(async () => {
    bench = await TerraformBench.start();
    bench.azure.operationMilliseconds = 2;
    workspace = bench.workspace();
  });

  afterEach(() => bench.stop());

  async function applied(stack: object): Promise<void> {
    workspace.write(stack);
    await workspace.apply();
    bench.takeOperations();
  }

  describe('validate', () => {
    test('accepts what the provider accepts', async () => {
      workspace.write(chatStack());
      expect(await workspace.validate()).toMatchObject({ valid: true, diagnostics: [] });
    });

    test.each<[string, (resource: CognitiveDeployment) => void, string]>([
      ['an unknown attribute', (it) => it.addOverride('spillover', 'x'), 'Extraneous JSON object property'],
      ['a missing attribute', (it) => it.addOverride('name', undefined), 'Missing required argument'],
      ['a wrong type', (it) => it.addOverride('sku.capacity', 'many'), 'Incorrect attribute value type'],
      [
        'a block too many',
        (it) => it.addOverride('sku', [{ name: 'Standard' }, { name: 'Standard' }]),
        'Too many sku blocks',
      ],
      ['a missing block', (it) => it.addOverride('model', []), 'Insufficient model blocks'],
      [
        'a SKU that the provider does not know',
        (it) => it.addOverride('sku.name', 'DeveloperTier'),
        'expected sku.0.name to be one of ["Standard" "DataZoneBatch" "DataZoneStandard" "DataZoneProvisionedManaged" ' +
          '"GlobalBatch" "GlobalProvisionedManaged" "GlobalStandard" "ProvisionedManaged"], got DeveloperTier',
      ],
      [
        'an account id in another case',
        (it) => it.addOverride('cognitive_account_id', ACCOUNT_ID.replace('resourceGroups', 'resourcegroups')),
        `parsing the Account ID "${ACCOUNT_ID.replace('resourceGroups', 'resourcegroups')}": expected ` +
          '/subscriptions/{…}/resourceGroups/{…}/providers/Microsoft.CognitiveServices/accounts/{…}',
      ],
    ])('refuses %s', async (_, spoil, summary) => {
      workspace.write(synthesisedStack((stack) => spoil(deployment(stack, account(stack).id))));
      const { valid, diagnostics } = await workspace.validate();
      expect({ valid, summaries: diagnostics.map((diagnostic) => diagnostic.summary) }).toEqual({
        valid: false,
        summaries: [summary],
      });
    });

    test('refuses network rules without a custom subdomain', async () => {
      workspace.write(synthesisedStack((stack) => account(stack, { customSubdomainName: undefined })));
      expect((await workspace.validate()).diagnostics).toMatchObject([
        { summary: '"network_acls": all of `custom_subdomain_name,network_acls` must be specified' },
      ]);
    });

    test('refuses a resource type that the provider does not have', async () => {
      const stack = { ...chatStack(), resource: { azurerm_cognitive_deployments: { chat: {} } } };
      workspace.write(stack);
      expect((await workspace.validate()).diagnostics).toMatchObject([{ summary: 'Invalid resource type' }]);
    });
  });

  describe('plan and apply', () => {
    test('create in the order of references, and a second plan is empty', async () => {
      bench.azure.operationMilliseconds = OVERLAPPING;
      workspace.write(chatStack());
      expect((await workspace.plan()).summary).toEqual([
        'azurerm_cognitive_account.account: create',
        'azurerm_cognitive_deployment.chat: create',
        'azurerm_resource_group.group: create',
      ]);
      await workspace.apply();
      expect(bench.takeOperations().map(({ action, name }) => `${action} ${name}`)).toEqual([
        'create rg-models',
        'create acc',
        'create chat',
      ]);
      const second = await workspace.plan();
      expect(second.summary).toEqual([]);
      expect(second.isEmpty).toBe(true);
    });

    test.each<[string, Partial<CognitiveDeploymentConfig>, string, string | null]>([
      ['the RAI policy', { raiPolicyName: undefined }, 'rai_policy_name', 'Microsoft.DefaultV2'],
      ['the version', { model: { format: 'OpenAI', name: 'gpt-4o' } }, 'model', '2024-11-20'],
    ])(
      'a deployment without %s is changed by every plan, because Azure fills it in',
      async (_, props, name, filled) => {
        await applied(chatStack(props));
        for (let round = 0; round < 2; round += 1) {
          const plan = await workspace.plan();
          expect(plan.summary).toEqual(['azurerm_cognitive_deployment.chat: update']);
          expect(JSON.stringify(plan.changes[0].change.before?.[name])).toContain(filled);
          expect(JSON.stringify(plan.changes[0].change.after?.[name])).not.toContain(filled);
          await workspace.apply();
        }
      },
    );

    test('network rules without bypass are changed by every plan, because Azure fills it in', async () => {
      await applied(synthesisedStack((stack) => account(stack, { networkAcls: { defaultAction: 'Deny' } })));
      expect((await workspace.plan()).summary).toEqual(['azurerm_cognitive_account.account: update']);
    });

    test('a deployment without an upgrade option gets the one that upgrades first', async () => {
      workspace.write(chatStack({ versionUpgradeOption: undefined }));
      expect((await workspace.plan()).ofType('azurerm_cognitive_deployment')[0].change.after).toMatchObject({
        version_upgrade_option: 'OnceNewDefaultVersionAvailable',
      });
    });

    test.each<[string, Partial<CognitiveDeploymentConfig>, string, string[]]>([
      ['capacity', { sku: { name: 'GlobalStandard', capacity: 20 } }, 'update', ['update chat']],
      [
        'the version',
        { model: { format: 'OpenAI', name: 'gpt-5.1', version: '2026-01-01' } },
        'update',
        ['update chat'],
      ],
      [
        'the model',
        { model: { format: 'OpenAI', name: 'gpt-5.2', version: '2025-12-11' } },
        'delete, create',
        ['delete chat', 'create chat'],
      ],
      ['the SKU', { sku: { name: 'Standard', capacity: 10 } }, 'delete, create', ['delete chat', 'create chat']],
      ['the name', { name: 'chat-2' }, 'delete, create', ['delete chat', 'create chat-2']],
    ])('a change of %s under one address', async (_, props, actions, operations) => {
      await applied(chatStack());
      workspace.write(chatStack(props));
      expect((await workspace.plan()).summary).toEqual([`azurerm_cognitive_deployment.chat: ${actions}`]);
      await workspace.apply();
      expect(bench.takeOperations().map(({ action, name }) => `${action} ${name}`)).toEqual(operations);
    });

    test('the plan names what forces a replacement', async () => {
      await applied(chatStack());
      workspace.write(chatStack({ sku: { name: 'Standard', capacity: 10 } }));
      const [change] = (await workspace.plan()).changes;
      expect(change.change.replace_paths).toEqual([['sku', 0, 'name']]);
    });

    test('create before destroy cannot work under an unchanged name', async () => {
      const stack = (sku: string) => chatStack({ sku: { name: sku }, lifecycle: { createBeforeDestroy: true } });
      await applied(stack('GlobalStandard'));
      workspace.write(stack('Standard'));
      expect((await workspace.plan()).summary).toEqual(['azurerm_cognitive_deployment.chat: create, delete']);
      await expect(workspace.apply()).rejects.toThrow(
        /deployments\/chat" already exists - to be managed via Terraform/,
      );
    });

    test('a change behind the back of Terraform is planned away', async () => {
      await applied(chatStack());
      bench.azure.amend('azurerm_cognitive_deployment', `${ACCOUNT_ID}/deployments/chat`, {
        model: [{ format: 'OpenAI', name: 'gpt-5.6-sol', version: '2026-09-01' }],
      });
      expect((await workspace.plan()).summary).toEqual(['azurerm_cognitive_deployment.chat: delete, create']);
    });

    test('what has vanished is created again', async () => {
      await applied(chatStack());
      bench.azure.forget('azurerm_cognitive_deployment', `${ACCOUNT_ID}/deployments/chat`);
      expect((await workspace.plan()).summary).toEqual(['azurerm_cognitive_deployment.chat: create']);
    });

    test('destroy removes everything, children first', async () => {
      bench.azure.operationMilliseconds = OVERLAPPING;
      await applied(chatStack());
      await workspace.destroy();
      expect(bench.takeOperations().map(({ action, name }) => `${action} ${name}`)).toEqual([
        'delete chat',
        'delete acc',
        'delete rg-models',
      ]);
      expect(bench.azure.find('azurerm_cognitive_account', ACCOUNT_ID)).toBeUndefined();
    });

    test('the provider refuses at plan what it can only see there', async () => {
      workspace.write(synthesisedStack((stack) => account(stack, { kind: 'OpenAI', projectManagementEnabled: true })));
      expect((await workspace.validate()).valid).toBe(true);
      await expect(workspace.plan()).rejects.toThrow(
        /`project_management_enabled` can only be set to `true` when `kind` is set to `AIServices`/,
      );
    });
  });

  describe('Azure refuses', () => {
    test('a retired model, in the words of the provider, and leaves the rest', async () => {
      bench.azure.retire({ name: 'gpt-5.1', version: '2025-11-13', since: '05/01/2027 00:00:00' });
      workspace.write(chatStack());
      await expect(workspace.apply()).rejects.toThrow(
        /creating azurerm_cognitive_deployment "chat": unexpected status 400 \(400 Bad Request\) with error:\s+ServiceModelDeprecated: The model\s+'Format:OpenAI,Name:gpt-5.1,Version:2025-11-13' has been deprecated since\s+05\/01\/2027 00:00:00./,
      );
      expect(bench.takeOperations()).toMatchObject([
        { name: 'rg-models' },
        { name: 'acc' },
        { name: 'chat', action: 'create', refused: 'ServiceModelDeprecated' },
      ]);
      expect((await workspace.plan()).summary).toEqual(['azurerm_cognitive_deployment.chat: create']);
    });

    test.each([
      ['Standard', 1],
      ['GlobalStandard', 0],
    ])('a retired SKU alone (%s)', async (sku, refusals) => {
      bench.azure.retire({ name: 'gpt-5.1', version: '2025-11-13', sku: 'Standard' });
      workspace.write(chatStack({ sku: { name: sku, capacity: 10 } }));
      await workspace.apply().catch(() => undefined);
      expect(bench.takeOperations().filter(({ refused }) => refused !== undefined)).toHaveLength(refusals);
    });

    test('a change of capacity of a deployment whose model has retired meanwhile', async () => {
      await applied(chatStack());
      bench.azure.retire({ name: 'gpt-5.1', version: '2025-11-13' });
      workspace.write(chatStack({ sku: { name: 'GlobalStandard', capacity: 20 } }));
      await expect(workspace.apply()).rejects.toThrow(/updating azurerm_cognitive_deployment "chat"/);
      expect(bench.azure.find('azurerm_cognitive_deployment', `${ACCOUNT_ID}/deployments/chat`)).toMatchObject({
        sku: [{ capacity: 10 }],
      });
    });

    test('two deployments of one name, in whichever case', async () => {
      bench.azure.operationMilliseconds = OVERLAPPING;
      workspace.write(
        synthesisedStack((stack) => {
          const { id } = account(stack);
          deployment(stack, id);
          deployment(stack, id, { id: 'again', name: 'Chat' });
        }),
      );
      await expect(workspace.apply()).rejects.toThrow(/already exists - to be managed via Terraform/);
    });

    test('a deployment in an account that does not exist', async () => {
      workspace.write(synthesisedStack((stack) => deployment(stack, ACCOUNT_ID)));
      await expect(workspace.apply()).rejects.toThrow(/ParentResourceNotFound/);
    });

    test('a deployment with a RAI policy that does not exist', async () => {
      workspace.write(chatStack({ raiPolicyName: 'strict' }));
      await expect(workspace.apply()).rejects.toThrow(/The RAI policy 'strict' was not found in the account/);
    });

    test('to delete an account that still has deployments', async () => {
      await applied(synthesisedStack((stack) => account(stack)));
      bench.azure.seed('azurerm_cognitive_deployment', {
        name: 'by-hand',
        cognitive_account_id: ACCOUNT_ID,
        model: [{ format: 'OpenAI', name: 'gpt-4o', version: '2024-11-20' }],
        sku: [{ name: 'GlobalStandard' }],
      });
      await expect(workspace.destroy()).rejects.toThrow(/CannotDeleteResource/);
    });

    test.each([
      ['in parallel with the deployments', false, ['AccountProvisioningStateInvalid']],
      ['after the deployments', true, []],
    ])('a private endpoint that is created %s', async (_, ordered, refusals) => {
      bench.azure.operationMilliseconds = 200;
      workspace.write(
        synthesisedStack((stack) => {
          const owner = account(stack);
          const deployments = ['one', 'two'].map((name) => deployment(stack, owner.id, { id: name, name }));
          new PrivateEndpoint(stack, 'endpoint', {
            name: 'pe-acc',
            ...{ location: GROUP.location, resourceGroupName: GROUP.name },
            subnetId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s',
            privateServiceConnection: {
              name: 'acc',
              isManualConnection: false,
              privateConnectionResourceId: owner.id,
              subresourceNames: ['account'],
            },
            dependsOn: ordered ? deployments : undefined,
          });
        }),
      );
      await workspace.apply().catch(() => undefined);
      const operations = bench.takeOperations();
      expect(operations.flatMap(({ refused }) => refused ?? [])).toEqual(refusals);
      const [one, two] = operations.filter(({ type }) => type === 'azurerm_cognitive_deployment');
      expect(one.finished).toBeLessThan(two.started);
    });
  });

  describe('import', () => {
    const portalDeployment = {
      name: 'from-portal',
      cognitive_account_id: ACCOUNT_ID,
      model: [{ format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' }],
      sku: [{ name: 'GlobalStandard', capacity: 10 }],
      version_upgrade_option: 'NoAutoUpgrade',
    };

    function importingStack(id: string, props: Partial<CognitiveDeploymentConfig> = {}): object {
      return synthesisedStack((stack) =>
        deployment(stack, ACCOUNT_ID, { name: 'from-portal', ...props }).importFrom(id),
      );
    }

    beforeEach(() => {
      bench.azure.seed('azurerm_cognitive_account', {
        ...{ name: 'acc', resource_group_name: GROUP.name, location: GROUP.location },
        ...{ kind: 'AIServices', sku_name: 'S0' },
      });
    });

    test('of what exists changes nothing', async () => {
      const id = bench.azure.seed('azurerm_cognitive_deployment', portalDeployment);
      workspace.write(importingStack(id));
      const plan = await workspace.plan();
      expect(plan.summary).toEqual(['azurerm_cognitive_deployment.chat: import, no-op']);
      expect(plan.isEmpty).toBe(false);
      await workspace.apply();
      expect(bench.takeOperations()).toEqual([]);
      expect((await workspace.plan()).summary).toEqual([]);
    });

    test('of what differs shows the difference', async () => {
      const id = bench.azure.seed('azurerm_cognitive_deployment', {
        ...portalDeployment,
        version_upgrade_option: null,
      });
      workspace.write(importingStack(id));
      expect((await workspace.plan()).summary).toEqual(['azurerm_cognitive_deployment.chat: import, update']);
      workspace.write(importingStack(id, { sku: { name: 'Standard' } }));
      expect((await workspace.plan()).summary).toEqual(['azurerm_cognitive_deployment.chat: import, delete, create']);
    });

    test('of what does not exist fails', async () => {
      workspace.write(importingStack(`${ACCOUNT_ID}/deployments/from-portal`));
      await expect(workspace.plan()).rejects.toThrow(/Cannot import non-existent remote object/);
    });

    test('by something that is no id of a deployment fails', async () => {
      workspace.write(importingStack(ACCOUNT_ID));
      await expect(workspace.plan()).rejects.toThrow(/expected the ID of a azurerm_cognitive_deployment/);
    });
  });

  test('what Azure computes reaches outputs and references', async () => {
    await applied(
      synthesisedStack((stack) => {
        const owner = account(stack);
        const caller = new DataAzurermClientConfig(stack, 'caller');
        new RoleAssignment(stack, 'role', {
          scope: owner.id,
          principalId: caller.objectId,
          roleDefinitionName: 'Cognitive Services OpenAI User',
        });
        new TerraformOutput(stack, 'endpoint', { value: owner.endpoint });
        new TerraformOutput(stack, 'principal', { value: owner.identity.principalId });
      }),
    );
    const plan = await workspace.plan();
    expect(plan.summary).toEqual([]);
    expect(plan.outputs).toEqual({
      endpoint: 'https://acc.cognitiveservices.azure.com/',
      principal: expect.stringMatching(/^[0-9a-f]{8}-/),
    });
    const [{ change }] = plan.ofType('azurerm_role_assignment');
    expect(change.before?.id).toMatch(`${ACCOUNT_ID}/providers/Microsoft.Authorization/roleAssignments/`);
  });

  test('data sources read what exists, and fail for what does not', async () => {
    bench.azure.seed('azurerm_resource_group', GROUP);
    const reading = (name: string) =>
      synthesisedStack((stack) => {
        const group = new DataAzurermResourceGroup(stack, 'group', { name });
        new TerraformOutput(stack, 'location', { value: group.location });
      });
    await applied(reading(GROUP.name));
    expect((await workspace.plan()).outputs).toEqual({ location: 'swedencentral' });
    workspace.write(reading('rg-other'));
    await expect(workspace.plan()).rejects.toThrow(/ResourceNotFound: The Resource/);
  });

  test('a customer-managed key of its own shows on the account, so the account must ignore it', async () => {
    const stack = (ignoreChanges: string[]) =>
      synthesisedStack((scope) => {
        const owner = account(scope, { lifecycle: { ignoreChanges } });
        new CognitiveAccountCustomerManagedKeyA(scope, 'key', {
          cognitiveAccountId: owner.id,
          keyVaultKeyId: 'https://vault.vault.azure.net/keys/k/1',
        });
      });
    await applied(stack([]));
    expect((await workspace.plan()).summary).toEqual(['azurerm_cognitive_account.account: update']);
    workspace.write(stack(['customer_managed_key']));
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('hostile text comes through unchanged', async () => {
    const tags = {
      constructor: 'a',
      'line\nbreak': '${not.an.expression}',
      quotes: '"\'\\',
      long: 'x'.repeat(100_000),
    };
    const stack = synthesisedStack((scope) => void new ResourceGroup(scope, 'group', GROUP)) as {
      resource: { azurerm_resource_group: { group: { tags?: object } } };
    };
    stack.resource.azurerm_resource_group.group.tags = { ...tags, 'line\nbreak': '$${not.an.expression}' };
    await applied(stack);
    expect((await workspace.plan()).summary).toEqual([]);
    const id = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-models';
    expect(bench.azure.find('azurerm_resource_group', id)).toMatchObject({ tags });
  });

  test('two workspaces share one subscription', async () => {
    await applied(synthesisedStack((stack) => account(stack)));
    const other = bench.workspace();
    other.write(synthesisedStack((stack) => deployment(stack, ACCOUNT_ID)));
    await other.init();
    await other.apply();
    expect(bench.takeOperations().map(({ name }) => name)).toEqual(['chat']);
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('the provider block may name the subscription', async () => {
    const stack = synthesisedStack((scope) => void new ResourceGroup(scope, 'group', GROUP)) as {
      provider: { azurerm: { subscription_id?: string }[] };
    };
    stack.provider.azurerm[0].subscription_id = '11111111-1111-1111-1111-111111111111';
    await applied(stack);
    const id = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-models';
    expect(bench.azure.find('azurerm_resource_group', id)).toMatchObject({ location: 'swedencentral' });
  });

  test('a type that can only be validated says so at plan', async () => {
    const schema = azurermSchema();
    const resources = { ...schema.resources, azurerm_widget: schema.resources.azurerm_resource_group };
    const other = await TerraformBench.start({ ...schema, resources });
    try {
      const configured = other.workspace();
      const widget = { name: 'a', location: 'swedencentral' };
      configured.write({ ...synthesisedStack(() => undefined), resource: { azurerm_widget: { widget } } });
      expect((await configured.validate()).valid).toBe(true);
      await expect(configured.plan()).rejects.toThrow(/the stand-in provider knows nothing of azurerm_widget/);
    } finally {
      other.stop();
    }
  });
});

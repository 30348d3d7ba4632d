import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { TerraformStack } from 'cdktf';
import {
  ContentFilterSource,
  DeploymentSku,
  ModelAccount,
  ModelAccountProps,
  ModelDeployment,
  ModelPrivateDnsZones,
  ModelVersion,
} from '../../lib';
import { synthesisedStack } from '../support/terraform/synthesised-app';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';
import { TerraformWorkspace } from '../support/terraform/terraform-workspace';

/** Terraform starts a handful of times in each test. */
jest.setTimeout(60_000);

const GPT_5_1 = ModelVersion.openAi('gpt-5.1', '2025-11-13');
const GPT_5_2 = ModelVersion.openAi('gpt-5.2', '2025-12-11');
const AUDIO_2025_10 = ModelVersion.openAi('gpt-audio-mini', '2025-10-06');
const AUDIO_2025_12 = ModelVersion.openAi('gpt-audio-mini', '2025-12-15');
const GPT_41_MINI = ModelVersion.openAi('gpt-4.1-mini', '2025-04-14');
const ACCOUNT_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-models';

function account(stack: TerraformStack, props: Partial<ModelAccountProps> = {}): ModelAccount {
  const group = new ResourceGroup(stack, 'group', { name: 'rg-models', location: 'swedencentral' });
  return new ModelAccount(stack, 'account', {
    name: 'contoso-models',
    resourceGroupName: group.name,
    location: group.location,
    ...props,
  });
}

const chatStack = (model: ModelVersion, sku: DeploymentSku) =>
  synthesisedStack((stack) => account(stack).deploy('chat', { model, sku }));

/** Everything that an account can have, at once. */
function fullStack(): object {
  return synthesisedStack((stack) => {
    const inGroup = { resourceGroupName: 'rg-models', location: 'swedencentral' };
    const network = new VirtualNetwork(stack, 'network', { name: 'vnet', addressSpace: ['10.0.0.0/16'], ...inGroup });
    const subnet = new Subnet(stack, 'subnet', {
      ...{ name: 'endpoints', resourceGroupName: 'rg-models', virtualNetworkName: network.name },
      addressPrefixes: ['10.0.1.0/24'],
    });
    const logs = new LogAnalyticsWorkspace(stack, 'logs', { name: 'logs', ...inGroup });
    const caller = new UserAssignedIdentity(stack, 'caller', { name: 'caller', ...inGroup });
    const vault = new KeyVault(stack, 'vault', {
      ...{ name: 'vault', ...inGroup, skuName: 'premium', tenantId: caller.tenantId },
    });
    const owner = account(stack, {
      allowedIpRanges: ['203.0.113.0/24', '198.51.100.0/24'],
      allowedSubnetIds: [subnet.id],
      diagnostics: { logAnalyticsWorkspaceId: logs.id },
      customerManagedKey: { keyVaultKeyId: 'https://vault.vault.azure.net/keys/models/1', keyVaultId: vault.id },
      tags: { owner: 'platform' },
    });
    const zones = new ModelPrivateDnsZones(stack, 'zones', {
      resourceGroupName: 'rg-models',
      virtualNetworkIds: { hub: network.id },
    });
    owner.addPrivateEndpoint('endpoint', { subnetId: subnet.id, privateDnsZoneIds: zones.zoneIds });
    owner.grantInvoke(caller.principalId);
    const policy = owner.addRaiPolicy('strict', {
      contentFilters: [
        { name: 'Hate', source: ContentFilterSource.PROMPT },
        { name: 'Hate', source: ContentFilterSource.COMPLETION },
      ],
    });
    owner.deploy('chat', { model: GPT_5_1, sku: DeploymentSku.globalStandard(50), raiPolicyName: policy.policyName });
    owner.deploy('small', { model: GPT_41_MINI, sku: DeploymentSku.dataZoneStandard(10) });
    owner.deploy('reserved', { model: GPT_5_1, sku: DeploymentSku.globalProvisionedManaged(15) });
  });
}

describeWithTerraform('model deployments under terraform', () => {
  let bench: TerraformBench;
  let workspace: TerraformWorkspace;

  beforeEach(async () => {
    bench = await TerraformBench.start();
    workspace = bench.workspace();
  });

  afterEach(() => bench.stop());

  async function applied(stack: object): Promise<void> {
    workspace.write(stack);
    await workspace.init();
    await workspace.apply();
    bench.takeOperations();
  }

  const done = () => bench.takeOperations().map(({ action, name }) => `${action} ${name}`);

  describe('an account with everything', () => {
    test('is valid', async () => {
      workspace.write(fullStack());
      await workspace.init();
      expect(await workspace.validate()).toMatchObject({ valid: true, diagnostics: [] });
    });

    test('applies without a refusal, and a second plan is empty', async () => {
      workspace.write(fullStack());
      await workspace.init();
      await workspace.apply();
      expect(bench.takeOperations().filter(({ refused }) => refused !== undefined)).toEqual([]);
      expect((await workspace.plan()).summary).toEqual([]);
    });

    test('creates the private endpoint when all deployments and the key are there', async () => {
      workspace.write(fullStack());
      await workspace.init();
      await workspace.apply();
      const operations = bench.takeOperations();
      const [endpoint] = operations.filter(({ type }) => type === 'azurerm_private_endpoint');
      const before = operations.filter(({ finished }) => finished < endpoint.started).map(({ name }) => name);
      expect(before).toEqual(
        expect.arrayContaining([
          'gpt-5.1_2025-11-13_globalstandard',
          'gpt-4.1-mini_2025-04-14_datazonestandard',
          'gpt-5.1_2025-11-13_globalprovisionedmanaged',
          'contoso-models',
        ]),
      );
    });

    test('is refused without the order that the constructs declare', async () => {
      bench.azure.operationMilliseconds = 200;
      const stack = fullStack() as { resource: Record<string, Record<string, { depends_on?: string[] }>> };
      for (const resource of Object.values(stack.resource).flatMap((instances) => Object.values(instances))) {
        delete resource.depends_on;
      }
      workspace.write(stack);
      await workspace.init();
      await expect(workspace.apply()).rejects.toThrow(/AccountProvisioningStateInvalid|RequestConflict/);
    });

    test('is removed without a refusal', async () => {
      await applied(fullStack());
      await workspace.destroy();
      const operations = bench.takeOperations();
      expect(operations.filter(({ refused, action }) => refused !== undefined || action !== 'delete')).toEqual([]);
      expect((await workspace.plan()).ofType('azurerm_cognitive_deployment')).toHaveLength(3);
    });
  });

  describe('a change under one construct id', () => {
    const sku = DeploymentSku.globalStandard(50);

    test('of nothing plans nothing', async () => {
      await applied(chatStack(GPT_5_1, sku));
      workspace.write(chatStack(GPT_5_1, sku));
      expect((await workspace.plan()).summary).toEqual([]);
    });

    test('of the capacity updates in place and replaces nothing', async () => {
      await applied(chatStack(GPT_5_1, sku));
      workspace.write(chatStack(GPT_5_1, DeploymentSku.globalStandard(80)));
      const plan = await workspace.plan();
      expect(plan.changes.map(({ type, change }) => [type, change.actions])).toEqual([
        ['azurerm_cognitive_deployment', ['update']],
      ]);
      await workspace.apply();
      expect(done()).toEqual(['update gpt-5.1_2025-11-13_globalstandard']);
      expect((await workspace.plan()).summary).toEqual([]);
    });

    test.each<[string, [ModelVersion, DeploymentSku, string], [ModelVersion, DeploymentSku, string]]>([
      [
        'the version',
        [AUDIO_2025_10, sku, 'gpt-audio-mini_2025-10-06_globalstandard'],
        [AUDIO_2025_12, sku, 'gpt-audio-mini_2025-12-15_globalstandard'],
      ],
      [
        'the model',
        [GPT_5_1, sku, 'gpt-5.1_2025-11-13_globalstandard'],
        [GPT_5_2, sku, 'gpt-5.2_2025-12-11_globalstandard'],
      ],
      [
        'the SKU',
        [GPT_5_1, sku, 'gpt-5.1_2025-11-13_globalstandard'],
        [GPT_5_1, DeploymentSku.dataZoneStandard(50), 'gpt-5.1_2025-11-13_datazonestandard'],
      ],
    ])('of %s creates the new deployment beside the old, and removes the old one after', async (_, before, after) => {
      await applied(chatStack(before[0], before[1]));
      workspace.write(chatStack(after[0], after[1]));
      const plan = await workspace.plan();
      expect(plan.changes.map(({ type, change }) => [type, change.actions])).toEqual([
        ['azurerm_cognitive_deployment', ['create', 'delete']],
      ]);
      await workspace.apply();
      const [created, deleted, ...rest] = bench.takeOperations();
      expect([created, deleted, rest]).toMatchObject([
        { action: 'create', name: after[2] },
        { action: 'delete', name: before[2] },
        [],
      ]);
      expect(created.finished).toBeLessThan(deleted.started);
      expect((await workspace.plan()).summary).toEqual([]);
    });

    test('to a retired model leaves the old deployment as it is', async () => {
      await applied(chatStack(GPT_5_1, sku));
      bench.azure.retire({ name: 'gpt-5.2', version: '2025-12-11' });
      workspace.write(chatStack(GPT_5_2, sku));
      await expect(workspace.apply()).rejects.toThrow(/ServiceModelDeprecated/);
      expect(bench.takeOperations()).toMatchObject([{ action: 'create', refused: 'ServiceModelDeprecated' }]);
      const old = `${ACCOUNT_ID}/deployments/gpt-5.1_2025-11-13_globalstandard`;
      expect(bench.azure.find('azurerm_cognitive_deployment', old)).toBeDefined();
    });

    test('of the order of declarations plans nothing', async () => {
      const two = (ids: string[]) =>
        synthesisedStack((stack) => {
          const owner = account(stack);
          const models: Record<string, ModelVersion> = { chat: GPT_5_1, small: GPT_41_MINI };
          ids.forEach((id) => owner.deploy(id, { model: models[id], sku }));
        });
      await applied(two(['chat', 'small']));
      workspace.write(two(['small', 'chat']));
      expect((await workspace.plan()).summary).toEqual([]);
    });
  });

  test('a deployment with a name of its own cannot change its SKU', async () => {
    const named = (sku: DeploymentSku) =>
      synthesisedStack((stack) => account(stack).deploy('chat', { model: GPT_5_1, sku, deploymentName: 'chat' }));
    await applied(named(DeploymentSku.globalStandard(50)));
    workspace.write(named(DeploymentSku.dataZoneStandard(50)));
    await expect(workspace.apply()).rejects.toThrow(/already exists - to be managed via Terraform/);
  });

  describe('taking over what exists', () => {
    const portal = {
      name: 'chat',
      cognitive_account_id: ACCOUNT_ID,
      model: [{ format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13' }],
      sku: [{ name: 'GlobalStandard', capacity: 50 }],
      version_upgrade_option: 'NoAutoUpgrade',
    };

    const adopting = (deploymentId: string, sku = DeploymentSku.globalStandard(50), model = GPT_5_1) =>
      synthesisedStack((stack) => {
        const owner = ModelAccount.fromAccountId(stack, 'account', ACCOUNT_ID);
        ModelDeployment.importFrom(stack, 'chat', {
          account: owner,
          deploymentId,
          model,
          sku,
          raiPolicyName: 'Microsoft.DefaultV2',
        });
      });

    beforeEach(() => {
      bench.azure.seed('azurerm_cognitive_account', {
        ...{ name: 'contoso-models', resource_group_name: 'rg-models', location: 'swedencentral' },
        ...{ kind: 'AIServices', sku_name: 'S0' },
      });
    });

    test('plans an import and no change, touches nothing, and a second plan is empty', async () => {
      workspace.write(adopting(bench.azure.seed('azurerm_cognitive_deployment', portal)));
      await workspace.init();
      expect(await workspace.validate()).toMatchObject({ valid: true });
      const plan = await workspace.plan();
      expect(plan.changes.map(({ type, change }) => [type, change.actions, change.importing?.id])).toEqual([
        ['azurerm_cognitive_deployment', ['no-op'], `${ACCOUNT_ID}/deployments/chat`],
      ]);
      await workspace.apply();
      expect(bench.takeOperations()).toEqual([]);
      expect((await workspace.plan()).summary).toEqual([]);
    });

    test('turns automatic upgrades off in place', async () => {
      const upgrading = { ...portal, version_upgrade_option: 'OnceNewDefaultVersionAvailable' };
      workspace.write(adopting(bench.azure.seed('azurerm_cognitive_deployment', upgrading)));
      await workspace.init();
      const [{ change }] = (await workspace.plan()).changes;
      expect(change.actions).toEqual(['update']);
      expect(change.importing).toEqual({ id: `${ACCOUNT_ID}/deployments/chat` });
      await workspace.apply();
      expect(done()).toEqual(['update chat']);
    });

    test.each<[string, DeploymentSku, ModelVersion]>([
      ['SKU', DeploymentSku.standard(50), GPT_5_1],
      ['model', DeploymentSku.globalStandard(50), GPT_5_2],
    ])('refuses a wrongly stated %s, because it would replace the deployment', async (_, sku, model) => {
      workspace.write(adopting(bench.azure.seed('azurerm_cognitive_deployment', portal), sku, model));
      await workspace.init();
      await expect(workspace.plan()).rejects.toThrow(/Instance cannot be destroyed/);
      expect(bench.takeOperations()).toEqual([]);
    });
  });
});

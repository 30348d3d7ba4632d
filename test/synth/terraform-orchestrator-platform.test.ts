import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { SearchService } from '@cdktf/provider-azurerm/lib/search-service';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { TerraformStack } from 'cdktf';
import { ModelVersion } from '../../lib/accounts';
import {
  ImageRegistry,
  ImageRegistrySku,
  KnowledgeApi,
  ManifestStore,
  Orchestrator,
  OrchestratorEnvironment,
  OrchestratorModels,
} from '../../lib/orchestrators';
import { OrchestratorRelease, Prompt } from '../../lib/releases';
import { accountIn, deploymentOf, GPT } from '../gateway/support/gateway-stack';
import { describeOperation, Phase, phaseProblems } from '../support/terraform/operation-phases';
import { synthesisedStack } from '../support/terraform/synthesised-app';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';
import { TerraformWorkspace } from '../support/terraform/terraform-workspace';

/** Terraform starts a handful of times in each test. */
jest.setTimeout(60_000);

const EMBEDDING = ModelVersion.openAi('text-embedding-3-large', '1');
const inGroup = { resourceGroupName: 'rg-apps', location: 'swedencentral' };
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const index = { index: 'handbook', embeddingModel: EMBEDDING, dimensions: 1024 };

/** A grounded release whose manifest does not fit into the variables of an app. */
function largeRelease(end: string): OrchestratorRelease {
  return new OrchestratorRelease({
    name: 'chat',
    image: `chat@${digest('0')}`,
    orchestration: '2.3.0',
    models: { chat: { model: GPT }, embeddings: { model: EMBEDDING } },
    prompts: { system: Prompt.inline(`${'Answer. '.repeat(5000)}${end}`, { madeFor: [GPT] }) },
    knowledge: index,
  });
}

function subnetIn(stack: TerraformStack): Subnet {
  const network = new VirtualNetwork(stack, 'network', { name: 'apps', addressSpace: ['10.0.0.0/16'], ...inGroup });
  return new Subnet(stack, 'subnet', {
    name: 'apps',
    resourceGroupName: 'rg-apps',
    virtualNetworkName: network.name,
    addressPrefixes: ['10.0.0.0/23'],
    delegation: [{ name: 'apps', serviceDelegation: { name: 'Microsoft.App/environments' } }],
  });
}

const stackOf = (...releases: OrchestratorRelease[]) =>
  synthesisedStack((stack) => {
    const account = accountIn(stack);
    const models = OrchestratorModels.direct([GPT, EMBEDDING].map((model) => deploymentOf(account, model)));
    const environment = new OrchestratorEnvironment(stack, 'apps', {
      ...inGroup,
      subnetId: subnetIn(stack).id,
      egress: {},
    });
    const registry = new ImageRegistry(stack, 'images', {
      ...inGroup,
      sku: ImageRegistrySku.PREMIUM,
      publicNetworkAccessEnabled: false,
    });
    const storage = new StorageAccount(stack, 'storage', {
      ...{ name: 'contosomanifests', ...inGroup, accountTier: 'Standard', accountReplicationType: 'ZRS' },
    });
    const search = new SearchService(stack, 'search', { name: 'contoso-search', sku: 'standard', ...inGroup });
    const manifestStore = new ManifestStore(stack, 'manifests', { storageAccountId: storage.id });
    const common = { environment, registry, models };
    const knowledge = new KnowledgeApi(stack, 'knowledge', {
      ...{ ...common, image: `knowledge@${digest('1')}`, searchServiceId: search.id, index },
    });
    for (const release of releases) {
      new Orchestrator(stack, release.label, { ...common, release, knowledge, manifestStore });
    }
  });

describeWithTerraform('what orchestrators stand on', () => {
  const [first, second] = [largeRelease('First.'), largeRelease('Second.')];
  let bench: TerraformBench;
  let workspace: TerraformWorkspace;

  beforeAll(async () => {
    bench = await TerraformBench.start();
    workspace = bench.workspace();
    workspace.write(stackOf(first));
    await workspace.apply();
  });
  afterAll(() => bench.stop());

  test('is created without a refusal and in order, and nothing is left to plan', async () => {
    const operations = bench.takeOperations();
    expect(operations.filter(({ action, refused }) => action !== 'create' || refused !== undefined)).toEqual([]);
    const expectOrder = (...order: Phase[]) => {
      const own = operations.filter((operation) => order.flat().includes(describeOperation(operation)));
      expect(phaseProblems(own, order)).toEqual([]);
    };
    const app = `create container_app ${first.label}`;
    expectOrder(['create storage_container release-manifests'], [`create storage_blob ${first.releaseId}.json`], [app]);
    const apps = bench.azure.all('azurerm_container_app').map(({ name }) => String(name));
    const [api] = apps.filter((name) => name !== first.label);
    expect(api).toMatch(/^knowledge-[0-9a-f]{12}$/);
    expectOrder(['create search_service contoso-search'], [`create container_app ${api}`], [app]);
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('keeps the manifest of each release in a blob of its own, as the release wrote it', async () => {
    workspace.write(stackOf(first, second));
    await workspace.apply();
    expect(
      bench.takeOperations().filter(({ action, refused }) => action !== 'create' || refused !== undefined),
    ).toEqual([]);
    const blobs = bench.azure.all('azurerm_storage_blob');
    expect(Object.fromEntries(blobs.map(({ name, source_content }) => [name, source_content]))).toEqual({
      [`${first.releaseId}.json`]: first.manifestText,
      [`${second.releaseId}.json`]: second.manifestText,
    });
  });

  test('loses the manifest of a release after the app that reads it', async () => {
    workspace.write(stackOf(second));
    await workspace.apply();
    const operations = bench.takeOperations();
    expect(operations.filter(({ action, refused }) => action !== 'delete' || refused !== undefined)).toEqual([]);
    const order = [[`delete container_app ${first.label}`], [`delete storage_blob ${first.releaseId}.json`]];
    const own = operations.filter((operation) => order.flat().includes(describeOperation(operation)));
    expect(phaseProblems(own, order)).toEqual([]);
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('can be destroyed', async () => {
    await workspace.destroy();
    expect(bench.takeOperations().flatMap(({ refused }) => refused ?? [])).toEqual([]);
    expect(bench.azure.all('azurerm_network_security_group')).toEqual([]);
  });
});

describeWithTerraform('what the stand-in knows of storage, registries, search and security groups', () => {
  let bench: TerraformBench;
  let workspace: TerraformWorkspace;

  beforeEach(async () => {
    bench = await TerraformBench.start();
    bench.azure.operationMilliseconds = 2;
    workspace = bench.workspace();
  });
  afterEach(() => bench.stop());

  const REGISTRY = 'azurerm_container_registry';
  const SEARCH = 'azurerm_search_service';
  const STORAGE = 'azurerm_storage_account';
  const located = { resource_group_name: 'rg-apps', location: 'swedencentral' };

  /** One of each, with changes by type. */
  const oneOfEach = (changes: Readonly<Record<string, object>>) => ({
    ...synthesisedStack(() => undefined),
    resource: {
      [REGISTRY]: { it: { ...located, name: 'contosoimages', sku: 'Standard', ...changes[REGISTRY] } },
      [SEARCH]: { it: { ...located, name: 'contoso-search', sku: 'standard', ...changes[SEARCH] } },
      [STORAGE]: {
        it: {
          ...{ ...located, name: 'contosomanifests', account_tier: 'Standard', account_replication_type: 'ZRS' },
          ...changes[STORAGE],
        },
      },
    },
  });

  test('names and tiers that cannot be are refused at validate', async () => {
    const changes = {
      [REGISTRY]: { name: 'contoso-images' },
      [SEARCH]: { sku: 'Standard' },
      [STORAGE]: { name: 'contoso-manifests' },
    };
    workspace.write(oneOfEach(changes));
    const { diagnostics } = await workspace.validate();
    expect(diagnostics.map(({ summary }) => summary).sort()).toEqual([
      'alpha numeric characters only are allowed in "name": "contoso-images"',
      'expected sku to be one of ["basic" "free" "standard" "standard2" "standard3" "storage_optimized_l1" ' +
        '"storage_optimized_l2"], got Standard',
      'name ("contoso-manifests") can only consist of lowercase letters and numbers, and must be between 3 and 24 ' +
        'characters long',
    ]);
  });

  test('they leave nothing to plan, and some changes replace them', async () => {
    workspace.write(oneOfEach({}));
    await workspace.apply();
    expect((await workspace.plan()).summary).toEqual([]);
    const planned = async (changes: Readonly<Record<string, object>>) => {
      workspace.write(oneOfEach(changes));
      return (await workspace.plan()).summary;
    };
    expect(
      await planned({
        [REGISTRY]: { sku: 'Premium' },
        [SEARCH]: { replica_count: 3 },
        [STORAGE]: { account_replication_type: 'LRS' },
      }),
    ).toEqual([REGISTRY, SEARCH, STORAGE].map((type) => `${type}.it: update`));
    expect(
      await planned({
        [REGISTRY]: { zone_redundancy_enabled: true },
        [SEARCH]: { hosting_mode: 'HighDensity' },
        [STORAGE]: { is_hns_enabled: true },
      }),
    ).toEqual([REGISTRY, SEARCH, STORAGE].map((type) => `${type}.it: delete, create`));
  });

  test('a registry that is not Premium cannot be closed to the internet', async () => {
    workspace.write(oneOfEach({ [REGISTRY]: { public_network_access_enabled: false } }));
    await expect(workspace.plan()).rejects.toThrow(/can only be disabled for a Premium Sku/);
  });

  test('a security group that a subnet uses cannot be deleted', async () => {
    const stack = synthesisedStack((scope) => {
      const group = new NetworkSecurityGroup(scope, 'group', { name: 'apps', ...inGroup });
      const subnetId = subnetIn(scope).id;
      new SubnetNetworkSecurityGroupAssociation(scope, 'association', { subnetId, networkSecurityGroupId: group.id });
    });
    workspace.write(stack);
    await workspace.apply();
    const [{ id }] = bench.azure.all('azurerm_network_security_group') as [{ id: string }];
    await expect(bench.azure.remove('azurerm_network_security_group', { id })).rejects.toThrow(/is in use by/);
    await workspace.destroy();
    expect(bench.azure.all('azurerm_network_security_group')).toEqual([]);
  });
});

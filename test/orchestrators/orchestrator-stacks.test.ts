import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { App, TerraformStack } from 'cdktf';
import {
  ImageRegistry,
  KnowledgeApi,
  ManifestStore,
  Orchestrator,
  OrchestratorEnvironment,
  OrchestratorModels,
} from '../../lib/orchestrators';
import { Prompt } from '../../lib/releases';
import { synthesise, testApp } from '../support/guarded-app';
import { conformanceProblems } from '../support/provider-schema';
import { SynthesisedStack } from '../support/synthesised';
import {
  accountIn,
  deploy,
  DIGEST,
  EMBEDDINGS,
  environmentIn,
  gatewayIn,
  GPT,
  platformStack,
  registryIn,
  releaseOf,
  SEARCH_ID,
  STORAGE_ID,
  SUBNET_ID,
  VAULT_ID,
} from './support/orchestrator-stack';

const AS_OF = process.env.MODEL_LIFECYCLE_AS_OF;

beforeAll(() => {
  process.env.MODEL_LIFECYCLE_AS_OF = '2026-11-21';
});

afterAll(() => {
  if (AS_OF === undefined) {
    delete process.env.MODEL_LIFECYCLE_AS_OF;
  } else {
    process.env.MODEL_LIFECYCLE_AS_OF = AS_OF;
  }
});

/** Synthesised as a whole, so that references between stacks become outputs. */
function written(app: App): (stack: TerraformStack) => SynthesisedStack {
  expect(synthesise(app).thrown).toBeUndefined();
  return (stack) => ({
    resource: {},
    ...(JSON.parse(readFileSync(join(app.outdir, 'stacks', stack.node.id, 'cdk.tf.json'), 'utf8')) as object),
  });
}

test('models, registry, store and environment of other stacks are applied first, and what is given lies with the app', () => {
  const app = testApp();
  const models = platformStack(app, 'models');
  const platform = platformStack(app, 'platform');
  const apps = platformStack(app, 'apps');
  const deployment = deploy(accountIn(models), GPT);
  const registry = new ImageRegistry(platform, 'images', { resourceGroupName: 'rg', location: 'swedencentral' });
  const environment = new OrchestratorEnvironment(platform, 'env', {
    resourceGroupName: 'rg',
    location: 'swedencentral',
  });
  const manifestStore = new ManifestStore(platform, 'manifests', { storageAccountId: STORAGE_ID });
  const prompts = { system: Prompt.inline('x'.repeat(40_000), { madeFor: [GPT] }) };
  new Orchestrator(apps, 'app', {
    release: releaseOf({ image: `assistant@${DIGEST}`, prompts }),
    environment,
    registry,
    manifestStore,
    models: OrchestratorModels.direct([deployment]),
  });
  const stackOf = written(app);
  expect(models.dependencies).toEqual([]);
  expect(platform.dependencies).toEqual([]);
  expect([...apps.dependencies].map(({ node }) => node.id).sort()).toEqual(['models', 'platform']);
  expect(stackOf(models).resource.azurerm_role_assignment).toBeUndefined();
  expect(stackOf(platform).resource.azurerm_role_assignment).toBeUndefined();
  const roles = Object.values(stackOf(apps).resource.azurerm_role_assignment!);
  expect(roles.map(({ role_definition_name }) => role_definition_name).sort()).toEqual([
    'AcrPull',
    'Cognitive Services OpenAI User',
    'Storage Blob Data Reader',
  ]);
  const [container] = Object.values(stackOf(apps).resource.azurerm_container_app!);
  expect(container!.container_app_environment_id).toMatch(/^\$\{data\.terraform_remote_state\..*\}$/);
  expect((container!.depends_on as string[]).every((address) => address.startsWith('azurerm_role_assignment.'))).toBe(
    true,
  );
  for (const stack of [models, platform, apps]) {
    expect(conformanceProblems(stackOf(stack))).toEqual([]);
  }
});

test('a gateway of another stack needs an identity that is there before it', () => {
  const app = testApp();
  const edge = platformStack(app, 'edge');
  const apps = platformStack(app, 'apps');
  const gateway = gatewayIn(edge);
  gateway.addRoute(deploy(accountIn(edge), GPT));
  const models = OrchestratorModels.throughGateway(gateway);
  const props = { release: releaseOf(), models, environment: environmentIn(apps) };
  expect(() => new Orchestrator(apps, 'app', props)).toThrow(
    new Error(
      'apps/app and edge/gateway lie in different stacks, and each would wait for the other: the gateway for the identity that it admits, ' +
        "the app for the gateway; declare the identity in the gateway's stack or one before it and pass it as identity",
    ),
  );
  const identity = new UserAssignedIdentity(edge, 'identity', {
    name: 'assistant',
    resourceGroupName: 'rg',
    location: 'swedencentral',
  });
  const { clientId, principalId } = identity;
  new Orchestrator(apps, 'second', { ...props, identity: { identityId: identity.id, clientId, principalId } });
  const stackOf = written(app);
  expect(edge.dependencies).toEqual([]);
  expect(apps.dependencies).toEqual([edge]);
  expect(JSON.stringify(stackOf(edge).resource.azurerm_api_management_api_policy)).toContain(
    '${azurerm_user_assigned_identity.identity.client_id}',
  );
});

test('a guarded app with everything conforms to the provider schema', () => {
  const app = testApp();
  const stack = platformStack(app, 'all');
  const account = accountIn(stack);
  const gateway = gatewayIn(stack);
  [GPT, EMBEDDINGS].forEach((model) => gateway.addRoute(deploy(account, model)));
  const environment = new OrchestratorEnvironment(stack, 'env', {
    resourceGroupName: 'rg',
    location: 'swedencentral',
    subnetId: SUBNET_ID,
    zoneRedundant: true,
    workloadProfile: { name: 'big', profileType: 'D4', minimumCount: 1, maximumCount: 3 },
    egress: { allowedDestinations: ['203.0.113.0/24'], publicContainerRegistries: true },
    tags: { team: 'search' },
  });
  const index = { index: 'handbook', embeddingModel: EMBEDDINGS, dimensions: 3072 };
  const shared = {
    environment,
    registry: registryIn(stack),
    models: OrchestratorModels.throughGateway(gateway),
    tags: { team: 'search' },
  };
  const knowledge = new KnowledgeApi(stack, 'knowledge', {
    ...shared,
    image: `knowledge@${DIGEST}`,
    searchServiceId: SEARCH_ID,
    index,
  });
  for (const orchestration of ['1', '2']) {
    const release = releaseOf({ image: `assistant@${DIGEST}`, knowledge: index, orchestration, evidence: 'run 42' });
    new Orchestrator(stack, release.label, {
      ...shared,
      release,
      knowledge,
      scale: { minReplicas: 2 },
      environmentVariables: { LOG_LEVEL: 'debug' },
      secrets: [
        {
          environmentVariable: 'KEY',
          keyVaultSecretId: 'https://contoso.vault.azure.net/secrets/key',
          keyVaultId: VAULT_ID,
        },
      ],
    });
  }
  const synthesised = written(app)(stack);
  expect(conformanceProblems(synthesised)).toEqual([]);
  expect(Object.keys(synthesised.resource.azurerm_container_app!)).toHaveLength(3);
  const unprotected = Object.entries(synthesised.resource)
    .filter(([type]) => /container|log_analytics|identity|network_security_group|storage/.test(type))
    .filter(([type]) => type !== 'azurerm_subnet_network_security_group_association')
    .flatMap(([, instances]) => Object.values(instances))
    .filter(({ lifecycle }) => (lifecycle as { create_before_destroy?: boolean })?.create_before_destroy !== true);
  expect(unprotected).toEqual([]);
});

test('construct ids and addresses of a release stay when another one is removed', () => {
  const addressesWith = (orchestrations: string[]) => {
    const app = testApp();
    const stack = platformStack(app, 'stack');
    const models = OrchestratorModels.direct([deploy(accountIn(stack), GPT)]);
    const environment = environmentIn(stack);
    for (const orchestration of orchestrations) {
      const release = releaseOf({ orchestration });
      new Orchestrator(stack, release.label, { release, models, environment });
    }
    const { resource } = written(app)(stack);
    return Object.entries(resource).flatMap(([type, instances]) =>
      Object.entries(instances).map(([id, values]) => JSON.stringify([type, id, { ...values, '//': undefined }])),
    );
  };
  const [all, without] = [addressesWith(['1', '2', '3']), addressesWith(['1', '3'])];
  expect(without.filter((address) => !all.includes(address))).toEqual([]);
  expect(all.length - without.length).toBe(3);
});

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { ModelAccount } from '../../lib/accounts';
import { SynthesisedStack } from '../support/synthesised';
import { accountIn, deploymentOf, gatewayIn, platformStack, serviceIn } from './support/gateway-stack';

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

function testApp(): App {
  return new App({ outdir: mkdtempSync(join(tmpdir(), 'gateway-stacks-')) });
}

/** Synthesised as a whole, so that references between stacks become outputs. */
function written(app: App): (stack: TerraformStack) => SynthesisedStack {
  app.synth();
  return (stack) => ({
    resource: {},
    ...(JSON.parse(readFileSync(join(app.outdir, 'stacks', stack.node.id, 'cdk.tf.json'), 'utf8')) as object),
  });
}

test('models in another stack are applied first, and the role for them lies with the gateway', () => {
  const app = testApp();
  const models = platformStack(app, 'models');
  const edge = platformStack(app, 'edge');
  const deployment = deploymentOf(accountIn(models));
  gatewayIn(edge).addRoute(deployment);
  const stackOf = written(app);

  expect(edge.dependencies).toEqual([models]);
  expect(models.dependencies).toEqual([]);
  expect(stackOf(models).resource.azurerm_role_assignment).toBeUndefined();
  const [role] = Object.values(stackOf(edge).resource.azurerm_role_assignment!);
  expect(role).toMatchObject({
    role_definition_name: 'Cognitive Services OpenAI User',
    principal_id: '${azurerm_api_management.service.identity[0].principal_id}',
    principal_type: 'ServicePrincipal',
  });
  expect(role!.scope).toMatch(/^\$\{data\.terraform_remote_state\..*\}$/);
  for (const backend of Object.values(stackOf(edge).resource.azurerm_api_management_backend!)) {
    expect(backend.depends_on).toBeUndefined();
    expect(backend.url).toMatch(/^https:\/\/sweden\.openai\.azure\.com\/openai\//);
  }
});

test('the service in another stack is applied first', () => {
  const app = testApp();
  const platform = platformStack(app, 'platform');
  const product = platformStack(app, 'product');
  gatewayIn(product, { service: serviceIn(platform) }).addRoute(deploymentOf(accountIn(product)));
  const { resource } = written(app)(product);
  expect(product.dependencies).toEqual([platform]);
  const [api] = Object.values(resource.azurerm_api_management_api!);
  expect(api!.api_management_name).toMatch(/^\$\{data\.terraform_remote_state\./);
  expect(Object.keys(resource.azurerm_role_assignment!)).toHaveLength(1);
});

test('service, models and gateway in a stack each', () => {
  const app = testApp();
  const [platform, models, edge] = ['platform', 'models', 'edge'].map((name) => platformStack(app, name));
  const gateway = gatewayIn(edge!, { service: serviceIn(platform!) });
  gateway.addRoute(deploymentOf(accountIn(models!)));
  const stackOf = written(app);
  expect(edge!.dependencies.map(({ node }) => node.id).sort()).toEqual(['models', 'platform']);
  expect(Object.keys(stackOf(edge!).resource.azurerm_role_assignment!)).toHaveLength(1);
  expect(stackOf(models!).resource.azurerm_role_assignment).toBeUndefined();
  expect(gateway.node.validate()).toEqual([]);
});

test('backends have the same names wherever the account is declared', () => {
  const names = ['one', 'two'].map((other) => {
    const app = testApp();
    const edge = platformStack(app, 'one');
    const models = other === 'one' ? edge : platformStack(app, other);
    const account = new ModelAccount(models, 'm', { name: 'contoso', resourceGroupName: 'rg', location: 'westeurope' });
    gatewayIn(edge).addRoute(deploymentOf(account));
    const backends = written(app)(edge).resource.azurerm_api_management_backend!;
    return Object.values(backends).map(({ name }) => name);
  });
  expect(names[0]).toHaveLength(2);
  expect(names[0]).toEqual(names[1]);
});

test('a stack of models that already waits for the gateway keeps doing so', () => {
  const app = testApp();
  const models = platformStack(app, 'models');
  const edge = platformStack(app, 'edge');
  models.addDependency(edge);
  const account = ModelAccount.fromAccountId(
    models,
    'account',
    '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso',
  ) as ModelAccount;
  gatewayIn(edge).addRoute(deploymentOf(account));
  expect(() => app.synth()).not.toThrow();
  expect(edge.dependencies).toEqual([]);
});

import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { App, Aspects, TerraformResource, TerraformStack, TerraformVariable } from 'cdktf';
import { FindingSeverity, ModelLifecycleGuard } from '../../lib';
import { declaredDeploymentNames } from '../../lib/guard/declared-deployments';
import { synthesise, testApp, testStack } from '../support/guarded-app';
import { deployment, LIVING } from '../support/retired-places';

const props = { asOf: '2026-11-21', severities: { 'as-of-shifted': FindingSeverity.OFF } };

beforeEach(() => {
  delete process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
});

/** A stack whose web app calls a deployment. */
function callerOf(name: string): (app: App) => TerraformStack {
  return (app) =>
    testStack(
      app,
      'apps',
      (stack) =>
        new LinuxWebApp(stack, 'app', {
          name: 'app',
          location: 'swedencentral',
          resourceGroupName: 'apps',
          servicePlanId: 'plan',
          siteConfig: {},
          appSettings: { AZURE_OPENAI_DEPLOYMENT: name },
        }),
    );
}

/** A stack with a deployment of a living model under a name. */
function declarerOf(name: string, change: (stack: TerraformStack) => void = () => {}): (app: App) => TerraformStack {
  return (app) =>
    testStack(app, 'models', (stack) => {
      deployment(stack, LIVING).name = name;
      change(stack);
    });
}

function verdict(...stacks: readonly ((app: App) => TerraformStack)[]): string | undefined {
  const app = testApp();
  ModelLifecycleGuard.protect(app, props);
  stacks.forEach((make) => make(app));
  return synthesise(app).thrown;
}

/** An `azapi_resource` as the generated class of the azapi provider holds it. */
class AzapiResource extends TerraformResource {
  public constructor(
    scope: TerraformStack,
    public readonly typeInput: unknown,
    public readonly nameInput: unknown,
  ) {
    super(scope, 'azapi', { terraformResourceType: 'azapi_resource' });
  }
}

describe('a setting that is the name of a deployment', () => {
  const [caller, declarer] = [callerOf('gpt-4'), declarerOf('GPT-4')];

  test('names a retired model where no stack declares such a deployment', () => {
    expect(verdict(caller, declarerOf('chat'))).toContain('[apps/app] retired-literal: ');
  });

  test.each([
    ['an earlier stack', [declarer, caller]],
    ['a later stack', [caller, declarer]],
  ])('of %s is no model', (_, stacks) => {
    expect(verdict(...stacks)).toBeUndefined();
  });

  test('of another stack is no model for inspect either', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const apps = caller(app);
    expect(ModelLifecycleGuard.inspect(apps)).toMatchObject([{ rule: 'retired-literal' }]);
    declarer(app);
    expect(ModelLifecycleGuard.inspect(apps)).toEqual([]);
  });

  test('that only the resolved configuration shows is known of an earlier stack, not of a later one', () => {
    const overridden = declarerOf('chat', (stack) =>
      stack.addOverride('resource.azurerm_cognitive_deployment.chat.name', 'gpt-4'),
    );
    expect(verdict(overridden, caller)).toBeUndefined();
    expect(verdict(caller, overridden)).toContain('[apps/app] retired-literal: ');
  });

  test('of a stack that nobody guards is no model', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(caller(app), props);
    declarer(app);
    const { thrown } = synthesise(app);
    expect(thrown).toContain('stack-unguarded');
    expect(thrown).not.toContain('retired-literal');
  });

  test('that is gone at the next synthesis of the same tree names a model again', () => {
    const app = testApp();
    ModelLifecycleGuard.protect(app, props);
    const models = declarer(app);
    caller(app);
    expect(synthesise(app).thrown).toBeUndefined();
    models.node.tryRemoveChild('chat');
    expect(synthesise(app).thrown).toContain('[apps/app] retired-literal: ');
  });

  test('that an Aspect gives is known of a stack whose Aspects have run', () => {
    const renamed = declarerOf('chat', (stack) => {
      Aspects.of(stack).add({ visit: (node) => Object.assign(node, node.node.id === 'chat' && { name: 'gpt-4' }) });
    });
    expect(verdict(renamed, caller)).toBeUndefined();
  });
});

describe('names that constructs declare', () => {
  test.each<[string, (stack: TerraformStack) => void, string[]]>([
    ['azurerm', (stack) => deployment(stack, LIVING), ['chat']],
    [
      'azapi',
      (stack) => new AzapiResource(stack, 'Microsoft.CognitiveServices/accounts/deployments@2025-06-01', 'A'),
      ['a'],
    ],
    [
      'another type of azapi',
      (stack) => new AzapiResource(stack, 'Microsoft.CognitiveServices/accounts@2025-06-01', 'a'),
      [],
    ],
    ['azapi without a type', (stack) => new AzapiResource(stack, undefined, 'a'), []],
    [
      'a name that is no text',
      (stack) => new AzapiResource(stack, 'Microsoft.CognitiveServices/accounts/deployments@1', 7),
      [],
    ],
    ['another resource', (stack) => new TerraformVariable(stack, 'variable', { default: 'gpt-4' }), []],
    ['a token', (stack) => (deployment(stack, LIVING).name = new TerraformVariable(stack, 'name', {}).stringValue), []],
  ])('by %s', (_, fill, names) => {
    expect([...declaredDeploymentNames(testStack(testApp(), 'stack', fill))]).toEqual(names);
  });
});

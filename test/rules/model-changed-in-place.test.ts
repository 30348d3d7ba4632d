import { ABSENT, unknown } from '../../lib/facts/attribute';
import { DeploymentChange } from '../../lib/facts/plan-facts';
import { modelChangedInPlace } from '../../lib/rules/model-changed-in-place';
import { fakeKnowledge, KnownVersion } from '../support/knowledge';
import { contextOf, deployment, DeploymentProps, planContext, PlanProps } from './configuration';

const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/models';

const SOON = '2027-01-20';

function change(from: DeploymentProps, to: DeploymentProps, rest: Partial<DeploymentChange> = {}): PlanProps {
  const common = { account: ACCOUNT, version: '2024-08-06', ...from };
  return {
    deployments: [
      { outcome: 'changed-in-place', before: deployment(common), after: deployment({ ...common, ...to }), ...rest },
    ],
  };
}

function check(props: PlanProps) {
  return modelChangedInPlace.check(planContext(props));
}

function messages(props: PlanProps): string[] {
  return check(props).map(({ severity, status, message }) => `${severity} ${status}: ${message}`);
}

describe('model-changed-in-place', () => {
  test('does not advise to keep a model that is retired', () => {
    const catalog = fakeKnowledge([
      { name: 'chat', version: '2024-08-06', retirementDate: '2026-01-01' },
      { name: 'chat', version: '2024-11-20' },
    ]);
    const context = planContext(change({}, { version: '2024-11-20' }), { catalog });
    expect(modelChangedInPlace.check(context).map(({ fix }) => fix)).toEqual([
      'declare a deployment of another name with chat@2024-11-20 beside it, move traffic to that, and take this one out',
    ]);
  });

  test.each<[string, KnownVersion, boolean, string]>([
    [
      'is Deprecated',
      { name: 'chat', version: '2024-05-13', stage: 'deprecated', replacements: [{ name: 'owl', version: '2' }] },
      true,
      'keep chat@2024-08-06 here; to move on, declare a deployment of another name with owl@2 beside it instead of chat@2024-05-13, and move traffic to that',
    ],
    [
      'retires soon, and so does what takes its place',
      { name: 'chat', version: '2024-05-13', retirementDate: SOON, replacements: [{ name: 'owl', version: '1' }] },
      true,
      'keep chat@2024-08-06 here; to move on, declare a deployment of another name with a current model of the same kind beside it instead of chat@2024-05-13, and move traffic to that',
    ],
    [
      'has retired, so that Azure refuses the change',
      { name: 'chat', version: '2024-05-13', retirementDate: '2026-01-01' },
      false,
      'keep chat@2024-08-06 here; to move on, declare a deployment of another name with a current model of the same kind beside it instead of chat@2024-05-13, and move traffic to that',
    ],
  ])('does not advise to build on a model that %s', (_what, version, isChanged, fix) => {
    const catalog = fakeKnowledge([
      { name: 'chat', version: '2024-08-06' },
      { name: 'owl', version: '1', retirementDate: SOON },
      { name: 'owl', version: '2' },
      version,
    ]);
    const context = planContext(change({}, { version: '2024-05-13' }), { catalog });
    const effect = isChanged
      ? 'whoever calls it gets the answers of another model from the moment of the apply on'
      : 'Azure refuses to change a deployment to a retired model, so that applying this plan fails and callers keep the old model';
    expect(modelChangedInPlace.check(context)).toEqual([
      expect.objectContaining({
        message: `deployment 'chat' changes from chat@2024-08-06 to chat@2024-05-13 in place: ${effect}`,
        fix,
      }),
    ]);
  });

  test('says that calls fail from the destruction on where a retired model takes the place', () => {
    const catalog = fakeKnowledge([
      { name: 'chat', version: '2024-08-06' },
      { name: 'chat', version: '2024-05-13', retirementDate: '2026-01-01' },
    ]);
    const context = planContext(change({}, { version: '2024-05-13' }, { outcome: 'replaced' }), { catalog });
    expect(modelChangedInPlace.check(context).map(({ message }) => message)).toEqual([
      "deployment 'chat' is destroyed and created again with chat@2024-05-13 instead of chat@2024-08-06: Azure refuses to create one of a retired model, so that calls fail from the destruction on",
    ]);
  });

  test('reports another version under a name that callers go on using, at the version', () => {
    expect(check(change({}, { version: '2024-11-20' }))).toEqual([
      {
        rule: 'model-changed-in-place',
        severity: 'error',
        status: 'violation',
        resource: {
          address: 'azurerm_cognitive_deployment.chat',
          type: 'azurerm_cognitive_deployment',
          stack: 'production',
          constructPath: 'production/chat',
          account: ACCOUNT,
          deployment: 'chat',
          path: 'model.version',
        },
        message:
          "deployment 'chat' changes from chat@2024-08-06 to chat@2024-11-20 in place: whoever calls it gets the answers of another model from the moment of the apply on",
        fix: 'keep chat@2024-08-06 here, declare a deployment of another name with chat@2024-11-20 beside it, and move traffic to that',
        model: { format: 'OpenAI', name: 'chat', version: '2024-11-20', sku: 'GlobalStandard' },
        retirementDate: undefined,
      },
    ]);
  });

  test.each<[string, DeploymentProps, DeploymentProps, string]>([
    [
      'another name through azapi, which Azure refuses',
      { declaredBy: 'azapi' },
      { model: 'chat-next' },
      ': Azure refuses another model under the name of a deployment (CannotChangeDeploymentModel), so that applying this plan fails',
    ],
    [
      'another format through a template',
      { declaredBy: 'template' },
      { format: 'Meta' },
      ': Azure refuses another model under the name of a deployment (CannotChangeDeploymentModel), so that applying this plan fails',
    ],
    [
      'another name through azapi where the SKU is not known',
      { declaredBy: 'azapi', sku: unknown('${var.sku}') },
      { model: 'chat-next' },
      ': Azure refuses another model under the name of a deployment (CannotChangeDeploymentModel), unless it is a provisioned one',
    ],
    [
      'another name on a provisioned deployment, which Azure allows',
      { declaredBy: 'azapi', sku: 'GlobalProvisionedManaged' },
      { model: 'chat-next' },
      ': whoever calls it gets the answers of another model from the moment of the apply on',
    ],
    [
      'another version through azapi, which Azure allows',
      { declaredBy: 'azapi' },
      { version: '2024-11-20' },
      ': whoever calls it gets the answers of another model from the moment of the apply on',
    ],
  ])('reports %s', (_what, from, to, effect) => {
    const [found, ...others] = check(change(from, to));
    expect(found).toMatchObject({ severity: 'error', status: 'violation' });
    expect(found!.message.replace(/^.* in place/, '')).toBe(effect);
    expect(others).toEqual([]);
  });

  test.each<DeploymentChange['outcome']>(['replaced', 'recreated'])(
    'reports a deployment that is %s under its name with another model',
    (outcome) => {
      expect(messages(change({}, { model: 'chat-next', address: 'a.b' }, { outcome }))).toEqual([
        "error violation: deployment 'chat' is destroyed and created again with chat-next@2024-08-06 instead of chat@2024-08-06: calls fail in between, and then another model answers under its name",
      ]);
    },
  );

  test.each<[string, PlanProps]>([
    ['a replacement under another name', change({}, { model: 'next', deployment: 'next' }, { outcome: 'replaced' })],
    ['another SKU alone', change({}, { sku: 'Standard' })],
    ['another capacity alone', change({}, { capacity: { state: 'known', value: 20 } })],
    ['another upgrade option alone', change({}, { versionUpgradeOption: 'OnceCurrentVersionExpired' })],
    ['the same model in other letters', change({ declaredBy: 'azapi' }, { model: 'CHAT' })],
    ['a format that was left out', change({ format: ABSENT }, { format: 'OpenAI' })],
    ['a version that is left out before and after', change({ version: ABSENT }, {})],
    ['an expression that stays what it is', change({ version: unknown('${var.version}') }, {})],
    ['a created deployment', { deployments: [{ outcome: 'created', after: deployment() }] }],
    ['a destroyed deployment', { deployments: [{ outcome: 'destroyed', before: deployment() }] }],
    ['a kept deployment', change({ version: unknown('a sensitive value') }, {}, { outcome: 'kept' })],
  ])('says nothing of %s', (_what, props) => {
    expect(check(props)).toEqual([]);
  });

  test.each<[string, PlanProps, string]>([
    [
      'a version that is known after the apply',
      change({}, { version: unknown('${data.x.y.version}') }),
      'version stays what it is cannot be read: before 2024-08-06, after ${data.x.y.version}',
    ],
    [
      'a version that is left to Azure from now on',
      change({}, { version: ABSENT }),
      'version stays what it is cannot be read: before 2024-08-06, after left out',
    ],
    [
      'two sensitive versions, which may differ',
      change({ version: unknown('a sensitive value') }, {}),
      'version stays what it is cannot be read: before a sensitive value, after a sensitive value',
    ],
    [
      'a moved deployment that is updated',
      {
        ...change({}, { model: unknown('${local.model}') }, { outcome: 'moved' }),
        actions: [{ address: 'azurerm_cognitive_deployment.chat', action: 'update' }],
      },
      'model stays what it is cannot be read: before chat, after ${local.model}',
    ],
  ])('does not know of %s', (_what, props, message) => {
    expect(messages(props)).toEqual([
      `warning unknown: deployment 'chat' is updated in place, and whether its ${message}`,
    ]);
  });

  test.each(['created', 'changed-in-place'] as const)('does not know what a resource patches: %s', (outcome) => {
    const after = deployment({
      address: 'azapi_update_resource.chat',
      type: 'azapi_update_resource',
      declaredBy: 'azapi',
    });
    expect(messages({ deployments: [{ outcome, after }] })).toEqual([
      "warning unknown: azapi_update_resource writes chat@1 to deployment 'chat', which something else declares: what it runs until then is not in this plan",
    ]);
  });

  test('leaves to model-drifted what Azure has upgraded', () => {
    const option = { versionUpgradeOption: 'OnceNewDefaultVersionAvailable' };
    expect(check(change({ ...option, version: '2024-11-20' }, { version: '2024-08-06' }))).toEqual([]);
  });

  test('says nothing without a plan', () => {
    expect(modelChangedInPlace.check(contextOf([deployment()]))).toEqual([]);
  });

  test('writes names so that they cannot disturb a terminal', () => {
    const [found] = messages(change({ deployment: 'chat\u001b[2J\u202e' }, { version: 'x\n::error::' }));
    expect(found).toBe(
      "error violation: deployment 'chat\\u{1b}[2J\\u{202e}' changes from chat@2024-08-06 to chat@x\\u{a}::error:: in place: whoever calls it gets the answers of another model from the moment of the apply on",
    );
  });
});

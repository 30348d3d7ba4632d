import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { ModelVersion } from '../../lib/accounts';
import { ModelCatalog } from '../../lib/catalog';
import { ModelLifecycleGuard } from '../../lib/guard/model-lifecycle-guard';
import { ModelPolicy, ModelPolicyAssignmentOptions, ModelPolicyProps, PolicyEffect } from '../../lib/operations';
import { exceededLimit } from '../../lib/operations/policy-limits';
import { modelRule } from '../../lib/operations/policy-rule';
import { retirementDays } from '../../lib/operations/retirement-days';
import { synthesise, synthesisedText, testApp, testStack as guardedStack } from '../support/guarded-app';
import { conformanceProblems } from '../support/provider-schema';
import { synthesised, testStack, Values } from '../support/synthesised';
import { applies } from './support/azure-policy';

const SUBSCRIPTION = '/subscriptions/11111111-2222-3333-4444-555555555555';
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-models`;
const MANAGEMENT_GROUP = '/providers/Microsoft.Management/managementGroups/contoso';
const GPT = ModelVersion.openAi('gpt-5.1', '2025-11-13');

function policyIn(stack: TerraformStack, props?: ModelPolicyProps): ModelPolicy {
  return new ModelPolicy(stack, 'models', props);
}

function definitionsOf(stack: TerraformStack): Values[] {
  return Object.values(synthesised(stack).resource.azurerm_policy_definition!);
}

/** The JSON texts of a resource, read. */
function read(values: Values): Values {
  const texts = ['policy_rule', 'parameters', 'metadata'].filter((key) => typeof values[key] === 'string');
  return { ...values, ...Object.fromEntries(texts.map((key) => [key, JSON.parse(values[key] as string)])) };
}

test('a policy is two custom definitions in the subscription of the provider', () => {
  const stack = testStack();
  policyIn(stack);
  const [models, upgrades] = definitionsOf(stack).map(read);
  const { asOf } = ModelCatalog.bundled();
  expect(models).toEqual({
    name: 'models',
    policy_type: 'Custom',
    mode: 'All',
    display_name: 'Model deployments name an exact version that Azure has not retired',
    description:
      'Refuses deployments of Azure OpenAI and Foundry models that are retired, give no exact version. ' +
      'Generated from a catalogue of retirement dates; the metadata tell its day.',
    policy_rule: expect.objectContaining({ then: { effect: "[parameters('effect')]" } }),
    parameters: {
      effect: {
        type: 'String',
        defaultValue: 'Deny',
        allowedValues: ['Audit', 'Deny', 'Disabled'],
        metadata: {
          displayName: 'Effect',
          description:
            'Deny refuses to create or change such a deployment, Audit only lists it, Disabled does nothing.',
        },
      },
    },
    metadata: {
      category: 'Cognitive Services',
      generatedBy: 'cdktf-azure-model-lifecycle',
      catalogueAsOf: asOf,
      cloud: 'public',
    },
  });
  expect(upgrades).toMatchObject({
    name: 'models-upgrade',
    display_name: 'Model deployments never change their version by themselves',
    parameters: { effect: { defaultValue: 'Audit' } },
  });
});

test('the synthesised rules refuse what they are for', () => {
  const stack = testStack();
  policyIn(stack, { allowedModels: [GPT] });
  const [models, upgrades] = definitionsOf(stack).map((values) => read(values).policy_rule as { if: unknown });
  const living = { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13', versionUpgradeOption: 'NoAutoUpgrade' };
  expect([applies(models!, living), applies(upgrades!, living)]).toEqual([false, false]);
  expect(applies(models!, { ...living, name: 'gpt-35-turbo', version: '0613' })).toBe(true);
  expect(applies(models!, { ...living, version: undefined })).toBe(true);
  expect(applies(models!, { ...living, name: 'gpt-5-mini', version: '2025-08-07' })).toBe(true);
  expect(applies(upgrades!, { ...living, versionUpgradeOption: undefined })).toBe(true);
});

test('the rule follows the catalogue, the overlays and the cloud that the guard was given, also afterwards', () => {
  const stack = testStack();
  policyIn(stack);
  ModelLifecycleGuard.protect(stack, { cloud: 'usgovernment' as never });
  const government = ModelCatalog.bundled({ cloud: 'usgovernment' });
  const [models] = definitionsOf(stack).map(read);
  expect(models!.policy_rule).toEqual(modelRule({ retirements: retirementDays(government), asOf: government.asOf }));
  expect(models!.metadata).toMatchObject({ cloud: 'usgovernment', catalogueAsOf: government.asOf });
});

test('what is synthesised on another day is the same', () => {
  const texts = ['2026-11-22', '2027-11-22'].map((asOf) => {
    const stack = testStack();
    ModelLifecycleGuard.protect(stack, { asOf });
    policyIn(stack);
    return JSON.stringify(definitionsOf(stack));
  });
  expect(texts[1]).toBe(texts[0]);
});

test('retired models in the rule are no findings of the guard, and one beside it is', () => {
  const synthesisWith = (description?: string) => {
    const app = testApp();
    guardedStack(app, 'platform', (stack) => {
      ModelLifecycleGuard.protect(stack, { asOf: '2026-11-22', severities: { 'catalog-stale': 'off' as never } });
      const policy = policyIn(stack, { allowedModels: [ModelVersion.openAi('gpt-35-turbo', '0613')] });
      policy.assignToSubscription('all', { subscriptionId: SUBSCRIPTION });
      if (description !== undefined) {
        new TerraformOutput(stack, 'model', { value: description });
      }
    });
    return { app, outcome: synthesise(app) };
  };
  const { app, outcome } = synthesisWith();
  expect(outcome).toEqual({ printed: '' });
  expect(synthesisedText(app, 'platform')).toContain('OpenAI|gpt-35-turbo|0613');
  expect(synthesisWith('gpt-35-turbo@0613').outcome.thrown).toContain('retired-literal');
});

test('text of an overlay that Terraform would read as a template means itself', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'overlay-')), 'overlay.json');
  const model = { format: 'Contoso', name: '${var.x}', version: '1', stage: 'retired', retirementDate: '2026-01-01' };
  writeFileSync(file, JSON.stringify({ schemaVersion: 1, asOf: '2026-11-01', models: [model] }));
  const stack = testStack();
  ModelLifecycleGuard.protect(stack, { overlayFiles: [file] });
  policyIn(stack);
  expect(definitionsOf(stack)[0]!.policy_rule).toContain('"Contoso|$${var.x}|1"');
});

test('an assignment of each kind is one for each definition', () => {
  const stack = testStack();
  const policy = policyIn(stack, { managementGroupId: MANAGEMENT_GROUP });
  policy.assignToSubscription('subscription', {
    subscriptionId: SUBSCRIPTION,
    notScopes: [GROUP, `${GROUP}/providers/Microsoft.CognitiveServices/accounts/lab`],
    effect: PolicyEffect.AUDIT,
    enforce: false,
  });
  policy.assignToResourceGroup('group', { resourceGroupId: GROUP, name: 'models here' });
  policy.assignToManagementGroup('everyone', {
    managementGroupId: MANAGEMENT_GROUP,
    upgradeOptionEffect: PolicyEffect.DENY,
  });
  const { resource } = synthesised(stack);
  expect(Object.values(resource.azurerm_subscription_policy_assignment!)).toEqual([
    {
      name: 'models',
      display_name: 'Model deployments name an exact version that Azure has not retired',
      policy_definition_id: '${azurerm_policy_definition.models.id}',
      subscription_id: SUBSCRIPTION,
      parameters: '{"effect":{"value":"Audit"}}',
      enforce: false,
      not_scopes: [GROUP, `${GROUP}/providers/Microsoft.CognitiveServices/accounts/lab`],
      non_compliance_message: [
        {
          content:
            'Deploy an exact version of a model that Azure has not retired and that is allowed here: see the rule of the policy for the lists.',
        },
      ],
    },
    expect.objectContaining({ name: 'models-upgrade', parameters: '{"effect":{"value":"Audit"}}', enforce: false }),
  ]);
  expect(Object.values(resource.azurerm_resource_group_policy_assignment!)).toMatchObject([
    { name: 'models here', resource_group_id: GROUP, parameters: '{"effect":{"value":"Deny"}}', enforce: true },
    {
      name: 'models here-upgrade',
      policy_definition_id: expect.stringMatching(/^\$\{azurerm_policy_definition\.models_UpgradeOption\w+\.id\}$/),
    },
  ]);
  expect(Object.values(resource.azurerm_management_group_policy_assignment!)).toMatchObject([
    { name: 'models', management_group_id: MANAGEMENT_GROUP, parameters: '{"effect":{"value":"Deny"}}' },
    { name: 'models-upgrade', parameters: '{"effect":{"value":"Deny"}}' },
  ]);
  expect(definitionsOf(stack).map((values) => values.management_group_id)).toEqual([
    MANAGEMENT_GROUP,
    MANAGEMENT_GROUP,
  ]);
});

test('everything conforms to the provider schema', () => {
  const stack = testStack();
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const policy = policyIn(stack, { managementGroupId: MANAGEMENT_GROUP, allowedModels: [GPT] });
  policy.assignToSubscription('subscription', { subscriptionId: SUBSCRIPTION, notScopes: [GROUP] });
  policy.assignToResourceGroup('group', { resourceGroupId: GROUP });
  policy.assignToManagementGroup('everyone', { managementGroupId: MANAGEMENT_GROUP });
  expect(conformanceProblems(synthesised(stack))).toEqual([]);
});

test('names and ids that Terraform computes are written as they are', () => {
  const stack = testStack();
  const variable = (name: string) => new TerraformVariable(stack, name, {}).stringValue;
  policyIn(stack, { name: variable('name') }).assignToSubscription('all', {
    subscriptionId: variable('subscription'),
    notScopes: [variable('lab')],
  });
  const { resource } = synthesised(stack);
  expect(definitionsOf(stack).map(({ name }) => name)).toEqual(['${var.name}', '${var.name}-upgrade']);
  expect(Object.values(resource.azurerm_subscription_policy_assignment!)[0]).toMatchObject({
    name: '${var.name}',
    subscription_id: '${var.subscription}',
    not_scopes: ['${var.lab}'],
  });
});

test.each(['', 'a/b', 'a'.repeat(57), 'models ', '50%', 'a.b', '${x}?'])('the policy name %p is refused', (name) => {
  expect(() => policyIn(testStack(), { name })).toThrow(
    new Error(
      `policy name '${name}' of stack/models is not valid: it has 1 to 56 characters, none of < > * % & : \\ ? . + / # and no ` +
        'control characters, and does not end with a blank; pass name',
    ),
  );
});

test('names as long as Azure takes them are accepted', () => {
  const stack = testStack();
  const policy = policyIn(stack, { name: 'm'.repeat(56), managementGroupId: MANAGEMENT_GROUP });
  policy.assignToManagementGroup('all', { managementGroupId: MANAGEMENT_GROUP, name: 'm'.repeat(16) });
  policy.assignToSubscription('one', { subscriptionId: SUBSCRIPTION });
  const names = Object.values(synthesised(stack).resource).flatMap((each) =>
    Object.values(each).map(({ name }) => name),
  );
  expect(names.map((name) => String(name).length).sort((a, b) => a - b)).toEqual([16, 24, 56, 56, 64, 64]);
});

test('a name that fits a subscription may be too long for a management group', () => {
  const policy = policyIn(testStack(), { name: 'm'.repeat(17), managementGroupId: MANAGEMENT_GROUP });
  expect(() => policy.assignToManagementGroup('all', { managementGroupId: MANAGEMENT_GROUP })).toThrow(
    new Error(
      `assignment name '${'m'.repeat(17)}' of stack/models/all is not valid: it has 1 to 16 characters, none of ` +
        '< > * % & : \\ ? . + / # and no control characters, and does not end with a blank; pass name',
    ),
  );
});

test('a list of allowed models holds at least one, as text', () => {
  expect(() => policyIn(testStack(), { allowedModels: [] })).toThrow(
    new Error(
      'allowedModels of stack/models names no model, so that nothing could be deployed; list at least one, ' +
        'or leave it out to allow every model that is not retired',
    ),
  );
  const stack = testStack();
  const version = new TerraformVariable(stack, 'version', {}).stringValue;
  expect(() => policyIn(stack, { allowedModels: [GPT, ModelVersion.openAi('gpt-5.1', version)] })).toThrow(
    new Error(
      'allowedModels[1] of stack/models is known only when Terraform runs, and the rule is made before; ' +
        "write format, name and version as text, for instance ModelVersion.openAi('gpt-5.1', '2025-11-13')",
    ),
  );
});

test('a policy that a subscription holds is not assigned to a management group', () => {
  const policy = policyIn(testStack());
  expect(() => policy.assignToManagementGroup('all', { managementGroupId: MANAGEMENT_GROUP })).toThrow(
    new Error(
      'stack/models cannot be assigned to a management group, because a subscription holds its definitions; ' +
        'pass the id of that management group, or of one above it, as managementGroupId of the policy',
    ),
  );
});

test.each<[string, ModelPolicyProps, string]>([
  [
    'effect',
    { effect: 'deny' as never },
    "effect 'deny' of stack/models is not an effect of this policy; choose one of Audit, Deny, Disabled",
  ],
  [
    'upgradeOptionEffect',
    { upgradeOptionEffect: 'Modify' as never },
    "upgradeOptionEffect 'Modify' of stack/models is not an effect of this policy; choose one of Audit, Deny, Disabled",
  ],
  [
    'managementGroupId',
    { managementGroupId: 'contoso' },
    "managementGroupId 'contoso' of stack/models is not the resource id of a management group; write '/providers/Microsoft.Management/managementGroups/<name>'",
  ],
])('a policy with a wrong %s is refused', (_property, props, message) => {
  expect(() => policyIn(testStack(), props)).toThrow(new Error(message));
});

const LAB = '11111111-2222-3333-4444-555555555555';

test.each<[string, Partial<ModelPolicyAssignmentOptions> & { subscriptionId?: string }, string]>([
  [
    'a subscription by its GUID alone',
    { subscriptionId: LAB },
    `subscriptionId '${LAB}' of stack/models/all is not the resource id of a subscription; write '/subscriptions/<id>', where <id> is a GUID`,
  ],
  [
    'an id of something inside a subscription',
    { subscriptionId: GROUP },
    `subscriptionId '${GROUP}' of stack/models/all is not the resource id of a subscription; write '/subscriptions/<id>', where <id> is a GUID`,
  ],
  [
    'a scope left out that is none',
    { notScopes: [GROUP, 'rg-lab'] },
    "'rg-lab' in notScopes of stack/models/all is not the resource id of a scope; write '/subscriptions/<id>', '/subscriptions/<id>/resourceGroups/<name>', " +
      "'/providers/Microsoft.Management/managementGroups/<name>' or the id of a resource",
  ],
  [
    'more scopes left out than Azure takes',
    { notScopes: Array.from({ length: 401 }, (_, index) => `${SUBSCRIPTION}/resourceGroups/rg-${index}`) },
    'notScopes of stack/models/all has 401 entries and Azure takes at most 400; leave out a scope above several of them',
  ],
  [
    'an unknown effect',
    { effect: 'Block' as never },
    "effect 'Block' of stack/models/all is not an effect of this policy; choose one of Audit, Deny, Disabled",
  ],
])('an assignment with %s is refused', (_what, options, message) => {
  const policy = policyIn(testStack());
  expect(() => policy.assignToSubscription('all', { subscriptionId: SUBSCRIPTION, ...options })).toThrow(
    new Error(message),
  );
});

test('ids of resource groups and management groups are checked as well', () => {
  const policy = policyIn(testStack(), { managementGroupId: MANAGEMENT_GROUP });
  expect(() => policy.assignToResourceGroup('group', { resourceGroupId: 'rg-models' })).toThrow(
    new Error(
      "resourceGroupId 'rg-models' of stack/models/group is not the resource id of a resource group; write " +
        "'/subscriptions/<id>/resourceGroups/<name>', where <id> is a GUID",
    ),
  );
  expect(() => policy.assignToManagementGroup('everyone', { managementGroupId: SUBSCRIPTION })).toThrow(
    new Error(
      `managementGroupId '${SUBSCRIPTION}' of stack/models/everyone is not the resource id of a management group; write ` +
        "'/providers/Microsoft.Management/managementGroups/<name>'",
    ),
  );
});

function retirementsOnDays(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    format: 'Contoso',
    name: `sage-${index}`,
    version: '1',
    exceptVersions: [],
    day: `2${String(index).padStart(3, '0')}-01-01`,
    skuDays: [],
  }));
}

test('a rule that Azure Policy would refuse is found at synthesis', () => {
  const ruleOn = (count: number) => modelRule({ retirements: retirementsOnDays(count), asOf: '1999-01-01' });
  expect(exceededLimit(ruleOn(169))).toBeUndefined();
  expect(exceededLimit(ruleOn(170))).toEqual({ what: 'conditions', count: 515, most: 512 });
  const allowed = Array.from({ length: 20_000 }, (_, index) =>
    ModelVersion.openAi(`sage-${index}-${'x'.repeat(40)}`, '1'),
  );
  expect(() => {
    const stack = testStack();
    policyIn(stack, { allowedModels: allowed });
    synthesised(stack);
  }).toThrow(
    /the policy of stack\/models has 1\d{6} bytes and Azure takes at most 1048576 in one definition; give the guard a catalogue/,
  );
});

import { TerraformVariable } from 'cdktf';
import {
  ContentFilter,
  ContentFilterSeverity,
  ContentFilterSource,
  RaiPolicyMode,
  RaiPolicyOptions,
  DeploymentSku,
  ModelAccount,
  ModelVersion,
} from '../../lib/accounts';
import { onlyResource, testStack } from '../support/synthesised';

const HATE: ContentFilter = { name: 'Hate', source: ContentFilterSource.PROMPT };

function accountIn(stack = testStack()) {
  return new ModelAccount(stack, 'models', {
    name: 'contoso-models',
    resourceGroupName: 'rg',
    location: 'swedencentral',
  });
}

function policyOf(options: Partial<RaiPolicyOptions> = {}) {
  const stack = testStack();
  accountIn(stack).addRaiPolicy('strict', { contentFilters: [HATE], ...options });
  return onlyResource(stack, 'azurerm_cognitive_account_rai_policy');
}

test('a filter blocks from medium severity on unless told otherwise', () => {
  expect(policyOf()).toEqual({
    name: 'strict-Microsoft.DefaultV2',
    cognitive_account_id: '${azurerm_cognitive_account.models.id}',
    base_policy_name: 'Microsoft.DefaultV2',
    mode: 'Blocking',
    content_filter: [
      { name: 'Hate', source: 'Prompt', filter_enabled: true, block_enabled: true, severity_threshold: 'Medium' },
    ],
    lifecycle: { create_before_destroy: true },
  });
});

test('everything can be said', () => {
  expect(
    policyOf({
      name: 'lenient',
      basePolicyName: 'Microsoft.Default',
      mode: RaiPolicyMode.ASYNCHRONOUS_FILTER,
      tags: { team: 'safety' },
      contentFilters: [
        HATE,
        {
          name: 'Protected Material Code',
          source: ContentFilterSource.COMPLETION,
          severityThreshold: ContentFilterSeverity.HIGH,
          blocking: false,
          enabled: false,
        },
      ],
    }),
  ).toMatchObject({
    name: 'lenient',
    base_policy_name: 'Microsoft.Default',
    mode: 'Asynchronous_filter',
    tags: { team: 'safety' },
    content_filter: [
      { name: 'Hate' },
      { source: 'Completion', filter_enabled: false, block_enabled: false, severity_threshold: 'High' },
    ],
  });
});

test('a replacement has another name: the base policy is part of it', () => {
  expect(policyOf({ basePolicyName: 'Microsoft.Default' }).name).toBe('strict-Microsoft.Default');
});

test('a deployment refers to it and waits for it', () => {
  const stack = testStack();
  const account = accountIn(stack);
  const policy = account.addRaiPolicy('strict', { contentFilters: [HATE] });
  account.deploy('chat', {
    model: ModelVersion.openAi('gpt-5.1', '2025-11-13'),
    sku: DeploymentSku.globalStandard(1),
    raiPolicyName: policy.policyName,
  });
  expect(onlyResource(stack, 'azurerm_cognitive_deployment').rai_policy_name).toMatch(
    /^\$\{azurerm_cognitive_account_rai_policy\.models_strict_[0-9A-F]+\.name\}$/,
  );
});

test('a policy without filters is refused', () => {
  expect(() => policyOf({ contentFilters: [] })).toThrow(
    new Error("stack/models/strict has no content filters; list at least one, for instance 'Hate' for prompts"),
  );
});

test('a filter is listed once for each source', () => {
  expect(() => policyOf({ contentFilters: [HATE, { ...HATE, name: 'hate' }] })).toThrow(
    new Error("stack/models/strict lists the content filter 'hate' for source Prompt twice; remove one"),
  );
  expect(() => policyOf({ contentFilters: [HATE, { ...HATE, source: ContentFilterSource.COMPLETION }] })).not.toThrow();
});

test.each(['', '-strict', 'a/b', 'a'.repeat(65)])('the name %p is refused', (name) => {
  expect(() => policyOf({ name })).toThrow(
    new Error(
      `RAI policy name '${name}' of stack/models/strict is not valid: it has 1 to 64 characters, starts with a letter or digit ` +
        "and goes on with letters, digits, '.', '_' and '-'; pass another name",
    ),
  );
});

test('a name that Terraform computes is written as it is', () => {
  const stack = testStack();
  const name = new TerraformVariable(stack, 'name', {}).stringValue;
  accountIn(stack).addRaiPolicy('strict', { contentFilters: [HATE], name });
  expect(onlyResource(stack, 'azurerm_cognitive_account_rai_policy').name).toBe('${var.name}');
});

import { TerraformStack, Testing } from 'cdktf';
import {
  DeploymentSku,
  ModelAccount,
  ModelDeployment,
  ModelDeploymentImportProps,
  ModelVersion,
} from '../../lib/accounts';
import { onlyResource, synthesised, testStack } from '../support/synthesised';

const ACCOUNT_ID =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/legacy';
const DEPLOYMENT_ID = `${ACCOUNT_ID}/deployments/Chat`;

function adopt(stack: TerraformStack, props: Partial<ModelDeploymentImportProps> = {}) {
  const account = props.account ?? ModelAccount.fromAccountId(stack, 'legacy', ACCOUNT_ID);
  return ModelDeployment.importFrom(stack, 'chat', {
    deploymentId: DEPLOYMENT_ID,
    model: ModelVersion.openAi('gpt-4o', '2024-11-20'),
    sku: DeploymentSku.standard(10),
    raiPolicyName: 'Microsoft.DefaultV2',
    ...props,
    account,
  });
}

test('it is imported under the name it has and cannot be replaced', () => {
  const stack = testStack();
  expect(adopt(stack).deploymentName).toBe('Chat');
  expect(synthesised(stack).import).toEqual([{ to: 'azurerm_cognitive_deployment.chat', id: DEPLOYMENT_ID }]);
  expect(onlyResource(stack, 'azurerm_cognitive_deployment')).toEqual({
    name: 'Chat',
    cognitive_account_id: ACCOUNT_ID,
    model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-11-20' },
    sku: { name: 'Standard', capacity: 10 },
    rai_policy_name: 'Microsoft.DefaultV2',
    version_upgrade_option: 'NoAutoUpgrade',
    dynamic_throttling_enabled: false,
    lifecycle: { create_before_destroy: true, prevent_destroy: true },
  });
});

test('what exists is stated and its protection can be lifted', () => {
  const stack = testStack();
  adopt(stack, { raiPolicyName: 'Microsoft.Default', dynamicThrottlingEnabled: true, preventDestroy: false });
  expect(onlyResource(stack, 'azurerm_cognitive_deployment')).toMatchObject({
    rai_policy_name: 'Microsoft.Default',
    dynamic_throttling_enabled: true,
    lifecycle: { create_before_destroy: true, prevent_destroy: false },
  });
});

test('an id as Azure answers it is written as the provider compares it', () => {
  const stack = testStack();
  const asAzureAnswers = (id: string) =>
    id.replace('resourceGroups', 'resourcegroups').replace('Microsoft', 'microsoft');
  adopt(stack, {
    account: ModelAccount.fromAccountId(stack, 'legacy', asAzureAnswers(ACCOUNT_ID)),
    deploymentId: asAzureAnswers(DEPLOYMENT_ID),
  });
  expect(synthesised(stack).import).toEqual([{ to: 'azurerm_cognitive_deployment.chat', id: DEPLOYMENT_ID }]);
  expect(onlyResource(stack, 'azurerm_cognitive_deployment').cognitive_account_id).toBe(ACCOUNT_ID);
});

test('several are imported side by side, also into an account that is created here', () => {
  const stack = testStack();
  const account = new ModelAccount(stack, 'models', {
    name: 'legacy',
    resourceGroupName: 'rg',
    location: 'westeurope',
  });
  adopt(stack, { account });
  ModelDeployment.importFrom(account, 'small', {
    account,
    deploymentId: `${ACCOUNT_ID}/deployments/small`,
    model: ModelVersion.openAi('gpt-4o-mini', '2024-07-18'),
    sku: DeploymentSku.standard(10),
    raiPolicyName: 'Microsoft.DefaultV2',
  });
  expect(synthesised(stack).import).toEqual([
    { to: expect.stringMatching(/^azurerm_cognitive_deployment\.models_small/), id: `${ACCOUNT_ID}/deployments/small` },
    { to: 'azurerm_cognitive_deployment.chat', id: DEPLOYMENT_ID },
  ]);
});

test('the import follows a resource whose address is overridden', () => {
  const stack = testStack();
  adopt(stack).resource.overrideLogicalId('adopted');
  expect(synthesised(stack).import).toEqual([{ to: 'azurerm_cognitive_deployment.adopted', id: DEPLOYMENT_ID }]);
});

test('HCL output has the import too', () => {
  const stack = testStack();
  adopt(stack);
  expect(Testing.synthHcl(stack)).toContain(
    `import {\nto = azurerm_cognitive_deployment.chat\nid = "${DEPLOYMENT_ID}"\n}`,
  );
});

test('synthesis starts no terraform binary', () => {
  const stack = testStack();
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    const adopted = adopt(stack);
    expect(adopted.node.findAll().flatMap((construct) => construct.node.validate())).toEqual([]);
  } finally {
    process.env.PATH = path;
  }
});

test.each(['', 'Chat', ACCOUNT_ID, '${var.deployment_id}'])('the deployment id %p is refused', (deploymentId) => {
  expect(() => adopt(testStack(), { deploymentId })).toThrow(
    /^deploymentId '.*' of stack\/chat is not the resource id of a deployment; write it as text: '\/subscriptions\/<id>\/resourceGroups\/<group>\/providers\/Microsoft\.CognitiveServices\/accounts\/<account>\/deployments\/<deployment>'$/,
  );
});

test.each([
  DEPLOYMENT_ID.replace('legacy', 'other'),
  DEPLOYMENT_ID.replace('/rg/', '/other/'),
  DEPLOYMENT_ID.replace('11111111', '99999999'),
])('a deployment of another account is refused: %s', (deploymentId) => {
  expect(() => adopt(testStack(), { deploymentId })).toThrow(
    /^deploymentId '.*' of stack\/chat does not lie in the account of stack\/legacy; pass the account that the id names$/,
  );
});

test('its name is taken for the other deployments of the account', () => {
  const stack = testStack();
  const account = adopt(stack).account;
  expect(() =>
    account.deploy('copy', {
      model: ModelVersion.openAi('gpt-4o', '2024-11-20'),
      sku: DeploymentSku.globalStandard(1),
      deploymentName: 'chat',
    }),
  ).toThrow("deployment 'chat' of account stack/legacy is declared twice, by stack/chat and by stack/legacy/copy");
});

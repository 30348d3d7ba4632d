import { formatAccountId, formatDeploymentId, parseAccountId, parseDeploymentId } from '../../lib/accounts/account-id';

const SUBSCRIPTION = '11111111-2222-3333-4444-55555555aaaa';
const ACCOUNT_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso`;
const parts = { subscriptionId: SUBSCRIPTION, resourceGroupName: 'rg-models', accountName: 'contoso' };

test('an account id is taken apart and put together again', () => {
  expect({ ...parseAccountId(ACCOUNT_ID) }).toEqual(parts);
  expect(formatAccountId(parts)).toBe(ACCOUNT_ID);
});

test('a deployment id is taken apart and put together again', () => {
  const deploymentId = `${ACCOUNT_ID}/deployments/chat`;
  expect({ ...parseDeploymentId(deploymentId) }).toEqual({ ...parts, deploymentName: 'chat' });
  expect(formatDeploymentId({ ...parts, deploymentName: 'chat' })).toBe(deploymentId);
});

test('the fixed words come out as the provider writes them, whatever their case was', () => {
  const asAzureAnswers = ACCOUNT_ID.replace('resourceGroups', 'resourcegroups').replace('Microsoft.C', 'microsoft.c');
  expect(formatAccountId(parseAccountId(asAzureAnswers)!)).toBe(ACCOUNT_ID);
});

test.each([
  '',
  'contoso',
  `${ACCOUNT_ID}/`,
  `${ACCOUNT_ID}/deployments/chat`,
  ` ${ACCOUNT_ID}`,
  `${ACCOUNT_ID}\n`,
  ACCOUNT_ID.replace(SUBSCRIPTION, 'my-subscription'),
  ACCOUNT_ID.replace('rg-models', 'rg/models'),
  ACCOUNT_ID.replace('rg-models', 'rg models'),
  ACCOUNT_ID.replace('rg-models', 'rg\n'),
  ACCOUNT_ID.replace('rg-models', 'r'.repeat(91)),
  ACCOUNT_ID.replace('rg-models', '${var.group}'),
  ACCOUNT_ID.replace('contoso', 'c'),
  ACCOUNT_ID.replace('contoso', 'c'.repeat(65)),
  ACCOUNT_ID.replace('Microsoft.CognitiveServices', 'Microsoft.MachineLearningServices'),
  ACCOUNT_ID.replace('Microsoft.CognitiveServices', 'MicrosoftXCognitiveServices'),
  ACCOUNT_ID.replace('contoso', '-contoso'),
  undefined,
  7,
])('%p is no account id', (text) => {
  expect(parseAccountId(text)).toBeUndefined();
});

test('an account that exists may have a name that the naming rules forbid', () => {
  expect(parseAccountId(ACCOUNT_ID.replace('contoso', 'my_models.eu'))?.accountName).toBe('my_models.eu');
});

test.each([
  ACCOUNT_ID,
  `${ACCOUNT_ID}/deployments/`,
  `${ACCOUNT_ID}/deployments/a`,
  `${ACCOUNT_ID}/deployments/a/b`,
  `${ACCOUNT_ID}/deployments/chat\n`,
  `${ACCOUNT_ID.replace('contoso', '-contoso')}/deployments/chat`,
  undefined,
])('%p is no deployment id', (text) => {
  expect(parseDeploymentId(text)).toBeUndefined();
});

import { IConstruct } from 'constructs';
import {
  ContentFilterSource,
  DeploymentSku,
  ModelAccount,
  ModelDeployment,
  ModelPrivateDnsZones,
  ModelVersion,
} from '../../lib/accounts';
import { enrol } from '../../lib/guard/enrol';
import { testStack } from '../support/synthesised';

jest.mock('../../lib/guard/enrol', () => ({ enrol: jest.fn() }));

const ACCOUNT_ID =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/legacy';

test('every construct enrols itself, so that the app is guarded and knows where it was declared', () => {
  const stack = testStack();
  const account = new ModelAccount(stack, 'models', {
    name: 'contoso',
    resourceGroupName: 'rg',
    location: 'westeurope',
  });
  const legacy = ModelAccount.fromAccountId(stack, 'legacy', ACCOUNT_ID);
  const model = ModelVersion.openAi('gpt-5.1', '2025-11-13');
  const constructs: IConstruct[] = [
    account,
    legacy,
    account.addPrivateEndpoint('hub', { subnetId: '/subnets/hub' }),
    account.addRaiPolicy('strict', { contentFilters: [{ name: 'Hate', source: ContentFilterSource.PROMPT }] }),
    account.deploy('chat', { model, sku: DeploymentSku.standard(1) }),
    ModelDeployment.importFrom(stack, 'adopted', {
      account: legacy,
      deploymentId: `${ACCOUNT_ID}/deployments/chat`,
      model,
      sku: DeploymentSku.standard(1),
      raiPolicyName: 'Microsoft.DefaultV2',
    }),
    new ModelPrivateDnsZones(stack, 'dns', { resourceGroupName: 'rg', virtualNetworkIds: {} }),
  ];
  const enrolled = jest.mocked(enrol).mock.calls.map(([construct]) => construct.node.path);
  expect(enrolled.sort()).toEqual(constructs.map((construct) => construct.node.path).sort());
});

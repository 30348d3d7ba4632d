import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ModelPolicy, RetirementAlerts } from '../../lib/operations';
import { synthesised, testStack } from '../support/synthesised';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';

jest.setTimeout(60_000);

const SUBSCRIPTION = '/subscriptions/11111111-2222-3333-4444-555555555555';
const MANAGEMENT_GROUP = '/providers/Microsoft.Management/managementGroups/contoso';

describeWithTerraform('alerts and policies under terraform', () => {
  test('are valid', async () => {
    const stack = testStack('operations');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    new RetirementAlerts(stack, 'alerts', {
      resourceGroupName: 'rg-models',
      subscriptionId: SUBSCRIPTION,
      emailReceivers: [{ name: 'team', emailAddress: 'models@contoso.com' }],
      smsReceivers: [{ name: 'phone', countryCode: '47', phoneNumber: '22334455' }],
      webhookReceivers: [{ name: 'tickets', serviceUri: 'https://tickets.contoso.com/azure' }],
      regions: ['Global', 'Sweden Central'],
    });
    const policy = new ModelPolicy(stack, 'models', { managementGroupId: MANAGEMENT_GROUP });
    policy.assignToSubscription('subscription', {
      subscriptionId: SUBSCRIPTION,
      notScopes: [`${SUBSCRIPTION}/resourceGroups/lab`],
    });
    policy.assignToResourceGroup('group', { resourceGroupId: `${SUBSCRIPTION}/resourceGroups/rg-models` });
    policy.assignToManagementGroup('everyone', { managementGroupId: MANAGEMENT_GROUP });
    const bench = await TerraformBench.start();
    try {
      const workspace = bench.workspace();
      workspace.write({ ...synthesised(stack), terraform: undefined });
      expect(await workspace.validate()).toMatchObject({ valid: true, diagnostics: [] });
    } finally {
      bench.stop();
    }
  });
});

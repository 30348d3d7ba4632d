import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { RetirementAlerts, RetirementAlertsProps } from '../../lib/operations';
import { conformanceProblems } from '../support/provider-schema';
import { onlyResource, synthesised, testStack } from '../support/synthesised';

const SUBSCRIPTION = '/subscriptions/11111111-2222-3333-4444-555555555555';
const ON_CALL = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/on-call`;
const TEAM = { name: 'team', emailAddress: 'models@contoso.com' };

function alertsIn(stack: TerraformStack, props: Partial<RetirementAlertsProps> = {}): RetirementAlerts {
  return new RetirementAlerts(stack, 'alerts', {
    resourceGroupName: 'rg-models',
    subscriptionId: SUBSCRIPTION,
    emailReceivers: [TEAM],
    ...props,
  });
}

test('health advisories of Azure OpenAI in all regions reach the team', () => {
  const stack = testStack();
  alertsIn(stack);
  expect(onlyResource(stack, 'azurerm_monitor_activity_log_alert')).toEqual({
    name: 'alerts',
    resource_group_name: 'rg-models',
    location: 'global',
    description: 'Azure announced that a model retires, or changed when: see the list of deployments that use it.',
    scopes: [SUBSCRIPTION],
    enabled: true,
    criteria: {
      category: 'ServiceHealth',
      service_health: { events: ['ActionRequired', 'Informational'], services: ['Azure OpenAI Service'] },
    },
    action: [
      { action_group_id: expect.stringMatching(/^\$\{azurerm_monitor_action_group\.alerts_ActionGroup_\w+\.id\}$/) },
    ],
  });
  expect(onlyResource(stack, 'azurerm_monitor_action_group')).toEqual({
    name: 'alerts',
    resource_group_name: 'rg-models',
    short_name: 'retirements',
    enabled: true,
    email_receiver: [{ name: 'team', email_address: 'models@contoso.com', use_common_alert_schema: true }],
  });
});

test('everything can be said', () => {
  const stack = testStack();
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  alertsIn(stack, {
    name: 'Model retirements',
    smsReceivers: [{ name: 'phone', countryCode: '47', phoneNumber: '22 33 44 55' }],
    webhookReceivers: [{ name: 'tickets', serviceUri: 'https://tickets.contoso.com/azure?team=ai' }],
    actionGroupIds: [ON_CALL],
    shortName: 'AI models',
    serviceNames: ['Azure OpenAI Service', 'Azure AI Search'],
    regions: ['Global', 'Sweden Central'],
    location: 'westeurope',
    tags: { team: 'search' },
  });
  expect(onlyResource(stack, 'azurerm_monitor_activity_log_alert')).toMatchObject({
    name: 'Model retirements',
    location: 'westeurope',
    criteria: {
      service_health: {
        services: ['Azure OpenAI Service', 'Azure AI Search'],
        locations: ['Global', 'Sweden Central'],
      },
    },
    action: [
      { action_group_id: expect.stringContaining('azurerm_monitor_action_group') },
      { action_group_id: ON_CALL },
    ],
    tags: { team: 'search' },
  });
  expect(onlyResource(stack, 'azurerm_monitor_action_group')).toMatchObject({
    name: 'Model retirements',
    short_name: 'AI models',
    sms_receiver: [{ name: 'phone', country_code: '47', phone_number: '22 33 44 55' }],
    webhook_receiver: [
      { name: 'tickets', service_uri: 'https://tickets.contoso.com/azure?team=ai', use_common_alert_schema: true },
    ],
    tags: { team: 'search' },
  });
  expect(conformanceProblems(synthesised(stack))).toEqual([]);
});

test('existing action groups need no receivers, and no action group is made', () => {
  const stack = testStack();
  const alerts = alertsIn(stack, { emailReceivers: [], actionGroupIds: [ON_CALL] });
  expect(alerts.actionGroup).toBeUndefined();
  expect(synthesised(stack).resource.azurerm_monitor_action_group).toBeUndefined();
  expect(onlyResource(stack, 'azurerm_monitor_activity_log_alert').action).toEqual([{ action_group_id: ON_CALL }]);
  expect(conformanceProblems(synthesised(stack))).toEqual([]);
});

test('what Terraform computes is written as it is', () => {
  const stack = testStack();
  const variable = (name: string) => new TerraformVariable(stack, name, { sensitive: true }).stringValue;
  alertsIn(stack, {
    subscriptionId: variable('subscription'),
    emailReceivers: [{ name: 'team', emailAddress: variable('address') }],
    webhookReceivers: [{ name: 'chat', serviceUri: variable('secret_url') }],
    actionGroupIds: [variable('group')],
  });
  expect(onlyResource(stack, 'azurerm_monitor_activity_log_alert')).toMatchObject({ scopes: ['${var.subscription}'] });
  expect(onlyResource(stack, 'azurerm_monitor_action_group')).toMatchObject({
    email_receiver: [{ email_address: '${var.address}' }],
    webhook_receiver: [{ service_uri: '${var.secret_url}' }],
  });
});

test.each<[string, Partial<RetirementAlertsProps>, string]>([
  [
    'nobody who is told',
    { emailReceivers: [] },
    'stack/alerts tells nobody: pass emailReceivers, smsReceivers or webhookReceivers, or the ids of existing action groups as actionGroupIds',
  ],
  [
    'a subscription by its GUID alone',
    { subscriptionId: SUBSCRIPTION.slice(15) },
    "subscriptionId '11111111-2222-3333-4444-555555555555' of stack/alerts is not the resource id of a subscription; write '/subscriptions/<id>', where <id> is a GUID",
  ],
  [
    'a name that Azure refuses',
    { name: 'models/retired' },
    "alert name 'models/retired' of stack/alerts is not valid: it has 1 to 260 characters, none of < > * % { } & : \\ ? + / # and no " +
      "control characters, and does not end with a blank or '.'; pass name",
  ],
  [
    'a resource group that is none',
    { resourceGroupName: 'rg.' },
    "resourceGroupName 'rg.' of stack/alerts is not valid: it has 1 to 90 letters, digits, '.', '_', '-', '(' and ')', and does not end with '.'; respell it",
  ],
  [
    'a short name that is long',
    { shortName: 'model retirement' },
    "shortName 'model retirement' of stack/alerts is not valid: it has 1 to 12 characters; it stands in messages and texts to phones",
  ],
  [
    'a location without such rules',
    { location: 'swedencentral' },
    "location 'swedencentral' of stack/alerts is none in which Azure keeps such rules; choose one of global, westeurope, northeurope",
  ],
  [
    'an action group by its name',
    { actionGroupIds: ['on-call'] },
    "'on-call' in actionGroupIds of stack/alerts is not the resource id of an action group; write " +
      "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Insights/actionGroups/<name>'",
  ],
  [
    'an e-mail address that is none',
    { emailReceivers: [{ name: 'team', emailAddress: 'models at contoso' }] },
    "emailAddress 'models at contoso' of stack/alerts is not valid: write an e-mail address, for instance 'models@contoso.com'",
  ],
  [
    'a line break in an address',
    { emailReceivers: [{ name: 'team', emailAddress: 'a@b.c\nd@e.f' }] },
    "emailAddress 'a@b.c\\u{a}d@e.f' of stack/alerts is not valid: write an e-mail address, for instance 'models@contoso.com'",
  ],
  [
    'a country code with its sign',
    { smsReceivers: [{ name: 'phone', countryCode: '+47', phoneNumber: '22334455' }] },
    "countryCode '+47' of stack/alerts is not valid: write 1 to 4 digits without '+', for instance '47'",
  ],
  [
    'a phone number with letters',
    { smsReceivers: [{ name: 'phone', countryCode: '47', phoneNumber: 'CALL-ME' }] },
    "phoneNumber 'CALL-ME' of stack/alerts is not valid: write 4 to 15 digits without the country code, for instance '22 33 44 55'",
  ],
  [
    'a webhook without encryption',
    { webhookReceivers: [{ name: 'tickets', serviceUri: 'http://tickets.contoso.com' }] },
    "serviceUri 'http://tickets.contoso.com' of stack/alerts is not valid: write a URL that begins with https, for instance 'https://tickets.contoso.com/azure'",
  ],
  [
    'a receiver without a name',
    { emailReceivers: [{ name: ' ', emailAddress: 'a@contoso.com' }] },
    "receiver name ' ' of stack/alerts is not valid: write a text",
  ],
  [
    'two receivers of one name',
    { webhookReceivers: [{ name: 'Team', serviceUri: 'https://tickets.contoso.com' }] },
    "two receivers of stack/alerts are called 'Team'; a name is used once in an action group, also by receivers of other kinds: rename one",
  ],
  [
    'no service',
    { serviceNames: [] },
    'serviceNames of stack/alerts is empty; list at least one, or leave it out for Azure OpenAI Service',
  ],
  [
    'no region',
    { regions: [] },
    'regions of stack/alerts is empty; list at least one, or leave it out for all regions',
  ],
  [
    'an empty region',
    { regions: ['Global', ''] },
    "'' in regions of stack/alerts is not valid: write it as Service Health does, for instance 'Sweden Central'",
  ],
])('alerts with %s are refused', (_what, props, message) => {
  expect(() => alertsIn(testStack(), props)).toThrow(new Error(message));
});

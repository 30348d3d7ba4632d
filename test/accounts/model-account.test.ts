import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { ModelAccount, ModelAccountKind, ModelAccountProps } from '../../lib/accounts';
import { onlyResource, synthesised, testStack } from '../support/synthesised';

const REQUIRED: ModelAccountProps = {
  name: 'Contoso-Models',
  resourceGroupName: 'rg-models',
  location: 'swedencentral',
};
const IDENTITY_ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id';

function accountOf(props: Partial<ModelAccountProps> = {}) {
  const stack = testStack();
  new ModelAccount(stack, 'models', { ...REQUIRED, ...props });
  return onlyResource(stack, 'azurerm_cognitive_account');
}

function refusal(props: Partial<ModelAccountProps>) {
  return () => new ModelAccount(testStack(), 'models', { ...REQUIRED, ...props });
}

test('with nothing but what is required it is closed, keyless and written out', () => {
  expect(accountOf()).toEqual({
    name: 'Contoso-Models',
    resource_group_name: 'rg-models',
    location: 'swedencentral',
    kind: 'AIServices',
    sku_name: 'S0',
    custom_subdomain_name: 'contoso-models',
    local_auth_enabled: false,
    public_network_access_enabled: false,
    network_acls: { default_action: 'Deny', bypass: 'None' },
    outbound_network_access_restricted: false,
    project_management_enabled: false,
    identity: { type: 'SystemAssigned' },
  });
});

test('an Azure OpenAI account is made on request', () => {
  expect(accountOf({ kind: ModelAccountKind.OPEN_AI })).toMatchObject({ kind: 'OpenAI' });
});

test('the Terraform address is the construct id', () => {
  const stack = testStack();
  new ModelAccount(stack, 'models', REQUIRED);
  expect(Object.keys(synthesised(stack).resource.azurerm_cognitive_account!)).toEqual(['models']);
});

test('tags, keys and projects are written on request', () => {
  const account = accountOf({ tags: { team: 'search' }, localAuthEnabled: true, projectManagementEnabled: true });
  expect(account).toMatchObject({
    tags: { team: 'search' },
    local_auth_enabled: true,
    project_management_enabled: true,
  });
});

describe('network', () => {
  test('an allow-list of addresses opens the public endpoint for them alone', () => {
    expect(accountOf({ allowedIpRanges: ['203.0.113.7', '198.51.100.0/24'] })).toMatchObject({
      public_network_access_enabled: true,
      network_acls: { default_action: 'Deny', bypass: 'None', ip_rules: ['203.0.113.7', '198.51.100.0/24'] },
    });
  });

  test('an allow-list of subnets opens the public endpoint for them alone', () => {
    expect(accountOf({ allowedSubnetIds: ['/subnets/apps'] })).toMatchObject({
      public_network_access_enabled: true,
      network_acls: {
        default_action: 'Deny',
        virtual_network_rules: [{ subnet_id: '/subnets/apps', ignore_missing_vnet_service_endpoint: false }],
      },
    });
  });

  test('an empty allow-list opens nothing', () => {
    expect(accountOf({ allowedIpRanges: [], allowedSubnetIds: [] })).toMatchObject({
      public_network_access_enabled: false,
      network_acls: { default_action: 'Deny', bypass: 'None' },
    });
  });

  test('all networks and trusted services are admitted when that is said', () => {
    expect(accountOf({ allowAllNetworks: true, allowTrustedServices: true })).toMatchObject({
      public_network_access_enabled: true,
      network_acls: { default_action: 'Allow', bypass: 'AzureServices' },
    });
  });

  test('all networks and an allow-list contradict each other', () => {
    expect(refusal({ allowAllNetworks: true, allowedIpRanges: ['203.0.113.7'] })).toThrow(
      new Error(
        'stack/models has allowAllNetworks and an allow-list, which then has no effect; ' +
          'remove allowAllNetworks, or allowedIpRanges and allowedSubnetIds',
      ),
    );
  });

  test.each([
    '0.0.0.0/0',
    '010.0.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '203.0.113.7/31',
    '203.0.113.7/32',
    '203.0.113.256',
    '203.0.113',
    '10.1.0.0/16',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.0/24',
    '2001:db8::1',
    '203.0.113.7\n',
    '',
    'everyone',
  ])('the address range %p is refused', (range) => {
    expect(refusal({ allowedIpRanges: ['203.0.113.1', range] })).toThrow(
      new Error(
        `allowed address range '${range.replace('\n', '\\u{a}')}' of stack/models is not valid: write a public IPv4 address ('203.0.113.7') ` +
          "or a block of /1 to /30 ('203.0.113.0/24'); to admit everyone set allowAllNetworks",
      ),
    );
  });

  test.each(['172.15.0.1', '172.32.0.1', '11.0.0.0/30', '203.0.113.0/1'])(
    'the address range %p is accepted',
    (range) => {
      expect(accountOf({ allowedIpRanges: [range] })).toMatchObject({ network_acls: { ip_rules: [range] } });
    },
  );
});

describe('identity', () => {
  test.each<[Partial<ModelAccountProps>, unknown]>([
    [{}, { type: 'SystemAssigned' }],
    [{ userAssignedIdentityIds: [] }, { type: 'SystemAssigned' }],
    [{ userAssignedIdentityIds: [IDENTITY_ID] }, { type: 'UserAssigned', identity_ids: [IDENTITY_ID] }],
    [
      { userAssignedIdentityIds: [IDENTITY_ID], systemAssignedIdentity: true },
      { type: 'SystemAssigned, UserAssigned', identity_ids: [IDENTITY_ID] },
    ],
    [{ systemAssignedIdentity: false }, undefined],
  ])('%p gives %p', (props, identity) => {
    expect(accountOf(props).identity).toEqual(identity);
  });

  test('projects need an identity', () => {
    expect(refusal({ projectManagementEnabled: true, systemAssignedIdentity: false })).toThrow(
      new Error(
        'stack/models has no managed identity and needs one for projectManagementEnabled; leave out systemAssignedIdentity: false',
      ),
    );
  });

  test('projects need a Foundry account', () => {
    expect(refusal({ projectManagementEnabled: true, kind: ModelAccountKind.OPEN_AI })).toThrow(
      new Error(
        'stack/models has projectManagementEnabled on an account of kind OpenAI; projects need kind ModelAccountKind.AI_SERVICES',
      ),
    );
  });
});

describe('customer-managed key', () => {
  const keyVaultKeyId = 'https://vault.vault.azure.net/keys/models/0123';

  test('with a user-assigned identity it is part of the account', () => {
    const stack = testStack();
    const account = new ModelAccount(stack, 'models', {
      ...REQUIRED,
      userAssignedIdentityIds: [IDENTITY_ID],
      customerManagedKey: { keyVaultKeyId, identityClientId: '11111111-2222-3333-4444-555555555555' },
    });
    expect(account).toBeDefined();
    expect(onlyResource(stack, 'azurerm_cognitive_account')).toMatchObject({
      customer_managed_key: {
        key_vault_key_id: keyVaultKeyId,
        identity_client_id: '11111111-2222-3333-4444-555555555555',
      },
    });
    expect(Object.keys(synthesised(stack).resource)).toEqual(['azurerm_cognitive_account']);
  });

  test('with the own identity it follows the account and the access to the vault', () => {
    const stack = testStack();
    new ModelAccount(stack, 'models', { ...REQUIRED, customerManagedKey: { keyVaultKeyId, keyVaultId: '/vaults/v' } });
    expect(onlyResource(stack, 'azurerm_cognitive_account').lifecycle).toEqual({
      ignore_changes: ['customer_managed_key'],
    });
    expect(onlyResource(stack, 'azurerm_cognitive_account')).not.toHaveProperty('customer_managed_key');
    expect(onlyResource(stack, 'azurerm_role_assignment')).toEqual({
      scope: '/vaults/v',
      role_definition_name: 'Key Vault Crypto Service Encryption User',
      principal_id: '${azurerm_cognitive_account.models.identity[0].principal_id}',
      principal_type: 'ServicePrincipal',
    });
    expect(onlyResource(stack, 'azurerm_cognitive_account_customer_managed_key')).toEqual({
      cognitive_account_id: '${azurerm_cognitive_account.models.id}',
      key_vault_key_id: keyVaultKeyId,
      depends_on: [expect.stringMatching(/^azurerm_role_assignment\.models_KeyAccess/)],
    });
  });

  test('the own identity needs a vault to be given access to', () => {
    expect(refusal({ customerManagedKey: { keyVaultKeyId } })).toThrow(
      new Error(
        'customerManagedKey of stack/models names neither an identity nor a vault; pass identityClientId of a user-assigned identity that may use the key, ' +
          'or keyVaultId so that the system-assigned identity is given access to it',
      ),
    );
  });

  test('the own identity has to exist', () => {
    expect(
      refusal({ customerManagedKey: { keyVaultKeyId, keyVaultId: '/v' }, userAssignedIdentityIds: [IDENTITY_ID] }),
    ).toThrow(
      'stack/models has no managed identity and needs one for customerManagedKey without identityClientId; leave out systemAssignedIdentity: false',
    );
  });

  test('an identity that is named has to be assigned', () => {
    expect(refusal({ customerManagedKey: { keyVaultKeyId, identityClientId: 'x' } })).toThrow(
      new Error(
        'customerManagedKey of stack/models has identityClientId but the account has no user-assigned identity; pass userAssignedIdentityIds',
      ),
    );
  });
});

describe('diagnostics', () => {
  test('all logs and metrics go to the workspace', () => {
    const stack = testStack();
    new ModelAccount(stack, 'models', { ...REQUIRED, diagnostics: { logAnalyticsWorkspaceId: '/workspaces/w' } });
    expect(onlyResource(stack, 'azurerm_monitor_diagnostic_setting')).toEqual({
      name: 'log-analytics',
      target_resource_id: '${azurerm_cognitive_account.models.id}',
      log_analytics_workspace_id: '/workspaces/w',
      enabled_log: [{ category_group: 'allLogs' }],
      enabled_metric: [{ category: 'AllMetrics' }],
    });
  });

  test('categories are chosen and metrics left out on request', () => {
    const stack = testStack();
    const diagnostics = { logAnalyticsWorkspaceId: '/w', logCategories: ['Audit', 'Trace'], metrics: false };
    new ModelAccount(stack, 'models', { ...REQUIRED, diagnostics });
    const setting = onlyResource(stack, 'azurerm_monitor_diagnostic_setting');
    expect(setting.enabled_log).toEqual([{ category: 'Audit' }, { category: 'Trace' }]);
    expect(setting).not.toHaveProperty('enabled_metric');
  });
});

describe('names', () => {
  test.each(['a', '', '-models', 'models-', 'models_eu', 'models.eu', 'a'.repeat(65), 'models\n'])(
    'the account name %p is refused',
    (name) => {
      expect(refusal({ name, customSubdomainName: 'contoso' })).toThrow(
        /^account name '.*' of stack\/models is not valid: it has 2 to 64 letters, digits and '-', and starts and ends with a letter or digit; respell it$/,
      );
    },
  );

  test('an account without a name is refused', () => {
    expect(refusal({ name: undefined as unknown as string })).toThrow(
      'account name undefined of stack/models is not valid: ',
    );
  });

  test('a name that is too long for a subdomain needs one of its own', () => {
    expect(refusal({ name: 'a'.repeat(64) })).toThrow(
      new Error(
        `custom subdomain '${'a'.repeat(64)}' of stack/models is not valid: it has 2 to 63 lower-case letters, digits and '-', and starts and ends with a letter or digit; ` +
          'pass customSubdomainName (it has to be unique in all of Azure)',
      ),
    );
    expect(accountOf({ name: 'a'.repeat(64), customSubdomainName: 'contoso' })).toMatchObject({
      custom_subdomain_name: 'contoso',
    });
    expect(accountOf({ name: 'a'.repeat(63) })).toMatchObject({ custom_subdomain_name: 'a'.repeat(63) });
  });

  test.each(['Contoso', 'contoso.eu', '', '-a', 'a-'])('the subdomain %p is refused', (customSubdomainName) => {
    expect(refusal({ customSubdomainName })).toThrow(
      `custom subdomain '${customSubdomainName}' of stack/models is not valid`,
    );
  });

  test.each(['', 'rg.', 'rg/models', 'a'.repeat(91), 'rg models'])(
    'the resource group %p is refused',
    (resourceGroupName) => {
      expect(refusal({ resourceGroupName })).toThrow(
        new Error(
          `resource group name '${resourceGroupName}' of stack/models is not valid: it has 1 to 90 letters, digits, '.', '_', '-', '(' and ')', and does not end with '.'; respell it`,
        ),
      );
    },
  );

  test.each(['', ' ', undefined])('the location %p is refused', (location) => {
    expect(refusal({ location: location as string })).toThrow(
      new Error("stack/models has no location: pass the Azure region as location, for instance 'swedencentral'"),
    );
  });

  test('what Terraform computes is not checked, and its subdomain is put into lower case by Terraform', () => {
    const stack = testStack();
    const variable = (id: string) => new TerraformVariable(stack, id, {}).stringValue;
    new ModelAccount(stack, 'models', {
      name: variable('name'),
      resourceGroupName: variable('group'),
      location: variable('location'),
      allowedIpRanges: [variable('range')],
    });
    expect(onlyResource(stack, 'azurerm_cognitive_account')).toMatchObject({
      name: '${var.name}',
      custom_subdomain_name: '${lower(var.name)}',
      location: '${var.location}',
      network_acls: { ip_rules: ['${var.range}'] },
    });
  });
});

test('a list of addresses that Terraform knows later opens the public endpoint to them', () => {
  const stack = testStack();
  const addresses = new TerraformVariable(stack, 'addresses', { type: 'list(string)' });
  new ModelAccount(stack, 'models', { ...REQUIRED, allowedIpRanges: addresses.listValue });
  expect(onlyResource(stack, 'azurerm_cognitive_account')).toMatchObject({
    public_network_access_enabled: true,
    network_acls: { default_action: 'Deny', ip_rules: '${var.addresses}' },
  });
});

test('its attributes can be read', () => {
  const stack = testStack();
  const account = new ModelAccount(stack, 'models', REQUIRED);
  expect(account).toMatchObject({
    accountName: 'Contoso-Models',
    customSubdomainName: 'contoso-models',
    resourceGroupName: 'rg-models',
    location: 'swedencentral',
    kind: ModelAccountKind.AI_SERVICES,
    deployments: [],
  });
  expect(stack.node.tryFindChild('models')!.node.defaultChild).toBe(account.resource);
});

describe('referred to by its id', () => {
  const accountId =
    '/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg/providers/microsoft.cognitiveservices/accounts/Legacy';

  test('it is taken apart and written as the provider writes it', () => {
    const account = ModelAccount.fromAccountId(testStack(), 'legacy', accountId, {
      kind: ModelAccountKind.OPEN_AI,
      location: 'westeurope',
    });
    expect(account).toMatchObject({
      accountId:
        '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/Legacy',
      accountName: 'Legacy',
      resourceGroupName: 'rg',
      kind: 'OpenAI',
      location: 'westeurope',
    });
  });

  test('it creates nothing', () => {
    const stack = testStack();
    ModelAccount.fromAccountId(stack, 'legacy', accountId);
    expect(synthesised(stack).resource).toEqual({});
  });

  test('an id that is none is refused', () => {
    expect(() => ModelAccount.fromAccountId(testStack(), 'legacy', 'Legacy')).toThrow(
      new Error(
        "account id 'Legacy' of stack/legacy is not the resource id of a Cognitive Services account; write " +
          "'/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.CognitiveServices/accounts/<account>'",
      ),
    );
  });

  test('an id that Terraform computes is taken apart by Terraform', () => {
    const stack = testStack();
    const id = new TerraformVariable(stack, 'account_id', {}).stringValue;
    const account = ModelAccount.fromAccountId(stack, 'legacy', id, { location: 'westeurope' });
    account.addPrivateEndpoint('hub', { subnetId: '/subnets/hub' });
    expect(onlyResource(stack, 'azurerm_private_endpoint')).toMatchObject({
      resource_group_name: '${element(split("/", var.account_id), 4)}',
      name: '${element(split("/", var.account_id), 8)}-hub',
    });
  });
});

test('an account that another stack creates is referred to across stacks', () => {
  const app = Testing.app();
  const platform = new TerraformStack(app, 'platform');
  const account = new ModelAccount(platform, 'models', REQUIRED);
  expect(account.accountId).toContain('TfToken');
  expect(account.endpoint).toContain('TfToken');
});

test('the object id of an identity that an account does not have is refused, not left to the plan', () => {
  const stack = testStack();
  const account = new ModelAccount(stack, 'models', {
    name: 'contoso',
    resourceGroupName: 'rg',
    location: 'westeurope',
    systemAssignedIdentity: false,
  });
  expect(() => account.principalId).toThrow(
    new Error(
      'stack/models has no managed identity and needs one for principalId; leave out systemAssignedIdentity: false',
    ),
  );
});

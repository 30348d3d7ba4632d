import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { ApiManagementService } from '../../lib/gateway/api-management-service';
import {
  ApiManagementServiceAttributes,
  ApiManagementServiceProps,
} from '../../lib/gateway/api-management-service-props';
import { ApiManagementSku } from '../../lib/gateway/api-management-sku';
import { VirtualNetworkAccess } from '../../lib/gateway/virtual-network-access';
import { conformanceProblems } from '../support/provider-schema';
import { onlyResource, synthesised, testStack } from '../support/synthesised';

const SUBSCRIPTION = '/subscriptions/11111111-2222-3333-4444-555555555555';
const SERVICE_ID = `${SUBSCRIPTION}/resourceGroups/rg-gateway/providers/Microsoft.ApiManagement/service/contoso`;
const SUBNET_ID = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub/subnets/apim`;
const IDENTITY = {
  identityId: `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-gateway`,
  clientId: 'aaaaaaaa-2222-3333-4444-555555555555',
  principalId: 'bbbbbbbb-2222-3333-4444-555555555555',
};

const REQUIRED: ApiManagementServiceProps = {
  resourceGroupName: 'rg-gateway',
  location: 'swedencentral',
  publisherName: 'Contoso',
  publisherEmail: 'models@contoso.com',
  sku: ApiManagementSku.standardV2(),
};

function serviceOf(props: Partial<ApiManagementServiceProps> = {}) {
  const stack = testStack();
  new ApiManagementService(stack, 'platform', { ...REQUIRED, ...props });
  return onlyResource(stack, 'azurerm_api_management');
}

function refusal(props: Partial<Record<keyof ApiManagementServiceProps, unknown>>) {
  return () =>
    new ApiManagementService(testStack(), 'platform', { ...REQUIRED, ...props } as ApiManagementServiceProps);
}

const nameOf = (props: Partial<ApiManagementServiceProps> = {}) => serviceOf(props).name as string;

test('with nothing but what is required it has an identity and refuses everything older than TLS 1.2', () => {
  const service = serviceOf({ serviceName: 'contoso' });
  expect(service).toEqual({
    name: 'contoso',
    resource_group_name: 'rg-gateway',
    location: 'swedencentral',
    publisher_name: 'Contoso',
    publisher_email: 'models@contoso.com',
    sku_name: 'StandardV2_1',
    identity: { type: 'SystemAssigned' },
    public_network_access_enabled: true,
    security: expect.objectContaining({
      backend_ssl30_enabled: false,
      backend_tls10_enabled: false,
      backend_tls11_enabled: false,
      frontend_ssl30_enabled: false,
      frontend_tls10_enabled: false,
      frontend_tls11_enabled: false,
      triple_des_ciphers_enabled: false,
    }) as unknown,
  });
  const security = service.security as Record<string, unknown>;
  expect(Object.keys(security)).toHaveLength(17);
  expect(new Set(Object.values(security))).toEqual(new Set([false]));
});

test('every option conforms to the provider schema and arrives', () => {
  const stack = testStack();
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const group = new ResourceGroup(stack, 'group', { name: 'rg-gateway', location: 'swedencentral' });
  const identity = new UserAssignedIdentity(stack, 'identity', {
    name: 'id-gateway',
    location: group.location,
    resourceGroupName: group.name,
  });
  new ApiManagementService(stack, 'platform', {
    ...REQUIRED,
    resourceGroupName: group.name,
    location: group.location,
    sku: ApiManagementSku.premium(2),
    userAssignedIdentity: {
      identityId: identity.id,
      clientId: identity.clientId,
      principalId: identity.principalId,
    },
    publicNetworkAccessEnabled: false,
    virtualNetwork: { subnetId: SUBNET_ID, access: VirtualNetworkAccess.INTERNAL },
    zones: ['1', '2'],
    minApiVersion: '2021-08-01',
    tags: { team: 'platform' },
  });
  expect(conformanceProblems(synthesised(stack))).toEqual([]);
  expect(onlyResource(stack, 'azurerm_api_management')).toMatchObject({
    sku_name: 'Premium_2',
    identity: { type: 'UserAssigned', identity_ids: ['${azurerm_user_assigned_identity.identity.id}'] },
    public_network_access_enabled: false,
    virtual_network_type: 'Internal',
    virtual_network_configuration: { subnet_id: SUBNET_ID },
    zones: ['1', '2'],
    min_api_version: '2021-08-01',
    tags: { team: 'platform' },
  });
});

test('what only Terraform knows is taken as it is', () => {
  const stack = testStack();
  const text = (name: string) => new TerraformVariable(stack, name, { type: 'string' }).stringValue;
  new ApiManagementService(stack, 'platform', {
    ...REQUIRED,
    serviceName: text('name'),
    resourceGroupName: text('group'),
    publisherEmail: text('email'),
    minApiVersion: text('version'),
    userAssignedIdentity: { identityId: text('identity'), clientId: text('client'), principalId: text('principal') },
    virtualNetwork: { subnetId: text('subnet') },
  });
  expect(onlyResource(stack, 'azurerm_api_management')).toMatchObject({
    name: '${var.name}',
    resource_group_name: '${var.group}',
    publisher_email: '${var.email}',
    min_api_version: '${var.version}',
    identity: { type: 'UserAssigned', identity_ids: ['${var.identity}'] },
    virtual_network_type: 'External',
    virtual_network_configuration: { subnet_id: '${var.subnet}' },
  });
});

test('it tells its id, name, URL and its own identity as references, so that what uses them waits for it', () => {
  const stack = testStack();
  const service = new ApiManagementService(stack, 'platform', { ...REQUIRED, serviceName: 'contoso' });
  for (const [name, value] of Object.entries({
    id: service.serviceId,
    name: service.serviceName,
    url: service.gatewayUrl,
    principal: service.identityPrincipalId,
  })) {
    new TerraformOutput(stack, name, { value, staticId: true });
  }
  expect([service.resourceGroupName, service.sku.name, service.identityClientId]).toEqual([
    'rg-gateway',
    'StandardV2_1',
    undefined,
  ]);
  expect(synthesised(stack).output).toEqual({
    id: { value: '${azurerm_api_management.platform.id}' },
    name: { value: '${azurerm_api_management.platform.name}' },
    url: { value: '${azurerm_api_management.platform.gateway_url}' },
    principal: { value: '${azurerm_api_management.platform.identity[0].principal_id}' },
  });
});

test('a user-assigned identity is the one that roles are given to', () => {
  const service = new ApiManagementService(testStack(), 'platform', { ...REQUIRED, userAssignedIdentity: IDENTITY });
  expect([service.identityPrincipalId, service.identityClientId]).toEqual([IDENTITY.principalId, IDENTITY.clientId]);
});

describe('a derived name', () => {
  test('begins with the construct id and is the same at every synthesis', () => {
    expect(nameOf()).toMatch(/^apim-platform-[0-9a-f]{12}$/);
    expect(nameOf()).toBe(nameOf());
  });

  test.each([
    ['resource group', { resourceGroupName: 'rg-other' }],
    ['location', { location: 'westeurope' }],
    ['kind of tier, whose change replaces the service', { sku: ApiManagementSku.premium() }],
  ])('is another one for another %s', (_, props) => {
    expect(nameOf(props)).not.toBe(nameOf());
  });

  test.each([
    ['tier of the same kind', { sku: ApiManagementSku.premiumV2(3) }],
    ['publisher', { publisherName: 'Fabrikam', publisherEmail: 'a@b' }],
    ['virtual network', { virtualNetwork: { subnetId: SUBNET_ID } }],
  ])('stays for another %s, which is changed in place', (_, props) => {
    expect(nameOf(props)).toBe(nameOf());
  });

  test('does not depend on how many tokens were made before', () => {
    const named = (variables: number) => {
      const stack = testStack();
      for (let index = 0; index < variables; index += 1) {
        void new TerraformVariable(stack, `other${index}`, {}).stringValue;
      }
      const group = new ResourceGroup(stack, 'group', { name: 'rg', location: 'swedencentral' });
      return new ApiManagementService(stack, 'platform', { ...REQUIRED, resourceGroupName: group.name }).resource
        .nameInput;
    };
    expect(named(3)).toBe(named(0));
    expect(named(0)).not.toBe(nameOf());
  });

  test.each(['1', 'ümläut', 'Ein sehr langer Name mit mehr Zeichen als ein Dienst haben darf', '---', '${x}"<'])(
    'is valid for the construct id %j',
    (id) => {
      const name = new ApiManagementService(testStack(), id, REQUIRED).resource.nameInput;
      expect(name).toMatch(/^[a-z](?:[a-z0-9-]{0,48}[a-z0-9])$/);
      expect(name).not.toContain('--');
    },
  );
});

describe('is refused with', () => {
  test.each(['', '1contoso', 'contoso-', '-contoso', 'con_toso', 'con.toso', 'contoso\n', 'a'.repeat(51), 7])(
    'the name %j',
    (serviceName) => {
      const shown = typeof serviceName === 'string' ? `'${serviceName.replace('\n', '\\u{a}')}'` : '7';
      expect(refusal({ serviceName })).toThrow(
        new Error(
          `serviceName ${shown} of stack/platform is not valid: it has 1 to 50 letters, digits and '-', starts with a letter ` +
            'and ends with a letter or digit; respell it, or leave it out to have it derived',
        ),
      );
    },
  );

  test.each([
    [{ resourceGroupName: 'rg.' }, /^resource group name 'rg\.' of stack\/platform is not valid: it has 1 to 90 /],
    [{ location: ' ' }, /^stack\/platform has no location: pass the Azure region/],
    [
      { publisherName: '' },
      /^publisherName '' of stack\/platform is not valid: write 1 to 100 characters on one line$/,
    ],
    [{ publisherName: 'x'.repeat(101) }, /^publisherName 'x+' of stack\/platform is not valid/],
    [{ publisherName: 'a\nb' }, /^publisherName 'a\\u\{a\}b' of stack\/platform is not valid/],
    [{ publisherEmail: 'contoso' }, /^publisherEmail 'contoso' of stack\/platform is not valid: write one address/],
    [{ publisherEmail: 'a@b c@d' }, /^publisherEmail 'a@b c@d' of stack\/platform is not valid/],
    [{ publisherEmail: `${'x'.repeat(99)}@b` }, /^publisherEmail 'x+@b' of stack\/platform is not valid/],
    [{ minApiVersion: 'latest' }, /^minApiVersion 'latest' of stack\/platform is not a version of the management API/],
    [
      { userAssignedIdentity: { ...IDENTITY, identityId: 'id-gateway' } },
      /^userAssignedIdentity\.identityId 'id-gateway' /,
    ],
    [
      { userAssignedIdentity: { ...IDENTITY, clientId: IDENTITY.identityId } },
      /^userAssignedIdentity\.clientId '.*' of /,
    ],
    [{ userAssignedIdentity: { ...IDENTITY, principalId: '' } }, /^userAssignedIdentity\.principalId '' of stack\/pl/],
    [
      { virtualNetwork: { subnetId: 'apim' } },
      /^subnetId 'apim' of stack\/platform is not the resource id of a subnet/,
    ],
  ])('%j', (props, message) => {
    expect(refusal(props)).toThrow(message);
  });

  test.each(['BasicV2_1', 'StandardV2_1', 'PremiumV2_1', 'Standard_1', 'Developer_1', 'Consumption_0'])(
    'zones on %s',
    (sku) => {
      expect(refusal({ sku: ApiManagementSku.parse(sku), zones: ['1'] })).toThrow(
        new Error(
          `stack/platform has zones, which ${sku} does not offer; use ApiManagementSku.premium(), or leave out zones`,
        ),
      );
    },
  );
});

describe('a virtual network', () => {
  const { EXTERNAL, INTERNAL } = VirtualNetworkAccess;

  test.each([
    ['Developer_1', [EXTERNAL, INTERNAL]],
    ['Premium_1', [EXTERNAL, INTERNAL]],
    ['PremiumV2_1', [EXTERNAL, INTERNAL]],
    ['StandardV2_1', [EXTERNAL]],
  ])('is offered by %s as %j', (name, offered) => {
    const sku = ApiManagementSku.parse(name);
    const accepted = [EXTERNAL, INTERNAL].filter((access) => {
      try {
        return serviceOf({ sku, virtualNetwork: { subnetId: SUBNET_ID, access } }).virtual_network_type === access;
      } catch {
        return false;
      }
    });
    expect(accepted).toEqual(offered);
  });

  test.each(['Consumption_0', 'Basic_1', 'Standard_1', 'BasicV2_1'])('is refused by %s', (name) => {
    expect(refusal({ sku: ApiManagementSku.parse(name), virtualNetwork: { subnetId: SUBNET_ID } })).toThrow(
      new Error(
        `stack/platform takes part in a virtual network as 'External', which ${name} does not offer: ` +
          'it has no virtual networks; use Developer, Premium, StandardV2 or PremiumV2, or leave out virtualNetwork',
      ),
    );
  });

  test('inside StandardV2 is refused, and the error says what it offers', () => {
    expect(refusal({ virtualNetwork: { subnetId: SUBNET_ID, access: INTERNAL } })).toThrow(
      new Error(
        "stack/platform takes part in a virtual network as 'Internal', which StandardV2_1 does not offer: " +
          "it has 'External' alone; pass that as access, or use another tier",
      ),
    );
  });
});

describe('a service that someone else creates', () => {
  const ATTRIBUTES: ApiManagementServiceAttributes = {
    serviceId: SERVICE_ID,
    sku: ApiManagementSku.consumption(),
    identityPrincipalId: IDENTITY.principalId,
  };
  const imported = (attributes: Partial<Record<keyof ApiManagementServiceAttributes, unknown>> = {}) =>
    ApiManagementService.fromServiceId(testStack(), 'shared', {
      ...ATTRIBUTES,
      ...attributes,
    } as ApiManagementServiceAttributes);

  test('is taken apart and makes no resource', () => {
    const stack = testStack();
    const service = ApiManagementService.fromServiceId(stack, 'shared', ATTRIBUTES);
    expect(service).toMatchObject({
      serviceId: SERVICE_ID,
      serviceName: 'contoso',
      resourceGroupName: 'rg-gateway',
      sku: ATTRIBUTES.sku,
      gatewayUrl: 'https://contoso.azure-api.net',
      identityPrincipalId: IDENTITY.principalId,
      identityClientId: undefined,
    });
    expect(synthesised(stack).resource).toEqual({});
  });

  test('is written as the provider writes its id, however Azure answered', () => {
    const service = imported({
      serviceId: SERVICE_ID.replace('resourceGroups', 'resourcegroups').replace('Microsoft.Api', 'microsoft.api'),
    });
    expect(service.serviceId).toBe(SERVICE_ID);
  });

  test('may have a domain of its own and a user-assigned identity', () => {
    const service = imported({ gatewayUrl: 'https://models.contoso.com', identityClientId: IDENTITY.clientId });
    expect([service.gatewayUrl, service.identityClientId]).toEqual(['https://models.contoso.com', IDENTITY.clientId]);
  });

  test('may be known to Terraform alone', () => {
    const stack = testStack();
    const variable = (name: string) => new TerraformVariable(stack, name, { type: 'string' }).stringValue;
    const service = ApiManagementService.fromServiceId(stack, 'shared', {
      ...ATTRIBUTES,
      serviceId: variable('service'),
      identityPrincipalId: variable('identity'),
    });
    const values = {
      id: service.serviceId,
      name: service.serviceName,
      group: service.resourceGroupName,
      url: service.gatewayUrl,
      principal: service.identityPrincipalId,
    };
    for (const [name, value] of Object.entries(values)) {
      new TerraformOutput(stack, name, { value, staticId: true });
    }
    expect(synthesised(stack).output).toEqual({
      id: { value: '${var.service}' },
      name: { value: '${element(split("/", var.service), 8)}' },
      group: { value: '${element(split("/", var.service), 4)}' },
      url: { value: 'https://${element(split("/", var.service), 8)}.azure-api.net' },
      principal: { value: '${var.identity}' },
    });
  });

  test.each([
    '',
    'contoso',
    `${SERVICE_ID}/`,
    `${SERVICE_ID}/apis/openai`,
    SERVICE_ID.replace('service/contoso', 'service/1contoso'),
    SERVICE_ID.replace('11111111-2222-3333-4444-555555555555', 'production'),
    SERVICE_ID.replace('Microsoft.ApiManagement', 'Microsoft.ApiManagementX'),
    `x${SERVICE_ID}`,
    `${SERVICE_ID}\n`,
    null,
  ])('is refused with the id %j', (serviceId) => {
    expect(() => imported({ serviceId })).toThrow(
      /^serviceId .* of stack\/shared is not the resource id of an API Management service; write '\/subscriptions\//,
    );
  });

  test.each([
    'http://models.contoso.com',
    'https://models.contoso.com/',
    'https://models.contoso.com/openai',
    'https://user@models.contoso.com',
    'https://models.contoso.com?x',
    'models.contoso.com',
    'https://',
    'https://a b',
    'https://models.contoso.com\n',
  ])('is refused with the URL %j', (gatewayUrl) => {
    expect(() => imported({ gatewayUrl })).toThrow(
      new Error(
        `gatewayUrl '${gatewayUrl.replace('\n', '\\u{a}')}' of stack/shared is not valid: write 'https://' and a host ` +
          "without path and without '/' at the end, for instance 'https://models.contoso.com'",
      ),
    );
  });

  test.each(['identityPrincipalId', 'identityClientId'])('is refused where %s is a resource id', (property) => {
    expect(() => imported({ [property]: '/subscriptions/x' })).toThrow(
      new Error(
        `${property} '/subscriptions/x' of stack/shared is not a GUID: pass clientId and principalId of a managed identity, not its resource id`,
      ),
    );
  });
});

import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { TerraformVariable, Testing } from 'cdktf';
import { ModelVersion } from '../../lib/accounts/model-version';
import { GatewayAccess, ModelGateway, ModelGatewayProps, ModelRoute } from '../../lib/gateway';
import { synthesised } from '../support/synthesised';
import { accountIn, deploymentOf, gatewayIn, platformStack, serviceIn } from './support/gateway-stack';
import { operationPolicyOf, policyOf } from './support/policy-of';
import { TENANT } from './support/routes';

const CLIENT = '22222222-3333-4444-5555-666666666666';
const KEYS: Partial<ModelGatewayProps> = { access: GatewayAccess.subscriptionKeys() };

function setUp(props: Partial<ModelGatewayProps> = {}) {
  const stack = platformStack(Testing.app());
  const gateway = gatewayIn(stack, props);
  const route = gateway.addRoute(deploymentOf(accountIn(stack)));
  return { stack, gateway, route };
}

function grantsIn(policy: string): string | undefined {
  return /<set-variable name="grants" value="([^"]*)" \/>/.exec(policy)?.[1];
}

describe('aliases', () => {
  test('stand for their route on both surfaces and in the list of models', () => {
    const { stack, gateway, route } = setUp();
    gateway.addAlias('chat-production', route);
    for (const surface of ['dated', 'v1'] as const) {
      expect(policyOf(stack, surface)).toContain(
        '&quot;asked&quot;]==&quot;chat-production&quot;)">\n<set-variable name="route" value="gpt-5.1@2025-11-13" />',
      );
    }
    expect(operationPolicyOf(stack, 'models')).toContain('"id":"chat-production"');
    expect(operationPolicyOf(stack, 'model')).toContain('alias_of');
    expect(gateway.node.validate()).toEqual([]);
  });

  const rule =
    "it has 1 to 128 letters, digits, '.', '_' and '-', starts with a letter or digit, and holds no '@', which stands in route keys alone; write for instance 'chat-production'";
  test.each([
    'gpt-5.1@2025-11-13',
    'chat@production',
    '',
    'a b',
    '{{secret}}',
    'a"b',
    'chat"]==""||true)',
    '-a',
    'a'.repeat(129),
  ])('%j is refused as a name', (name) => {
    const { gateway, route } = setUp();
    expect(() => gateway.addAlias(name, route)).toThrow(
      `alias '${name.length > 120 ? `${'a'.repeat(120)}…` : name}' of stack/gateway is not valid: ${rule}`,
    );
  });

  test.each<[string, (gateway: ModelGateway, route: ModelRoute) => void, string]>([
    [
      'a name that only Terraform knows',
      (gateway, route) => gateway.addAlias(new TerraformVariable(gateway, 'name', {}).stringValue, route),
      'of stack/gateway is not valid: ',
    ],
    [
      'a second route for one name, spelled otherwise',
      (gateway, route) => {
        gateway.addAlias('chat', route);
        gateway.addAlias('Chat', route);
      },
      "alias 'Chat' of stack/gateway stands for gpt-5.1@2025-11-13 already (case makes no difference); an alias stands for exactly one route: move it by changing the one addAlias, or take another name",
    ],
    [
      'a route of another gateway',
      (_gateway, route) => gatewayIn(platformStack(Testing.app(), 'other')).addAlias('chat', route),
      'stack/gateway/gpt-5.1@2025-11-13 is no route of other/gateway; pass what addRoute of this gateway returned',
    ],
  ])('%s is refused', (_name, act, message) => {
    const { gateway, route } = setUp();
    expect(() => act(gateway, route)).toThrow(message);
  });

  test.each([
    ['the model of another route', 'gpt-5'],
    ['a model that the catalogue has', 'o3-mini'],
    ['a model in other case', 'GPT-5.1'],
    ['a deployment', 'gpt-5_2025-08-07_globalstandard'],
  ])('the name of %s is refused', (_case, alias) => {
    const stack = platformStack(Testing.app());
    const gateway = gatewayIn(stack);
    const account = accountIn(stack);
    const route = gateway.addRoute(deploymentOf(account));
    gateway.addRoute(deploymentOf(account, ModelVersion.openAi('gpt-5', '2025-08-07')));
    gateway.addAlias(alias, route);

    expect(gateway.node.validate()).toEqual([
      `alias '${alias}' of stack/gateway, which stands for gpt-5.1@2025-11-13, is the name of a model or a deployment: a caller that asks for it without a version would get what the alias stands for; choose a name that is neither, for instance 'chat-production'`,
    ]);
  });

  test('a retired route is refused', () => {
    const stack = platformStack(Testing.app());
    const gateway = gatewayIn(stack);
    const route = gateway.addRoute(deploymentOf(accountIn(stack)), { retired: true });
    expect(() => gateway.addAlias('chat', route)).toThrow(
      "alias 'chat' of stack/gateway would stand for gpt-5.1@2025-11-13, which is retired; point it at a live route, and tell callers that the version changes",
    );
  });
});

describe('callers with Microsoft Entra tokens', () => {
  test('need no grant where they have the app role', () => {
    expect(grantsIn(policyOf(setUp().stack, 'v1'))).toBe('@(&quot;&quot;)');
  });

  test('get some routes or all of them, by an id that may be known to Terraform alone', () => {
    const { stack, gateway, route } = setUp();
    const identity = new UserAssignedIdentity(stack, 'app', { name: 'app', location: 'x', resourceGroupName: 'rg' });
    gateway.grantAccess(CLIENT, [route]);
    gateway.grantAccess(identity.clientId);
    for (const surface of ['dated', 'v1'] as const) {
      expect(grantsIn(policyOf(stack, surface))).toBe(
        `${CLIENT}=gpt-5.1@2025-11-13;\${azurerm_user_assigned_identity.app.client_id}=*`,
      );
    }
    expect(gateway.node.validate()).toEqual([]);
  });

  test('are told apart in lower case, as tokens name them', () => {
    const { stack, gateway } = setUp();
    gateway.grantAccess('ABCDEF00-3333-4444-5555-66666666ABCD');
    expect(grantsIn(policyOf(stack, 'v1'))).toBe('abcdef00-3333-4444-5555-66666666abcd=*');
  });

  test('tenant and audience may be known to Terraform alone', () => {
    const stack = platformStack(Testing.app());
    const variable = (name: string) => new TerraformVariable(stack, name, { type: 'string' }).stringValue;
    const access = GatewayAccess.entra({ tenantId: variable('tenant'), audiences: ['api://a', variable('audience')] });
    const gateway = gatewayIn(stack, { access });
    gateway.addRoute(deploymentOf(accountIn(stack)));
    const policy = policyOf(stack, 'v1');
    expect(policy).toContain('<validate-azure-ad-token tenant-id="${var.tenant}"');
    expect(policy).toContain('<audience>api://a</audience>\n<audience>${var.audience}</audience>');
    expect(operationPolicyOf(stack, 'models')).toContain('<audience>${var.audience}</audience>');
    expect(gateway.node.validate()).toEqual([]);
  });

  test.each<[string, (gateway: ModelGateway) => void, string]>([
    [
      'an id that is no GUID',
      (gateway) => gateway.grantAccess('my-app'),
      "client id 'my-app' given access to stack/gateway is not a GUID: pass the client (application) id, for instance clientId of a managed identity, not its object id or resource id",
    ],
    ['an id with a grant of its own in it', (gateway) => gateway.grantAccess(`${CLIENT}=*;x`), 'is not a GUID'],
    [
      'a route of another gateway',
      (gateway) => gateway.grantAccess(CLIENT, [setUp().route]),
      'stack/gateway/gpt-5.1@2025-11-13 is no route of stack/gateway',
    ],
    [
      'a product',
      (gateway) => void gateway.addProduct('team', { productId: 'team', keyVaultId: 'x' }),
      "stack/gateway admits callers by Microsoft Entra token, so a product's key opens nothing; use grantAccess, or GatewayAccess.subscriptionKeys()",
    ],
  ])('%s is refused', (_name, act, message) => {
    expect(() => act(setUp().gateway)).toThrow(message);
  });
});

describe('callers with subscription keys', () => {
  const keyVaultId =
    '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/keys';

  test('belong to a product, which has both APIs and the routes that it is given', () => {
    const { stack, gateway, route } = setUp(KEYS);
    const product = gateway.addProduct('team', { productId: 'team-a', keyVaultId }, [route]);
    gateway.addProduct('all', { productId: 'team-b', keyVaultId });
    expect(product.productId).toBe('team-a');
    expect(grantsIn(policyOf(stack, 'v1'))).toBe('team-a=gpt-5.1@2025-11-13;team-b=*');
    expect(policyOf(stack, 'v1')).not.toContain('validate-azure-ad-token');
    const apis = Object.values(synthesised(stack).resource.azurerm_api_management_product_api!);
    expect(apis.map(({ api_name }) => /_(dated|v1)_Api_/.exec(String(api_name))?.[1]).sort()).toEqual([
      'dated',
      'dated',
      'v1',
      'v1',
    ]);
    expect(gateway.node.validate()).toEqual([]);
  });

  test('have no product whose id another one has, in this gateway or in another of the service', () => {
    const { gateway, stack } = setUp(KEYS);
    const other = gatewayIn(stack, { ...KEYS, service: gateway.service, gatewayName: 'b', path: 'b' }, 'other');
    gateway.addProduct('team', { productId: 'team-a', keyVaultId });
    const twice = (path: string) =>
      `${path}/again and stack/gateway/team both have the productId 'Team-A' in one API Management service; give one of them another productId`;
    expect(() => gateway.addProduct('again', { productId: 'Team-A', keyVaultId })).toThrow(twice('stack/gateway'));
    expect(() => other.addProduct('again', { productId: 'Team-A', keyVaultId })).toThrow(twice('stack/other'));
    expect(other.addProduct('more', { productId: 'team-b', keyVaultId }).productId).toBe('team-b');
  });

  test('get no product for a route of another gateway, not even a part of one', () => {
    const { gateway } = setUp(KEYS);
    const foreign = setUp(KEYS).route;
    expect(() => gateway.addProduct('team', { productId: 'team-a', keyVaultId }, [foreign])).toThrow(
      'stack/gateway/gpt-5.1@2025-11-13 is no route of stack/gateway; pass what addRoute of this gateway returned',
    );
    expect(gateway.node.tryFindChild('team')).toBeUndefined();
  });

  test('are no applications', () => {
    expect(() => setUp(KEYS).gateway.grantAccess(CLIENT)).toThrow(
      'stack/gateway admits callers by subscription key, so there is no application to give access to; use addProduct, or GatewayAccess.entra',
    );
  });
});

describe('what Entra access needs', () => {
  test.each<[string, unknown, unknown, string]>([
    [
      'no audience',
      TENANT,
      [],
      "GatewayAccess.entra has no audiences: list at least one, for instance 'api://model-gateway' (the application id URI of the gateway's app registration)",
    ],
    ['one text as audiences', TENANT, 'api://a', 'GatewayAccess.entra has no audiences'],
    [
      'an empty audience',
      TENANT,
      [''],
      "audience '' of GatewayAccess.entra is not valid: it has 1 to 255 letters, digits and '._~:/@-'; write the application id URI or the client id of the gateway's app registration",
    ],
    [
      'an audience that is markup',
      TENANT,
      ['</audience><audience>*'],
      "audience '</audience><audience>*' of GatewayAccess.entra is not valid",
    ],
    [
      'an audience that is a named value',
      TENANT,
      ['{{anything}}'],
      "audience '{{anything}}' of GatewayAccess.entra is not valid",
    ],
    [
      'no tenant',
      '',
      ['api://a'],
      "tenantId '' of GatewayAccess.entra is no Microsoft Entra tenant: write its id (a GUID) or its domain, for instance 'contoso.onmicrosoft.com'",
    ],
    [
      'a tenant that is an expression',
      '@(context.User.Id)',
      ['api://a'],
      "tenantId '@(context.User.Id)' of GatewayAccess.entra is no Microsoft Entra tenant",
    ],
    [
      'interpolation by hand',
      '${var.tenant}',
      ['api://a'],
      "tenantId '${var.tenant}' of GatewayAccess.entra is no Microsoft Entra tenant",
    ],
  ])('%s is refused', (_name, tenantId, audiences, message) => {
    expect(() => GatewayAccess.entra({ tenantId: tenantId as string, audiences: audiences as string[] })).toThrow(
      message,
    );
  });

  test.each([undefined, null])('%j is refused', (options) => {
    expect(() => GatewayAccess.entra(options as never)).toThrow(
      new Error("GatewayAccess.entra was given nothing: pass { tenantId, audiences: ['api://model-gateway'] }"),
    );
  });

  test('a domain is a tenant and a client id an audience', () => {
    expect(() => GatewayAccess.entra({ tenantId: 'contoso.onmicrosoft.com', audiences: [CLIENT] })).not.toThrow();
  });
});

test('a user-assigned identity of the service is named by its client id, which may be a token', () => {
  const stack = platformStack(Testing.app());
  const identity = new UserAssignedIdentity(stack, 'gw', { name: 'gw', location: 'x', resourceGroupName: 'rg' });
  const service = serviceIn(stack, undefined, {
    userAssignedIdentity: { identityId: identity.id, clientId: identity.clientId, principalId: identity.principalId },
  });
  const gateway = gatewayIn(stack, { service });
  gateway.addRoute(deploymentOf(accountIn(stack)));
  const { resource } = synthesised(stack);
  const fragments = Object.values(resource.azurerm_api_management_policy_fragment!);
  const requests = fragments.filter(({ name }) => String(name).includes('request'));
  expect(requests).toHaveLength(2);
  for (const { value } of requests) {
    expect(value).toContain(
      '<authentication-managed-identity resource="https://cognitiveservices.azure.com" client-id="${azurerm_user_assigned_identity.gw.client_id}" />',
    );
  }
  expect(Object.values(resource.azurerm_role_assignment!)[0]!.principal_id).toBe(
    '${azurerm_user_assigned_identity.gw.principal_id}',
  );
  expect(gateway.node.validate()).toEqual([]);
});

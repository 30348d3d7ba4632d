import { GatewayDefinition } from '../../../lib/emulator';
import { callerTokens } from '../../../lib/emulator/synthesised';
import { FakeBackend } from '../support/fake-backend';
import { gatewayOf, sections, startGateway, stopGateways } from '../support/gateway';

const TOMORROW = Math.floor(Date.now() / 1000) + 86_400;
const backends: FakeBackend[] = [];

afterEach(async () => {
  await stopGateways();
  await Promise.all(backends.splice(0).map((backend) => backend.stop()));
});

async function gatewayWith(validation: string): Promise<GatewayDefinition> {
  const backend = await FakeBackend.start((_request, response) => response.end('{}'));
  backends.push(backend);
  const inbound = `${validation}<set-backend-service backend-id="main" />`;
  return gatewayOf(sections({ inbound }), { main: backend.url }, { namedValues: new Map([['tenant', 't-1']]) });
}

async function statusWith(definition: GatewayDefinition, token: string): Promise<number> {
  const { call } = await startGateway(definition);
  return (await call(undefined, { headers: { authorization: `Bearer ${token}` } })).status;
}

describe('a printed token passes the check that it is made for', () => {
  test.each([
    ['tenant alone', '<validate-azure-ad-token tenant-id="t-1" />'],
    ['tenant in a named value', '<validate-azure-ad-token tenant-id="{{tenant}}" />'],
    [
      'audience and application',
      '<validate-azure-ad-token tenant-id="t-1"><client-application-ids><application-id>app</application-id></client-application-ids><audiences><audience>api://x</audience><audience>api://y</audience></audiences></validate-azure-ad-token>',
    ],
    [
      'backend application',
      '<validate-azure-ad-token tenant-id="t-1"><backend-application-ids><application-id>back</application-id></backend-application-ids></validate-azure-ad-token>',
    ],
    [
      'claims',
      '<validate-azure-ad-token tenant-id="t-1"><required-claims><claim name="roles" match="all"><value>A</value><value>B</value></claim><claim name="scp" match="any"><value>s</value></claim></required-claims></validate-azure-ad-token>',
    ],
  ])('%s', async (_name, validation) => {
    const definition = await gatewayWith(validation);
    const tokens = callerTokens(definition, { roles: ['R'], expiresAt: TOMORROW });
    expect(tokens).toHaveLength(1);
    expect(await statusWith(definition, tokens[0]!.token)).toBe(200);
    expect(await statusWith(definition, callerTokens(definition, { roles: [], expiresAt: 1 })[0]!.token)).toBe(401);
  });
});

test('a token has the roles that are asked for and those that the policy demands', async () => {
  const definition = await gatewayWith(
    '<validate-azure-ad-token tenant-id="t-1"><required-claims><claim name="roles"><value>A</value></claim></required-claims></validate-azure-ad-token>',
  );
  const [{ token, tenantId, audience } = { token: '', tenantId: '', audience: '' }] = callerTokens(definition, {
    roles: ['R', 'A'],
    expiresAt: 99,
  });
  expect([tenantId, audience]).toEqual(['t-1', 'local-audience']);
  const [header, claims, signature] = token.split('.');
  expect(JSON.parse(Buffer.from(header!, 'base64url').toString())).toEqual({ alg: 'none', typ: 'JWT' });
  expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toEqual({
    aud: 'local-audience',
    tid: 't-1',
    oid: 'local-user',
    appid: 'local-caller',
    roles: ['R', 'A'],
    exp: 99,
  });
  expect(signature).toBe('');
});

test.each([
  ['no check', '', 0],
  ['a tenant that an expression works out', '<validate-azure-ad-token tenant-id="@(&quot;t&quot;)" />', 0],
  ['the same check twice', '<validate-azure-ad-token tenant-id="t-1" /><validate-azure-ad-token tenant-id="t-1" />', 1],
  ['two tenants', '<validate-azure-ad-token tenant-id="t-1" /><validate-azure-ad-token tenant-id="t-2" />', 2],
])('%s makes so many tokens', async (_name, validation, count) => {
  expect(callerTokens(await gatewayWith(validation), { roles: [], expiresAt: TOMORROW })).toHaveLength(count);
});

test('a token may be of an application and a user that the caller names', async () => {
  const definition = await gatewayWith('<validate-azure-ad-token tenant-id="t-1" />');
  const [token] = callerTokens(definition, { roles: [], application: 'app-1', user: 'user-1', expiresAt: 99 });
  const claims: unknown = JSON.parse(Buffer.from(token!.token.split('.')[1]!, 'base64url').toString());
  expect(claims).toMatchObject({ appid: 'app-1', oid: 'user-1' });
});

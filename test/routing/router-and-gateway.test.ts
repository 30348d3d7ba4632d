import { TerraformStack, Testing } from 'cdktf';
import { EmulatedGateway } from '../../lib/emulator/emulated-gateway';
import { GatewayBackend } from '../../lib/emulator/gateway-definition';
import { gatewaysOf, SynthesisedGateway } from '../../lib/emulator/synthesised';
import { ApiManagementService, ApiManagementSku } from '../../lib/gateway';
import { RoutedRelease } from '../../lib/routing/routed-release';
import { FakeBackend } from '../emulator/support/fake-backend';
import { accountIn, deploymentOf, gatewayIn, GPT, serviceIn } from '../gateway/support/gateway-stack';
import { callerToken } from '../gateway/support/routes';
import { NEW, OLD, routerIn, RunningElsewhere, stackIn } from './support/router-stack';
import { tokenOf } from './support/running-router';

const backends: FakeBackend[] = [];
const gateways: EmulatedGateway[] = [];

afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.stop()));
  await Promise.all(backends.splice(0).map((backend) => backend.stop()));
});

async function backend(name: string): Promise<FakeBackend> {
  const started = await FakeBackend.start((_request, response) => response.end(name));
  backends.push(started);
  return started;
}

/** As in an app: a router before two releases, and a gateway of models behind them. */
function platform(service: (stack: TerraformStack, name: string) => ApiManagementService): SynthesisedGateway[] {
  const stack = stackIn();
  routerIn(stack, {
    service: service(stack, 'router'),
    releases: [
      RoutedRelease.stable(new RunningElsewhere(stack, OLD)),
      RoutedRelease.canary(new RunningElsewhere(stack, NEW), { percent: 50 }),
    ],
  });
  gatewayIn(stack, { service: service(stack, 'gateway') }).addRoute(deploymentOf(accountIn(stack)));
  return gatewaysOf(JSON.parse(Testing.synth(stack)));
}

/** Runs a gateway whose backends are all one server. */
async function run({ definition }: SynthesisedGateway, everything: FakeBackend): Promise<EmulatedGateway> {
  const local = [...definition.backends!].map(([id, known]): [string, GatewayBackend] => [
    id,
    { ...known, url: `${everything.url}/${id}` },
  ]);
  const gateway = await EmulatedGateway.start({ ...definition, backends: new Map(local) });
  gateways.push(gateway);
  return gateway;
}

async function turn(url: string): Promise<Response> {
  return fetch(`${url}/chat/turns`, {
    method: 'POST',
    body: 'hello',
    headers: { authorization: `Bearer ${tokenOf({ oid: 'user-1' })}` },
  });
}

async function completion(url: string): Promise<Response> {
  return fetch(`${url}/openai/v1/chat/completions`, {
    method: 'POST',
    body: '{"messages":[]}',
    headers: {
      authorization: `Bearer ${callerToken()}`,
      'x-ai-model': GPT.key,
      'content-type': 'application/json',
    },
  });
}

test('router and gateway in one service are run from one file', async () => {
  let one: ApiManagementService | undefined;
  const [only, ...none] = platform((stack) => (one ??= serviceIn(stack)));
  expect([none, only!.definition.apis.map(({ id }) => id).sort()]).toEqual([
    [],
    ['model-gateway-dated', 'model-gateway-v1', 'release-router'],
  ]);
  const { url } = await run(only!, await backend('answer'));
  const answered = await turn(url);
  expect([answered.status, answered.headers.get('x-release')]).toEqual([200, expect.stringMatching(`${OLD}|${NEW}`)]);
  const completed = await completion(url);
  expect([completed.status, completed.headers.get('x-ai-model')]).toEqual([200, GPT.key]);
  expect(backends[0]!.received.map(({ url: path }) => path)).toEqual([
    `/release-router-${answered.headers.get('x-release')}/turns`,
    expect.stringMatching(/^\/gpt-5-1-2025-11-13-.*-v1\/chat\/completions$/),
  ]);
});

test('router and gateway in two services are two gateways of one file', async () => {
  const found = platform(
    (stack, name) =>
      new ApiManagementService(stack, `${name}-service`, {
        resourceGroupName: 'rg',
        location: 'swedencentral',
        publisherName: 'Contoso',
        publisherEmail: 'models@contoso.com',
        serviceName: `contoso-${name}`,
        sku: ApiManagementSku.standardV2(1),
      }),
  );
  const [before, after] = [
    found.find(({ name }) => name === 'contoso-router')!,
    found.find(({ name }) => name === 'contoso-gateway')!,
  ];
  expect(found.map(({ definition }) => definition.apis.length).sort()).toEqual([1, 2]);
  expect(before.definition.namedValues).toEqual(new Map([['release-router-kill-switch', 'off']]));
  const everything = await backend('answer');
  const [router, gateway] = [await run(before, everything), await run(after, everything)];
  expect((await turn(router.url)).status).toBe(200);
  expect((await completion(gateway.url)).status).toBe(200);
  expect((await completion(router.url)).status).toBe(404);
});

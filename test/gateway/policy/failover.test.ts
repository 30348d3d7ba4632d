import { AddressInfo, createServer, Server } from 'node:net';
import OpenAI from 'openai';
import { refusedUrl } from '../../emulator/support/fake-backend';
import { FakeClock } from '../../emulator/support/fake-clock';
import { DeploymentBehaviour, FakeAzureOpenAi, json } from '../support/fake-azure-openai';
import { callerToken, member, policyOptions, route, tableOf } from '../support/routes';
import { definitionOf, runGateway, stopGateways } from '../support/running-gateway';

const KEY = 'gpt-4o@2024-11-20';
const DEPLOYMENT = 'gpt-4o_2024-11-20_globalstandard';

const answering =
  (status: number, headers: Record<string, string> = {}): DeploymentBehaviour =>
  (_request, response) =>
    json(response, status, { error: { code: String(status), message: 'busy' } }, headers);

const accounts: FakeAzureOpenAi[] = [];

async function account(name: string, behaviour?: DeploymentBehaviour): Promise<FakeAzureOpenAi> {
  const started = await FakeAzureOpenAi.start(name, {
    [DEPLOYMENT]: { model: 'gpt-4o', version: '2024-11-20', ...(behaviour && { behaviour }) },
  });
  accounts.push(started);
  return started;
}

afterEach(async () => {
  await stopGateways();
  await Promise.all(accounts.splice(0).map((started) => started.stop()));
});

interface Setup {
  readonly tiers?: Readonly<Record<string, number>>;
  readonly weights?: Readonly<Record<string, number>>;
  readonly breakers?: boolean;
  readonly clock?: FakeClock;
  readonly random?: () => number;
  readonly maxAttempts?: number;
  readonly timeoutSeconds?: number;
}

/** A gateway with one route over the given accounts, each a tier of its own unless told otherwise. */
async function gatewayOver(urls: Readonly<Record<string, string>>, setup: Setup = {}) {
  const { tiers = {}, weights = {}, breakers = false, clock, random, maxAttempts = 3, timeoutSeconds = 30 } = setup;
  const members = Object.keys(urls).map((name, index) =>
    member(name, DEPLOYMENT, { tier: tiers[name] ?? index, weight: weights[name] ?? 1 }),
  );
  const definition = definitionOf(
    tableOf([route(KEY, members)]),
    (name) => urls[name]!,
    { ...policyOptions, maxAttempts, timeoutSeconds },
    breakers,
  );
  const { gateway } = await runGateway(definition, {
    services: { ...(clock && { clock }), ...(random && { random }) },
  });
  const call = (body: Record<string, unknown> = {}, path = 'chat/completions'): Promise<Response> =>
    fetch(`${gateway.url}/openai/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${callerToken()}`, 'x-ai-model': KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-4o', messages: [], ...body }),
    });
  return { gateway, call };
}

async function errorOf(response: Response): Promise<{ status: number; code: string; message: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, code: error.code, message: error.message };
}

describe('failover', () => {
  test.each([408, 429, 500, 502, 503, 504])('goes on to the next deployment after %i', async (status) => {
    const first = await account('first', answering(status));
    const second = await account('second');
    const { call } = await gatewayOver({ first: first.url, second: second.url });

    const response = await call();

    expect(response.status).toBe(200);
    expect(response.headers.get('x-ai-attempts')).toBe('2');
    expect(response.headers.get('x-ai-model')).toBe(KEY);
    expect(second.served).toHaveLength(1);
  });

  test.each([400, 404, 409, 422, 501])('passes %i on as it is: no other deployment would do better', async (status) => {
    const first = await account('first', answering(status));
    const second = await account('second');
    const { call } = await gatewayOver({ first: first.url, second: second.url });

    const response = await call();

    expect(await errorOf(response)).toEqual({ status, code: String(status), message: 'busy' });
    expect(second.received).toEqual([]);
  });

  test('goes on after 409 only where the deployment says when to come back', async () => {
    const first = await account('first', answering(409, { 'retry-after': '2' }));
    const second = await account('second');
    const { call } = await gatewayOver({ first: first.url, second: second.url });

    expect((await call()).status).toBe(200);
    expect(second.served).toHaveLength(1);
  });

  test('goes on when a deployment cannot be reached', async () => {
    const second = await account('second');
    const { call } = await gatewayOver({ first: await refusedUrl(), second: second.url });

    const response = await call();

    expect(response.status).toBe(200);
    expect(response.headers.get('x-ai-attempts')).toBe('2');
  });

  test('goes on when a deployment does not answer in time', async () => {
    const first = await account('first', () => undefined);
    const second = await account('second');
    const { call } = await gatewayOver({ first: first.url, second: second.url }, { timeoutSeconds: 1 });

    expect((await call()).status).toBe(200);
    expect(second.served).toHaveLength(1);
  });

  test('goes through the tiers in order, never further than the attempts allow', async () => {
    const names = ['first', 'second', 'third', 'fourth'];
    const busy = await Promise.all(names.map((name) => account(name, answering(500))));
    const { call } = await gatewayOver(Object.fromEntries(names.map((name, index) => [name, busy[index]!.url])));

    await call();

    expect(busy.map(({ received }) => received.length)).toEqual([1, 1, 1, 0]);
  });

  test('draws among equals by weight', async () => {
    const heavy = await account('heavy');
    const light = await account('light');
    const draws = [0.05, 0.2, 0.45, 0.7, 0.74, 0.76, 0.9, 0.99];
    const random = jest.fn<number, []>();
    draws.forEach((draw) => random.mockReturnValueOnce(draw).mockReturnValueOnce(0));
    const { call } = await gatewayOver(
      { heavy: heavy.url, light: light.url },
      { tiers: { heavy: 0, light: 0 }, weights: { heavy: 3, light: 1 }, random },
    );

    for (let index = 0; index < draws.length; index += 1) {
      await call();
    }

    expect([heavy.served.length, light.served.length]).toEqual([5, 3]);
  });

  test('says what the caller can do when no deployment has capacity: the earliest time of all', async () => {
    const inTen = new Date(Date.now() + 600_000).toUTCString();
    const first = await account('first', answering(429, { 'retry-after': inTen }));
    const second = await account('second', answering(429, { 'retry-after': '17' }));
    const third = await account('third', answering(429, { 'retry-after-ms': '20500' }));
    const { call } = await gatewayOver({ first: first.url, second: second.url, third: third.url });

    const response = await call();

    expect(response.headers.get('retry-after')).toBe('17');
    expect(response.headers.get('retry-after-ms')).toBeNull();
    expect(response.headers.get('x-should-retry')).toBeNull();
    expect(response.headers.get('x-ai-attempts')).toBe('3');
    expect(await errorOf(response)).toEqual({
      status: 429,
      code: 'model_capacity_exhausted',
      message: `no deployment has capacity left for ${KEY}`,
    });
  });

  test('understands Retry-After as an HTTP date', async () => {
    const only = await account('only', answering(429, { 'retry-after': new Date(Date.now() + 60_500).toUTCString() }));
    const { call } = await gatewayOver({ only: only.url });

    const seconds = Number((await call()).headers.get('retry-after'));

    expect(seconds).toBeGreaterThanOrEqual(58);
    expect(seconds).toBeLessThanOrEqual(61);
  });

  test.each(['soon', '-5', '', '99999999999999999999'])(
    'passes no Retry-After on that it does not understand: %j',
    async (wait) => {
      const only = await account('only', answering(429, { 'retry-after': wait }));
      const { call } = await gatewayOver({ only: only.url });

      const response = await call();

      expect(response.status).toBe(429);
      expect(response.headers.get('retry-after')).toBeNull();
    },
  );

  test('answers 503 when the deployments failed for different reasons', async () => {
    const first = await account('first', answering(429, { 'retry-after': '9' }));
    const second = await account('second', answering(500));
    const { call } = await gatewayOver({ first: first.url, second: second.url });

    const response = await call();

    expect(response.headers.get('retry-after')).toBe('9');
    expect(await errorOf(response)).toEqual({
      status: 503,
      code: 'model_unavailable',
      message: `no deployment answered for ${KEY}`,
    });
  });

  test('answers 503, with what was tried, when no deployment can be reached', async () => {
    const { call } = await gatewayOver({ first: await refusedUrl(), second: await refusedUrl() });

    const response = await call();

    expect(response.headers.get('x-ai-model')).toBe(KEY);
    expect(response.headers.get('x-ai-deployment')).toBe(DEPLOYMENT);
    expect(response.headers.get('x-ai-attempts')).toBe('2');
    expect(await errorOf(response)).toMatchObject({ status: 503, code: 'model_unavailable' });
  });

  test.each([401, 403])('calls %i of a deployment its own fault, not the caller’s', async (status) => {
    const only = await account('only', answering(status));
    const { call } = await gatewayOver({ only: only.url });

    const response = await call();

    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await errorOf(response)).toMatchObject({ status: 502, code: 'gateway_not_authorised' });
  });

  test('survives a storm of 429 with the real client, which waits as it is told', async () => {
    let calls = 0;
    const only = await account('only', (_request, response) => {
      calls += 1;
      return calls < 3
        ? json(response, 429, { error: { code: '429', message: 'busy' } }, { 'retry-after-ms': '10' })
        : json(response, 200, { id: 'x', model: 'gpt-4o-2024-11-20', choices: [] });
    });
    const { gateway } = await gatewayOver({ only: only.url });
    const client = new OpenAI({
      baseURL: `${gateway.url}/openai/v1`,
      apiKey: callerToken(),
      maxRetries: 3,
      defaultHeaders: { 'x-ai-model': KEY },
    });

    const answer = await client.chat.completions.create({ model: 'gpt-4o', messages: [] });

    expect(answer.model).toBe('gpt-4o-2024-11-20');
    expect(calls).toBe(3);
  });

  test('ends the caller’s connection where a stream breaks off, and asks no second deployment', async () => {
    const broken: Server = createServer((socket) => {
      socket.once('data', () => {
        socket.write(
          'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n5\r\ndata:\r\n',
        );
        setTimeout(() => socket.destroy(), 50);
      });
    });
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
    const second = await account('second');
    const { call } = await gatewayOver({
      first: `http://127.0.0.1:${(broken.address() as AddressInfo).port}`,
      second: second.url,
    });

    const response = await call({ stream: true });

    await expect(response.text()).rejects.toThrow('terminated');
    expect(second.received).toEqual([]);
    broken.close();
  });
});

describe('circuit breakers', () => {
  test('open after a failure, keep the deployment alone as long as it asked, and close again', async () => {
    const clock = new FakeClock(1000);
    const first = await account('first', answering(429, { 'retry-after': '30' }));
    const second = await account('second');
    const { call, gateway } = await gatewayOver({ first: first.url, second: second.url }, { breakers: true, clock });

    await call();
    expect(gateway.isBackendOpen('first-gpt-4o-2024-11-20-globalstandard-v1')).toBe(true);
    await call();
    expect(first.received).toHaveLength(1);
    clock.advance(31_000);
    await call();
    expect(first.received).toHaveLength(2);
  });

  test('leave the caller with 429 and the time that is left, once all of them are open', async () => {
    const clock = new FakeClock(1000);
    const first = await account('first', answering(429, { 'retry-after': '30' }));
    const second = await account('second', answering(429, { 'retry-after': '50' }));
    const { call } = await gatewayOver({ first: first.url, second: second.url }, { breakers: true, clock });

    await call();
    clock.advance(10_000);
    const response = await call();

    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBe(20);
    expect([first.received.length, second.received.length]).toEqual([1, 1]);
  });
});

describe('responses that an account keeps', () => {
  const stored: [string, Record<string, unknown>][] = [
    ['kept, which is the default', {}],
    ['kept on purpose', { store: true }],
    ['following one that is kept', { store: false, previous_response_id: 'resp_1' }],
    ['of a conversation', { store: false, conversation: 'conv_1' }],
    ['with reasoning that the account encrypts', { store: false, include: ['reasoning.encrypted_content'] }],
  ];

  test.each(stored)('%s: only the first deployment is asked', async (_case, body) => {
    const first = await account('first', answering(500));
    const second = await account('second');
    const { call } = await gatewayOver({ first: first.url, second: second.url });

    expect((await call(body, 'responses')).ok).toBe(false);
    expect([first.received.length, second.received.length]).toEqual([1, 0]);
  });

  test('not kept: any deployment is asked', async () => {
    const first = await account('first', answering(500));
    const second = await account('second');
    const { call } = await gatewayOver({ first: first.url, second: second.url });

    expect((await call({ store: false }, 'responses')).status).toBe(200);
  });
});

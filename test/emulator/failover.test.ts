import { request as httpRequest, ServerResponse } from 'node:http';
import { FakeBackend, ReceivedRequest, refusedUrl } from './support/fake-backend';
import { FakeClock } from './support/fake-clock';
import { gatewayOf, sections, startGateway, stopGateways } from './support/gateway';

type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

const backends: FakeBackend[] = [];

async function backend(answer: Answer): Promise<FakeBackend> {
  const started = await FakeBackend.start(answer);
  backends.push(started);
  return started;
}

const answers =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(status, headers).end(String(status));

afterEach(async () => {
  await stopGateways();
  await Promise.all(backends.splice(0).map((started) => started.stop()));
});

const UNAVAILABLE =
  'context.Response == null || context.Response.StatusCode == 429 || context.Response.StatusCode >= 500';

/** Tries the backends `b0`, `b1` … in order, each named literally. */
function inOrder(
  count: number,
  forward = '<forward-request buffer-request-body="true" buffer-response="false" />',
): string {
  const branch = (index: number): string =>
    `<when condition="@((int)context.Variables["attempt"] == ${index})"><set-backend-service backend-id="b${index}" /></when>`;
  return `<retry condition="@(${UNAVAILABLE})" count="${count - 1}" interval="0">
    <choose>${Array.from({ length: count }, (_, index) => branch(index)).join('')}</choose>
    <set-variable name="attempt" value="@((int)context.Variables["attempt"] + 1)" />${forward}</retry>`;
}

const START = '<set-variable name="attempt" value="@(0)" />';
const ATTEMPTS =
  '<set-header name="x-attempts" exists-action="override"><value>@(((int)context.Variables["attempt"]).ToString())</value></set-header>';
const REPORT = `${ATTEMPTS}<set-body>@(context.LastError.Source + "|" + context.LastError.Reason + "|" + context.LastError.Path + "|" + context.Response.StatusCode)</set-body>`;

describe('backends that are tried in order, by literal ids inside retry', () => {
  test('each attempt goes to its own, with the same body, until one answers', async () => {
    const first = await backend(answers(429, { 'Retry-After': '5' }));
    const second = await backend(answers(200));
    const third = await backend(answers(200));
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: START, backend: inOrder(3), outbound: ATTEMPTS }), {
        b0: `${first.url}/openai/deployments/a`,
        b1: `${second.url}/openai/deployments/b`,
        b2: third.url,
      }),
    );
    const response = await call('/openai/chat/completions?api-version=1', { body: 'payload' });
    expect([response.status, response.headers.get('x-attempts'), response.headers.get('retry-after')]).toEqual([
      200,
      '2',
      null,
    ]);
    expect([first, second, third].flatMap(({ received }) => received.map(({ url, body }) => `${url} ${body}`))).toEqual(
      [
        '/openai/deployments/a/chat/completions?api-version=1 payload',
        '/openai/deployments/b/chat/completions?api-version=1 payload',
      ],
    );
  });

  test('the last answer stands when all are used up, and outbound runs', async () => {
    const busy = await backend(answers(429, { 'Retry-After': '5' }));
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: START, backend: inOrder(2), outbound: ATTEMPTS, onError: REPORT }), {
        b0: busy.url,
        b1: busy.url,
      }),
    );
    const response = await call();
    expect([response.status, response.headers.get('retry-after'), response.headers.get('x-attempts')]).toEqual([
      429,
      '5',
      '2',
    ]);
    expect(await response.text()).toBe('429');
  });

  test('without any response the last failure goes to on-error', async () => {
    const url = await refusedUrl();
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: START, backend: inOrder(3), onError: REPORT }), { b0: url, b1: url, b2: url }),
    );
    const response = await call();
    expect([response.status, response.headers.get('x-attempts')]).toEqual([500, '3']);
    expect(await response.text()).toBe('forward-request|BackendConnectionFailure|retry[0]/forward-request[0]|500');
  });

  test('timeouts are tried again, and the last one goes to on-error as such', async () => {
    const clock = new FakeClock();
    const silent = await backend(() => clock.advance(2000));
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: START, backend: inOrder(2, '<forward-request timeout="2" />'), onError: REPORT }), {
        b0: silent.url,
        b1: silent.url,
      }),
      { services: { clock } },
    );
    const response = await call();
    expect([response.status, response.headers.get('x-attempts'), silent.received.length]).toEqual([504, '2', 2]);
    expect(await response.text()).toBe('forward-request|Timeout|retry[0]/forward-request[0]|504');
  });

  test('a failure before a good answer leaves no error behind', async () => {
    const good = await backend(answers(200));
    const outbound =
      '<set-header name="x-error" exists-action="override"><value>@((context.LastError == null).ToString())</value></set-header>';
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: START, backend: inOrder(2), outbound }), { b0: await refusedUrl(), b1: good.url }),
    );
    expect((await call()).headers.get('x-error')).toBe('True');
  });

  test('fail-on-error-status-code ends the retrying at the first error', async () => {
    const broken = await backend(answers(500));
    const { call } = await startGateway(
      gatewayOf(
        sections({
          inbound: START,
          backend: inOrder(3, '<forward-request fail-on-error-status-code="true" />'),
          onError: REPORT,
        }),
        { b0: broken.url, b1: broken.url, b2: broken.url },
      ),
    );
    expect(await (await call()).text()).toBe('forward-request|BackendStatusCode|retry[0]/forward-request[0]|500');
    expect(broken.received).toHaveLength(1);
  });

  test('a caller who is gone is not tried for again', async () => {
    const clock = new FakeClock();
    const busy = await backend(answers(429));
    const waiting = inOrder(3).replace('interval="0"', 'interval="60"');
    const { gateway } = await startGateway(
      gatewayOf(sections({ inbound: START, backend: waiting }), { b0: busy.url, b1: busy.url, b2: busy.url }),
      { services: { clock } },
    );
    const outgoing = httpRequest({ port: gateway.port, path: '/openai/x', method: 'POST' }).on(
      'error',
      () => undefined,
    );
    outgoing.end();
    while (!clock.scheduled.includes(60_000)) {
      await new Promise((next) => setImmediate(next));
    }
    outgoing.destroy();
    await new Promise((next) => setTimeout(next, 50));
    clock.advance(600_000);
    await new Promise((next) => setTimeout(next, 50));
    expect(busy.received).toHaveLength(1);
  });
});

describe('open breakers inside retry', () => {
  const circuitBreaker = {
    failureCount: 1,
    intervalSeconds: 60,
    statusCodeRanges: [{ min: 429, max: 429 }],
    tripSeconds: 30,
    acceptRetryAfter: true,
  };

  test('answer 503 without Retry-After at once, so that the next backend is tried', async () => {
    const clock = new FakeClock();
    const first = await backend(answers(429, { 'Retry-After': '7' }));
    const second = await backend(answers(200));
    const seen = `<set-variable name="seen" value="@(context.Variables.GetValueOrDefault("seen", "") + (context.Response == null ? "-" : context.Response.StatusCode + context.Response.Headers.GetValueOrDefault("Retry-After", "none") + "/"))" />`;
    const { call, gateway } = await startGateway(
      gatewayOf(
        sections({
          inbound: START,
          backend: inOrder(2).replace('</retry>', `${seen}</retry>`),
          outbound:
            '<set-header name="x-seen" exists-action="override"><value>@((string)context.Variables["seen"])</value></set-header>',
        }),
        { b0: { url: first.url, circuitBreaker }, b1: { url: second.url, circuitBreaker } },
      ),
      { services: { clock } },
    );
    expect((await call()).headers.get('x-seen')).toBe('4297/200none/');
    expect(gateway.isBackendOpen('b0')).toBe(true);
    expect((await call()).headers.get('x-seen')).toBe('503none/200none/');
    expect([first.received.length, second.received.length]).toEqual([1, 2]);
    clock.advance(7_000);
    expect((await call()).headers.get('x-seen')).toBe('4297/200none/');
  });

  test('a caller who leaves while the backend works is no failure of the backend', async () => {
    const rule = { ...circuitBreaker, errorReasons: ['BackendConnectionFailure', 'Timeout'] };
    const silent = await backend(() => undefined);
    const { gateway, answers: given } = await startGateway(
      gatewayOf(sections({ inbound: START, backend: inOrder(2) }), {
        b0: { url: silent.url, circuitBreaker: rule },
        b1: silent.url,
      }),
    );
    const outgoing = httpRequest({ port: gateway.port, path: '/openai/x' }).on('error', () => undefined);
    outgoing.end();
    while (silent.received.length === 0) {
      await new Promise((next) => setImmediate(next));
    }
    outgoing.destroy();
    while (given.length === 0) {
      await new Promise((next) => setImmediate(next));
    }
    expect([gateway.isBackendOpen('b0'), silent.received.length]).toEqual([false, 1]);
  });

  test('of all backends answer the caller 503 without Retry-After', async () => {
    const clock = new FakeClock();
    const busy = await backend(answers(429, { 'Retry-After': '7' }));
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: START, backend: inOrder(2) }), {
        b0: { url: busy.url, circuitBreaker },
        b1: { url: busy.url, circuitBreaker },
      }),
      { services: { clock } },
    );
    expect((await call()).status).toBe(429);
    const response = await call();
    expect([response.status, response.headers.get('retry-after'), busy.received.length]).toEqual([503, null, 2]);
  });
});

describe('streams', () => {
  const STREAM = {
    inbound: '<set-backend-service backend-id="b0" />',
    backend: '<forward-request buffer-response="false" />',
  };

  test('a caller who leaves in the middle ends the request to the backend', async () => {
    let ended: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (ended = resolve));
    const endless = await backend((_request, response) => {
      response.on('close', ended);
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: 1\n\n');
    });
    const { call } = await startGateway(gatewayOf(sections(STREAM), { b0: endless.url }));
    const abort = new AbortController();
    const response = await call(undefined, { signal: abort.signal });
    const { value } = await response.body!.getReader().read();
    expect(Buffer.from(value!).toString()).toBe('data: 1\n\n');
    abort.abort();
    await expect(closed).resolves.toBeUndefined();
  });

  test('a body that is shorter than it was announced breaks the connection to the caller', async () => {
    const short = await backend((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('0123456789', () => response.destroy());
    });
    const { call } = await startGateway(gatewayOf(sections(STREAM), { b0: short.url }));
    await expect((await call()).text()).rejects.toThrow('terminated');
  });

  test('one that breaks off after its headers is not tried again', async () => {
    const broken = await backend((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: 1\n\n', () => response.destroy());
    });
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: START, backend: inOrder(2) }), { b0: broken.url, b1: broken.url }),
    );
    await expect((await call()).text()).rejects.toThrow('terminated');
    expect(broken.received).toHaveLength(1);
  });
});

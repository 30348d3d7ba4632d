import { request as httpRequest, ServerResponse } from 'node:http';
import { EmulatedGateway } from '../../lib/emulator/emulated-gateway';
import { FakeBackend, ReceivedRequest, refusedUrl } from './support/fake-backend';
import { FakeClock } from './support/fake-clock';
import { gatewayOf, sections, startGateway, stopGateways } from './support/gateway';

const backends: FakeBackend[] = [];

async function backend(answer: (request: ReceivedRequest, response: ServerResponse) => void): Promise<FakeBackend> {
  const started = await FakeBackend.start(answer);
  backends.push(started);
  return started;
}

function echo(request: ReceivedRequest, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'x-served-by': 'echo' });
  response.end(JSON.stringify({ url: request.url, body: request.body }));
}

afterEach(async () => {
  await stopGateways();
  await Promise.all(backends.splice(0).map((started) => started.stop()));
});

const toMain = '<set-backend-service backend-id="main" />';

describe('forwarding', () => {
  test('sends path, query and body to the backend and its answer to the caller', async () => {
    const main = await backend(echo);
    const { call } = await startGateway(gatewayOf(sections({ inbound: toMain }), { main: `${main.url}/base/` }));
    const response = await call('/openai/chat/completions?api-version=2024-10-21', { body: '{"a":1}' });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-served-by')).toBe('echo');
    expect(await response.json()).toEqual({ url: '/base/chat/completions?api-version=2024-10-21', body: '{"a":1}' });
  });

  test('resolves .. before it looks for an operation, so that a path cannot climb out of one', async () => {
    const main = await backend(echo);
    const { gateway } = await startGateway(gatewayOf(sections({ inbound: toMain }), { main: main.url }));
    const status = await new Promise<number>((resolve) => {
      httpRequest({ port: gateway.port, path: '/openai/deployments/a/../../admin', method: 'POST' }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      }).end();
    });
    expect(status).toBe(200);
    expect(main.received[0]!.url).toBe('/admin');
  });

  test('drops headers of the connection and those that Connection names', async () => {
    const main = await backend(echo);
    const { gateway } = await startGateway(gatewayOf(sections({ inbound: toMain }), { main: main.url }));
    await new Promise<void>((resolve) => {
      const headers = { connection: 'close, x-private', 'x-private': '1', 'x-public': '2', te: 'trailers' };
      httpRequest({ port: gateway.port, path: '/openai/models', headers }, (response) => {
        response.resume().on('end', resolve);
      }).end();
    });
    expect(main.received[0]!.headers).toMatchObject({ 'x-public': '2' });
    expect(main.received[0]!.headers).not.toHaveProperty('x-private');
    expect(main.received[0]!.headers).not.toHaveProperty('te');
  });

  test('joins a repeated header by commas, whatever its case', async () => {
    const text =
      '<return-response><set-body>@(context.Request.Headers.GetValueOrDefault("X-AI-Model", "none"))</set-body></return-response>';
    const { gateway } = await startGateway(gatewayOf(sections({ inbound: text })));
    const body = await new Promise<string>((resolve) => {
      const outgoing = httpRequest({ port: gateway.port, path: '/openai/x', method: 'POST' }, (response) => {
        let read = '';
        response.on('data', (chunk: Buffer) => (read += chunk.toString())).on('end', () => resolve(read));
      });
      outgoing.setHeader('x-ai-model', ['gpt-5.1@2025-11-13', 'gpt-4o@2024-11-20']);
      outgoing.end();
    });
    expect(body).toBe('gpt-5.1@2025-11-13,gpt-4o@2024-11-20');
  });

  test('answers 404 to what no operation matches', async () => {
    const { call } = await startGateway(gatewayOf(sections()));
    const response = await call('/other');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ statusCode: 404, message: 'Resource not found' });
  });

  test('sends a buffered body again and refuses to send an unbuffered one twice', async () => {
    const main = await backend((_request, response) => response.writeHead(500).end());
    const retried = (attributes: string): ReturnType<typeof startGateway> =>
      startGateway(
        gatewayOf(
          sections({
            inbound: toMain,
            backend: `<retry condition="@(context.Response.StatusCode == 500)" count="2" interval="0"><forward-request ${attributes} /></retry>`,
          }),
          { main: main.url },
        ),
      );
    const buffered = await retried('buffer-request-body="true"');
    expect((await buffered.call(undefined, { body: 'payload' })).status).toBe(500);
    expect(main.received.map(({ body }) => body)).toEqual(['payload', 'payload', 'payload']);
    const unbuffered = await retried('');
    const response = await unbuffered.call(undefined, { body: 'payload' });
    expect(response.status).toBe(501);
    expect(response.headers.get('x-emulator-defect')).toBe('policy');
    expect(unbuffered.answers[0]!.defect).toBe(
      'the body of the request is used up; set buffer-request-body="true" on forward-request to send it again, and preserveContent: true to read it again',
    );
  });

  test('is gone at the backend when the caller goes away', async () => {
    const closed = new Promise<void>((resolve) => {
      void backend((_request, response) => response.on('close', resolve)).then(async (main) => {
        const { gateway } = await startGateway(gatewayOf(sections({ inbound: toMain }), { main: main.url }));
        const outgoing = httpRequest({ port: gateway.port, path: '/openai/x', method: 'POST' }).on(
          'error',
          () => undefined,
        );
        outgoing.end();
        while (main.received.length === 0) {
          await new Promise((next) => setImmediate(next));
        }
        outgoing.destroy();
      });
    });
    await expect(closed).resolves.toBeUndefined();
  });
});

describe('streaming', () => {
  async function chunks(bufferResponse: string): Promise<string[]> {
    const events: string[] = [];
    let proceed: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => (proceed = resolve));
    const main = await backend((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: 1\n\n');
      events.push('sent 1');
      void (bufferResponse === 'false' ? seen : Promise.resolve()).then(() => {
        events.push('sent 2');
        response.end('data: 2\n\n');
      });
    });
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: toMain, backend: `<forward-request buffer-response="${bufferResponse}" />` }), {
        main: main.url,
      }),
    );
    const response = await call();
    const reader = response.body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      events.push(`received ${Buffer.from(read.value).toString().replaceAll('\n', '')}`);
      proceed();
    }
    return events;
  }

  test('passes each event on before the backend sends the next', async () => {
    expect(await chunks('false')).toEqual(['sent 1', 'received data: 1', 'sent 2', 'received data: 2']);
  });

  test('holds small chunks back when the response is buffered', async () => {
    expect(await chunks('true')).toEqual(['sent 1', 'sent 2', 'received data: 1data: 2']);
  });

  test('breaks the connection to the caller when the backend breaks off half-way', async () => {
    const main = await backend((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: 1\n\n', () => response.destroy());
    });
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: toMain, backend: '<forward-request buffer-response="false" />' }), {
        main: main.url,
      }),
    );
    const response = await call();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });
});

describe('failures of the backend', () => {
  const report =
    '<set-status code="502" /><set-body>@(context.LastError.Source + "|" + context.LastError.Reason + "|" + context.LastError.Section + "|" + context.LastError.Path)</set-body>';

  test('a refused connection goes to on-error', async () => {
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: toMain, onError: report }), { main: await refusedUrl() }),
    );
    const response = await call();
    expect(response.status).toBe(502);
    expect(await response.text()).toBe('forward-request|BackendConnectionFailure|backend|forward-request[0]');
  });

  test('without on-error the answer is 500', async () => {
    const { call } = await startGateway(gatewayOf(sections({ inbound: toMain }), { main: await refusedUrl() }));
    expect((await call()).status).toBe(500);
  });

  test('no headers within the timeout goes to on-error', async () => {
    const clock = new FakeClock();
    const main = await backend(() => clock.advance(2000));
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: toMain, backend: '<forward-request timeout="2" />', onError: report }), {
        main: main.url,
      }),
      { services: { clock } },
    );
    expect(await (await call()).text()).toBe('forward-request|Timeout|backend|forward-request[0]');
    expect(clock.scheduled).toEqual([2000]);
  });

  test('headers just before the timeout are in time', async () => {
    const clock = new FakeClock();
    const main = await backend((_request, response) => {
      clock.advance(1999);
      response.end('ok');
    });
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: toMain, backend: '<forward-request timeout-ms="2000" />' }), { main: main.url }),
      { services: { clock } },
    );
    expect(await (await call()).text()).toBe('ok');
  });

  test('a failure inside retry leaves the response null, and the next attempt may succeed', async () => {
    const main = await backend(echo);
    const retry = `<retry condition="@(context.Response == null || context.Response.StatusCode >= 500)" count="1" interval="0">
      <set-backend-service backend-id="@(context.Variables.GetValueOrDefault("tries", 0) == 0 ? "dead" : "main")" />
      <set-variable name="tries" value="@(context.Variables.GetValueOrDefault("tries", 0) + 1)" />
      <forward-request buffer-request-body="true" /></retry>`;
    const { call } = await startGateway(
      gatewayOf(sections({ backend: retry }), { dead: await refusedUrl(), main: main.url }),
    );
    const response = await call(undefined, { body: 'x' });
    expect(response.status).toBe(200);
    expect(main.received).toHaveLength(1);
  });

  test('the response of an attempt is gone when the next one fails', async () => {
    const main = await backend((_request, response) => response.writeHead(429).end());
    const retry = `<retry condition="@(context.Response != null &amp;&amp; context.Response.StatusCode == 429)" count="3" interval="0">
      <set-backend-service backend-id="@(context.Variables.GetValueOrDefault("tries", 0) == 1 ? "dead" : "main")" />
      <set-variable name="tries" value="@(context.Variables.GetValueOrDefault("tries", 0) + 1)" />
      <forward-request /></retry>`;
    const { call } = await startGateway(
      gatewayOf(sections({ backend: retry, onError: report }), { dead: await refusedUrl(), main: main.url }),
    );
    expect(await (await call()).text()).toBe(
      'forward-request|BackendConnectionFailure|backend|retry[0]/forward-request[0]',
    );
    expect(main.received).toHaveLength(1);
  });

  test('an unguarded condition on a missing response is an expression error', async () => {
    const retry = `<retry condition="@(context.Response.StatusCode == 429)" count="1" interval="0"><forward-request /></retry>`;
    const { call } = await startGateway(
      gatewayOf(sections({ inbound: toMain, backend: retry, onError: report }), { main: await refusedUrl() }),
    );
    expect(await (await call()).text()).toBe('retry|ExpressionValueEvaluationFailure|backend|retry[0]');
  });

  test('fail-on-error-status-code sends the request to on-error', async () => {
    const main = await backend((_request, response) => response.writeHead(429).end('slow down'));
    const { call } = await startGateway(
      gatewayOf(
        sections({ inbound: toMain, backend: '<forward-request fail-on-error-status-code="true" />', onError: report }),
        {
          main: main.url,
        },
      ),
    );
    expect(await (await call()).text()).toBe('forward-request|BackendStatusCode|backend|forward-request[0]');
  });
});

describe('circuit breakers', () => {
  const breaker = { failureCount: 2, intervalSeconds: 60, statusCodeRanges: [{ min: 429, max: 429 }], tripSeconds: 30 };

  async function tripped(
    retryAfter: string | undefined,
    more: { acceptRetryAfter?: boolean } = {},
  ): Promise<{ clock: FakeClock; main: FakeBackend; status: () => Promise<number>; gateway: EmulatedGateway }> {
    const clock = new FakeClock();
    const main = await backend((_request, response) => {
      response.writeHead(429, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }).end();
    });
    const { call, gateway } = await startGateway(
      gatewayOf(sections({ inbound: toMain }), { main: { url: main.url, circuitBreaker: { ...breaker, ...more } } }),
      { services: { clock } },
    );
    const status = async (): Promise<number> => (await call()).status;
    return { clock, main, status, gateway };
  }

  test('opens at the given count and answers 503 without reaching the backend', async () => {
    const { status, main, gateway } = await tripped(undefined);
    expect(await status()).toBe(429);
    expect(gateway.isBackendOpen('main')).toBe(false);
    expect(await status()).toBe(429);
    expect(gateway.isBackendOpen('main')).toBe(true);
    expect(await status()).toBe(503);
    expect(main.received).toHaveLength(2);
  });

  test('failures further apart than the interval do not add up', async () => {
    const { status, clock } = await tripped(undefined);
    await status();
    clock.advance(60_000);
    await status();
    expect(await status()).toBe(429);
  });

  test.each([
    ['the trip duration', undefined, {}, 30_000],
    ['the trip duration where Retry-After is not accepted', '7', {}, 30_000],
    ['Retry-After in seconds', '7', { acceptRetryAfter: true }, 7_000],
    ['Retry-After as an HTTP date', 'Fri, 02 Jan 2026 03:04:50 GMT', { acceptRetryAfter: true }, 45_000],
    ['the trip duration where Retry-After is neither', 'soon', { acceptRetryAfter: true }, 30_000],
  ])('closes after %s', async (_name, retryAfter, more, milliseconds) => {
    const { status, clock, main, gateway } = await tripped(retryAfter, more);
    await status();
    await status();
    clock.advance(milliseconds - 1);
    expect(await status()).toBe(503);
    clock.advance(1);
    expect(await status()).toBe(429);
    expect(main.received).toHaveLength(3);
    // Failures from before do not count any more.
    expect(gateway.isBackendOpen('main')).toBe(false);
  });

  test('transport failures count only if they are listed', async () => {
    const url = await refusedUrl();
    const listed = { ...breaker, failureCount: 1, errorReasons: ['BackendConnectionFailure'] };
    const first = await startGateway(
      gatewayOf(sections({ inbound: toMain }), { main: { url, circuitBreaker: listed } }),
    );
    await first.call();
    expect(first.gateway.isBackendOpen('main')).toBe(true);
    const unlisted = { ...breaker, failureCount: 1 };
    const second = await startGateway(
      gatewayOf(sections({ inbound: toMain }), { main: { url, circuitBreaker: unlisted } }),
    );
    await second.call();
    expect(second.gateway.isBackendOpen('main')).toBe(false);
  });
});

test('starting on a taken port fails', async () => {
  const { gateway } = await startGateway(gatewayOf(sections()));
  await expect(EmulatedGateway.start(gatewayOf(sections()), { port: gateway.port })).rejects.toThrow('EADDRINUSE');
});

describe('replacing what runs', () => {
  test('acts on the next request, and leaves what is under way to the former policies', async () => {
    const begun: ServerResponse[] = [];
    const first = await backend((_request, response) => begun.push(response));
    const second = await backend((_request, response) => response.end('second'));
    const { gateway, call } = await startGateway(gatewayOf(sections({ inbound: toMain }), { main: first.url }));
    const underWay = call('/openai/models');
    while (begun.length === 0) {
      await new Promise((tick) => setTimeout(tick, 5));
    }
    gateway.update(gatewayOf(sections({ inbound: toMain }), { main: second.url }));
    expect(await (await call('/openai/models')).text()).toBe('second');
    begun[0]!.end('first');
    expect(await (await underWay).text()).toBe('first');
  });

  test('with what cannot be run is refused, and the former goes on', async () => {
    const main = await backend((_request, response) => response.end('main'));
    const { gateway, call } = await startGateway(gatewayOf(sections({ inbound: toMain }), { main: main.url }));
    expect(() => gateway.update(gatewayOf(sections({ inbound: '<mock-response />' })))).toThrow('is not implemented');
    expect(await (await call('/openai/models')).text()).toBe('main');
  });
});

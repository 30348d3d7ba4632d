import { ServerResponse } from 'node:http';
import { FakeBackend, ReceivedRequest, refusedUrl } from './support/fake-backend';
import { FakeClock } from './support/fake-clock';
import { gatewayOf, RunningGateway, sections, SectionTexts, startGateway, stopGateways } from './support/gateway';

const backends: FakeBackend[] = [];

afterEach(async () => {
  await stopGateways();
  await Promise.all(backends.splice(0).map((started) => started.stop()));
});

type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

const REPORT =
  '<set-body>@(context.LastError.Source + "|" + context.LastError.Reason + "|" + context.LastError.Section + "|" + context.LastError.Message + "|" + context.Response.StatusCode)</set-body>';

/** Answers with the usage that the request asks for. */
const reportsUsage: Answer = (request, response) => {
  const tokens = Number(request.headers['x-tokens'] ?? 0);
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ usage: { total_tokens: tokens } }));
};

interface Limited extends RunningGateway {
  readonly clock: FakeClock;
  readonly main: FakeBackend;
  ask(tokens: number, body?: string): Promise<Response>;
}

async function limited(attributes: string, answer: Answer = reportsUsage, more: SectionTexts = {}): Promise<Limited> {
  const clock = new FakeClock();
  const main = await FakeBackend.start(answer);
  backends.push(main);
  const limit = `<llm-token-limit counter-key="@(context.Request.Headers.GetValueOrDefault("x-key", "k"))" ${attributes} />`;
  const inbound = `<set-backend-service backend-id="main" />${limit}${more.inbound ?? ''}`;
  const running = await startGateway(gatewayOf(sections({ ...more, inbound }), { main: main.url }), {
    services: { clock },
  });
  const ask = (tokens: number, body = '{}'): Promise<Response> =>
    running.call(undefined, { body, headers: { 'x-tokens': String(tokens) } });
  return { ...running, clock, main, ask };
}

const PER_MINUTE = 'tokens-per-minute="100" estimate-prompt-tokens="false"';

describe('a rate of tokens', () => {
  test('passes up to the limit, refuses beyond it with 429 and Retry-After, and passes again a minute later', async () => {
    const { ask, clock, main } = await limited(PER_MINUTE);
    expect([(await ask(60)).status, (await ask(40)).status, (await ask(1)).status]).toEqual([200, 200, 200]);
    clock.advance(15_000);
    const refused = await ask(1);
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('content-type')]).toEqual([
      429,
      '45',
      'application/json',
    ]);
    expect(await refused.text()).toBe(
      '{"statusCode":429,"message":"Token limit is exceeded. Try again in 45 seconds."}',
    );
    expect(main.received).toHaveLength(3);
    clock.advance(45_000);
    expect((await ask(1)).status).toBe(200);
  });

  test('goes to on-error with the reason that live gateways give', async () => {
    const { ask } = await limited(PER_MINUTE, reportsUsage, { onError: REPORT });
    await ask(101);
    const refused = await ask(1);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await refused.text()).toBe(
      'llm-token-limit|OpenAITokenLimitExceeded|inbound|Token limit is exceeded. Try again in 60 seconds.|429',
    );
  });

  test('gives on-error the Retry-After for an answer of its own', async () => {
    const own = `<return-response><set-status code="429" /><set-header name="Retry-After" exists-action="override"><value>@(context.Response.Headers.GetValueOrDefault("Retry-After", "none"))</value></set-header>
      <set-body>@(new JObject(new JProperty("error", new JObject(new JProperty("message", context.LastError.Message)))).ToString(Formatting.None))</set-body></return-response>`;
    const { ask } = await limited(PER_MINUTE, reportsUsage, { onError: own });
    await ask(101);
    const refused = await ask(1);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '60',
      { error: { message: 'Token limit is exceeded. Try again in 60 seconds.' } },
    ]);
  });

  test('azure-openai-token-limit is the same policy by its own name', async () => {
    const other = `<azure-openai-token-limit counter-key="k" ${PER_MINUTE} />`;
    const { ask } = await limited('tokens-per-minute="1000" estimate-prompt-tokens="false"', reportsUsage, {
      inbound: other,
      onError: REPORT,
    });
    await ask(101);
    expect(await (await ask(1)).text()).toMatch(/^azure-openai-token-limit\|OpenAITokenLimitExceeded\|/);
  });

  test('counts each key by itself', async () => {
    const { ask, call } = await limited(PER_MINUTE);
    await ask(101);
    expect((await call(undefined, { body: '{}', headers: { 'x-key': 'other' } })).status).toBe(200);
    expect((await ask(1)).status).toBe(429);
  });

  test("tells what remains, what was used and when to come back, in headers and variables of one's own naming", async () => {
    const names =
      'retry-after-header-name="x-retry" retry-after-variable-name="retry" remaining-tokens-header-name="x-left" remaining-tokens-variable-name="left" tokens-consumed-header-name="x-used" tokens-consumed-variable-name="used"';
    const show = (name: string): string =>
      `<set-header name="x-variables" exists-action="append"><value>@("${name}=" + context.Variables.GetValueOrDefault<int>("${name}", -1))</value></set-header>`;
    const shown = show('left') + show('used') + show('retry');
    const { ask, main } = await limited(`${PER_MINUTE} ${names}`, reportsUsage, {
      inbound: shown,
      outbound: shown,
      onError: shown,
    });
    const seen = (response: Response): (string | null)[] =>
      ['x-left', 'x-used', 'x-retry', 'retry-after', 'x-variables'].map((name) => response.headers.get(name));
    expect(seen(await ask(70))).toEqual(['30', '70', null, null, 'left=30, used=70, retry=-1']);
    expect(main.received[0]!.headers['x-variables']).toBe('left=100, used=0, retry=-1');
    expect(seen(await ask(70))).toEqual(['0', '70', null, null, 'left=0, used=70, retry=-1']);
    expect(seen(await ask(70))).toEqual([null, null, '60', null, 'left=0, used=0, retry=60']);
  });

  test('counts nothing for errors of the backend and for requests that reach none', async () => {
    const { ask } = await limited('tokens-per-minute="100" estimate-prompt-tokens="true"', (_request, response) =>
      response.writeHead(500).end('{}'),
    );
    const prompt = JSON.stringify({ prompt: 'a'.repeat(400) });
    expect([(await ask(0, prompt)).status, (await ask(0, prompt)).status]).toEqual([500, 500]);

    const gone = await limited('tokens-per-minute="100" estimate-prompt-tokens="true"', reportsUsage, {
      backend: `<choose><when condition="@(true)"><set-backend-service base-url="${await refusedUrl()}" /><forward-request /></when></choose>`,
    });
    expect([(await gone.ask(0, prompt)).status, (await gone.ask(0, prompt)).status]).toEqual([500, 500]);

    const returned = await limited('tokens-per-minute="100" estimate-prompt-tokens="true"', reportsUsage, {
      inbound: '<return-response />',
    });
    expect([(await returned.ask(0, prompt)).status, (await returned.ask(0, prompt)).status]).toEqual([200, 200]);
  });

  test('two policies of one counter count a request once', async () => {
    const twice = `<llm-token-limit counter-key="k" ${PER_MINUTE} />`;
    const { ask } = await limited(PER_MINUTE, reportsUsage, { inbound: twice });
    expect([(await ask(60)).status, (await ask(41)).status, (await ask(1)).status]).toEqual([200, 200, 429]);
  });

  test('two policies of one counter count a prompt once in advance', async () => {
    const estimated = 'tokens-per-minute="100" estimate-prompt-tokens="true"';
    const twice = `<llm-token-limit counter-key="k" ${estimated} remaining-tokens-variable-name="left" />`;
    const { ask } = await limited(estimated, reportsUsage, {
      inbound: `${twice}<return-response><set-body>@(((int)context.Variables["left"]).ToString())</set-body></return-response>`,
    });
    expect(await (await ask(0, JSON.stringify({ prompt: 'abcd'.repeat(60) }))).text()).toBe('40');
  });

  test.each(['<return-response />', '<set-variable name="a" value="@(((string)null).Length)" />'])(
    'outbound that ends early with %s does not give back what was used',
    async (outbound) => {
      const { ask } = await limited(PER_MINUTE, reportsUsage, { outbound });
      await ask(101);
      expect((await ask(1)).status).toBe(429);
    },
  );

  test('an expression may be the limit', async () => {
    const { ask } = await limited('tokens-per-minute="@(5 * 2)" estimate-prompt-tokens="false"');
    expect([(await ask(11)).status, (await ask(1)).status]).toEqual([200, 429]);
  });
});

describe('estimated prompts', () => {
  const ESTIMATED = 'tokens-per-minute="100" estimate-prompt-tokens="true"';
  const prompt = (tokens: number, stream = false): string =>
    JSON.stringify({ messages: [{ role: 'user', content: 'abcd'.repeat(tokens) }], stream });

  test('are refused before they reach the backend', async () => {
    const { ask, main } = await limited(ESTIMATED);
    expect((await ask(60, prompt(100))).status).toBe(200);
    expect((await ask(40, prompt(40))).status).toBe(200);
    const refused = await ask(0, prompt(1));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(main.received.map(({ body }) => body.length)).toEqual([prompt(100).length, prompt(40).length]);
  });

  test('that never fit are refused without Retry-After', async () => {
    const { ask } = await limited(ESTIMATED);
    const refused = await ask(0, prompt(101));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
    expect(await refused.json()).toEqual({ statusCode: 429, message: 'Token limit is exceeded.' });
  });

  test('are not counted with ignore-prompt', async () => {
    const { ask } = await limited(`${ESTIMATED} ignore-prompt="true"`, (_request, response) =>
      response.end('{"usage":{"prompt_tokens":90,"completion_tokens":10,"total_tokens":100}}'),
    );
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) {
      statuses.push((await ask(0, prompt(500))).status);
    }
    expect(statuses.lastIndexOf(200)).toBe(10);
  });

  test('stand for the tokens of a response that reports none', async () => {
    const { ask } = await limited(ESTIMATED, (_request, response) => response.end('[]'));
    expect([(await ask(0, prompt(60))).status, (await ask(0, prompt(60))).status]).toEqual([200, 429]);
  });

  test.each(['', 'no JSON', '[]', '{"messages":{"a":1}}'])('the request %j has none', async (body) => {
    const { ask } = await limited(ESTIMATED);
    expect((await ask(0, body)).status).toBe(200);
  });
});

describe('streams', () => {
  const event = (text: string): string => `data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`;
  const streaming: Answer = (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.write(event('abcd'.repeat(30)));
    response.end(`${event('abcd'.repeat(20))}data: [DONE]\n\n`);
  };
  const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'abcd'.repeat(10) }] });

  test('are estimated even where prompts are not, and pass unchanged', async () => {
    const { call } = await limited(`${PER_MINUTE} tokens-consumed-header-name="x-used"`, streaming, {
      backend: '<forward-request buffer-response="false" />',
    });
    const first = await call(undefined, { body });
    expect(first.headers.get('x-used')).toBe('10');
    expect(await first.text()).toBe(`${event('abcd'.repeat(30))}${event('abcd'.repeat(20))}data: [DONE]\n\n`);
    const second = await call(undefined, { body });
    expect(second.status).toBe(200);
    await second.text();
    const third = await call(undefined, { body });
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '60']);
  });

  test('pass on each event before the backend sends the next', async () => {
    let proceed: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => (proceed = resolve));
    const events: string[] = [];
    const { call } = await limited(
      PER_MINUTE,
      (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write(event('a'));
        void seen.then(() => {
          events.push('sent b');
          response.end(event('b'));
        });
      },
      { backend: '<forward-request buffer-response="false" />' },
    );
    const reader = (await call(undefined, { body })).body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      events.push(`received ${/"content":"(.)"/.exec(Buffer.from(read.value).toString())![1]}`);
      proceed();
    }
    expect(events).toEqual(['received a', 'sent b', 'received b']);
  });

  test('that break off break the connection to the caller, and count what came', async () => {
    const { call } = await limited(
      PER_MINUTE,
      (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write(event('abcd'.repeat(95)), () => response.destroy());
      },
      { backend: '<forward-request buffer-response="false" />' },
    );
    await expect((await call(undefined, { body })).text()).rejects.toThrow('terminated');
    expect((await call(undefined, { body })).status).toBe(429);
  });

  test('a response in JSON that breaks off goes to on-error', async () => {
    const { call } = await limited(
      PER_MINUTE,
      (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.write('{', () => response.destroy());
      },
      { onError: REPORT },
    );
    expect(await (await call(undefined, { body: '{}' })).text()).toMatch(
      /^forward-request\|BackendConnectionFailure\|/,
    );
  });
});

describe('a quota of tokens', () => {
  const QUOTA = 'token-quota="100" token-quota-period="Hourly" estimate-prompt-tokens="false"';

  test('refuses with 403 until the period ends', async () => {
    const { ask, clock } = await limited(`${QUOTA} remaining-quota-tokens-header-name="x-left"`, reportsUsage, {
      onError: REPORT,
    });
    expect((await ask(101)).headers.get('x-left')).toBe('0');
    clock.advance(1_000_000);
    const refused = await ask(1);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, '2355']);
    expect(await refused.text()).toBe(
      'llm-token-limit|OpenAITokenQuotaExceeded|inbound|Token quota is exceeded. Try again in 39 minutes and 15 seconds.|403',
    );
    clock.advance(2_355_000);
    expect((await ask(1)).status).toBe(200);
  });

  test('the rate is looked at first where both are exceeded', async () => {
    const { ask } = await limited(`${QUOTA} tokens-per-minute="10"`);
    await ask(101);
    expect((await ask(1)).status).toBe(429);
  });

  test('a period that is none is an error of the policy', async () => {
    const { ask } = await limited('token-quota="100" token-quota-period="Secondly" estimate-prompt-tokens="false"');
    expect(await (await ask(1)).json()).toEqual({
      statusCode: 500,
      message:
        "Expression evaluation failed. token-quota-period is 'Secondly'; allowed is Hourly, Daily, Weekly, Monthly, Yearly",
    });
  });
});

import { GatewayPipeline } from '../../lib/emulator/gateway-pipeline';
import { FakeBackend } from './support/fake-backend';
import { gatewayOf, sections, startGateway, stopGateways } from './support/gateway';

const started: FakeBackend[] = [];

async function backend(status = 200): Promise<FakeBackend> {
  const running = await FakeBackend.start((_request, response) => {
    response.statusCode = status;
    response.end('ok');
  });
  started.push(running);
  return running;
}

afterEach(async () => {
  await stopGateways();
  await Promise.all(started.splice(0).map((running) => running.stop()));
});

async function received(running: FakeBackend, count: number): Promise<FakeBackend['received']> {
  for (let attempt = 0; attempt < 200 && running.received.length < count; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return running.received;
}

const sending = (attributes: string, children: string): string =>
  `<send-one-way-request ${attributes}>${children}</send-one-way-request>`;

test('a copy has the headers and the body of the request, which goes on unchanged', async () => {
  const [main, copy] = [await backend(), await backend(500)];
  const inbound =
    '<set-backend-service backend-id="main" />' +
    sending(
      'mode="copy"',
      `<set-url>@("${copy.url}/copied" + context.Request.Url.QueryString)</set-url><set-header name="x-copy"><value>true</value></set-header>`,
    );
  const { call } = await startGateway(gatewayOf(sections({ inbound }), { main: main.url }));
  const answer = await call('/openai/chat/completions?a=1', { body: 'hello', headers: { 'x-own': 'kept' } });
  expect(answer.status).toBe(200);
  const [copied] = await received(copy, 1);
  expect(copied).toMatchObject({ method: 'POST', url: '/copied?a=1', body: 'hello' });
  expect(copied!.headers).toMatchObject({ 'x-own': 'kept', 'x-copy': 'true', host: new URL(copy.url).host });
  expect(main.received).toMatchObject([{ method: 'POST', url: '/chat/completions?a=1', body: 'hello' }]);
  expect(main.received[0]!.headers).not.toHaveProperty('x-copy');
});

test('a new request has nothing of the one that is handled', async () => {
  const [main, other] = [await backend(), await backend()];
  const inbound =
    '<set-backend-service backend-id="main" />' +
    sending('', `<set-url>${other.url}/new</set-url><set-method>put</set-method><set-body>@("own")</set-body>`);
  const { call } = await startGateway(gatewayOf(sections({ inbound }), { main: main.url }));
  await call('/openai/chat/completions', { body: 'hello', headers: { 'x-own': 'kept' } });
  const [sent] = await received(other, 1);
  expect(sent).toMatchObject({ method: 'PUT', url: '/new', body: 'own' });
  expect(sent!.headers).not.toHaveProperty('x-own');
});

test('nobody notices that it fails', async () => {
  const main = await backend();
  const inbound = '<set-backend-service backend-id="main" />' + sending('', '<set-url>http://127.0.0.1:1/</set-url>');
  const { call, answers } = await startGateway(gatewayOf(sections({ inbound }), { main: main.url }));
  expect((await call()).status).toBe(200);
  expect(answers[0]!.trace).toContainEqual({
    section: 'inbound',
    scope: 'api',
    policy: 'send-one-way-request',
    detail: 'GET http://127.0.0.1:1/',
  });
});

test('a URL that is none is an error of the policy', async () => {
  const inbound = sending('', '<set-url>@("ftp://x")</set-url>');
  const onError = '<set-body>@(context.LastError.Source + ": " + context.LastError.Message)</set-body>';
  const { call } = await startGateway(gatewayOf(sections({ inbound, onError })));
  expect(await (await call()).text()).toBe(
    "set-url: Expression evaluation failed. 'ftp://x' is not an absolute http or https URL",
  );
});

test('what is not read in it is refused before anything is served', () => {
  const text = sending('mode="copy"', '<authentication-certificate thumbprint="x" />');
  expect(() => new GatewayPipeline(gatewayOf(sections({ inbound: text })))).toThrow(
    'API models, inbound/send-one-way-request[0]/authentication-certificate[0]: policy <authentication-certificate> is not implemented',
  );
});

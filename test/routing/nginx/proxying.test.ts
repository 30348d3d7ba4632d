import { setTimeout as delay } from 'node:timers/promises';
import { ask } from '../nginx-support/http-client';
import { LoopbackStage } from '../nginx-support/loopback-stage';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { LOW, STABLE } from '../nginx-support/sample-router';

const SECRET_HEADER = 'x-release-override-secret';

describeWithNginx('what the real nginx passes on', () => {
  let stage: LoopbackStage;

  beforeAll(async () => {
    stage = await LoopbackStage.open();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('reaches the orchestrator of the user with its own name, the user id and the release, and with nothing that is the router’s', async () => {
    const [stable, low] = [await stage.orchestrator(STABLE), await stage.orchestrator(LOW)];
    const { port } = await stage.router(
      [stable, low],
      { overrideSecretHeader: SECRET_HEADER, userHeader: 'x-caller' },
      { low: 5000 },
    );
    const headers = {
      'x-caller': 'ann@contoso.com',
      'x-user-id': 'somebody-else',
      'x-release': 'chat-000000000000',
      'x-release-pin': 'forged',
      'x-release-mirror': 'true',
      [SECRET_HEADER]: 'guess',
      authorization: 'Bearer token',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-api-version': '1',
      x_user_id: 'underscored',
    };
    const answer = await ask(port, { method: 'POST', path: '/chat//%2e/a?b=c%20d', headers, body: 'hello' });
    const served = [stable, low].find(({ received }) => received.length > 0)!;
    expect(answer).toMatchObject({ status: 200, body: served.label });
    expect(answer.headers['x-release']).toBe(served.label);
    expect(served.received).toHaveLength(1);
    const request = served.received[0]!;
    expect(request).toMatchObject({ method: 'POST', url: '/chat//%2e/a?b=c%20d', bodyLength: 5 });
    expect(request.serverName).toBe(served.hostName);
    expect(request.headers).toEqual({
      host: new URL(served.url).host,
      'content-length': '5',
      authorization: 'Bearer token',
      traceparent: headers.traceparent,
      'x-api-version': '1',
      'x-forwarded-for': '127.0.0.1',
      'x-user-id': 'ann@contoso.com',
      'x-release': served.label,
    });
  });

  test('names no user to the orchestrator when the caller has no id', async () => {
    const stable = await stage.orchestrator(STABLE);
    const { port } = await stage.router([stable], { userHeader: 'x-caller' });
    await ask(port, { headers: { 'x-user-id': 'ann' } });
    expect(stable.received[0]!.headers).not.toHaveProperty('x-user-id');
  });

  test('every one of 200 requests reaches the release that the answer names', async () => {
    const [stable, low] = [await stage.orchestrator(STABLE), await stage.orchestrator(LOW)];
    const { port } = await stage.router([stable, low], {}, { low: 5000 });
    const answers = [];
    for (let start = 0; start < 200; start += 20) {
      const users = Array.from({ length: 20 }, (_, index) => ({ headers: { 'x-user-id': `user-${start + index}` } }));
      answers.push(...(await Promise.all(users.map((user) => ask(port, user)))));
    }
    expect(answers.filter(({ headers, body }) => headers['x-release'] !== body)).toEqual([]);
    for (const { label, received } of [stable, low]) {
      expect(received.filter(({ headers }) => headers['x-release'] !== label)).toEqual([]);
    }
    expect(stable.received.length + low.received.length).toBe(200);
    expect(Math.min(stable.received.length, low.received.length)).toBeGreaterThan(50);
  });

  test('an answer’s own x-release, x-release-pin and X-Accel headers have no effect, its errors pass unchanged', async () => {
    const stable = await stage.orchestrator(STABLE, (_, response) => {
      response.writeHead(404, {
        'x-release': 'chat-000000000000',
        'x-release-pin': 'forged',
        'x-accel-redirect': '/healthz/live',
        server: 'secret-server/1.2',
      });
      response.end('no such conversation');
    });
    const { port } = await stage.router([stable]);
    const answer = await ask(port);
    expect(answer).toMatchObject({ status: 404, body: 'no such conversation' });
    expect(answer.headers['x-release']).toBe(STABLE);
    expect(answer.headers).not.toHaveProperty('x-release-pin');
    expect(answer.headers.server).toBe('nginx');
  });

  test('a stream arrives piece by piece, each before the next is sent', async () => {
    const steps: string[] = [];
    const stable = await stage.orchestrator(STABLE, async (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let piece = 1; piece <= 5; piece++) {
        steps.push(`sent ${piece}`);
        response.write(`data: ${piece}\n\n`);
        await delay(40);
      }
      response.end();
    });
    const { port } = await stage.router([stable]);
    const onChunk = (chunk: string) => steps.push(`received ${/\d/.exec(chunk)![0]}`);
    const { body } = await ask(port, { method: 'POST', body: '{"stream":true}', onChunk });
    expect(body).toBe([1, 2, 3, 4, 5].map((piece) => `data: ${piece}\n\n`).join(''));
    expect(steps).toEqual([1, 2, 3, 4, 5].flatMap((piece) => [`sent ${piece}`, `received ${piece}`]));
  });

  test('a stream that is under way when the container is ended arrives whole', async () => {
    const stable = await stage.orchestrator(STABLE, async (_, response) => {
      response.write('first ');
      await delay(300);
      response.end('last');
    });
    const started = await stage.router([stable]);
    let ended: Promise<number | null> | undefined;
    const { body } = await ask(started.port, { onChunk: () => (ended ??= started.terminate()) });
    expect(body).toBe('first last');
    expect(await ended).toBe(0);
    await expect(ask(started.port)).rejects.toThrow('ECONNREFUSED');
  });
});

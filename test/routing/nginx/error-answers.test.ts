import { createHash, randomBytes } from 'node:crypto';
import { eventually } from '../nginx-support/eventually';
import { ask } from '../nginx-support/http-client';
import { LoopbackStage } from '../nginx-support/loopback-stage';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { LOW, SECRET, STABLE } from '../nginx-support/sample-router';

const SECRET_HEADER = 'x-release-override-secret';

describeWithNginx('what the real nginx answers itself', () => {
  let stage: LoopbackStage;

  beforeAll(async () => {
    stage = await LoopbackStage.open();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('a large body arrives whole, one that is too large is refused', async () => {
    const stable = await stage.orchestrator(STABLE);
    const { port } = await stage.router([stable], { largestBodyMebibytes: 2 });
    const largest = randomBytes(2 * 1024 * 1024);
    expect(await ask(port, { method: 'POST', body: largest })).toMatchObject({ status: 200 });
    expect(stable.received[0]).toMatchObject({
      bodyLength: largest.length,
      bodyDigest: createHash('sha256').update(largest).digest('hex'),
    });
    const tooLarge = Buffer.concat([largest, Buffer.from('x')]);
    expect(await ask(port, { method: 'POST', body: tooLarge })).toMatchObject({
      status: 413,
      body: '{"error":{"code":"body_too_large","message":"The body of the request is too large."}}',
    });
    expect(stable.received).toHaveLength(1);
  });

  test('an orchestrator that is down is answered as JSON, and names the release; the others go on', async () => {
    const low = await stage.orchestrator(LOW);
    const started = await stage.router([low], { overrideSecretHeader: SECRET_HEADER });
    const { port } = started;
    const down = await ask(port, { method: 'POST', path: '/chat', body: 'hello' });
    await eventually(() => started.accessLog.length > 0);
    expect(started.accessLog[0]).toMatchObject({ method: 'POST', path: '/chat', status: '502', release: STABLE });
    expect(down).toMatchObject({
      status: 502,
      body: '{"error":{"code":"orchestrator_unavailable","message":"The orchestrator of this release cannot be reached."}}',
    });
    expect(down.headers).toMatchObject({
      'content-type': 'application/json',
      'x-release': STABLE,
      'cache-control': 'no-store',
    });
    const override = { 'x-release-override': LOW, [SECRET_HEADER]: SECRET };
    expect(await ask(port, { headers: override })).toMatchObject({ status: 200, body: LOW });
  });

  test('an orchestrator that stays silent is answered 504', async () => {
    const stable = await stage.orchestrator(STABLE, () => undefined);
    const { port } = await stage.router([stable], { readTimeoutSeconds: 1 });
    expect(await ask(port)).toMatchObject({
      status: 504,
      body: '{"error":{"code":"orchestrator_timeout","message":"The orchestrator of this release did not answer in time."}}',
    });
  });

  test('health is answered by the router while every orchestrator is down, and is not logged', async () => {
    const started = await stage.router([]);
    for (const path of ['/healthz/live', '/healthz/ready']) {
      const { status, body, headers } = await ask(started.port, { path });
      expect([status, body, headers['x-release']]).toEqual([200, '{"status":"ok"}', undefined]);
    }
    expect(started.accessLog).toEqual([]);
  });

  test('one line of the log says which release answered, at which stage, and how long it took', async () => {
    const stable = await stage.orchestrator(STABLE);
    const started = await stage.router([stable]);
    await ask(started.port, { method: 'POST', path: '/chat?q=1', headers: { 'x-user-id': 'ann' }, body: 'hello' });
    await eventually(() => started.accessLog.length > 0);
    expect(started.accessLog).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/) as string,
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        method: 'POST',
        path: '/chat',
        status: '200',
        seconds: expect.stringMatching(/^\d+\.\d{3}$/) as string,
        bytes: String(STABLE.length),
        release: STABLE,
        stage: 'stable',
        override: 'none',
        refusal: '',
        killSwitch: 'off',
        mirroredTo: '',
        upstreamStatus: '200',
        upstreamSeconds: expect.stringMatching(/^\d+\.\d{3}$/) as string,
      },
    ]);
  });
});

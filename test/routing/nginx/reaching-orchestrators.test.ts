import { ask } from '../nginx-support/http-client';
import { LoopbackStage } from '../nginx-support/loopback-stage';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { LOW, SECRET, STABLE } from '../nginx-support/sample-router';

const SECRET_HEADER = 'x-release-override-secret';

describeWithNginx('how the real nginx finds and trusts orchestrators', () => {
  let stage: LoopbackStage;

  beforeAll(async () => {
    stage = await LoopbackStage.open();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('an orchestrator whose certificate nobody vouches for gets no request', async () => {
    const stable = await stage.orchestrator(STABLE, undefined, stage.certificates.untrusted);
    const started = await stage.router([stable]);
    expect(await ask(started.port)).toMatchObject({ status: 502 });
    expect(stable.received).toEqual([]);
    expect(started.output('stderr')).toContain('upstream SSL certificate verify error');
  });

  test('an orchestrator with the certificate of another host gets no request', async () => {
    const stable = await stage.orchestrator(STABLE);
    const url = stable.url.replace(stable.hostName, 'elsewhere.example.test');
    stage.addresses.set('elsewhere.example.test', '127.0.0.1');
    const started = await stage.router([{ label: STABLE, url }]);
    expect(await ask(started.port)).toMatchObject({ status: 502 });
    expect(stable.received).toEqual([]);
    expect(started.output('stderr')).toContain('upstream SSL certificate does not match "elsewhere.example.test"');
  });

  test('a name that cannot be resolved takes neither the start nor other releases along, and is found once it exists', async () => {
    const [stable, low] = [await stage.orchestrator(STABLE), await stage.orchestrator(LOW)];
    stage.addresses.delete(stable.hostName);
    const { port } = await stage.router([stable, low], { overrideSecretHeader: SECRET_HEADER });
    expect(await ask(port)).toMatchObject({ status: 502 });
    const override = { 'x-release-override': LOW, [SECRET_HEADER]: SECRET };
    expect(await ask(port, { headers: override })).toMatchObject({ status: 200, body: LOW });
    stage.addresses.set(stable.hostName, '127.0.0.1');
    expect(await ask(port)).toMatchObject({ status: 200, body: STABLE });
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import { TrafficRow } from '../../../lib/contracts/traffic-row';
import { nginxBucketRelease } from '../../../lib/routing/nginx/split-clients';
import { eventually } from '../nginx-support/eventually';
import { ask } from '../nginx-support/http-client';
import { LoopbackStage } from '../nginx-support/loopback-stage';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { CANDIDATE, SECRET, STABLE } from '../nginx-support/sample-router';

const SECRET_HEADER = 'x-release-override-secret';

describeWithNginx('the mirror of the real nginx', () => {
  let stage: LoopbackStage;

  beforeAll(async () => {
    stage = await LoopbackStage.open();
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('a mirror gets a marked copy, and neither its slowness nor its answer is noticed', async () => {
    const stable = await stage.orchestrator(STABLE);
    let answerCopy = () => {};
    const candidate = await stage.orchestrator(CANDIDATE, (_, response) => {
      answerCopy = () => response.writeHead(500).end('a failure that nobody sees');
    });
    const mirror = { label: CANDIDATE, basisPoints: 10_000 };
    const started = await stage.router([stable, candidate], { mirror, overrideSecretHeader: SECRET_HEADER });
    const headers = { 'x-user-id': 'ann', authorization: 'Bearer of-ann' };
    const answer = await ask(started.port, { method: 'POST', path: '/chat?stream=1', headers, body: 'hello' });
    expect(answer).toMatchObject({ status: 200, body: STABLE });
    expect(answer.headers['x-release']).toBe(STABLE);
    await eventually(() => candidate.received.length > 0);
    answerCopy();
    expect(stable.received[0]!.headers).not.toHaveProperty('x-release-mirror');
    expect(stable.received[0]!.headers).toMatchObject({ authorization: 'Bearer of-ann' });
    expect(candidate.received).toHaveLength(1);
    expect(candidate.received[0]!.headers).not.toHaveProperty('authorization');
    expect(candidate.received[0]).toMatchObject({
      method: 'POST',
      url: '/chat?stream=1',
      bodyLength: 5,
      headers: { 'x-release-mirror': 'true', 'x-release': CANDIDATE, 'x-user-id': 'ann' },
    });
  });

  test('a request that the mirror answers itself is not copied to it', async () => {
    const candidate = await stage.orchestrator(CANDIDATE);
    const mirror = { label: CANDIDATE, basisPoints: 10_000 };
    const { port } = await stage.router([candidate], { mirror, overrideSecretHeader: SECRET_HEADER });
    const own = { 'x-release-override': CANDIDATE, [SECRET_HEADER]: SECRET };
    expect(await ask(port, { headers: own })).toMatchObject({ status: 200, body: CANDIDATE });
    await delay(50);
    expect(candidate.received.map(({ headers }) => headers['x-release-mirror'])).toEqual([undefined]);
  });

  test('a mirror gets the requests of always the same users, and nothing of refused requests', async () => {
    const [stable, candidate] = [await stage.orchestrator(STABLE), await stage.orchestrator(CANDIDATE)];
    const { port } = await stage.router([stable, candidate], { mirror: { label: CANDIDATE, basisPoints: 2500 } });
    const users = Array.from({ length: 80 }, (_, index) => `user-${index}`);
    const sampled: TrafficRow[] = [
      { label: 'copied', stage: 'canary', from: 0, to: 2500 },
      { label: 'not', stage: 'stable', from: 2500, to: 10_000 },
    ];
    const expected = users.filter((user) => nginxBucketRelease(sampled, 'mirror:upgrade-1', user) === 'copied');
    expect(expected.length).toBeGreaterThan(5);
    await Promise.all(users.map((user) => ask(port, { headers: { 'x-user-id': user } })));
    await ask(port, { headers: { 'x-user-id': expected[0]!, 'x-release-override': CANDIDATE } });
    await eventually(() => candidate.received.length >= expected.length);
    await delay(50);
    expect(candidate.received.map(({ headers }) => headers['x-user-id']).sort()).toEqual(expected.sort());
  });

  test('nothing is copied while the kill switch is on', async () => {
    const [stable, candidate] = [await stage.orchestrator(STABLE), await stage.orchestrator(CANDIDATE)];
    const { port } = await stage.router(
      [stable, candidate],
      { mirror: { label: CANDIDATE, basisPoints: 10_000 } },
      { killSwitch: 'on' },
    );
    expect(await ask(port)).toMatchObject({ status: 200, body: STABLE });
    await delay(50);
    expect(candidate.received).toEqual([]);
  });
});

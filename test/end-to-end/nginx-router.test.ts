import { formatTrafficRows, TrafficRow } from '../../lib/contracts/traffic-row';
import { Ramp, RoutedRelease } from '../../lib/routing';
import { nginxBucketRelease } from '../../lib/routing/nginx/split-clients';
import { StepwiseStream } from '../gateway/support/stepwise-stream';
import { makeCertificates } from '../routing/nginx-support/certificates';
import { NameServer } from '../routing/nginx-support/name-server';
import { describeWithNginx } from '../routing/nginx-support/nginx-command';
import { RouterContainer, RunningRouter } from '../routing/nginx-support/running-router';
import { AppIngress } from './support/app-ingress';
import { ChatClient, ChatReply } from './support/chat-client';
import { stopOrchestrators } from './support/orchestrator-process';
import { Platform } from './support/platform';
import { mismatches, servedCalls } from './support/served-calls';
import { binomialBound, inParallel } from './support/statistics';
import { readStepwise } from './support/stepwise-reading';
import { appsOf } from './support/synthesised-apps';
import { fakeDeployments, MODEL_OF, NEW, OLD, OLD_MODEL, SALT, synthesisedTopology } from './support/topology';

/*
 * Client → the real nginx, as its container is synthesised → ingress with TLS → processes of two releases → policy of the
 * gateway → model.
 */

const USERS = Array.from({ length: 250 }, (_, index) => `user-${index}@contoso.com`);
const STEPS = [0, 5, 40, 100];
const SECRET = 'Tests-that-are-authorised_0123456789abcdef';
const AT_A_TIME = 16;

jest.setTimeout(300_000);

describeWithNginx('users behind nginx', () => {
  const deployments = fakeDeployments();
  let platform: Platform;
  let ingress: AppIngress;
  let names: NameServer;
  let authorityFile: string;
  let router: RunningRouter | undefined;
  let client: ChatClient | undefined;
  const figures: string[] = [];

  beforeAll(async () => {
    const { trusted, ...certificates } = makeCertificates();
    ({ authorityFile } = certificates);
    platform = await Platform.start(deployments);
    ingress = await AppIngress.start(trusted, (host) => platform.urlOf(host));
    names = await NameServer.start(
      new Map([OLD, NEW].map(({ label }): [string, string] => [`${label}.orchestrators.test`, '127.0.0.1'])),
    );
    await apply(atStep(0));
  });

  afterAll(async () => {
    client?.close();
    await Promise.all([router?.stop(), platform?.stop(), ingress?.stop(), names?.stop()]);
    await stopOrchestrators();
    process.stdout.write(`${figures.join('\n')}\n`);
  });

  function atStep(step: number, killSwitch = false): unknown {
    return synthesisedTopology({
      router: 'nginx',
      killSwitch,
      releases: ({ old, next }) => [
        RoutedRelease.stable(old),
        RoutedRelease.canary(next, { ramp: Ramp.of(STEPS, step) }),
      ],
    });
  }

  /** The router's container, with the secret that Container Apps gives it. */
  function containerOf(configuration: unknown): RouterContainer {
    const [app] = appsOf(platform.applied(configuration, ingress.port)).filter(
      ({ environment }) => 'NGINX_CONFIG' in environment,
    );
    const secrets = Object.fromEntries(app!.secrets.map((name) => [name, SECRET]));
    return { command: app!.command, environment: { ...app!.environment, ...secrets } };
  }

  /** A new revision starts beside the former one, and then takes its place. */
  async function apply(configuration: unknown): Promise<void> {
    await platform.apply(configuration);
    const started = await RunningRouter.start(containerOf(configuration), { authorityFile, nameServer: names.address });
    client?.close();
    await router?.stop();
    router = started;
    client = new ChatClient(router.url, (user) => ({ 'x-user-id': user }));
  }

  function askAll(users: readonly string[] = USERS): Promise<ChatReply[]> {
    return inParallel(users, AT_A_TIME, (user) => client!.ask(user));
  }

  test('through a ramp from 0 to 100 % every prompt reaches its own model version, and nobody is moved back', async () => {
    const moved = new Set<string>();
    let movedBack = 0;
    for (const [step, percent] of STEPS.entries()) {
      await apply(atStep(step));
      const before = platform.models.served.length;
      const replies = await askAll();
      const onNew = USERS.filter((_, index) => replies[index]!.release === NEW.label);
      movedBack += [...moved].filter((user) => !onNew.includes(user)).length;
      onNew.forEach((user) => moved.add(user));

      const rows: TrafficRow[] = [
        { label: OLD.label, stage: 'stable', from: percent * 100, to: 10_000 },
        { label: NEW.label, stage: 'canary', from: 0, to: percent * 100 },
      ];
      const expected = USERS.filter((user) => nginxBucketRelease(rows, SALT, Buffer.from(user)) === NEW.label);
      expect([formatTrafficRows(rows), onNew]).toEqual([formatTrafficRows(rows), expected]);
      const share = USERS.length * (percent / 100);
      expect(Math.abs(onNew.length - share)).toBeLessThanOrEqual(binomialBound(USERS.length, percent / 100));
      figures.push(`nginx, ${percent} %: ${onNew.length} of ${USERS.length} users on the new release`);

      expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
      const modelOf = new Map(servedCalls(platform.models, before).map(({ question, model }) => [question, model]));
      const astray = USERS.filter(
        (user, index) => modelOf.get(`question of ${user}`) !== MODEL_OF[replies[index]!.release!],
      );
      expect(astray).toEqual([]);
    }
    const calls = servedCalls(platform.models);
    expect([calls.length, mismatches(calls), movedBack]).toEqual([USERS.length * STEPS.length, [], 0]);
    figures.push(`nginx: ${calls.length} requests, 0 mismatches, 0 of ${USERS.length} users moved back`);
  });

  describe('at 0 %', () => {
    beforeAll(() => apply(atStep(0)));

    test.each([
      ['with the secret', SECRET, NEW.label, 200, NEW.label],
      ['without the secret', '', NEW.label, 403, 'override_forbidden'],
      ['with another secret', `${SECRET}0`, NEW.label, 403, 'override_forbidden'],
      ['with the secret, for what there is not', SECRET, 'chat-ffffffffffff', 404, 'release_unknown'],
    ])('a release is asked for by header %s', async (_, secret, asked, status, expected) => {
      const before = platform.models.received.length;
      const headers = { 'x-release-override': asked, ...(secret !== '' && { 'x-release-override-secret': secret }) };
      const reply = await client!.ask(USERS[0]!, headers);
      expect([reply.status, status === 200 ? reply.release : reply.body.error!.code]).toEqual([status, expected]);
      expect(platform.models.received.length - before).toBe(status === 200 ? 1 : 0);
    });
  });

  test('the kill switch sends everybody to the stable release', async () => {
    await apply(atStep(2, true));
    const replies = await askAll(USERS.slice(0, 40));
    expect([...new Set(replies.map(({ status, release }) => `${status} ${release}`))]).toEqual([`200 ${OLD.label}`]);
    expect(mismatches(servedCalls(platform.models))).toEqual([]);
  });

  test('an answer is streamed through nginx, ingress and gateway part by part', async () => {
    const stream = new StepwiseStream(OLD_MODEL.name, ['one', 'two', 'three']);
    Object.values(deployments).forEach((deployment) => (deployment.behaviour = stream.behaviour));
    const answer = await fetch(`${router!.url}/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-user-id': USERS[0]! },
      body: '{"message":"hello"}',
    });
    const events = await readStepwise(stream, answer);
    expect(answer.headers.get('x-accel-buffering')).toBeNull();
    expect(events.map(({ event }) => event)).toEqual(['delta', 'delta', 'delta', 'done']);
  });
});

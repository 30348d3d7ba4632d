import { trafficBucket } from '../../lib/contracts/traffic-bucket';
import { Ramp, RoutedRelease } from '../../lib/routing';
import { StepwiseStream } from '../gateway/support/stepwise-stream';
import { ChatClient, ChatReply } from './support/chat-client';
import { FakeTraceCollector } from './support/fake-trace-collector';
import { stopOrchestrators } from './support/orchestrator-process';
import { Platform } from './support/platform';
import { mismatches, servedCalls } from './support/served-calls';
import { binomialBound, inParallel } from './support/statistics';
import { readStepwise } from './support/stepwise-reading';
import {
  fakeDeployments,
  MODEL_OF,
  NEW,
  NEW_MODEL,
  OLD,
  OLD_MODEL,
  SALT,
  SMOKE_TESTS,
  synthesisedTopology,
  userToken,
} from './support/topology';

/*
 * Client → policy of the router → processes of two releases → policy of the gateway → model, all of it as synthesised. What is
 * counted is counted at the model, where a wrong prompt would do its harm.
 */

const USERS = Array.from({ length: 250 }, (_, index) => `user-${index}`);
const STEPS = [0, 1, 5, 25, 50, 100];
/** Enough where not shares are counted, but whether it is nobody. */
const SOME = USERS.slice(0, 40);
const RETIRED = 'chat-000000000000';
const AT_A_TIME = 16;

const deployments = fakeDeployments();
let platform: Platform;
let collector: FakeTraceCollector;
let client: ChatClient;
const figures: string[] = [];

jest.setTimeout(300_000);

beforeAll(async () => {
  collector = await FakeTraceCollector.start();
  const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' };
  platform = await Platform.start(deployments, traces);
  await platform.apply(atStep(0));
  client = new ChatClient(`${platform.url}/chat`, (user) => ({ authorization: `Bearer ${userToken(user)}` }));
});

afterAll(async () => {
  client?.close();
  await platform?.stop();
  await Promise.all([collector.stop(), stopOrchestrators()]);
  process.stdout.write(`${figures.join('\n')}\n`);
});

function atStep(step: number): unknown {
  return synthesisedTopology({
    releases: ({ old, next }) => [
      RoutedRelease.stable(old),
      RoutedRelease.canary(next, { ramp: Ramp.of(STEPS, step) }),
      RoutedRelease.retired(RETIRED),
    ],
  });
}

function askAll(users: readonly string[] = USERS): Promise<ChatReply[]> {
  return inParallel(users, AT_A_TIME, (user) => client.ask(user));
}

test('through a ramp from 0 to 100 % every prompt reaches its own model version, and nobody is moved back', async () => {
  const processes = [...platform.apps.values()].map(({ process }) => process.url);
  const moved = new Set<string>();
  let movedBack = 0;
  for (const [step, percent] of STEPS.entries()) {
    await platform.apply(atStep(step));
    const before = platform.models.served.length;
    const replies = await askAll();
    const onNew = USERS.filter((_, index) => replies[index]!.release === NEW.label);
    movedBack += [...moved].filter((user) => !onNew.includes(user)).length;
    onNew.forEach((user) => moved.add(user));

    const expected = USERS.filter((user) => trafficBucket(SALT, user) < percent * 100);
    expect(onNew).toEqual(expected);
    const share = USERS.length * (percent / 100);
    expect(Math.abs(onNew.length - share)).toBeLessThanOrEqual(binomialBound(USERS.length, percent / 100));
    figures.push(`API Management, ${percent} %: ${onNew.length} of ${USERS.length} users on the new release`);

    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
    const modelOf = new Map(servedCalls(platform.models, before).map(({ question, model }) => [question, model]));
    const astray = USERS.filter(
      (user, index) => modelOf.get(`question of ${user}`) !== MODEL_OF[replies[index]!.release!],
    );
    expect(astray).toEqual([]);
  }
  const calls = servedCalls(platform.models);
  expect([calls.length, mismatches(calls), movedBack]).toEqual([USERS.length * STEPS.length, [], 0]);
  expect([...platform.apps.values()].map(({ process }) => process.url)).toEqual(processes);
  figures.push(`API Management: ${calls.length} requests, 0 mismatches, 0 of ${USERS.length} users moved back`);
});

describe('at 25 %', () => {
  beforeAll(() => platform.apply(atStep(3)));

  const onOld = USERS.find((user) => trafficBucket(SALT, user) >= 2500)!;
  const onNew = USERS.find((user) => trafficBucket(SALT, user) < 2500)!;

  test.each([
    ['a tester with the role', { roles: ['Releases.Override'] }, NEW.label, 200, NEW.label],
    ['a tester with the role, back to the old release', { roles: ['Releases.Override'] }, OLD.label, 200, OLD.label],
    ['the application of the smoke tests', { azp: SMOKE_TESTS }, NEW.label, 200, NEW.label],
    ['a user', {}, NEW.label, 403, 'override_not_allowed'],
    ['a user who asks for what he has', {}, OLD.label, 403, 'override_not_allowed'],
    ['a user who asks for what there is not', {}, 'chat-ffffffffffff', 403, 'override_not_allowed'],
    [
      'a tester who asks for what there is not',
      { roles: ['Releases.Override'] },
      'chat-ffffffffffff',
      404,
      'release_not_found',
    ],
    ['a tester who asks for what is retired', { roles: ['Releases.Override'] }, RETIRED, 410, 'release_retired'],
  ])('%s asks for a release by header', async (_, claims, asked, status, expected) => {
    const before = platform.models.received.length;
    const authorization = `Bearer ${userToken(onOld, claims)}`;
    const reply = await client.ask(onOld, { authorization, 'x-release-override': asked });
    expect([reply.status, status === 200 ? reply.release : reply.body.error!.code]).toEqual([status, expected]);
    expect(platform.models.received.length - before).toBe(status === 200 ? 1 : 0);
  });

  test('a user who calls himself another, or tells the orchestrator a release, stays who and where he is', async () => {
    const before = platform.models.served.length;
    const reply = await client.ask(onOld, { 'x-user-id': onNew, 'x-release': NEW.label });
    expect([reply.status, reply.release]).toEqual([200, OLD.label]);
    expect(servedCalls(platform.models, before).map(({ model }) => model)).toEqual([OLD_MODEL.key]);
  });

  test('without a token of the tenant nobody is served', async () => {
    const reply = await client.ask(onOld, { authorization: `Bearer ${userToken(onOld, { aud: 'api://other' })}` });
    expect([reply.status, reply.body.error!.code]).toEqual([401, 'invalid_token']);
  });

  test('the kill switch acts on the next request, and releases everybody to where he was', async () => {
    const before = (await askAll(SOME)).map(({ release }) => release);
    platform.setNamedValue('release-router-kill-switch', 'on');
    const stopped = (await askAll(SOME)).map(({ release }) => release);
    expect([...new Set(stopped)]).toEqual([OLD.label]);
    const authorization = `Bearer ${userToken(onOld, { roles: ['Releases.Override'] })}`;
    expect((await client.ask(onOld, { authorization, 'x-release-override': NEW.label })).release).toBe(NEW.label);
    platform.setNamedValue('release-router-kill-switch', 'off');
    expect((await askAll(SOME)).map(({ release }) => release)).toEqual(before);
    expect(mismatches(servedCalls(platform.models))).toEqual([]);
  });

  test.each([
    [onOld, OLD.label, OLD_MODEL],
    [onNew, NEW.label, NEW_MODEL],
  ])('an answer for %s is streamed through router and gateway part by part', async (user, release, model) => {
    const stream = new StepwiseStream(`${model.name}-${model.version}`, ['one', 'two', 'three']);
    const deployment = Object.values(deployments).find(({ version }) => version === model.version)!;
    deployment.behaviour = stream.behaviour;
    const answer = await fetch(`${platform.url}/chat/chat`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${userToken(user)}`,
      },
      body: '{"message":"hello"}',
    });
    const events = await readStepwise(stream, answer);
    deployment.behaviour = undefined;
    expect([answer.status, answer.headers.get('x-release')]).toEqual([200, release]);
    expect(events).toEqual([
      { event: 'delta', data: { text: 'one' } },
      { event: 'delta', data: { text: 'two' } },
      { event: 'delta', data: { text: 'three' } },
      { event: 'done', data: { finishReason: 'stop' } },
    ]);
  });

  test('apps that were swapped behind the router answer nobody', async () => {
    const swapped = JSON.stringify(atStep(3))
      .replaceAll(OLD.label + '.ingress', 'swapped.ingress')
      .replaceAll(NEW.label + '.ingress', OLD.label + '.ingress')
      .replaceAll('swapped.ingress', NEW.label + '.ingress');
    await platform.apply(JSON.parse(swapped));
    const before = platform.models.received.length;
    const replies = await Promise.all([client.ask(onOld), client.ask(onNew)]);
    expect(replies.map(({ status, body }) => [status, body.error?.code])).toEqual([
      [421, 'release_misdirected'],
      [421, 'release_misdirected'],
    ]);
    expect(platform.models.received.length).toBe(before);
    await platform.apply(atStep(3));
  });

  test('a prompt that is changed without a new release is refused at start, and never reaches a model', async () => {
    const edited = (environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
      environment.RELEASE_LABEL === NEW.label
        ? { ...environment, RELEASE_MANIFEST: environment.RELEASE_MANIFEST!.replace('one sentence', 'two sentences') }
        : environment;
    await platform.apply(atStep(3), edited);
    const url = platform.urlOf(`${NEW.label}.orchestrators.test`)!;
    const health = await Promise.all(['live', 'ready', 'startup'].map((path) => fetch(`${url}/healthz/${path}`)));
    expect(health.map(({ status }) => status)).toEqual([200, 503, 503]);

    const before = platform.models.served.length;
    const replies = await askAll(SOME);
    const served = servedCalls(platform.models, before);
    const refused = replies.filter(({ status }) => status === 503);
    expect(refused.map(({ body }) => body.error!.code)).toEqual(
      SOME.filter((user) => trafficBucket(SALT, user) < 2500).map(() => 'release_unverified'),
    );
    expect(served.filter(({ model }) => model === NEW_MODEL.key)).toEqual([]);
    expect([served.length, mismatches(served)]).toEqual([SOME.length - refused.length, []]);
    await platform.apply(atStep(3));
    expect((await client.ask(onNew)).status).toBe(200);
  });
});

test('every span names the release whose model answered', async () => {
  const called = platform.models.received.length;
  await platform.stop();
  const spans = collector.spans();
  const wrong = spans.filter(({ attributes, resource }) => {
    const [release, model] = attributes['release.label'] === NEW.label ? [NEW, NEW_MODEL] : [OLD, OLD_MODEL];
    return (
      attributes['release.id'] !== release.releaseId ||
      resource['release.id'] !== release.releaseId ||
      resource['service.version'] !== release.label ||
      attributes['release.model'] !== model.key ||
      attributes['gen_ai.request.model'] !== model.name ||
      attributes['gen_ai.response.model'] !== `${model.name}-${model.version}`
    );
  });
  expect([wrong, spans.length]).toEqual([[], called]);
  figures.push(`API Management: ${spans.length} spans, all with the release whose model answered`);
});

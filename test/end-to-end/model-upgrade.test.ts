import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trafficBucket } from '../../lib/contracts/traffic-bucket';
import { Ramp, RoutedRelease } from '../../lib/routing';
import { stopOrchestrators } from './support/orchestrator-process';
import { Platform } from './support/platform';
import { mismatches, servedCalls } from './support/served-calls';
import {
  fakeDeployments,
  NEW,
  NEW_MODEL,
  OLD,
  OLD_MODEL,
  Rollout,
  SALT,
  synthesisedTopology,
  userToken,
} from './support/topology';

/*
 * A whole upgrade of the model under an application that is never touched: the same file, the same URL, the same contract.
 */

const APPLICATION = join(__dirname, 'application/assistant.mjs');
const STEPS = [1, 25, 100];
const USERS = Array.from({ length: 24 }, (_, index) => `user-${index}`);

interface Stage extends Rollout {
  readonly name: string;
  /** Percent of the users whom the new release serves. */
  readonly onNew: number;
}

const stages: readonly Stage[] = [
  { name: 'the old release alone', onNew: 0, declared: ['old'], releases: ({ old }) => [RoutedRelease.stable(old)] },
  {
    name: 'the new one a candidate',
    onNew: 0,
    releases: ({ old, next }) => [RoutedRelease.stable(old), RoutedRelease.candidate(next)],
  },
  ...STEPS.map((percent, step): Stage => ({
    name: `the new one a canary with ${percent} %`,
    onNew: percent,
    releases: ({ old, next }) => [
      RoutedRelease.stable(old),
      RoutedRelease.canary(next, { ramp: Ramp.of(STEPS, step) }),
    ],
  })),
  {
    name: 'the new one stable, the old one draining',
    onNew: 100,
    releases: ({ old, next }) => [RoutedRelease.stable(next), RoutedRelease.draining(old)],
  },
  {
    name: 'the old one retired, with its model',
    onNew: 100,
    declared: ['next'],
    releases: ({ next }) => [RoutedRelease.stable(next), RoutedRelease.retired(OLD.label)],
  },
];

let platform: Platform;

jest.setTimeout(120_000);

beforeAll(async () => {
  platform = await Platform.start(fakeDeployments());
});

afterAll(async () => {
  await platform?.stop();
  await stopOrchestrators();
});

function digestOfApplication(): string {
  return createHash('sha256').update(readFileSync(APPLICATION)).digest('hex');
}

/** Runs the application as a process that is told its URL and its users' tokens. */
async function runApplication(url: string): Promise<unknown> {
  const tokens = USERS.map((user) => userToken(user)).join(' ');
  const child = spawn(process.execPath, [APPLICATION], {
    env: { CHAT_URL: url, TOKENS: tokens },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  await once(child, 'close');
  return JSON.parse(output);
}

const digest = digestOfApplication();
let url: string;

test.each(stages)('$name: the application does not notice', async ({ onNew, ...rollout }) => {
  await platform.apply(synthesisedTopology(rollout));
  url ??= `${platform.url}/chat`;
  const before = platform.models.served.length;

  expect(await runApplication(url)).toEqual(
    USERS.map(() => ({ status: 200, fields: ['finishReason', 'message'], message: 'sweden' })),
  );
  expect([digestOfApplication(), `${platform.url}/chat`]).toEqual([digest, url]);

  const calls = servedCalls(platform.models, before);
  const modelOf = new Map(calls.map(({ question, model }) => [question, model]));
  expect(USERS.map((_, index) => modelOf.get(`question ${index}`))).toEqual(
    USERS.map((user) => (trafficBucket(SALT, user) < onNew * 100 ? NEW_MODEL.key : OLD_MODEL.key)),
  );
  expect([calls.length, mismatches(calls)]).toEqual([USERS.length, []]);
});

test('in the end the old release is gone, and whoever asks for it is told so', async () => {
  expect([...platform.apps.keys()]).toEqual([NEW.label]);
  const answer = await fetch(`${url}/chat`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${userToken('tester', { roles: ['Releases.Override'] })}`,
      'x-release-override': OLD.label,
    },
    body: '{"message":"hello"}',
  });
  expect([answer.status, await answer.json()]).toMatchObject([410, { error: { code: 'release_retired' } }]);
});

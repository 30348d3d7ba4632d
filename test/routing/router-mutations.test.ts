import { createHmac } from 'node:crypto';
import { Testing } from 'cdktf';
import { trafficBucket } from '../../lib/contracts/traffic-bucket';
import { gatewaysOf } from '../../lib/emulator/synthesised';
import { PolicyDocument } from '../../lib/policy/policy-document';
import { RoutedRelease } from '../../lib/routing/routed-release';
import { mutantsOf } from '../gateway/support/mutants';
import {
  GONE,
  LEAVING,
  MISTAKABLE_HEADERS,
  NEW,
  NEXT,
  OLD,
  PIN_SECRET,
  routerIn,
  RunningElsewhere,
  stackIn,
} from './support/router-stack';
import { Call, okay, PIN_KEY, RunningRouter } from './support/running-router';

const GRANTED = '22222222-3333-4444-5555-666666666666';

const synthesised = ((): string => {
  const stack = stackIn();
  const app = (label: string): RunningElsewhere => new RunningElsewhere(stack, label);
  const next = app(NEXT);
  routerIn(stack, {
    allowOverride: true,
    conversationPin: { keyVaultSecretId: PIN_SECRET },
    corsOrigins: ['https://chat.contoso.com'],
    mirror: { candidate: next, percent: 30 },
    releases: [
      RoutedRelease.canary(app(NEW), { percent: 25 }),
      RoutedRelease.stable(app(OLD)),
      RoutedRelease.candidate(next),
      RoutedRelease.draining(app(LEAVING)),
      RoutedRelease.retired(GONE),
    ],
  }).grantOverride(GRANTED);
  return Testing.synth(stack);
})();

const intact = gatewaysOf(JSON.parse(synthesised))[0]!.definition;
const policy = intact.apis[0]!.policy!;

const bucketOf = (user: string): number => trafficBucket('chat-2026-11', user);
const ids = Array.from({ length: 100_000 }, (_, index) => `user-${index}`);
const inBucket = (wanted: number): string => ids.find((user) => bucketOf(user) === wanted)!;
const [LAST_OF_CANARY, FIRST_OF_STABLE, MIRRORED, NOT_MIRRORED] = [2499, 2500, 2999, 3000].map(inBucket) as [
  string,
  string,
  string,
  string,
];
const pinOf = (label: string, user: string, key = PIN_KEY): string =>
  `${label}.${createHmac('sha256', key).update(`${label}:${user}`).digest('hex')}`;
const pinned = (pin: string): Call => ({ user: NOT_MIRRORED, headers: ['x-release-pin', pin] });
const asking = (label: string, claims: Record<string, unknown>): Call => ({
  user: NOT_MIRRORED,
  claims,
  headers: ['x-release-override', label],
});
const ROLE = { roles: ['Releases.Override'] };

const calls: readonly Call[] = [
  { user: LAST_OF_CANARY },
  { user: FIRST_OF_STABLE, path: '/chat/a?subscription-key=x&b=1' },
  { user: MIRRORED, path: '/chat/turns?n=1', body: 'turn' },
  { user: MIRRORED, path: '//chat/turns', body: 'turn' },
  { user: MIRRORED, path: '/chat', body: 'turn' },
  { user: MIRRORED, method: 'GET' },
  { user: NOT_MIRRORED, body: 'turn' },
  { user: NOT_MIRRORED, headers: ['x-user-id', 'a', 'x-release', 'b', 'x-release-mirror', 'true', 'api-key', 'c'] },
  { user: NOT_MIRRORED, headers: MISTAKABLE_HEADERS.flatMap((name) => [name, 'forged']) },
  { user: NOT_MIRRORED, headers: ['Ocp-Apim-Subscription-Key', 'd', 'Origin', 'https://chat.contoso.com'] },
  { user: NOT_MIRRORED, headers: ['Connection', 'x-user-id'] },
  { user: NOT_MIRRORED, headers: ['Connection', 'x-release'] },
  { claims: { oid: ['a', 'b'] } },
  { claims: { oid: 'a b' } },
  { claims: { oid: 'a\u007f', sub: '' } },
  { claims: { oid: 'x'.repeat(256) } },
  { claims: { oid: 'x'.repeat(255) } },
  { claims: { oid: '', sub: 'subject' } },
  { claims: { oid: 'object', sub: 'subject' } },
  { token: null },
  asking(NEXT, ROLE),
  asking(NEXT, { azp: GRANTED }),
  asking(NEXT, { appid: GRANTED }),
  asking(NEXT, { appid: 'other', azp: GRANTED }),
  asking(NEXT, {}),
  asking(NEXT, { roles: ['x'], azp: 'other' }),
  asking(GONE, ROLE),
  asking('chat-000000000000', ROLE),
  { ...asking(OLD, ROLE), user: LAST_OF_CANARY },
  pinned(pinOf(NEW, NOT_MIRRORED)),
  pinned(pinOf(LEAVING, NOT_MIRRORED)),
  { user: LAST_OF_CANARY, headers: ['x-release-pin', pinOf(OLD, LAST_OF_CANARY)] },
  pinned(pinOf(NEW, 'other')),
  pinned(pinOf(NEXT, NOT_MIRRORED)),
  pinned(pinOf(GONE, NOT_MIRRORED)),
  pinned(pinOf('chat-000000000000', NOT_MIRRORED)),
  pinned(`${pinOf(NEW, NOT_MIRRORED).slice(0, -1)}g`),
  pinned(pinOf(NEW, NOT_MIRRORED).replace('.', ',')),
  pinned('x'),
];

/** Everything that anybody sees of the calls, one after another. */
async function* transcript(document: PolicyDocument): AsyncGenerator<string> {
  const apis = [{ ...intact.apis[0]!, policy: document }];
  const answer = async (router: RunningRouter, call: Call): Promise<string> => {
    const { status, headers, body, streamed } = await router.call(call);
    return JSON.stringify([status, headers.entries(), body, streamed]);
  };
  try {
    const router = new RunningRouter(synthesised, okay, { apis });
    for (const call of calls) {
      yield answer(router, call);
      yield JSON.stringify(
        router.received
          .splice(0)
          .map((received) => JSON.stringify(received))
          .sort(),
      );
    }
    for (const value of ['on', ' OFF ', 'yes']) {
      router.setNamedValues({ 'release-router-kill-switch': value });
      yield answer(router, { user: LAST_OF_CANARY, body: 'turn' });
    }
    router.setNamedValues({ 'release-router-pin-key': 'short' });
    yield answer(router, pinned(pinOf(NEW, NOT_MIRRORED, 'short')));
    yield JSON.stringify(router.received.map((received) => JSON.stringify(received)).sort());
    const down = new RunningRouter(synthesised, () => Promise.reject(new Error('down')), { apis });
    yield answer(down, { user: LAST_OF_CANARY });
  } catch (error) {
    yield `not run: ${(error as Error).message}`;
  }
}

async function isNoticed(document: PolicyDocument, right: readonly string[]): Promise<boolean> {
  let index = 0;
  for await (const step of transcript(document)) {
    if (step !== right[index]) {
      return true;
    }
    index += 1;
  }
  return index !== right.length;
}

/** What may be changed without a difference that anybody outside can see, and why. */
const EQUIVALENT: readonly [RegExp, string][] = [
  [/inbound\/choose\[\d+\]\/when\[3\] always$/, 'the last branch: what is left can be nothing else'],
];

/** Changes within the C#, which the structure does not show. */
const IN_CSHARP: readonly [string, string][] = [
  ['.Length==1)', '.Length>=1)'],
  ['c>32', 'c>31'],
  ['c<127', 'c<128'],
  ['id.Length<=255', 'id.Length<=256'],
  ['id.Length<=255', 'id.Length<255'],
  ['new[]{"oid","sub"}', 'new[]{"sub","oid"}'],
  ['new[]{"oid","sub"}', 'new[]{"oid"}'],
  ['hash[0]*16777216', 'hash[3]*16777216'],
  ['hash[1]*65536', 'hash[2]*65536'],
  ['%10000)', '%9999)'],
  ['+":"+(string)context.Variables["user"]));return', '+(string)context.Variables["user"]));return'],
  ['hop.Contains("x-user-id")||', ''],
  ['||hop.Contains("x-release")', ''],
  ['.Contains("Releases.Override")', '.Any()'],
  ['if(app==""){app=claims.GetValueOrDefault("azp","");}', ''],
  ['claims.GetValueOrDefault("appid","")', '""'],
  ['if(row==null)', 'if(false)'],
  ['=="retired"', '=="none"'],
  ['!="off"', '=="on"'],
  ['.Trim().ToLowerInvariant()', ''],
  ['"canary","stable","draining"', '"canary","stable"'],
  ['"canary","stable","draining"', '"stable","draining"'],
  ['"canary","stable","draining"', '"canary","draining"'],
  ['"canary","stable","draining"', '"canary","stable","draining","candidate"'],
  ['"canary","stable","draining"', '"canary","stable","draining","retired"'],
  ["pinned[dot]=='.'&&", ''],
  ['if(different==0)', 'if(true)'],
  ['i<64', 'i<63'],
  ['label+":"+(string)context.Variables["user"]', 'label+":"'],
  ['bucket>=int', 'bucket>int'],
  ['bucket<int', 'bucket<=int'],
  ['.Length>=32', '.Length>=0'],
  ['"]<3000', '"]<2999'],
  ['"]<3000', '"]<3001'],
  ['context.Request.Method=="POST"&&', ''],
  ['+"/")[0]==', '+"/")[0]!='],
  ['+"/")[0]==\'/\'', '+"/")!="x"'],
  ['!="kill-switch"', '!=""'],
  ['+context.Request.Url.QueryString', ''],
];

const mutants: readonly { readonly name: string; readonly document: PolicyDocument }[] = [
  ...mutantsOf('router', policy).filter(({ name }) => !EQUIVALENT.some(([pattern]) => pattern.test(name))),
  ...IN_CSHARP.map(([from, to]) => {
    const text = JSON.stringify(policy);
    const [before, after] = [from, to].map((part) => JSON.stringify(part).slice(1, -1)) as [string, string];
    if (!text.includes(before)) {
      throw new Error(`the policy does not hold ${from}`);
    }
    return {
      name: `${from} as ${to}`,
      document: JSON.parse(text.replaceAll(before, () => after)) as PolicyDocument,
    };
  }),
];

test('every change of the policy is noticed by somebody outside', async () => {
  const right: string[] = [];
  for await (const step of transcript(policy)) {
    right.push(step);
  }
  expect(right.filter((step) => step.startsWith('not run'))).toEqual([]);
  expect(await isNoticed(policy, right)).toBe(false);
  const unnoticed: string[] = [];
  for (const { name, document } of mutants) {
    if (!(await isNoticed(document, right))) {
      unnoticed.push(name);
    }
  }
  expect(unnoticed).toEqual([]);
  expect(mutants.length).toBeGreaterThan(90);
}, 60_000);

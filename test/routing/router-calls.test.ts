import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { Testing } from 'cdktf';
import { Construct } from 'constructs';
import { BUCKETS, trafficBucket } from '../../lib/contracts/traffic-bucket';
import { HeaderBag } from '../../lib/emulator/header-bag';
import { RouterAccess } from '../../lib/routing/api-management/router-access';
import { RoutedRelease } from '../../lib/routing/routed-release';
import {
  GONE,
  labelOf,
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
import { Answer, Call, okay, PIN_KEY, RunningRouter } from './support/running-router';

/*
 * What the construct synthesises, read from its JSON and executed.
 */

const SALT = 'chat-2026-11';
const SHARE = 25;
const GRANTED = '22222222-3333-4444-5555-666666666666';

type Props = Partial<Parameters<typeof routerIn>[1]>;

type RunningOptions = ConstructorParameters<typeof RunningRouter> extends [string, ...infer More] ? More : never;

const synthesised = new Map<string, string>();

function running(props: Props = {}, ...more: RunningOptions): RunningRouter {
  const key = JSON.stringify(Object.entries(props).map(([name, value]) => [name, value ?? null]));
  const text = synthesised.get(key) ?? synthesise(props);
  synthesised.set(key, text);
  return new RunningRouter(text, ...more);
}

function synthesise(props: Props): string {
  const stack = stackIn();
  const app = (label: string): RunningElsewhere => new RunningElsewhere(stack, label);
  const next = app(NEXT);
  const { mirror, ...rest } = props;
  const router = routerIn(stack, {
    allowOverride: true,
    conversationPin: { keyVaultSecretId: PIN_SECRET },
    releases: [
      RoutedRelease.stable(app(OLD)),
      RoutedRelease.canary(app(NEW), { percent: SHARE }),
      RoutedRelease.candidate(next),
      RoutedRelease.draining(app(LEAVING)),
      RoutedRelease.retired(GONE),
    ],
    ...(mirror && { mirror: { ...mirror, candidate: next } }),
    ...rest,
  });
  if (rest.allowOverride !== false && rest.access === undefined) {
    router.grantOverride(GRANTED.toUpperCase());
  }
  return Testing.synth(stack);
}

const isInCanary = (user: string): boolean => trafficBucket(SALT, user) < (SHARE / 100) * BUCKETS;
const users = Array.from({ length: 300 }, (_, index) => `user-${index}`);
const [inCanary, inStable] = [users.find(isInCanary)!, users.find((user) => !isInCanary(user))!];

const code = ({ body }: Answer): string => (JSON.parse(body) as { error: { code: string } }).error.code;
const pinOf = (label: string, user: string, key = PIN_KEY): string =>
  `${label}.${createHmac('sha256', key).update(`${label}:${user}`).digest('hex')}`;

describe('a user', () => {
  test('is sent where the bucket says, every time, and the release hears who it is', async () => {
    const router = running();
    for (const user of [...users, ...users.slice(0, 50)]) {
      const { status, release } = await router.call({ user, path: '/chat/turns?n=1' });
      expect({ user, status, release }).toEqual({ user, status: 200, release: isInCanary(user) ? NEW : OLD });
    }
    expect(router.received).toHaveLength(350);
    for (const [index, { host, path, headers }] of router.received.entries()) {
      const user = users[index % 300]!;
      expect({ host, path, user: headers['x-user-id'], release: headers['x-release'] }).toEqual({
        host: `${isInCanary(user) ? NEW : OLD}.example`,
        path: '/turns?n=1',
        user,
        release: isInCanary(user) ? NEW : OLD,
      });
    }
  });

  test('of whom the token says no id is told so', async () => {
    const router = running();
    const strange = [
      { oid: '' },
      { oid: ['a', 'b'] },
      { oid: 'a b' },
      { oid: 'x\r\nx-release: evil' },
      { oid: '\u00e4' },
      { oid: 'x'.repeat(256) },
      { oid: '', sub: '' },
    ];
    for (const claims of strange) {
      const answer = await router.call({ claims });
      expect([answer.status, code(answer)]).toEqual([401, 'user_not_identified']);
    }
    expect(router.received).toEqual([]);
  });

  test('is known by `sub` where the token has no `oid`', async () => {
    const router = running();
    expect((await router.call({ claims: { oid: '', sub: inCanary } })).release).toBe(NEW);
    expect(router.received[0]!.headers['x-user-id']).toBe(inCanary);
  });

  test.each<[string, Call]>([
    ['no token', { token: null }],
    ['a text that is none', { token: 'x.y.z' }],
    ['another audience', { claims: { aud: 'api://other' } }],
    ['another tenant', { claims: { tid: '99999999-2222-3333-4444-555555555555' } }],
    ['an expired token', { claims: { exp: 1 } }],
  ])('with %s is refused', async (_, call) => {
    const router = running();
    const answer = await router.call(call);
    expect([answer.status, code(answer), answer.headers.joined('content-type')]).toEqual([
      401,
      'invalid_token',
      'application/json',
    ]);
    expect(router.received).toEqual([]);
  });
});

describe('what the caller says of itself', () => {
  test('reaches no release', async () => {
    const router = running();
    const headers = ['X-User-Id', 'admin', 'x-user-id', 'root', 'x-release', NEXT, 'x-release-mirror', 'true'];
    const more = ['x-release-pin', 'a.b', 'api-key', 'secret', 'Ocp-Apim-Subscription-Key', 'secret', 'x-own', 'kept'];
    const path = '/chat/turns?subscription-key=secret&n=1';
    await router.call({ user: inStable, headers: [...headers, ...more], path });
    expect(router.received).toEqual([
      {
        host: `${OLD}.example`,
        method: 'POST',
        path: '/turns?n=1',
        headers: { 'x-user-id': inStable, 'x-release': OLD, 'x-own': 'kept' },
        body: '',
      },
    ]);
  });

  test('reaches no release in a spelling that servers take for the same header', async () => {
    const router = running();
    const headers = [...MISTAKABLE_HEADERS, 'x_own'].flatMap((name) => [name, 'forged']);
    await router.call({ user: inStable, headers });
    expect(router.received[0]!.headers).toEqual({ 'x-user-id': inStable, 'x-release': OLD, x_own: 'forged' });
  });

  test('goes on in `Authorization` where the router is told so', async () => {
    const router = running({ forwardAuthorization: true });
    await router.call();
    expect(router.received[0]!.headers.authorization).toMatch(/^Bearer /);
  });

  test.each(['close, x-user-id', 'X-Release', 'x-release-override'])(
    'takes no header of the router off on the way: Connection: %s',
    async (connection) => {
      const router = running();
      const answer = await router.call({ headers: ['Connection', connection] });
      expect([answer.status, code(answer)]).toEqual([400, 'invalid_connection_header']);
    },
  );
});

describe('the override', () => {
  const role = { roles: ['Releases.Override'] };

  test.each([
    ['the role', role],
    ['a granted application', { azp: GRANTED }],
    ['a granted application of version 1', { appid: GRANTED }],
  ])('is for %s', async (_, claims) => {
    const router = running();
    for (const label of [NEXT, LEAVING, OLD, NEW]) {
      const { release, headers } = await router.call({ claims, headers: ['x-release-override', label] });
      expect([release, headers.joined('x-release-pin')]).toEqual([label, undefined]);
    }
    expect(router.received.every(({ headers }) => !('x-release-override' in headers))).toBe(true);
  });

  test.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['another role', { roles: ['Releases.Overrides', 'releases.override', 'Override'] }],
    ['roles in one text', { roles: 'Releases.Override,Releases.Read' }],
    ['the role as a scope', { scp: 'Releases.Override' }],
    ['the role as a group', { groups: ['Releases.Override'] }],
    ['another application', { azp: '33333333-3333-4444-5555-666666666666' }],
    ['an empty application', { azp: '' }],
    ['two applications', { azp: [GRANTED, GRANTED] }],
    ['part of an application', { azp: GRANTED.slice(0, 35) }],
  ])('is not for callers with %s', async (_, claims) => {
    const router = running();
    for (const label of [NEXT, OLD, GONE, 'nothing-000000000000', 'x'.repeat(20_000)]) {
      const answer = await router.call({ claims, headers: ['x-release-override', label] });
      expect([answer.status, code(answer)]).toEqual([403, 'override_not_allowed']);
    }
    expect(router.received).toEqual([]);
  });

  test.each([
    ['a retired release', [GONE], 410, 'release_retired'],
    ['an unknown release', ['chat-000000000000'], 404, 'release_not_found'],
    ['two releases', [NEXT, OLD], 404, 'release_not_found'],
    ['a row of the table', [`${NEXT}|candidate|0|0`], 404, 'release_not_found'],
    ['another case', [NEXT.toUpperCase()], 404, 'release_not_found'],
    ['a huge text', ['<script>'.repeat(1000)], 404, 'release_not_found'],
  ] as const)('names %s in vain', async (_, labels, status, expected) => {
    const router = running();
    const headers = labels.flatMap((label) => ['x-release-override', label]);
    const answer = await router.call({ claims: role, headers });
    expect([answer.status, code(answer)]).toEqual([status, expected]);
    expect(answer.body).not.toContain('script');
    expect(router.received).toEqual([]);
  });

  test("is nobody's where the router has none", async () => {
    const answer = await running({ allowOverride: false }).call({
      claims: role,
      headers: ['x-release-override', NEXT],
    });
    expect([answer.status, code(answer)]).toEqual([403, 'override_not_allowed']);
  });
});

describe('the pin of a conversation', () => {
  test('keeps a user on the release that answered, whose share went back to nothing', async () => {
    const before = running();
    const pin = (await before.call({ user: inCanary })).headers.joined('x-release-pin')!;
    expect(pin).toBe(pinOf(NEW, inCanary));
    const stack = stackIn();
    const app = (label: string): RunningElsewhere => new RunningElsewhere(stack, label);
    routerIn(stack, {
      conversationPin: { keyVaultSecretId: PIN_SECRET },
      releases: [RoutedRelease.stable(app(OLD)), RoutedRelease.draining(app(NEW))],
    });
    const after = new RunningRouter(Testing.synth(stack));
    expect((await after.call({ user: inCanary, headers: ['x-release-pin', pin] })).release).toBe(NEW);
    expect((await after.call({ user: inCanary })).release).toBe(OLD);
  });

  test.each<[string, (user: string) => string[]]>([
    ['with another key', (user) => [pinOf(NEW, user, 'z'.repeat(44))]],
    ["of another user's", () => [pinOf(NEW, 'somebody')]],
    ['of another release', (user) => [pinOf(NEW, user).replace(NEW, LEAVING)]],
    ['of a retired release', (user) => [pinOf(GONE, user)]],
    ['of a candidate', (user) => [pinOf(NEXT, user)]],
    ['of an unknown release', (user) => [pinOf(labelOf('0'), user)]],
    ['in capitals', (user) => [pinOf(NEW, user).toUpperCase()]],
    ['without a signature', () => [NEW]],
    ['with half a signature', (user) => [pinOf(NEW, user).slice(0, -1)]],
    ['with more than one value', (user) => [pinOf(NEW, user), pinOf(NEW, user)]],
    ['that is nothing', () => ['']],
    ['that is dots', () => ['.'.repeat(80)]],
    ['that is huge', () => ['a'.repeat(30_000)]],
    ['with digits of other scripts', () => [`${NEW}.${'\u0660'.repeat(64)}`]],
  ])('%s counts for nothing', async (_, pins) => {
    const router = running();
    const headers = pins(inStable).flatMap((value) => ['x-release-pin', value]);
    expect(await router.call({ user: inStable, headers })).toMatchObject({ status: 200, release: OLD });
  });

  test.each(['', 'short'])('is neither given nor followed with the key %j', async (key) => {
    const router = running();
    router.setNamedValues({ 'release-router-pin-key': key });
    const answer = await router.call({ user: inStable, headers: ['x-release-pin', pinOf(NEW, inStable, key)] });
    expect([answer.release, answer.headers.joined('x-release-pin')]).toEqual([OLD, undefined]);
  });

  test('travels in a cookie where it is told to', async () => {
    const router = running({ conversationPin: { keyVaultSecretId: PIN_SECRET, inCookie: true } });
    const first = await router.call({ user: inCanary });
    expect(first.headers.joined('set-cookie')).toBe(
      `x-release-pin=${pinOf(NEW, inCanary)}; Path=/chat; HttpOnly; Secure; SameSite=Lax`,
    );
    expect(first.headers.has('x-release-pin')).toBe(false);
    const headers = ['Cookie', `own=1; x-release-pin=${pinOf(LEAVING, inCanary)}; other=2`];
    expect((await router.call({ user: inCanary, headers })).release).toBe(LEAVING);
    expect(router.received[1]!.headers.cookie).toBe('own=1; other=2');
  });
});

describe('the kill switch', () => {
  test.each(['on', 'ON', ' on', 'true', 'yes'])(
    '%j sends everybody to stable at once, pinned or not',
    async (value) => {
      const router = running();
      expect((await router.call({ user: inCanary })).release).toBe(NEW);
      router.setNamedValues({ 'release-router-kill-switch': value });
      const pinned = ['x-release-pin', pinOf(LEAVING, inCanary)];
      const answers = await Promise.all([
        ...users.slice(0, 40).map((user) => router.call({ user })),
        router.call({ user: inCanary, headers: pinned }),
      ]);
      expect(new Set(answers.map(({ release }) => release))).toEqual(new Set([OLD]));
    },
  );

  test('leaves the authorised their override', async () => {
    const router = running({ killSwitch: true });
    const claims = { roles: ['Releases.Override'] };
    expect((await router.call({ claims, headers: ['x-release-override', NEW] })).release).toBe(NEW);
  });

  test.each(['off', 'OFF', ' off '])('%j is off', async (value) => {
    const router = running();
    router.setNamedValues({ 'release-router-kill-switch': value });
    expect((await router.call({ user: inCanary })).release).toBe(NEW);
  });
});

describe('the mirror', () => {
  const mirror = { percent: 40 } as NonNullable<Props['mirror']>;
  const isMirrored = (user: string): boolean => trafficBucket(SALT, user) < 0.4 * BUCKETS;

  test('copies turns of its share of users, marked as copies, and no others', async () => {
    const router = running({ mirror });
    for (const user of users.slice(0, 100)) {
      await router.call({ user, path: '/chat/a%20b?n=1', body: `turn of ${user}` });
    }
    const copies = router.received.filter(({ host }) => host === `${NEXT}.example`);
    const mirrored = users.slice(0, 100).filter(isMirrored);
    expect(mirrored.length).toBeGreaterThan(20);
    expect(copies.map(({ body }) => body).sort()).toEqual(mirrored.map((user) => `turn of ${user}`).sort());
    const [first] = mirrored;
    expect(copies.find(({ headers }) => headers['x-user-id'] === first)).toEqual({
      host: `${NEXT}.example`,
      method: 'POST',
      path: '/a%20b?n=1',
      headers: {
        'x-user-id': first,
        'x-release': NEXT,
        'x-release-mirror': 'true',
        'content-length': String(`turn of ${first}`.length),
      },
      body: `turn of ${first}`,
    });
    const served = router.received.filter(({ headers }) => !('x-release-mirror' in headers));
    expect(served.map(({ body }) => body)).toEqual(users.slice(0, 100).map((user) => `turn of ${user}`));
  });

  test.each([1, 2, 3, 4, 5].map((count) => `${'/'.repeat(count)}chat/turns`))(
    'sends a copy of %s to the candidate or nowhere, never to a host with another name',
    async (path) => {
      const router = running({ mirror });
      const { status } = await router.call({ user: users.find(isMirrored)!, path, body: 'turn' });
      const copies = router.received.filter(({ headers }) => 'x-release-mirror' in headers);
      expect(status).toBe(200);
      expect(copies.map(({ host }) => host)).toEqual(path.startsWith('//') ? [] : [`${NEXT}.example`]);
    },
  );

  test('copies to the app that is listed, whatever else carries its label', async () => {
    const stack = stackIn();
    const elsewhere = new RunningElsewhere(new Construct(stack, 'elsewhere'), NEXT, 'https://elsewhere.example');
    routerIn(stack, {
      releases: [
        RoutedRelease.stable(new RunningElsewhere(stack, OLD)),
        RoutedRelease.candidate(new RunningElsewhere(stack, NEXT)),
      ],
      mirror: { candidate: elsewhere, percent: 100 },
    });
    const router = new RunningRouter(Testing.synth(stack));
    await router.call({ body: 'turn' });
    expect(router.received.map(({ host }) => host).sort()).toEqual([`${OLD}.example`, `${NEXT}.example`]);
  });

  test('copies what is posted to the path of the router itself', async () => {
    const router = running({ mirror });
    await router.call({ user: users.find(isMirrored)!, path: '/chat', body: 'turn' });
    expect(router.received.map(({ host, path }) => [host, path])).toContainEqual([`${NEXT}.example`, '/']);
  });

  test('copies neither reads, nor overrides, nor anything while the kill switch is on', async () => {
    const router = running({ mirror });
    const user = users.find(isMirrored)!;
    await router.call({ user, method: 'GET' });
    await router.call({ user, claims: { roles: ['Releases.Override'] }, headers: ['x-release-override', OLD] });
    router.setNamedValues({ 'release-router-kill-switch': 'on' });
    await router.call({ user });
    expect(router.received.map(({ host }) => host)).not.toContain(`${NEXT}.example`);
  });

  test('gives copies nothing to act with in the name of the user', async () => {
    const router = running({ mirror, forwardAuthorization: true });
    await router.call({ user: users.find(isMirrored)!, body: 'turn' });
    expect(router.received.map(({ host, headers }) => [host, 'authorization' in headers]).sort()).toEqual([
      [expect.stringMatching(`${OLD}|${NEW}`), true],
      [`${NEXT}.example`, false],
    ]);
  });

  test('that fails is not noticed', async () => {
    const router = running({ mirror }, (request) =>
      request.url.hostname === `${NEXT}.example` ? Promise.reject(new Error('down')) : okay(request),
    );
    expect(await router.call({ user: users.find(isMirrored)!, body: 'turn' })).toMatchObject({ status: 200 });
  });
});

describe('visitors', () => {
  const access = RouterAccess.anonymous();
  const open = { access, allowOverride: false, conversationPin: undefined } as Props;

  test('are given a cookie and stay with it', async () => {
    const router = running(open);
    for (let visit = 0; visit < 20; visit += 1) {
      const first = await router.call({ token: null });
      const [, cookie, id] =
        /^(x-release-user=([0-9a-f]{32})); Path=\/chat; Max-Age=31536000; HttpOnly; Secure; SameSite=Lax$/.exec(
          first.headers.joined('set-cookie')!,
        )!;
      expect(first.release).toBe(isInCanary(id!) ? NEW : OLD);
      const again = await router.call({ token: null, headers: ['Cookie', `a=b; ${cookie}`] });
      expect([again.release, again.headers.joined('set-cookie')]).toEqual([first.release, undefined]);
      expect(router.received.at(-1)!.headers).toMatchObject({ 'x-user-id': id, cookie: 'a=b' });
    }
  });

  test.each([
    '',
    'x',
    '../',
    'A'.repeat(32),
    '0'.repeat(33),
    'g'.repeat(32),
    '0'.repeat(31) + '\u0660',
    'x'.repeat(9000),
  ])('with an id that the router did not make (%j) are given one', async (id) => {
    const router = running(open);
    const answer = await router.call({ token: null, headers: ['Cookie', `x-release-user=${id}`] });
    expect(answer.headers.joined('set-cookie')).toMatch(/^x-release-user=[0-9a-f]{32};/);
    expect(router.received[0]!.headers['x-user-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(router.received[0]!.headers).not.toHaveProperty('cookie');
  });
});

describe('subscription keys', () => {
  const keys = { access: RouterAccess.subscriptionKeys(), allowOverride: false } as Props;
  const subscriptions = [
    { id: inCanary, key: 'right' },
    { id: 'a b', key: 'strange' },
  ];

  test('make all callers of one subscription one user', async () => {
    const router = running(keys, okay, { subscriptions });
    const headers = ['Ocp-Apim-Subscription-Key', 'right', 'x-user-id', 'other'];
    expect((await router.call({ token: null, headers })).release).toBe(NEW);
    expect(router.received[0]!.headers).toEqual({ 'x-user-id': inCanary, 'x-release': NEW });
  });

  test.each([
    ['none', [], 'invalid_subscription_key'],
    ['a wrong one', ['Ocp-Apim-Subscription-Key', 'wrong'], 'invalid_subscription_key'],
    ['one of a subscription whose id is no header', ['Ocp-Apim-Subscription-Key', 'strange'], 'user_not_identified'],
  ])('are needed: with %s', async (_, headers, expected) => {
    const router = running(keys, okay, { subscriptions });
    const answer = await router.call({ token: null, headers });
    expect([answer.status, code(answer), router.received]).toEqual([401, expected, []]);
  });
});

test('a browser of an allowed site may ask before it sends, without a token', async () => {
  const router = running({ corsOrigins: ['https://chat.contoso.com'] });
  const asking = (origin: string): Call => ({
    method: 'OPTIONS',
    token: null,
    headers: [
      'Origin',
      origin,
      'Access-Control-Request-Method',
      'POST',
      'Access-Control-Request-Headers',
      'x-release-pin',
    ],
  });
  const allowed = await router.call(asking('https://chat.contoso.com'));
  expect(allowed.headers.joined('access-control-allow-origin')).toBe('https://chat.contoso.com');
  const refused = await router.call(asking('https://evil.example'));
  expect(refused.headers.has('access-control-allow-origin')).toBe(false);
  const sent = await router.call({ headers: ['Origin', 'https://chat.contoso.com'] });
  expect(sent.headers.joined('access-control-expose-headers')).toBe('x-release,x-release-pin');
});

describe('what goes wrong behind the router', () => {
  test('is told as JSON, with the release that it was', async () => {
    const router = running({}, () => Promise.reject(new Error('refused')));
    const answer = await router.call({ user: inStable });
    expect([answer.status, code(answer), answer.release]).toEqual([503, 'release_unavailable', OLD]);
  });

  test('is left as it is where the release says so itself', async () => {
    const router = running({}, (request) =>
      okay(request).then((response) => ({ ...response, status: 429, reason: 'Too Many Requests' })),
    );
    expect(await router.call({ user: inStable })).toMatchObject({ status: 429, release: OLD, body: `${OLD}.example` });
  });
});

test('an answer is streamed as it comes', async () => {
  const headers = new HeaderBag();
  headers.set('Content-Type', ['text/event-stream']);
  const router = running({}, () =>
    Promise.resolve({
      status: 200,
      reason: 'OK',
      headers,
      body: Readable.from([Buffer.from('data: 1\n\n'), Buffer.from('data: 2\n\n')]),
    }),
  );
  const answer = await router.call();
  expect(answer.body).toBe('data: 1\n\ndata: 2\n\n');
  expect(answer.streamed).toBe(true);
});

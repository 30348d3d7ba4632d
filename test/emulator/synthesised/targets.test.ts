import { Readable } from 'node:stream';
import { GatewayDefinition } from '../../../lib/emulator';
import { HeaderBag } from '../../../lib/emulator/header-bag';
import { parseTarget, TargetedGateway, targetTransport, withTargets } from '../../../lib/emulator/synthesised';
import { BackendResponse } from '../../../lib/emulator/transport';
import { sections } from '../support/gateway';

const when = (key: string, content: string): string =>
  `<when condition="@((string)context.Variables[&quot;route&quot;]==&quot;${key}&quot;)">${content}</when>`;
const to = (id: string): string => `<set-backend-service backend-id="${id}" />`;

const gateway: GatewayDefinition = {
  apis: [
    {
      id: 'models',
      path: 'openai',
      operations: [],
      policy: sections({
        inbound:
          `<choose>${when('x@1', to('a') + to('b'))}${when('y@1', to('b'))}` +
          `${when('z@1', '<set-backend-service base-url="https://z.openai.azure.com/openai" />')}</choose>`,
      }),
    },
  ],
  backends: new Map([
    ['a', { url: 'https://one.openai.azure.com/openai/deployments/x/' }],
    ['b', { url: 'https://two.openai.azure.com/openai/v1?ignored=1' }],
    ['c d', { url: 'https://three.openai.azure.com' }],
  ]),
};

describe('a target is written as NAME=URL', () => {
  test.each([
    ['gpt-4o@2024-08-06=http://127.0.0.1:4010', 'gpt-4o@2024-08-06', 'http://127.0.0.1:4010/'],
    ['a=https://host/base/', 'a', 'https://host/base/'],
    ['https://a.example=http://b', 'https://a.example', 'http://b/'],
  ])('%s', (text, name, href) => {
    const target = parseTarget(text);
    expect([target.name, target.url.href]).toEqual([name, href]);
  });

  test.each([
    [''],
    ['a'],
    ['=http://b'],
    ['a='],
    ['a=localhost:1'],
    ['a=ftp://b'],
    ['a=http://'],
    ['a=http://b?c=d'],
    ['a=http://b#c'],
    ['a=http://user@b'],
  ])('%j is none', (text) => {
    expect(() => parseTarget(text)).toThrow(
      new Error(
        `target '${text}' is not of the form NAME=URL; write a route, a backend's id or the start of a URL, then = and an http or https URL without query, for instance gpt-4o@2024-08-06=http://127.0.0.1:4010`,
      ),
    );
  });
});

function urlsOf(...targets: string[]): Record<string, string> {
  const { definition } = withTargets(gateway, targets.map(parseTarget));
  return Object.fromEntries([...definition.backends!].map(([id, { url }]) => [id, url]));
}

describe('backends', () => {
  const NOWHERE = 'http://backend-without-target.invalid';

  test('without target lead nowhere', () => {
    expect(urlsOf()).toEqual({
      a: `${NOWHERE}/a/openai/deployments/x`,
      b: `${NOWHERE}/b/openai/v1`,
      'c d': `${NOWHERE}/c%20d`,
    });
  });

  test('of a route lead to its target, with their own path behind it', () => {
    expect(urlsOf('x@1=http://127.0.0.1:1/base/', 'c d=http://127.0.0.1:2')).toEqual({
      a: 'http://127.0.0.1:1/base/openai/deployments/x',
      b: 'http://127.0.0.1:1/base/openai/v1',
      'c d': 'http://127.0.0.1:2/',
    });
  });

  test.each([
    [['b=http://127.0.0.1:2', 'x@1=http://127.0.0.1:1']],
    [['x@1=http://127.0.0.1:1', 'b=http://127.0.0.1:2']],
  ])('have a target of their own before that of the route, whatever the order', (targets) => {
    expect(urlsOf(...targets)).toMatchObject({
      a: 'http://127.0.0.1:1/openai/deployments/x',
      b: 'http://127.0.0.1:2/openai/v1',
    });
  });

  test('of two routes with different targets need one of their own', () => {
    expect(() => urlsOf('x@1=http://127.0.0.1:1', 'y@1=http://127.0.0.1:2')).toThrow(
      new Error("targets 'x@1' and 'y@1' send backend 'b' to different URLs; give the backend a target of its own"),
    );
    expect(urlsOf('x@1=http://127.0.0.1:1', 'y@1=http://127.0.0.1:2', 'b=http://127.0.0.1:3')).toMatchObject({
      b: 'http://127.0.0.1:3/openai/v1',
    });
  });

  test('of two routes with the same target need no more', () => {
    expect(urlsOf('x@1=http://127.0.0.1:1', 'y@1=http://127.0.0.1:1')).toMatchObject({
      b: 'http://127.0.0.1:1/openai/v1',
    });
  });

  test('that do not exist are refused', () => {
    expect(() => urlsOf('gpt-4o@1=http://127.0.0.1:1')).toThrow(
      new Error(
        "target 'gpt-4o@1' names neither a route nor a backend of the gateway; its routes are x@1, y@1, z@1, its backends a, b, c d",
      ),
    );
  });
});

describe('calls', () => {
  async function called(url: string, ...targets: string[]): Promise<{ sent: string[]; answer: BackendResponse }> {
    const sent: string[] = [];
    const targeted: TargetedGateway = withTargets(gateway, targets.map(parseTarget));
    const transport = targetTransport(targeted, (request) => {
      sent.push(request.url.href);
      return Promise.resolve({ status: 200, reason: '', headers: new HeaderBag(), body: Readable.from([]) });
    });
    const request = { method: 'POST', url: new URL(url), headers: new HeaderBag(), content: undefined };
    return { sent, answer: await transport(request, new AbortController().signal) };
  }

  test.each([
    [
      'a target',
      'http://127.0.0.1:1/openai?api-version=1',
      'x@1=http://127.0.0.1:1',
      'http://127.0.0.1:1/openai?api-version=1',
    ],
    [
      'the URL of a route',
      'https://z.openai.azure.com/openai/chat?q=1',
      'z@1=http://127.0.0.1:1/base',
      'http://127.0.0.1:1/base/openai/chat?q=1',
    ],
    ['a URL', 'https://s.example/v1/chat', 'https://s.example=http://127.0.0.1:1', 'http://127.0.0.1:1/v1/chat'],
    [
      'a URL with path',
      'https://s.example/v1/chat',
      'https://s.example/v1/=http://127.0.0.1:1/b',
      'http://127.0.0.1:1/b/chat',
    ],
  ])('go to %s', async (_name, url, target, expected) => {
    expect((await called(url, target)).sent).toEqual([expected]);
  });

  test.each([
    [
      'https://z.openai.azure.com/openai/chat',
      'https://z.openai.azure.com has no target; give --target https://z.openai.azure.com=http://127.0.0.1:PORT',
    ],
    [
      'https://s.example.evil/v1',
      'https://s.example.evil has no target; give --target https://s.example.evil=http://127.0.0.1:PORT',
    ],
    [
      'http://127.0.0.1:11/',
      'http://127.0.0.1:11 has no target; give --target http://127.0.0.1:11=http://127.0.0.1:PORT',
    ],
    [
      'http://backend-without-target.invalid/b/openai/v1/chat',
      'backend b has no target; give --target x@1=http://127.0.0.1:PORT or --target y@1=http://127.0.0.1:PORT or --target b=http://127.0.0.1:PORT',
    ],
    [
      'http://backend-without-target.invalid/c%20d',
      'backend c d has no target; give --target c d=http://127.0.0.1:PORT',
    ],
  ])('%s goes nowhere', async (url, message) => {
    const { sent, answer } = await called(url, 'https://s.example=http://127.0.0.1:1');
    expect(sent).toEqual([]);
    expect([answer.status, answer.headers.entries()]).toEqual([
      501,
      [
        ['Content-Type', ['application/json']],
        ['x-emulator-defect', ['target']],
        ['x-should-retry', ['false']],
      ],
    ]);
    const chunks: Buffer[] = await answer.body.toArray();
    expect(JSON.parse(Buffer.concat(chunks).toString())).toEqual({
      error: {
        message: `model-lifecycle gateway serve: ${message}`,
        type: 'server_error',
        param: null,
        code: 'no_target',
      },
    });
  });
});

describe('behind a router', () => {
  const [live, gone] = ['chat-aaaaaaaaaaaa', 'chat-bbbbbbbbbbbb'];
  const router: GatewayDefinition = {
    apis: [
      {
        id: 'router',
        path: 'chat',
        operations: [],
        policy: sections({
          inbound:
            `<set-variable name="releases" value="${live}|stable|0|10000;${gone}|retired|0|0" />` +
            `<choose><when condition="@((string)context.Variables[&quot;release&quot;]==&quot;${live}&quot;)">${to('app')}</when></choose>`,
        }),
      },
    ],
    backends: new Map([['app', { url: 'https://app.example' }]]),
  };

  test('a target may name a release by its label', () => {
    const { targets } = withTargets(router, [{ name: live, url: new URL('http://127.0.0.1:1') }]);
    expect([...targets.keys()]).toEqual(['app']);
  });

  test.each([
    [gone, `target '${gone}' is a release that is retired: its router answers without an app`],
    [
      'chat-cccccccccccc',
      `target 'chat-cccccccccccc' names no release, route or backend of the gateway; its releases are ${live}, ${gone}, its routes are none, its backends app`,
    ],
  ])('%s is refused', (name, message) => {
    expect(() => withTargets(router, [{ name, url: new URL('http://127.0.0.1:1') }])).toThrow(new Error(message));
  });
});

import { Readable } from 'node:stream';
import fc from 'fast-check';
import { GatewayPipeline, IncomingRequest } from '../../../lib/emulator/gateway-pipeline';
import { HeaderBag } from '../../../lib/emulator/header-bag';
import { MessageBody } from '../../../lib/emulator/message-body';
import { BackendRequest, BackendTransport } from '../../../lib/emulator/transport';
import { LiveRoute, RoutingTable } from '../../../lib/gateway/policy/routing-table';
import { callerToken, member, route, tableOf } from '../support/routes';
import { definitionOf } from '../support/running-gateway';

const TABLES = 120;
const REQUESTS = 25;
const NAMES = ['gpt-4o', 'gpt-4', 'gpt-4o-mini', 'o1', 'GPT-4o'];
const VERSIONS = ['2024-08-06', '2024-11-20', '1', '0613', '1106-preview'];

/** Deployments are named so that the name tells the version: `<route key>#<position>` with `@` and `#` written out. */
const deploymentOf = (key: string, position: number): string => `${key.replace('@', '_at_')}_${position}`;
const keyOf = (deployment: string): string => deployment.replace('_at_', '@').replace(/_\d+$/, '');

const key = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VERSIONS))
  .map(([name, version]) => `${name}@${version}`);

const liveRoute = fc
  .record({
    key,
    members: fc.array(fc.record({ tier: fc.nat(2), weight: fc.integer({ min: 1, max: 5 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ key: routeKey, members }): LiveRoute =>
    route(
      routeKey,
      members.map(({ tier, weight }, position) =>
        member('account', deploymentOf(routeKey, position), { tier, weight }),
      ),
    ),
  );

const table = fc
  .record({
    routes: fc.uniqueArray(liveRoute, { selector: ({ key: routeKey }) => routeKey, minLength: 1, maxLength: 8 }),
    retired: fc.uniqueArray(key, { maxLength: 4 }),
    aliases: fc.uniqueArray(fc.constantFrom('chat', 'gpt-4o', 'gpt-4', 'embeddings'), { maxLength: 3 }),
    choice: fc.nat(),
  })
  .map(({ routes, retired, aliases, choice }): RoutingTable => {
    const live = new Set(routes.map((candidate) => candidate.key));
    return tableOf(routes, {
      retired: retired.filter((candidate) => !live.has(candidate)).map((candidate) => ({ key: candidate })),
      aliases: aliases.map((name, index) => ({ name, key: routes[(choice + index) % routes.length]!.key })),
    });
  });

const request = fc.record({
  header: fc.oneof(
    { weight: 6, arbitrary: key },
    { weight: 2, arbitrary: fc.constantFrom('chat', 'gpt-4o', 'gpt-4', 'embeddings') },
    { weight: 1, arbitrary: fc.string({ maxLength: 20 }).filter((text) => !/[\r\n\0]/.test(text)) },
    { weight: 1, arbitrary: fc.tuple(key, key).map(([one, two]) => `${one},${two}`) },
  ),
  surface: fc.constantFrom('v1', 'dated', 'dated-by-header', 'responses'),
  body: fc.oneof(
    fc.constantFrom('name', 'key', 'none'),
    fc.constantFrom(...NAMES.flatMap((name) => VERSIONS.map((version) => deploymentOf(`${name}@${version}`, 0)))),
  ),
  statuses: fc.array(fc.constantFrom(200, 200, 408, 429, 500, 503, 400, -1), { minLength: 4, maxLength: 4 }),
});

type GeneratedRequest = typeof request extends fc.Arbitrary<infer T> ? T : never;

/** The deployment that a backend would serve: by its URL on the dated surface, by the body's model on `/v1`. */
function servedDeployment({ url, content }: BackendRequest): string {
  const dated = /\/openai\/deployments\/([^/]+)\//.exec(url.pathname);
  return dated ? dated[1]! : (JSON.parse(String(content)) as { model: string }).model;
}

function incoming({ header, surface, body }: GeneratedRequest): IncomingRequest {
  const named = header.includes('@') ? header.split('@')[0]! : header;
  const model = body === 'name' ? named : body === 'key' ? header : body;
  const path = {
    v1: '/openai/v1/chat/completions',
    responses: '/openai/v1/responses',
    'dated-by-header': '/openai/chat/completions',
    dated: `/openai/deployments/${encodeURIComponent(model || 'x')}/chat/completions`,
  }[surface];
  const headers = HeaderBag.fromRaw([
    ...['authorization', `Bearer ${callerToken()}`, 'content-type', 'application/json'],
    ...['x-ai-model', header],
  ]);
  return {
    method: 'POST',
    url: new URL(`http://gateway${path}`),
    headers,
    body: MessageBody.ofText(JSON.stringify(body === 'none' ? { n: 1 } : { n: 1, model }), 'request'),
    ipAddress: '127.0.0.1',
    signal: new AbortController().signal,
  };
}

/** The route that the header means, by the table and by nothing else. */
function meant({ routes, aliases }: RoutingTable, header: string): string | undefined {
  const routeKey = aliases.find(({ name }) => name === header)?.key ?? header;
  return routes.find((candidate) => candidate.key === routeKey)?.key;
}

test('in thousands of calls over generated tables no call reaches another version than the header names', async () => {
  let calls = 0;
  let served = 0;
  let retried = 0;
  await fc.assert(
    fc.asyncProperty(table, fc.array(request, { minLength: REQUESTS, maxLength: REQUESTS }), async (rows, requests) => {
      const reached: string[] = [];
      let statuses: number[] = [];
      const transport: BackendTransport = (sent) => {
        reached.push(servedDeployment(sent));
        const status = statuses.shift() ?? 200;
        return status < 0
          ? Promise.reject(new Error('refused'))
          : Promise.resolve({ status, reason: '', headers: new HeaderBag(), body: Readable.from([Buffer.from('{}')]) });
      };
      const pipeline = new GatewayPipeline(
        definitionOf(rows, () => 'http://azure'),
        { services: { transport } },
      );
      for (const given of requests) {
        reached.length = 0;
        statuses = [...given.statuses];
        const { response } = await pipeline.answer(incoming(given));
        const target = meant(rows, given.header);
        calls += 1;
        expect(reached.filter((deployment) => keyOf(deployment) !== target)).toEqual([]);
        expect(new Set(reached).size).toBe(reached.length);
        if (target === undefined) {
          expect([400, 404, 410]).toContain(response.status);
        }
        if (reached.length > 0) {
          served += 1;
          retried += reached.length > 1 ? 1 : 0;
          expect(response.headers.joined('x-ai-model')).toBe(target);
        }
      }
    }),
    { numRuns: TABLES },
  );

  expect(calls).toBe(TABLES * REQUESTS);
  // The property would hold as well if nothing ever got through.
  expect(served).toBeGreaterThan(calls / 20);
  expect(retried).toBeGreaterThan(calls / 100);
}, 120_000);

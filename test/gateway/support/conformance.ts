import { Readable } from 'node:stream';
import { placeholderTokens } from '../../../lib/emulator/access-tokens';
import { GatewayDefinition } from '../../../lib/emulator/gateway-definition';
import { GatewayPipeline, IncomingRequest } from '../../../lib/emulator/gateway-pipeline';
import { HeaderBag } from '../../../lib/emulator/header-bag';
import { MessageBody } from '../../../lib/emulator/message-body';
import { BackendRequest, BackendResponse } from '../../../lib/emulator/transport';
import { FakeClock } from '../../emulator/support/fake-clock';
import { callerToken, member, route, tableOf } from './routes';

const OLD = 'gpt-4o_2024-08-06_standard';
const NEW = 'gpt-4o_2024-11-20_globalstandard';
const PROVISIONED = 'gpt-4o_2024-11-20_provisioned';

/** Two versions of one model, one with three deployments, and one of each other kind of row. */
export const conformanceTable = tableOf(
  [
    route('gpt-4o@2024-08-06', [member('north', OLD)], {
      policies: { tokenLimit: { tokensPerMinute: 100, estimatePromptTokens: false } },
      appRole: 'Models.Old',
      deprecatedOn: '2026-04-14',
      retiresOn: '2027-04-14',
      successor: 'gpt-4o@2024-11-20',
    }),
    route('gpt-4o@2024-11-20', [
      member('north', PROVISIONED, { tier: 0 }),
      member('south', NEW, { tier: 1, weight: 3 }),
      member('west', NEW, { tier: 1 }),
    ]),
    route('grok-4@1', [member('west', 'grok')], {
      dated: false,
      policies: {
        tokenLimit: { tokensPerMinute: 20, tokenQuota: 30, tokenQuotaPeriod: 'Yearly', estimatePromptTokens: false },
      },
    }),
  ],
  {
    retired: [
      { key: 'gpt-4@0613', retiredOn: '2025-06-06', successor: 'gpt-4o@2024-11-20' },
      { key: 'gpt-4@0314', retiredOn: '2024-06-13' },
      { key: 'o1@1', successor: 'gpt-4o@2024-11-20' },
    ],
    aliases: [
      { name: 'chat', key: 'gpt-4o@2024-11-20' },
      { name: 'old', key: 'gpt-4o@2024-08-06' },
    ],
    grants: [{ callerId: 'granted', keys: ['gpt-4o@2024-08-06'] }],
  },
);

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default {} */
  readonly body?: string;
}

/** A call, what the deployments answer, and what has to come of it. */
export interface ConformanceCase {
  readonly name: string;
  readonly path: string;
  readonly method?: string;
  readonly model?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly claims?: Record<string, unknown>;
  readonly token?: string;
  /** What the deployments answer, one after another; `refused` for no connection. @default 200 */
  readonly replies?: readonly (Reply | 'refused')[];
  readonly random?: number;
  /** What the deployments answered to the same call before. */
  readonly justBefore?: readonly Reply[];
  /** How long before, in seconds. @default 1 */
  readonly pause?: number;
  /** @default application/json */
  readonly contentType?: string;
  /** Whether the gateway's identity gets no token. */
  readonly withoutIdentity?: boolean;
  readonly expect: {
    readonly status: number;
    readonly code?: string;
    readonly message?: string;
    /** Where the call went, in order: method, host, path. */
    readonly sent?: readonly string[];
    readonly sentBodies?: readonly string[];
    readonly sentTypes?: readonly string[];
    /** `null`: must be absent. */
    readonly headers?: Readonly<Record<string, string | null>>;
  };
}

const ALL = { roles: ['Models.Invoke', 'Models.Old'] };
const VERSION = 'api-version=2024-10-21';
const busy = (seconds: string): Reply => ({ status: 429, headers: { 'retry-after': seconds } });
const gone = (sunset: string | null, link: string | null) => ({
  sunset,
  link: link === null ? null : `</openai/v1/models/${link}>; rel="successor-version"`,
  'x-should-retry': 'false',
});

const datedCases: readonly ConformanceCase[] = [
  {
    name: 'dated, single member',
    path: '/openai/deployments/gpt-4o/chat/completions',
    model: 'gpt-4o@2024-08-06',
    claims: ALL,
    expect: {
      status: 200,
      sent: [`POST north/openai/deployments/${OLD}/chat/completions?${VERSION}`],
      headers: {
        'x-ai-model': 'gpt-4o@2024-08-06',
        'x-ai-deployment': OLD,
        'x-ai-attempts': '1',
        'x-ai-model-alias': null,
        deprecation: '@1776124800',
        sunset: 'Wed, 14 Apr 2027 00:00:00 GMT',
        link: '</openai/v1/models/gpt-4o@2024-11-20>; rel="successor-version"',
      },
    },
  },
  {
    name: 'dated, own api-version',
    path: '/openai/embeddings?api-version=2025-01-01',
    model: 'gpt-4o@2024-11-20',
    expect: {
      status: 200,
      sent: [`POST north/openai/deployments/${PROVISIONED}/embeddings?api-version=2025-01-01`],
      headers: { deprecation: null, sunset: null, link: null },
    },
  },
  {
    name: 'dated, all three deployments in order',
    path: `/openai/deployments/${NEW}/chat/completions`,
    model: 'chat',
    replies: [{ status: 500 }, busy('9'), { status: 200 }],
    random: 0.1,
    expect: {
      status: 200,
      sent: [
        `POST north/openai/deployments/${PROVISIONED}/chat/completions?${VERSION}`,
        `POST south/openai/deployments/${NEW}/chat/completions?${VERSION}`,
        `POST west/openai/deployments/${NEW}/chat/completions?${VERSION}`,
      ],
      headers: {
        'x-ai-model': 'gpt-4o@2024-11-20',
        'x-ai-model-alias': 'chat',
        'x-ai-attempts': '3',
        'x-ai-deployment': NEW,
      },
    },
  },
  {
    name: 'dated, alias to a single member',
    path: '/openai/chat/completions',
    model: 'old',
    claims: ALL,
    expect: { status: 200, sent: [`POST north/openai/deployments/${OLD}/chat/completions?${VERSION}`] },
  },
  {
    name: 'dated, tokens of the minute used up',
    path: '/openai/chat/completions',
    model: 'gpt-4o@2024-08-06',
    claims: ALL,
    justBefore: [{ status: 200, body: '{"usage":{"total_tokens":101}}' }],
    expect: { status: 429, code: 'token_rate_exceeded', sent: [] },
  },
  {
    name: 'dated, many tokens on a route without limit',
    path: '/openai/chat/completions',
    model: 'gpt-4o@2024-11-20',
    justBefore: [{ status: 200, body: '{"usage":{"total_tokens":1000}}' }],
    expect: { status: 200 },
  },
  {
    name: 'dated, without capacity',
    path: '/openai/chat/completions',
    model: 'gpt-4o@2024-11-20',
    replies: [busy('30'), busy('12'), busy('20')],
    expect: { status: 429, code: 'model_capacity_exhausted', headers: { 'retry-after': '12' } },
  },
  {
    name: 'dated, served by the other surface',
    path: '/openai/chat/completions',
    model: 'grok-4@1',
    expect: { status: 404, code: 'model_not_found', message: 'grok-4@1 is served under /v1 only', sent: [] },
  },
  {
    name: 'dated, other deployment in the path',
    path: `/openai/deployments/${OLD}/chat/completions`,
    model: 'gpt-4o@2024-11-20',
    expect: { status: 400, code: 'model_mismatch', sent: [] },
  },
];

const v1Cases: readonly ConformanceCase[] = [
  {
    name: 'v1, alias to a single member',
    path: '/openai/v1/chat/completions',
    model: 'old',
    claims: ALL,
    expect: {
      status: 200,
      sent: ['POST north/openai/v1/chat/completions'],
      sentBodies: [`{"model":"${OLD}","n":1}`],
      headers: { 'x-ai-model': 'gpt-4o@2024-08-06', 'x-ai-model-alias': 'old', 'x-should-retry': null },
    },
  },
  {
    name: 'v1, JSON by another name, in another spelling of the path',
    path: '/OPENAI/v1/Chat/COMPLETIONS',
    model: 'gpt-4o@2024-11-20',
    contentType: 'text/plain; charset=shift_jis',
    expect: { status: 200, sent: ['POST north/openai/v1/chat/completions'], sentTypes: ['application/json'] },
  },
  {
    name: 'v1, redirected',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    replies: [{ status: 307, headers: { location: 'http://internal' } }],
    expect: { status: 307, headers: { location: null } },
  },
  {
    name: 'v1, failed with headers of the deployment',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-08-06',
    claims: ALL,
    replies: [
      { status: 500, headers: { 'x-should-retry': 'false', 'set-cookie': 'a=b', 'content-encoding': 'identity' } },
    ],
    expect: { status: 503, headers: { 'x-should-retry': null, 'set-cookie': null, 'content-encoding': null } },
  },
  {
    name: 'v1, alias to several members',
    path: '/openai/v1/chat/completions',
    model: 'chat',
    expect: { status: 200, sent: ['POST north/openai/v1/chat/completions'], headers: { 'x-ai-model-alias': 'chat' } },
  },
  {
    name: 'v1, all circuits open',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    justBefore: [busy('30'), busy('12'), busy('20')],
    expect: { status: 429, code: 'model_capacity_exhausted', sent: [], headers: { 'retry-after': '11' } },
  },
  {
    name: 'v1, one circuit open for other reasons',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    justBefore: [busy('30'), { status: 503 }, busy('20')],
    expect: { status: 503, code: 'model_unavailable', sent: [], headers: { 'retry-after': '19' } },
  },
  {
    name: 'v1, served again right after a failure that says nothing of capacity',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    justBefore: [{ status: 500 }, { status: 502 }, { status: 504 }],
    expect: { status: 200, sent: ['POST north/openai/v1/chat/completions'] },
  },
  {
    name: 'v1, Retry-After that nobody understands',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-08-06',
    claims: ALL,
    replies: [{ status: 429, headers: { 'retry-after': 'soon', 'retry-after-ms': 'soon' } }],
    expect: { status: 429, headers: { 'retry-after': null, 'retry-after-ms': null } },
  },
  {
    name: 'v1, gateway without a token of its own',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    withoutIdentity: true,
    expect: { status: 500, code: 'gateway_error', sent: [], headers: { 'x-should-retry': null } },
  },
  {
    name: 'v1, tokens of the minute used up',
    path: '/openai/v1/chat/completions',
    model: 'grok-4@1',
    justBefore: [{ status: 200, body: '{"usage":{"total_tokens":21}}' }],
    expect: {
      status: 429,
      code: 'token_rate_exceeded',
      sent: [],
      headers: { 'x-should-retry': null, 'retry-after': '59' },
    },
  },
  {
    name: 'v1, tokens of the minute of the other version used up',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-08-06',
    claims: ALL,
    justBefore: [{ status: 200, body: '{"usage":{"total_tokens":101}}' }],
    expect: { status: 429, code: 'token_rate_exceeded', sent: [] },
  },
  {
    name: 'v1, many tokens on a route without limit',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    justBefore: [{ status: 200, body: '{"usage":{"total_tokens":1000}}' }],
    expect: { status: 200 },
  },
  {
    name: 'v1, tokens of the year used up',
    path: '/openai/v1/chat/completions',
    model: 'grok-4@1',
    claims: { azp: 'other' },
    pause: 3600,
    justBefore: [{ status: 200, body: '{"usage":{"total_tokens":31}}' }],
    expect: { status: 403, code: 'token_quota_exceeded', sent: [], headers: { 'x-should-retry': 'false' } },
  },
  {
    name: 'v1, stored response',
    path: '/openai/v1/responses/resp_1',
    method: 'GET',
    model: 'gpt-4o@2024-11-20',
    expect: { status: 200, sent: ['GET north/openai/v1/responses/resp_1'] },
  },
  {
    name: 'v1, form, without capacity',
    path: '/openai/v1/audio/transcriptions',
    model: 'gpt-4o@2024-11-20',
    body: 'form',
    replies: [busy('30'), busy('12'), busy('20')],
    expect: { status: 429, code: 'model_capacity_exhausted', headers: { 'retry-after': '12' } },
  },
  {
    name: 'v1, form, nobody there',
    path: '/openai/v1/audio/transcriptions',
    model: 'gpt-4o@2024-11-20',
    body: 'form',
    replies: ['refused', 'refused', 'refused'],
    expect: { status: 503, code: 'model_unavailable' },
  },
  {
    name: 'v1, other draw, refused connection first',
    path: '/openai/v1/embeddings',
    model: 'gpt-4o@2024-11-20',
    replies: ['refused', { status: 503 }, { status: 200 }],
    random: 0.9,
    expect: {
      status: 200,
      sent: ['POST north/openai/v1/embeddings', 'POST west/openai/v1/embeddings', 'POST south/openai/v1/embeddings'],
      sentBodies: [`{"model":"${PROVISIONED}","n":1}`, `{"model":"${NEW}","n":1}`, `{"model":"${NEW}","n":1}`],
    },
  },
  {
    name: 'v1, without capacity',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    replies: [busy('30'), busy('12'), busy('20')],
    expect: {
      status: 429,
      code: 'model_capacity_exhausted',
      headers: {
        'retry-after': '12',
        'x-ai-attempts': '3',
        'x-ai-model': 'gpt-4o@2024-11-20',
        'content-type': 'application/json',
        'x-should-retry': null,
      },
    },
  },
  {
    name: 'v1, failing for several reasons',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    replies: [{ status: 500, headers: { 'retry-after-ms': '1500' } }, { status: 408 }, { status: 504 }],
    expect: { status: 503, code: 'model_unavailable', headers: { 'retry-after': '2', 'retry-after-ms': null } },
  },
  {
    name: 'v1, nobody there',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    replies: ['refused', 'refused', 'refused'],
    expect: {
      status: 503,
      code: 'model_unavailable',
      headers: { 'x-ai-attempts': '3', 'x-ai-model': 'gpt-4o@2024-11-20', 'retry-after': null, 'x-should-retry': null },
    },
  },
  {
    name: 'v1, nobody there after one that was busy',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    replies: [busy('8'), 'refused', 'refused'],
    expect: { status: 503, code: 'model_unavailable', headers: { 'x-ai-deployment': NEW, 'retry-after': '8' } },
  },
  {
    name: 'v1, gateway without a role anywhere',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    replies: [{ status: 401 }, { status: 403 }, { status: 401, headers: { 'www-authenticate': 'Bearer' } }],
    expect: {
      status: 502,
      code: 'gateway_not_authorised',
      headers: { 'x-should-retry': 'false', 'www-authenticate': null },
    },
  },
  {
    name: 'v1, gateway without a role in one place',
    path: '/openai/v1/chat/completions',
    model: 'gpt-4o@2024-11-20',
    replies: [{ status: 403 }],
    expect: { status: 200, headers: { 'x-ai-attempts': '2' } },
  },
  {
    name: 'v1, kept response stays with one account',
    path: '/openai/v1/responses',
    model: 'gpt-4o@2024-11-20',
    replies: [{ status: 500 }],
    expect: { status: 503, sent: ['POST north/openai/v1/responses'] },
  },
  {
    name: 'v1, response that is not kept',
    path: '/openai/v1/responses',
    model: 'gpt-4o@2024-11-20',
    body: '{"store":false}',
    replies: [{ status: 500 }, { status: 200 }],
    random: 0.1,
    expect: { status: 200, sent: ['POST north/openai/v1/responses', 'POST south/openai/v1/responses'] },
  },
  {
    name: 'v1, form',
    path: '/openai/v1/audio/transcriptions',
    model: 'gpt-4o@2024-11-20',
    body: 'form',
    replies: [{ status: 500 }, { status: 500 }, { status: 200 }],
    random: 0.1,
    expect: {
      status: 200,
      sent: [
        `POST north/openai/deployments/${PROVISIONED}/audio/transcriptions?${VERSION}`,
        `POST south/openai/deployments/${NEW}/audio/transcriptions?${VERSION}`,
        `POST west/openai/deployments/${NEW}/audio/transcriptions?${VERSION}`,
      ],
      sentBodies: ['form', 'form', 'form'],
    },
  },
  {
    name: 'v1, form to a single member',
    path: '/openai/v1/images/edits',
    model: 'gpt-4o@2024-08-06',
    claims: ALL,
    body: 'form',
    expect: { status: 200, sent: [`POST north/openai/deployments/${OLD}/images/edits?${VERSION}`] },
  },
  {
    name: 'v1, form to a model that takes none',
    path: '/openai/v1/images/edits',
    model: 'grok-4@1',
    body: 'form',
    expect: { status: 404, code: 'model_not_found', sent: [] },
  },
  {
    name: 'v1, other format',
    path: '/openai/v1/chat/completions',
    model: 'grok-4@1',
    expect: { status: 200, sent: ['POST west/openai/v1/chat/completions'], sentBodies: ['{"model":"grok","n":1}'] },
  },
];

const refusals: readonly ConformanceCase[] = ['/openai/v1/chat/completions', '/openai/chat/completions'].flatMap(
  (path): ConformanceCase[] => [
    {
      name: `${path} without header`,
      path,
      expect: { status: 400, code: 'missing_model_header', sent: [], headers: { 'x-should-retry': 'false' } },
    },
    {
      name: `${path} unknown version`,
      path,
      model: 'gpt-4o@1',
      expect: {
        status: 404,
        code: 'model_version_not_found',
        message: 'gpt-4o@1 is no version of this gateway; it has 2024-08-06, 2024-11-20',
        sent: [],
      },
    },
    { name: `${path} unknown model`, path, model: 'x@1', expect: { status: 404, code: 'model_not_found', sent: [] } },
    {
      name: `${path} retired`,
      path,
      model: 'gpt-4@0613',
      expect: {
        status: 410,
        code: 'model_version_retired',
        sent: [],
        headers: gone('Fri, 06 Jun 2025 00:00:00 GMT', 'gpt-4o@2024-11-20'),
      },
    },
    {
      name: `${path} retired without successor`,
      path,
      model: 'gpt-4@0314',
      expect: {
        status: 410,
        code: 'model_version_retired',
        sent: [],
        headers: gone('Thu, 13 Jun 2024 00:00:00 GMT', null),
      },
    },
    {
      name: `${path} retired on an unknown day`,
      path,
      model: 'o1@1',
      expect: { status: 410, code: 'model_version_retired', sent: [], headers: gone(null, 'gpt-4o@2024-11-20') },
    },
    {
      name: `${path} without the role`,
      path,
      model: 'gpt-4o@2024-08-06',
      expect: { status: 403, code: 'model_not_allowed', sent: [] },
    },
    {
      name: `${path} granted`,
      path,
      model: 'gpt-4o@2024-08-06',
      claims: { roles: [], azp: 'granted' },
      expect: { status: 200 },
    },
    {
      name: `${path} granted another route`,
      path,
      model: 'gpt-4o@2024-11-20',
      claims: { roles: [], azp: 'granted' },
      expect: { status: 403, sent: [] },
    },
    {
      name: `${path} without a token`,
      path,
      model: 'gpt-4o@2024-11-20',
      token: 'x',
      expect: { status: 401, code: 'invalid_token', sent: [], headers: { 'x-should-retry': 'false' } },
    },
    {
      name: `${path} of another audience`,
      path,
      model: 'gpt-4o@2024-11-20',
      claims: { aud: 'api://other' },
      expect: { status: 401, code: 'invalid_token', sent: [] },
    },
    {
      name: `${path} another model in the body`,
      path,
      model: 'gpt-4o@2024-11-20',
      body: `{"model":"${OLD}"}`,
      expect: { status: 400, code: 'model_mismatch', sent: [] },
    },
    {
      name: `${path} pair of headers`,
      path,
      headers: ['x-ai-model', 'gpt-4o', 'x-ai-model-version', '2024-11-20'],
      expect: { status: 200, headers: { 'x-ai-model': 'gpt-4o@2024-11-20' } },
    },
  ],
);

const otherPaths: readonly ConformanceCase[] = [
  {
    name: 'unknown path',
    path: '/openai/v1/files',
    method: 'GET',
    expect: { status: 404, code: 'unknown_url', sent: [] },
  },
  {
    name: 'unknown path, dated',
    path: '/openai/assistants',
    method: 'GET',
    expect: { status: 404, code: 'unknown_url', sent: [] },
  },
  {
    name: 'models',
    path: '/openai/v1/models',
    method: 'GET',
    expect: { status: 200, sent: [], headers: { 'content-type': 'application/json' } },
  },
  {
    name: 'model without a token',
    path: '/openai/v1/models/chat',
    method: 'GET',
    token: 'x',
    expect: { status: 401, code: 'invalid_token' },
  },
  {
    name: 'models without a token',
    path: '/openai/v1/models',
    method: 'GET',
    token: 'x',
    expect: { status: 401, code: 'invalid_token' },
  },
  {
    name: 'model that there is not',
    path: '/openai/v1/models/x',
    method: 'GET',
    expect: { status: 404, code: 'model_not_found' },
  },
  {
    name: 'model',
    path: '/openai/v1/models/chat',
    method: 'GET',
    expect: { status: 200, headers: { 'content-type': 'application/json' } },
  },
  {
    name: 'id with a path',
    path: '/openai/v1/responses/..%2Fx',
    method: 'GET',
    model: 'gpt-4o@2024-11-20',
    expect: { status: 400, code: 'invalid_path', sent: [] },
  },
];

export const conformanceCases: readonly ConformanceCase[] = [...datedCases, ...v1Cases, ...refusals, ...otherPaths];

/** The cases that a gateway does not answer as it has to, each with what differs. */
export async function failingCases(definition: GatewayDefinition): Promise<string[]> {
  const failures: string[] = [];
  const run = new ConformanceRun(definition);
  for (const candidate of conformanceCases) {
    const differences = await run.differencesOf(candidate);
    if (differences.length > 0) {
      failures.push(`${candidate.name}: ${differences.join('; ')}`);
    }
  }
  return failures;
}

/** The first of the cases that a gateway does not answer as it has to, or `undefined`. */
export async function firstFailingCase(
  definition: GatewayDefinition,
  cases: readonly ConformanceCase[],
): Promise<ConformanceCase | undefined> {
  const run = new ConformanceRun(definition);
  for (const candidate of cases) {
    const differences = await run.differencesOf(candidate);
    if (differences.length > 0) {
      return candidate;
    }
  }
  return undefined;
}

const A_DAY = 86_400_000;
/** What a caller may send and a deployment may not get. */
const NEVER_SENT = [
  'x-ai-release',
  'api-key',
  'ocp-apim-subscription-key',
  'cookie',
  'x-policy-id',
  'x-ms-oai-image-generation-deployment',
  'azureml-model-deployment',
  'x-http-method-override',
  'x-original-url',
  'x-rewrite-url',
];
const NEVER_ASKED = 'subscription-key=secret&api-key=secret&model=secret&deployment-id=secret';

/** One gateway, asked case after case, a day apart: nothing that it kept for a while is left. */
class ConformanceRun {
  private readonly clock = new FakeClock(1000);
  private readonly pipeline: GatewayPipeline;
  private sent: BackendRequest[] = [];
  private replies: (Reply | 'refused')[] = [];
  private random = 0;
  private hasIdentity = true;

  constructor(definition: GatewayDefinition) {
    this.pipeline = new GatewayPipeline(definition, {
      services: {
        clock: this.clock,
        random: () => this.random,
        transport: (request) => this.reply(request),
        tokens: (resource, client) =>
          this.hasIdentity ? placeholderTokens(resource, client) : Promise.reject(new Error('no identity')),
      },
    });
  }

  /** What differs, a failure of the gateway itself included. */
  differencesOf(given: ConformanceCase): Promise<string[]> {
    return this.ask(given).catch((error: unknown) => [String(error)]);
  }

  private async ask(given: ConformanceCase): Promise<string[]> {
    this.clock.advance(A_DAY);
    this.sent = [];
    this.replies = [...(given.replies ?? [])];
    this.random = given.random ?? 0;
    this.hasIdentity = given.withoutIdentity !== true;
    if (given.justBefore !== undefined) {
      this.replies = [...given.justBefore];
      await this.pipeline.answer(requestOf(given));
      this.clock.advance((given.pause ?? 1) * 1000);
      this.sent = [];
      this.replies = [];
    }
    const { response, requestId } = await this.pipeline.answer(requestOf(given));
    await response.body.load();
    const text = response.body.take(true).toString('utf8');
    const isIdentified = given.method === 'GET' || response.headers.joined('x-request-id') === requestId;
    return [
      ...expectation(given, response.status, (name) => response.headers.joined(name), text),
      ...sendings(given, this.sent, requestId),
      ...(isIdentified ? [] : ['the answer lacks the id of the request']),
    ];
  }

  private reply(request: BackendRequest): Promise<BackendResponse> {
    this.sent.push({ ...request, headers: request.headers.clone() });
    const reply = this.replies.shift() ?? { status: 200 };
    if (reply === 'refused') {
      return Promise.reject(new Error('refused'));
    }
    const headers = HeaderBag.fromRaw(Object.entries(reply.headers ?? {}).flat());
    return Promise.resolve({
      status: reply.status,
      reason: '',
      headers,
      body: Readable.from([Buffer.from(reply.body ?? '{}')]),
    });
  }
}

function requestOf(given: ConformanceCase): IncomingRequest {
  const method = given.method ?? 'POST';
  return {
    method,
    url: new URL(`http://gateway${given.path}${given.path.includes('?') ? '&' : '?'}${NEVER_ASKED}`),
    headers: HeaderBag.fromRaw([
      ...[
        'authorization',
        `Bearer ${given.token ?? callerToken(given.claims)}`,
        'content-type',
        given.contentType ?? 'application/json',
      ],
      ...NEVER_SENT.flatMap((name) => [name, 'secret']),
      ...['content-encoding', 'identity'],
      ...(given.model === undefined ? [] : ['x-ai-model', given.model]),
      ...(given.headers ?? []),
    ]),
    body: method === 'POST' ? MessageBody.ofText(given.body ?? '{"n":1}', 'request') : undefined,
    ipAddress: '127.0.0.1',
    signal: new AbortController().signal,
  };
}

function expectation(
  { expect: expected }: ConformanceCase,
  status: number,
  header: (name: string) => string | undefined,
  text: string,
): string[] {
  const error = text.includes('"error"')
    ? (JSON.parse(text) as { error: { code: string; message: string; type: string } }).error
    : undefined;
  const wanted = expected.code;
  return [
    ...(status === expected.status ? [] : [`status ${status}`]),
    ...(wanted === undefined || error?.code === wanted ? [] : [`code ${error?.code}`]),
    ...(wanted === undefined || (error?.message ?? '').length > 10 ? [] : ['no message']),
    ...(wanted === undefined || header('content-type') === 'application/json' ? [] : ['the error is no JSON']),
    ...(expected.message === undefined || error?.message === expected.message ? [] : [`message ${error?.message}`]),
    ...Object.entries(expected.headers ?? {}).flatMap(([name, value]) =>
      (header(name) ?? null) === value ? [] : [`${name} is ${header(name)}`],
    ),
  ];
}

function sendings({ expect: expected }: ConformanceCase, sent: readonly BackendRequest[], requestId: string): string[] {
  const places = sent.map(({ method, url }) => `${method} ${url.host.split('-')[0]}${url.pathname}${url.search}`);
  const bodies = sent.map(({ content }) => String(content));
  return [
    ...(expected.sent === undefined || expected.sent.join() === places.join() ? [] : [`sent to ${places.join(', ')}`]),
    ...(expected.sentBodies === undefined || expected.sentBodies.join() === bodies.join()
      ? []
      : [`sent ${bodies.join()}`]),
    ...(expected.sentTypes === undefined ? [] : wrongTypes(expected.sentTypes, sent)),
    ...sent
      .filter((request) => !isRightBackend(request))
      .map(({ url }) => `the backend ${url.host} is another deployment's`),
    ...sent.flatMap(({ headers, url }) => [
      ...[...NEVER_SENT, 'x-ai-model', 'x-ai-model-version']
        .filter((name) => headers.has(name))
        .map((name) => `passed on ${name}`),
      ...(headers.joined('authorization') === 'Bearer emulated-token-for-https://cognitiveservices.azure.com'
        ? []
        : ['sent a wrong token']),
      ...(headers.joined('x-ms-client-request-id') === requestId ? [] : ['sent no id of the request']),
      ...(url.search.includes('secret') ? ['passed on the key in the query'] : []),
    ]),
  ];
}

/** Backends are hosts of their own here, although an account has one: which of them was taken tells the deployment. */
function isRightBackend({ url, content }: BackendRequest): boolean {
  const dated = /\/deployments\/([^/]+)\//.exec(url.pathname);
  const [, model] = /"model":"([^"]+)"/.exec(String(content)) ?? [];
  const deployment = dated?.[1] ?? model;
  const id = deployment?.replace(/[^A-Za-z0-9]/g, '-').toLowerCase();
  return id === undefined || url.host.endsWith(`-${id}-${dated ? 'dated' : 'v1'}`);
}

function wrongTypes(types: readonly string[], sent: readonly BackendRequest[]): string[] {
  return sent.flatMap(({ headers }, index) => [
    ...(headers.joined('content-type') === types[index] ? [] : [`sent as ${headers.joined('content-type')}`]),
    ...(headers.has('content-encoding') ? ['sent as if it were encoded'] : []),
  ]);
}

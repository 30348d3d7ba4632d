import { contextValue } from '../../../lib/emulator/context-value';
import { Environment } from '../../../lib/emulator/csharp/invocation';
import { JObject, JValue, setProperty } from '../../../lib/emulator/csharp/json';
import { ContextObject, Value, Int32, Int64, Double, Char } from '../../../lib/emulator/csharp/values';
import { HeaderBag } from '../../../lib/emulator/header-bag';
import { MessageBody } from '../../../lib/emulator/message-body';
import { RequestState } from '../../../lib/emulator/request-state';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A clock that stands still and chances that are none. */
export const sampleEnvironment: Environment = {
  now: () => NOW,
  random: () => 0.5,
  newGuid: () => '0f8fad5b-d9cb-469f-a165-70867728950e',
};

const BODY =
  '{"model":"gpt-4o","n":2,"temperature":0.5,"stream":true,"stop":null,"messages":[{"role":"user","content":"h\u00e9llo"}]}';

function headers(): HeaderBag {
  return HeaderBag.fromRaw([
    ...['x-ai-model', 'gpt-5.1@2025-11-13', 'x-many', 'a', 'X-Many', 'b', 'Retry-After', '12'],
    ...['Cache-Control', 'public, max-age=60'],
  ]);
}

function variables(): Map<string, Value> {
  const json = new JObject();
  setProperty(json, 'a', new JValue(1n));
  return new Map<string, Value>([
    ['i', new Int32(7)],
    ['j', new Int32(-3)],
    ['zero', new Int32(0)],
    ['big', new Int32(2_147_483_647)],
    ['l', new Int64(5_000_000_000n)],
    ['d', new Double(2.5)],
    ['b', true],
    ['s', 'text'],
    ['n', '42'],
    ['c', new Char('x')],
    ['json', json],
  ]);
}

/** A request on its way, with the same content as the stubs in C#. */
export function sampleState(): RequestState {
  const operation = { id: 'chat', method: 'POST', urlTemplate: '/deployments/{deployment}/chat/completions' };
  const api = { id: 'models', path: 'openai', operations: [operation] };
  const url = new URL('http://gateway.example/openai/deployments/chat/chat/completions?api-version=2024-10-21&x=1&x=2');
  return {
    request: {
      method: 'POST',
      originalUrl: url,
      path: '/deployments/chat/chat/completions',
      query: new URLSearchParams(url.searchParams),
      headers: headers(),
      body: MessageBody.ofText(BODY, 'request'),
      ipAddress: '127.0.0.1',
    },
    response: {
      status: 429,
      reason: 'Too Many Requests',
      headers: headers(),
      body: MessageBody.ofText(BODY, 'response'),
      streamed: false,
    },
    variables: variables(),
    lastError: undefined,
    requestId: sampleEnvironment.newGuid(),
    receivedAt: NOW,
    matched: {
      api,
      operation,
      parameters: new Map([['deployment', 'chat']]),
      path: '/deployments/chat/chat/completions',
    },
    subscription: { id: 'team-a', key: 'secret', productId: 'models' },
    backend: { url: 'https://account.example/openai' },
    signal: new AbortController().signal,
    trace: [],
  };
}

export function sampleContext(state: RequestState = sampleState()): ContextObject {
  const target = (): URL =>
    new URL('https://account.example/openai/deployments/chat/chat/completions?api-version=2024-10-21');
  return contextValue(state, { apis: [] }, target, sampleEnvironment.now);
}

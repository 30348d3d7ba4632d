import { contextValue, jwtValue } from '../../../lib/emulator/context-value';
import { Environment } from '../../../lib/emulator/csharp/invocation';
import { parseJson } from '../../../lib/emulator/csharp/json-parser';
import { Char, ContextObject, Double, Int32, Int64, Sequence, Value } from '../../../lib/emulator/csharp/values';
import { PolicyError } from '../../../lib/emulator/errors';
import { HeaderBag } from '../../../lib/emulator/header-bag';
import { MessageBody } from '../../../lib/emulator/message-body';
import { RequestState } from '../../../lib/emulator/request-state';
import { TokenUse } from '../../../lib/emulator/token-use';
import { ContextSpecification, HeaderList, sampleSpecification, VariableSpecification } from './context-specification';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A clock that stands still and chances that are none. */
export const sampleEnvironment: Environment = {
  now: () => NOW,
  random: () => 0.5,
  newGuid: () => '0f8fad5b-d9cb-469f-a165-70867728950e',
};

function variableValue(given: VariableSpecification): Value {
  if (typeof given !== 'object') {
    return given;
  }
  if ('int' in given) {
    return new Int32(given.int);
  }
  if ('long' in given) {
    return new Int64(BigInt(given.long));
  }
  if ('double' in given) {
    return new Double(given.double);
  }
  if ('char' in given) {
    return new Char(given.char);
  }
  if ('strings' in given) {
    return new Sequence([...given.strings], 'array', 'String');
  }
  return 'json' in given ? parseJson(given.json) : jwtValue(new Map(Object.entries(given.jwt)));
}

function headerBag(list: HeaderList): HeaderBag {
  return HeaderBag.fromRaw(list.flat());
}

/** A request on its way, with the same content as the stubs in C#. */
export function sampleState(specification: ContextSpecification = {}): RequestState {
  const given = { ...sampleSpecification, ...specification };
  const operation = { id: 'chat', method: 'POST', urlTemplate: '/deployments/{deployment}/chat/completions' };
  const api = { id: 'models', path: 'openai', operations: [operation] };
  const originalUrl = new URL(given.originalUrl);
  const { response, lastError, subscription } = given;
  return {
    request: {
      method: given.method,
      originalUrl,
      path: '/deployments/chat/chat/completions',
      query: new URLSearchParams(originalUrl.searchParams),
      headers: headerBag(given.headers),
      body: given.body === null ? undefined : MessageBody.ofText(given.body, 'request'),
      ipAddress: given.ipAddress,
    },
    response: response
      ? {
          status: response.status,
          reason: response.reason,
          headers: headerBag(response.headers),
          body: MessageBody.ofText(response.body, 'response'),
          streamed: false,
        }
      : undefined,
    variables: new Map(Object.entries(given.variables).map(([name, value]) => [name, variableValue(value)])),
    lastError: lastError
      ? Object.assign(new PolicyError(lastError.source, lastError.reason, lastError.message, 500), {
          section: lastError.section,
          scope: lastError.scope,
          path: lastError.path,
        } as object)
      : undefined,
    requestId: sampleEnvironment.newGuid(),
    receivedAt: NOW,
    matched: {
      api,
      operation,
      parameters: new Map(Object.entries(given.matchedParameters)),
      path: '/deployments/chat/chat/completions',
    },
    subscription: subscription ? { ...subscription, key: 'secret' } : undefined,
    backend: { url: 'https://account.example/openai' },
    crossOriginHeaders: new HeaderBag(),
    tokenUse: new TokenUse(),
    signal: new AbortController().signal,
    trace: [],
  };
}

export function sampleContext(
  state: RequestState = sampleState(),
  url: string = sampleSpecification.url,
): ContextObject {
  return contextValue(state, { apis: [] }, () => new URL(url), sampleEnvironment.now);
}

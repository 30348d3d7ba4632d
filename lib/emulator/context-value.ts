import { TokenClaims } from './access-tokens';
import { castTo, defaultOf } from './csharp/conversion';
import { invalidCast, unsupportedUse } from './csharp/exceptions';
import { JArray, JObject } from './csharp/json';
import { parseJson } from './csharp/json-parser';
import { DateTime, TimeSpan } from './csharp/time';
import { typeNameOf } from './csharp/type-names';
import { boxed, Bytes, ContextCall, ContextObject, Dictionary, Guid, Int32, Sequence, Value } from './csharp/values';
import { GatewayDefinition } from './gateway-definition';
import { HeaderBag } from './header-bag';
import { MessageBody } from './message-body';
import { RequestState } from './request-state';

/** Names of the members that the context and its objects have here. */
export const contextMemberNames: ReadonlySet<string> = new Set(
  (
    'Api Operation Deployment Product Subscription User RequestId Timestamp Elapsed Tracing Variables LastError Response Request Trace ' +
    'Id Name Path Version Revision IsCurrentRevision ServiceUrl Method UrlTemplate Region ServiceName GatewayId Key Headers Url OriginalUrl ' +
    'IpAddress MatchedParameters Body Certificate StatusCode StatusReason Source Reason Message Scope Section PolicyId Host Port Scheme ' +
    'QueryString Query As GetValueOrDefault Audiences Claims ExpirationTime NotBefore Issuer Subject'
  ).split(' '),
);

type Getters = Record<string, () => Value>;

function object(
  typeName: string,
  getters: Getters,
  methods: Record<string, (call: ContextCall) => Value> = {},
): ContextObject {
  return new ContextObject(typeName, new Map(Object.entries(getters)), new Map(Object.entries(methods)));
}

function exactly(key: Value): string {
  return String(key);
}

function strings(values: readonly string[]): Sequence {
  return new Sequence([...values], 'array', 'String');
}

/** `IReadOnlyDictionary<string, string[]>` whose `GetValueOrDefault` answers one text with commas. */
function multiValued(
  entries: readonly (readonly [string, readonly string[]])[],
  comparedAs: (key: Value) => string = (key) => String(key).toLowerCase(),
): Dictionary {
  const dictionary = new Dictionary('IReadOnlyDictionary', comparedAs, true, false, (found, call) => {
    if (found instanceof Sequence) {
      return found.items.join(',');
    }
    return call.has(1) ? call.value(1) : null;
  });
  entries.forEach(([key, values]) => dictionary.entries.set(comparedAs(key), { key, value: strings(values) }));
  return dictionary;
}

function headersValue(headers: HeaderBag): Value {
  return multiValued(headers.entries());
}

function bodyValue(body: MessageBody): Value {
  return object(
    'IMessageBody',
    {},
    {
      As: (call) => {
        const bytes = body.take(call.boolean(0, 'preserveContent', false));
        const type = call.typeArguments[0];
        // A byte order mark is no part of the text.
        const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
        if (type?.name === 'Byte' && type.rank === 1) {
          return new Bytes(bytes);
        }
        switch (type?.rank === 0 ? type.name : '') {
          case 'String':
            return text;
          case 'JToken':
            return parseJson(text);
          case 'JObject':
            return parsedAs(text, JObject, 'JObject');
          case 'JArray':
            return parsedAs(text, JArray, 'JArray');
          default:
            throw unsupportedUse(`Body.As<${type?.name ?? ''}>`);
        }
      },
    },
  );
}

function parsedAs(text: string, type: typeof JObject | typeof JArray, name: string): Value {
  const token = parseJson(text);
  if (!(token instanceof type)) {
    throw invalidCast(typeNameOf(token), name);
  }
  return token;
}

function urlValue(url: URL): Value {
  const query = new Map<string, string[]>();
  url.searchParams.forEach((value, key) => query.set(key, [...(query.get(key) ?? []), value]));
  return object('IUrl', {
    Host: () => url.hostname,
    Path: () => url.pathname,
    Port: () => new Int32(Number(url.port || (url.protocol === 'https:' ? 443 : 80))),
    Scheme: () => url.protocol.replace(':', ''),
    QueryString: () => url.search,
    Query: () => multiValued([...query]),
  });
}

function textDictionary(entries: ReadonlyMap<string, string>): Value {
  const dictionary = new Dictionary('IReadOnlyDictionary', exactly, true);
  entries.forEach((value, key) => dictionary.entries.set(key, { key, value }));
  return dictionary;
}

/** The variables: values are of static type `object`; `GetValueOrDefault<T>` casts to T. */
function variablesValue(variables: ReadonlyMap<string, Value>): Value {
  const dictionary = new Dictionary('IReadOnlyDictionary', exactly, true, true, (found, call) => {
    const type = call.typeArguments[0];
    const fallback = call.has(1) ? call.value(1) : type ? defaultOf(type) : null;
    if (found === undefined) {
      return fallback;
    }
    if (type) {
      return castTo(type, boxed(found));
    }
    // Without a type argument it is that of the default value.
    return fallback === null ? boxed(found) : sameType(found, fallback);
  });
  variables.forEach((value, key) => dictionary.entries.set(key, { key, value }));
  return dictionary;
}

function sameType(found: Value, fallback: Value): Value {
  const [given, expected] = [typeNameOf(found), typeNameOf(fallback)];
  if (found !== null && given !== expected) {
    throw invalidCast(given, expected);
  }
  return found;
}

/** A verified token: `Jwt` of the documentation. */
export function jwtValue(claims: TokenClaims): Value {
  const first = (name: string): Value => claims.get(name)?.[0] ?? null;
  const seconds = (name: string): Value =>
    claims.has(name) ? DateTime.fromMilliseconds(Number(claims.get(name)![0]) * 1000) : null;
  return object('Jwt', {
    Audiences: () => new Sequence([...(claims.get('aud') ?? [])], 'query'),
    Claims: () => multiValued([...claims], exactly),
    ExpirationTime: () => seconds('exp'),
    NotBefore: () => seconds('nbf'),
    Id: () => first('jti'),
    Issuer: () => first('iss'),
    Subject: () => first('sub'),
  });
}

/** What `context` is for a request at this moment (learn.microsoft.com/azure/api-management/api-management-policy-expressions#ContextVariables). */
export function contextValue(
  state: RequestState,
  gateway: GatewayDefinition,
  backendUrl: () => URL,
  now: () => number,
): ContextObject {
  const { request, matched, subscription } = state;
  return object(
    'context',
    {
      Api: () =>
        object('IApi', {
          Id: () => matched.api.id,
          Name: () => matched.api.name ?? matched.api.id,
          Path: () => matched.api.path,
          Version: () => matched.api.version ?? null,
          Revision: () => '1',
          IsCurrentRevision: () => true,
          ServiceUrl: () => (matched.api.serviceUrl === undefined ? null : urlValue(new URL(matched.api.serviceUrl))),
        }),
      Operation: () =>
        object('IOperation', {
          Id: () => matched.operation.id,
          Name: () => matched.operation.name ?? matched.operation.id,
          Method: () => matched.operation.method,
          UrlTemplate: () => matched.operation.urlTemplate,
        }),
      Deployment: () =>
        object('IDeployment', {
          Region: () => gateway.region ?? 'local',
          ServiceName: () => gateway.serviceName ?? 'emulator',
          GatewayId: () => 'managed',
        }),
      Product: () =>
        subscription?.productId === undefined
          ? null
          : object('IProduct', { Id: () => subscription.productId!, Name: () => subscription.productId! }),
      Subscription: () =>
        subscription === undefined
          ? null
          : object('ISubscription', {
              Id: () => subscription.id,
              Name: () => subscription.name ?? subscription.id,
              Key: () => subscription.key,
            }),
      User: () => null,
      RequestId: () => new Guid(state.requestId),
      Timestamp: () => DateTime.fromMilliseconds(state.receivedAt),
      Elapsed: () => TimeSpan.fromMilliseconds(now() - state.receivedAt),
      Tracing: () => false,
      Variables: () => variablesValue(state.variables),
      LastError: () => lastErrorValue(state),
      Response: () => responseValue(state),
      Request: () =>
        object('IRequest', {
          Method: () => request.method,
          Headers: () => headersValue(request.headers),
          Url: () => urlValue(backendUrl()),
          OriginalUrl: () => urlValue(request.originalUrl),
          IpAddress: () => request.ipAddress,
          MatchedParameters: () => textDictionary(matched.parameters),
          Body: () => (request.body === undefined ? null : bodyValue(request.body)),
          Certificate: () => null,
        }),
    },
    { Trace: () => null },
  );
}

function responseValue(state: RequestState): Value {
  const { response } = state;
  return response === undefined
    ? null
    : object('IResponse', {
        StatusCode: () => new Int32(response.status),
        StatusReason: () => response.reason,
        Headers: () => headersValue(response.headers),
        Body: () => bodyValue(response.body),
      });
}

function lastErrorValue(state: RequestState): Value {
  const error = state.lastError;
  return error === undefined
    ? null
    : object('ILastError', {
        Source: () => error.source,
        Reason: () => error.reason,
        Message: () => error.message,
        Scope: () => error.scope ?? null,
        Section: () => error.section ?? null,
        Path: () => error.path ?? null,
        PolicyId: () => error.policyId ?? null,
      });
}

import { TokenClaims } from './access-tokens';
import { exactly, multiValued, textDictionary, variablesValue } from './context-dictionaries';
import { invalidCast, unsupportedUse } from './csharp/exceptions';
import { JArray, JObject } from './csharp/json';
import { parseJson } from './csharp/json-parser';
import { DateTime, TimeSpan } from './csharp/time';
import { typeNameOf } from './csharp/type-names';
import { Bytes, ContextCall, ContextObject, Guid, Int32, Sequence, Value } from './csharp/values';
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
    'QueryString Query As GetValueOrDefault Audiences Claims ExpirationTime IssuedAt NotBefore Issuer Subject'
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

/** A verified token: `Jwt` of the documentation. */
export function jwtValue(claims: TokenClaims): Value {
  const first = (name: string): Value => claims.get(name)?.[0] ?? null;
  const seconds = (name: string): Value =>
    claims.has(name) ? DateTime.fromMilliseconds(Number(claims.get(name)![0]) * 1000) : null;
  return object('Jwt', {
    Audiences: () => new Sequence([...(claims.get('aud') ?? [])], 'query'),
    Claims: () => multiValued([...claims], exactly),
    ExpirationTime: () => seconds('exp'),
    IssuedAt: () => seconds('iat'),
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

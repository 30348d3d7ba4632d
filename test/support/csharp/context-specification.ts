/** A variable of the policy, with its type in C#. */
export type VariableSpecification =
  | string
  | boolean
  | { readonly int: number }
  | { readonly long: string }
  | { readonly double: number }
  | { readonly char: string }
  | { readonly strings: readonly string[] }
  /** Text of a JSON object. */
  | { readonly json: string }
  /** The claims of a verified token. */
  | { readonly jwt: Readonly<Record<string, readonly string[]>> };

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** What `context` is, for the emulator and for real C# alike; what is left out is as in the sample. */
export interface ContextSpecification {
  readonly method?: string;
  /** As the caller sent it. */
  readonly originalUrl?: string;
  /** Where the request would be sent to. */
  readonly url?: string;
  readonly headers?: HeaderList;
  /** Null for none. */
  readonly body?: string | null;
  readonly ipAddress?: string;
  readonly matchedParameters?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, VariableSpecification>>;
  readonly response?: {
    readonly status: number;
    readonly reason: string;
    readonly headers: HeaderList;
    readonly body: string;
  } | null;
  readonly lastError?: {
    readonly source: string;
    readonly reason: string;
    readonly message: string;
    readonly section: string;
    readonly scope: string;
    readonly path: string;
  } | null;
  /** Null for a caller without one. */
  readonly subscription?: { readonly id: string; readonly name: string; readonly productId: string } | null;
}

const body =
  '{"model":"gpt-4o","n":2,"temperature":0.5,"stream":true,"stop":null,"messages":[{"role":"user","content":"h\u00e9llo"}]}';

const headers: HeaderList = [
  ['x-ai-model', 'gpt-5.1@2025-11-13'],
  ['x-many', 'a'],
  ['X-Many', 'b'],
  ['Retry-After', '12'],
  ['Cache-Control', 'public, max-age=60'],
];

/** A request that was refused with 429, with a variable of each type. */
export const sampleSpecification: Required<ContextSpecification> = {
  method: 'POST',
  originalUrl: 'http://gateway.example/openai/deployments/chat/chat/completions?api-version=2024-10-21&x=1&x=2',
  url: 'https://account.example/openai/deployments/chat/chat/completions?api-version=2024-10-21',
  headers,
  body,
  ipAddress: '127.0.0.1',
  matchedParameters: { deployment: 'chat' },
  variables: {
    i: { int: 7 },
    j: { int: -3 },
    zero: { int: 0 },
    big: { int: 2_147_483_647 },
    l: { long: '5000000000' },
    d: { double: 2.5 },
    b: true,
    s: 'text',
    n: '42',
    c: { char: 'x' },
    json: { json: '{"a":1}' },
    names: { strings: ['a', 'b'] },
    caller: {
      jwt: {
        sub: ['user-1'],
        aud: ['api://gateway'],
        iss: ['https://sts.example/'],
        jti: ['token-1'],
        roles: ['Model.gpt-4o', 'Model.embed'],
      },
    },
  },
  response: { status: 429, reason: 'Too Many Requests', headers, body },
  lastError: null,
  subscription: { id: 'team-a', name: 'Team A', productId: 'models' },
};

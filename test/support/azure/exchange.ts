/** What somebody asked the fake. */
export interface FakeRequest {
  /** Origin of the fake, for links in its answers. */
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What the fake answers. */
export interface FakeAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes out as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Characters after which the connection is cut. */
  readonly cutAfter?: number;
  /** Keeps the connection open behind what is sent, for ever. */
  readonly stalls?: boolean;
}

/** Answers what it knows. */
export type FakeRoute = (request: FakeRequest) => FakeAnswer | undefined;

/** A refusal as Resource Manager writes it. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): FakeAnswer {
  return { status, headers, body: { error: { code, message } } };
}

import { Readable } from 'node:stream';
import { GatewayDefinition } from '../../../lib/emulator/gateway-definition';
import { GatewayPipeline } from '../../../lib/emulator/gateway-pipeline';
import { HeaderBag } from '../../../lib/emulator/header-bag';
import { MessageBody } from '../../../lib/emulator/message-body';
import { gatewaysOf } from '../../../lib/emulator/synthesised';
import { BackendRequest, BackendResponse } from '../../../lib/emulator/transport';
import { TENANT } from './router-stack';

export const PIN_KEY = 'k'.repeat(44);

/** What a release was sent. */
export interface Received {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly release: string | undefined;
  readonly headers: HeaderBag;
  readonly body: string;
  /** Whether chunks go on as they come. */
  readonly streamed: boolean;
}

export interface Call {
  readonly user?: string;
  readonly claims?: Record<string, unknown>;
  readonly token?: string | null;
  readonly method?: string;
  readonly path?: string;
  /** Name, value, name, value … as they come over the wire. */
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A token whose signature nobody checks, as the emulator takes it. */
export function tokenOf(claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const all = { aud: 'api://chat', tid: TENANT, exp: 4_102_444_800, ...claims };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(all)}.c2ln`;
}

const definitions = new Map<string, GatewayDefinition>();

/** The router of a synthesised stack, read from its JSON and executed; releases answer with what they were sent. */
export class RunningRouter {
  readonly received: Received[] = [];
  private pipeline: GatewayPipeline;
  private readonly definition: GatewayDefinition;

  constructor(
    synthesised: string,
    private readonly reply: (request: BackendRequest) => Promise<BackendResponse> = okay,
    more: Partial<GatewayDefinition> = {},
  ) {
    const read = definitions.get(synthesised) ?? gatewaysOf(JSON.parse(synthesised))[0]!.definition;
    definitions.set(synthesised, read);
    this.definition = { ...read, ...more };
    this.pipeline = this.pipelineWith({ 'release-router-pin-key': PIN_KEY });
  }

  /** As an operator changes them, without any apply. */
  setNamedValues(values: Readonly<Record<string, string>>): void {
    this.pipeline = this.pipelineWith({ 'release-router-pin-key': PIN_KEY, ...values });
  }

  async call(call: Call = {}): Promise<Answer> {
    const { user = 'user-1', claims = {}, token, method = 'POST', path = '/chat/turns', headers = [], body } = call;
    const bag = HeaderBag.fromRaw(headers);
    if (token !== null) {
      bag.append('Authorization', [`Bearer ${token ?? tokenOf({ oid: user, ...claims })}`]);
    }
    const { response } = await this.pipeline.answer({
      method,
      url: new URL(`http://gateway.example${path}`),
      headers: bag,
      body: body === undefined ? undefined : MessageBody.ofStream(Readable.from([Buffer.from(body)]), 'request'),
      ipAddress: '127.0.0.1',
      signal: new AbortController().signal,
    });
    await response.body.load();
    return {
      status: response.status,
      release: response.headers.joined('x-release'),
      headers: response.headers,
      body: response.body.take(true).toString('utf8'),
      streamed: response.streamed,
    };
  }

  private pipelineWith(values: Readonly<Record<string, string>>): GatewayPipeline {
    const namedValues = new Map([...(this.definition.namedValues ?? []), ...Object.entries(values)]);
    return new GatewayPipeline(
      { ...this.definition, namedValues },
      {
        services: {
          transport: async (request) => {
            const response = await this.reply(request);
            this.received.push(await receivedOf(request));
            return response;
          },
        },
      },
    );
  }
}

async function receivedOf({ method, url, headers, content }: BackendRequest): Promise<Received> {
  const chunks: Buffer[] = [];
  if (content !== undefined && !Buffer.isBuffer(content)) {
    for await (const chunk of content) {
      chunks.push(chunk as Buffer);
    }
  }
  return {
    host: url.hostname,
    method,
    path: url.pathname + url.search,
    headers: Object.fromEntries(headers.entries().map(([name, list]) => [name.toLowerCase(), list.join(',')])),
    body: (Buffer.isBuffer(content) ? content : Buffer.concat(chunks)).toString('utf8'),
  };
}

/** Says another release than the one that it is: the router's word counts. */
export async function okay({ url }: BackendRequest): Promise<BackendResponse> {
  const headers = new HeaderBag();
  headers.set('x-release', ['something-else']);
  headers.set('x-release-pin', ['forged-by-the-orchestrator']);
  return { status: 200, reason: 'OK', headers, body: Readable.from([Buffer.from(url.hostname)]) };
}

import { ServerResponse } from 'node:http';
import { FakeBackend, ReceivedRequest } from '../../emulator/support/fake-backend';

/** What a deployment does with a call; by default it answers. */
export type DeploymentBehaviour = (request: ReceivedRequest, response: ServerResponse) => void;

/** A deployment of a fake account: which model version it has. */
export interface FakeDeployment {
  readonly model: string;
  readonly version: string;
  behaviour?: DeploymentBehaviour;
}

export const MODEL_TOKEN = 'emulated-token-for-https://cognitiveservices.azure.com';
export const API_VERSION = '2024-10-21';

const DATED = /^\/openai\/deployments\/([^/]+)(\/[^?]*)\?(.*)$/;
const V1 = /^\/openai\/v1(\/[^?]*)(?:\?(.*))?$/;
const STORED = /^\/responses\/([^/]+)/;

/**
 * The inference API of one account, over HTTP. It refuses a wrong token, path, api-version or deployment as Azure does,
 * and says in every answer which deployment and model version gave it.
 */
export class FakeAzureOpenAi {
  /** Every call that was served: the deployment and its model version. */
  readonly served: { readonly deployment: string; readonly key: string; readonly request: ReceivedRequest }[] = [];
  private readonly stored = new Map<string, string>();

  private constructor(
    readonly account: string,
    private readonly deployments: Readonly<Record<string, FakeDeployment>>,
    private readonly holder: { backend?: FakeBackend },
  ) {}

  static async start(account: string, deployments: Readonly<Record<string, FakeDeployment>>): Promise<FakeAzureOpenAi> {
    const holder: { backend?: FakeBackend } = {};
    const fake = new FakeAzureOpenAi(account, deployments, holder);
    holder.backend = await FakeBackend.start((request, response) => fake.answer(request, response));
    return fake;
  }

  get url(): string {
    return this.holder.backend!.url;
  }

  get received(): readonly ReceivedRequest[] {
    return this.holder.backend!.received;
  }

  stop(): Promise<void> {
    return this.holder.backend!.stop();
  }

  private answer(request: ReceivedRequest, response: ServerResponse): void {
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      return refuse(response, 401, refusal);
    }
    const dated = DATED.exec(request.url);
    if (dated) {
      if (new URLSearchParams(dated[3]).get('api-version') !== API_VERSION) {
        return refuse(response, 404, 'Resource not found');
      }
      return this.serve(decodeURIComponent(dated[1]!), dated[2]!, request, response);
    }
    const v1 = V1.exec(request.url);
    if (v1 === null) {
      return refuse(response, 404, 'Resource not found');
    }
    const stored = STORED.exec(v1[1]!);
    if (stored) {
      const deployment = this.stored.get(stored[1]!);
      return deployment === undefined
        ? refuse(response, 404, `Response with id '${stored[1]}' not found.`)
        : this.serve(deployment, '/responses', request, response);
    }
    if (request.body === '') {
      return refuse(response, 400, 'The request body is empty.');
    }
    const body = JSON.parse(request.body) as { model?: unknown; previous_response_id?: string };
    if (body.previous_response_id !== undefined && !this.stored.has(body.previous_response_id)) {
      return refuse(response, 400, `Previous response with id '${body.previous_response_id}' not found.`);
    }
    return this.serve(String(body.model), v1[1]!, request, response);
  }

  private serve(name: string, operation: string, request: ReceivedRequest, response: ServerResponse): void {
    const deployment = this.deployments[name];
    if (deployment === undefined) {
      return refuse(response, 404, 'The API deployment for this resource does not exist.', 'DeploymentNotFound');
    }
    const key = `${deployment.model}@${deployment.version}`;
    if (deployment.behaviour) {
      return deployment.behaviour(request, response);
    }
    this.served.push({ deployment: name, key, request });
    if (request.body.includes('"stream":true')) {
      return stream(response, `${deployment.model}-${deployment.version}`);
    }
    const id = `${operation === '/responses' ? 'resp' : 'chatcmpl'}_${this.account}_${this.served.length}`;
    if (operation === '/responses' && request.method === 'POST') {
      this.stored.set(id, name);
    }
    json(response, 200, {
      id,
      model: `${deployment.model}-${deployment.version}`,
      ...(operation === '/responses'
        ? { object: 'response', status: 'completed', output: [] }
        : operation === '/embeddings'
          ? { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.5, 0.25] }] }
          : {
              object: 'chat.completion',
              choices: [{ index: 0, message: { role: 'assistant', content: this.account } }],
            }),
      usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
      text: operation.startsWith('/audio') ? this.account : undefined,
    });
  }
}

/** Azure takes the gateway's token; a caller's token or key must not arrive. */
function refusalOf({ headers }: ReceivedRequest): string | undefined {
  if (headers.authorization !== `Bearer ${MODEL_TOKEN}`) {
    return 'Access denied due to invalid subscription key or wrong API endpoint.';
  }
  const leaked = Object.keys(headers).filter((name) => /^(x-ai-.*|api-key|ocp-apim-subscription-key)$/.test(name));
  return leaked.length === 0 ? undefined : `the gateway passed on ${leaked.join(', ')}`;
}

function stream(response: ServerResponse, model: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (content: string) =>
    `data: ${JSON.stringify({ id: 'chatcmpl', object: 'chat.completion.chunk', model, choices: [{ index: 0, delta: { content } }] })}\n\n`;
  ['one', 'two', 'three'].forEach((word, index) => setTimeout(() => response.write(chunk(word)), index * 60));
  setTimeout(() => response.end('data: [DONE]\n\n'), 200);
}

function refuse(response: ServerResponse, status: number, message: string, code = String(status)): void {
  json(response, status, { error: { code, message } });
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

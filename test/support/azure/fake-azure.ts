import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { Certificate, makeCertificate } from './certificate';
import { FakeAnswer, FakeRequest, FakeRoute, refusal } from './exchange';
import { CLIENT_ID, CLIENT_SECRET, FakeEntra, TENANT } from './fake-entra';

/**
 * Microsoft Entra ID and Azure Resource Manager on one port of this computer, over TLS: the real SDK signs in to it and
 * asks it. Tests say with routes what Resource Manager has; the tokens are checked before.
 */
export class FakeAzure {
  readonly entra = new FakeEntra();
  /** What Resource Manager was asked, in the order of arrival. */
  readonly requests: FakeRequest[] = [];
  private routes: FakeRoute[] = [];

  private constructor(
    private readonly server: Server,
    readonly certificate: Certificate,
    private readonly ownsCertificate: boolean,
  ) {
    server.on('request', (request, response) => void this.serve(request, response));
  }

  /** @param shared key and certificate of another one, whose clients then trust this one too; its own unless given */
  static async start(shared?: Certificate): Promise<FakeAzure> {
    const made = shared ?? makeCertificate();
    const server = createServer({ key: made.key, cert: made.certificate });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new FakeAzure(server, made, shared === undefined);
  }

  get origin(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Environment in which the command line signs in here. */
  get environment(): Readonly<Record<string, string>> {
    return {
      NODE_EXTRA_CA_CERTS: this.certificate.file,
      AZURE_AUTHORITY_HOST: this.origin,
      AZURE_TENANT_ID: TENANT,
      AZURE_CLIENT_ID: CLIENT_ID,
      AZURE_CLIENT_SECRET: CLIENT_SECRET,
      // Whatever proxy the computer has, this server is not behind it.
      NO_PROXY: 'localhost',
    };
  }

  /** Adds what Resource Manager has; routes are asked in order, and the first that answers counts. */
  route(...routes: FakeRoute[]): void {
    this.routes.push(...routes);
  }

  /** Forgets routes, requests and refusals; tokens stay good. */
  reset(): void {
    this.routes = [];
    this.requests.length = 0;
    this.entra.refusal = undefined;
    this.entra.lifetime = 3600;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    if (this.ownsCertificate) {
      this.certificate.remove();
    }
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
      chunks.push(chunk as Buffer);
    }
    const url = new URL(message.url ?? '/', this.origin);
    const request: FakeRequest = {
      origin: this.origin,
      method: message.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: message.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    send(response, this.entra.answer(request) ?? this.resourceManager(request));
  }

  private resourceManager(request: FakeRequest): FakeAnswer {
    this.requests.push(request);
    switch (this.entra.stateOf(request.headers.authorization as string | undefined)) {
      case 'unknown':
        return refusal(
          401,
          'AuthenticationFailed',
          "Authentication failed. The 'Authorization' header is missing.",
          CHALLENGE,
        );
      case 'expired':
        return refusal(
          401,
          'ExpiredAuthenticationToken',
          'The access token expiry UTC time is earlier than now.',
          CHALLENGE,
        );
    }
    if (!request.query.has('api-version')) {
      return refusal(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      );
    }
    for (const route of this.routes) {
      const answer = route(request);
      if (answer !== undefined) {
        return answer;
      }
    }
    return refusal(404, 'ResourceNotFound', `The resource '${request.path}' was not found.`);
  }
}

const CHALLENGE = {
  'www-authenticate': `Bearer authorization_uri="https://login.example/${TENANT}", error="invalid_token"`,
};

function send(response: ServerResponse, { status = 200, headers = {}, body = '', cutAfter, stalls }: FakeAnswer): void {
  const text = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(text.length),
    ...headers,
  });
  if (stalls) {
    response.write(text.subarray(0, -1));
  } else if (cutAfter === undefined) {
    response.end(text);
  } else {
    response.write(text.subarray(0, cutAfter), () => response.destroy());
  }
}

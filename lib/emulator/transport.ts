import { request as httpRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { HeaderBag } from './header-bag';

/** A request on its way to a backend. */
export interface BackendRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: HeaderBag;
  readonly content: Buffer | Readable | undefined;
}

/** What came back: the headers are here, the body is still coming. */
export interface BackendResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderBag;
  readonly body: Readable;
}

/** Sends requests to backends; rejects if there are no response headers. */
export type BackendTransport = (request: BackendRequest, signal: AbortSignal) => Promise<BackendResponse>;

/** Sends over the network. */
export const httpTransport: BackendTransport = (request, signal) =>
  new Promise((resolve, reject) => {
    const { url, method, content } = request;
    const headers = Object.fromEntries(
      request.headers.entries().map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
    );
    const options: RequestOptions = { method, headers: { ...headers, host: url.host }, signal };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, options, (incoming: IncomingMessage) => {
      resolve({
        status: incoming.statusCode!,
        reason: incoming.statusMessage ?? '',
        headers: HeaderBag.fromRaw(incoming.rawHeaders),
        body: incoming,
      });
    });
    outgoing.on('error', reject);
    if (content === undefined || Buffer.isBuffer(content)) {
      outgoing.end(content);
    } else {
      content.on('error', (error) => outgoing.destroy(error));
      content.pipe(outgoing);
    }
  });

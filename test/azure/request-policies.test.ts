import { once } from 'node:events';
import { createServer, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { createDefaultHttpClient, createPipelineRequest, PipelineRequest } from '@azure/core-rest-pipeline';
import { AzureFailure } from '../../bin/azure/errors';
import { withLimits } from '../../bin/azure/request-policies';

const client = createDefaultHttpClient();

let server: Server;
/** Answers a request; what it leaves open stays open. */
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function request(fields: Partial<PipelineRequest> = {}): PipelineRequest {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return createPipelineRequest({ url, allowInsecureConnection: true, ...fields });
}

function send(asked: PipelineRequest, seconds: number) {
  return withLimits(seconds).sendRequest(asked, (each) => client.sendRequest(each));
}

test.each<[string, (response: ServerResponse) => void]>([
  ['says nothing', () => undefined],
  ['breaks off in the body', (response) => response.writeHead(200, { 'Content-Length': '100' }).write('[')],
  ['breaks off in a compressed body', (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).write('x')],
])('the connection of an answer that %s is closed, so that the process can end', async (_, stall) => {
  const left = new Promise<boolean>((resolve) => {
    answer = (response) => {
      response.on('close', () => resolve(response.writableFinished));
      stall(response);
    };
  });
  await expect(send(request(), 0.2)).rejects.toThrow(AzureFailure);
  expect(await left).toBe(false);
});

test('an attempt that ran out of time leaves nothing behind for the next one', async () => {
  const asked = request();
  answer = () => undefined;
  await expect(send(asked, 0.1)).rejects.toThrow('no whole answer within');
  answer = (response) => response.end('[]');
  expect((await send(asked, 20)).bodyAsText).toBe('[]');
});

test('whoever aborts the request itself ends the attempt', async () => {
  const abort = new AbortController();
  answer = () => abort.abort();
  await expect(send(request({ abortSignal: abort.signal }), 20)).rejects.toThrow('The operation was aborted.');
});

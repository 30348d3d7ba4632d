import { LoopbackStage } from '../nginx-support/loopback-stage';
import { describeWithNginx } from '../nginx-support/nginx-command';
import { OrchestratorStandIn } from '../nginx-support/orchestrator-stand-in';
import { rawExchange } from '../nginx-support/pipelined-requests';
import { RunningRouter } from '../nginx-support/running-router';
import { CANDIDATE, STABLE } from '../nginx-support/sample-router';

describeWithNginx('malformed requests to the real nginx', () => {
  let stage: LoopbackStage;
  let stable: OrchestratorStandIn;
  let candidate: OrchestratorStandIn;
  let router: RunningRouter;

  beforeAll(async () => {
    stage = await LoopbackStage.open();
    [stable, candidate] = [await stage.orchestrator(STABLE), await stage.orchestrator(CANDIDATE)];
    router = await stage.router([stable, candidate], { mirror: { label: CANDIDATE, basisPoints: 10_000 } });
  });
  afterAll(() => stage.close());

  test.each<[string, string, number, string]>([
    ['a line that is no request', 'nonsense\r\n\r\n', 400, 'bad_request'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx',
      400,
      'bad_request',
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'bad_request',
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400, 'bad_request'],
    ['TRACE', 'TRACE / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', 405, 'method_not_allowed'],
    [
      'a header that is too large',
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    ['a URL that is too long', `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 414, 'url_too_long'],
    [
      'the page of errors itself',
      'GET /router-error HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
      404,
      'not_found',
    ],
    ['the mirror itself', 'GET /router-mirror HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', 404, 'not_found'],
  ])('%s is answered as JSON by the router and reaches no orchestrator', async (_, bytes, status, code) => {
    const answer = await rawExchange(router.port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(new RegExp(`\\r\\n\\r\\n{"error":{"code":"${code}","message":"[^"]+"}}$`));
    expect(answer).not.toMatch(/nginx\/\d/);
    expect([...stable.received, ...candidate.received]).toEqual([]);
  });
});

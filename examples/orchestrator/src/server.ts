import fastify, { FastifyError, FastifyInstance, LogController } from 'fastify';
import { addChat, refuse } from './chat-route';
import { closeConnectionsInTime } from './connections';
import type { ReleaseStatus } from './release-status';

const LARGEST_BODY = 256 * 1024;

/** The HTTP side: health for the platform, chat for applications. Every answer of a verified release says which one it is. */
export function createServer(status: ReleaseStatus): FastifyInstance {
  const server = fastify({
    bodyLimit: LARGEST_BODY,
    logger: { base: null, level: process.env.LOG_LEVEL ?? 'info' },
    logController: new LogController({ disableRequestLogging: true }),
    // What is wrong is refused and not repaired, so that an application learns of it.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
  });
  server.addHook('onSend', async (_request, reply) => {
    const current = status.current();
    if ('label' in current) {
      void reply.header('x-release', current.label);
    }
  });
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const code = error.statusCode ?? 500;
    if (code < 500) {
      return refuse(reply, { status: code, code: 'invalid_request', message: error.message });
    }
    request.log.error({ err: error }, 'request failed');
    return refuse(reply, { status: 500, code: 'internal_error', message: 'the orchestrator failed' });
  });
  server.setNotFoundHandler((request, reply) =>
    refuse(reply, { status: 404, code: 'not_found', message: `there is no ${request.method} ${request.url}` }),
  );
  closeConnectionsInTime(server);
  addHealth(server, status);
  addChat(server, status);
  return server;
}

/** Alive whatever the release is: restarting does not repair a manifest. */
function addHealth(server: FastifyInstance, status: ReleaseStatus): void {
  server.get('/healthz/live', () => ({ status: 'live' }));
  for (const path of ['/healthz/ready', '/healthz/startup']) {
    server.get(path, (_request, reply) => {
      const current = status.current();
      return 'problem' in current
        ? refuse(reply, { status: 503, ...current.problem })
        : { status: 'ready', release: current.label };
    });
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a server that closes end as soon as its last answer is written. Node closes the connections that are idle at the start, but
 * waits for those on which nothing was ever asked, and for those whose answer is written later:
 * https://nodejs.org/api/http.html#servercloseidleconnections
 */
export function closeConnectionsInTime(server: FastifyInstance): void {
  const unused = new Set<Socket>();
  let isClosing = false;
  server.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    unused.delete(socket);
    response.once('close', () => {
      if (isClosing) {
        // Only after this event the connection counts as idle.
        setImmediate(() => server.server.closeIdleConnections());
      }
    });
  });
  server.addHook('preClose', (done) => {
    isClosing = true;
    unused.forEach((socket) => socket.destroy());
    done();
  });
}

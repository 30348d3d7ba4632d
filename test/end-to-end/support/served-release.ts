import type { FastifyInstance } from 'fastify';
import { verifyRelease } from '../../../examples/orchestrator/src/release';
import { ReleaseStatus } from '../../../examples/orchestrator/src/release-status';
import { createServer } from '../../../examples/orchestrator/src/server';
import { readSettings } from '../../../examples/orchestrator/src/settings';
import { MODEL_TOKEN } from '../../gateway/support/fake-azure-openai';

const servers: FastifyInstance[] = [];

/** The service in this process, without an identity endpoint; listening where a test needs a connection. */
export async function serveRelease(environment: Readonly<Record<string, string>>): Promise<FastifyInstance> {
  process.env.LOG_LEVEL = 'silent';
  const settings = readSettings(environment);
  const tokenFor = (): Promise<string> => Promise.resolve(MODEL_TOKEN);
  const status = new ReleaseStatus(settings, tokenFor);
  const server = createServer(status);
  servers.push(server);
  const stopping = new AbortController();
  server.addHook('onClose', () => Promise.resolve(stopping.abort()));
  await new Promise<void>((first) => {
    const listener: Parameters<typeof verifyRelease>[2] = (state) => {
      status.update(state);
      first();
    };
    void verifyRelease(settings, tokenFor, listener, stopping.signal);
  });
  return server;
}

/** Closes what was served. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

import { tokenSource } from './identity';
import { verifyRelease } from './release';
import { ReleaseStatus } from './release-status';
import { createServer } from './server';
import { readSettings } from './settings';
import { startTelemetry } from './telemetry';

/** All interfaces of the container; a test listens on the loopback interface. */
const HOST = process.env.HOST ?? '0.0.0.0';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const stopTelemetry = startTelemetry(settings.tracesEndpoint);
  const tokenFor = tokenSource(settings.clientId);
  const status = new ReleaseStatus(settings, tokenFor);
  const server = createServer(status);
  const stopping = new AbortController();

  const stop = async (): Promise<void> => {
    stopping.abort();
    // Answers that are being written are written to the end; the platform's grace period is the limit.
    await server.close();
    await stopTelemetry();
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());

  await server.listen({ host: HOST, port: settings.port });
  await verifyRelease(
    settings,
    tokenFor,
    (state) => {
      status.update(state);
      if ('problem' in state) {
        server.log.error(state.problem, 'release refused');
      } else {
        const { id, label } = state.verified;
        server.log.info({ id, label }, 'release verified');
      }
    },
    stopping.signal,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${JSON.stringify({ level: 60, msg: (error as Error).message })}\n`);
  process.exitCode = 1;
});

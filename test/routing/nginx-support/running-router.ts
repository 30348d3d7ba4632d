import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SEARCH_PATH } from './nginx-command';

/** What the router's container runs, as the synthesised Container App says it. */
export interface RouterContainer {
  /** `/bin/sh`, `-c` and the script. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What a container finds around it, here and not in Azure. */
export interface RouterSurroundings {
  /** File of certificate authorities, in place of the image's. */
  readonly authorityFile?: string;
  /** `address:port` of the name server, in place of the environment's. */
  readonly nameServer?: string;
}

const IMAGE_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';
const PATIENCE_MILLISECONDS = 10_000;

/**
 * The real nginx, started by the very script and with the very configuration of the container. Replaced are only the port,
 * the folder, the certificate authorities and the name server, which are the machine's.
 */
export class RunningRouter {
  public static async start(container: RouterContainer, surroundings: RouterSurroundings = {}): Promise<RunningRouter> {
    const router = new RunningRouter(container, surroundings, await freePort());
    try {
      await router.ready();
    } catch (error) {
      await router.stop();
      throw error;
    }
    return router;
  }

  /** What the start script ends with; it is expected to end. */
  public static async refusal(
    container: RouterContainer,
    surroundings: RouterSurroundings = {},
  ): Promise<{ readonly status: number | null; readonly output: string }> {
    const router = new RunningRouter(container, surroundings, await freePort());
    const [status] = (await once(router.process, 'exit')) as [number | null];
    const output = router.output('stderr');
    rmSync(router.folder, { recursive: true, force: true });
    return { status, output };
  }

  /** `http://127.0.0.1:<port>`. */
  public readonly url: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'release-router-'));
  private readonly process: ChildProcess;

  private constructor(
    { command, environment }: RouterContainer,
    { authorityFile, nameServer }: RouterSurroundings,
    public readonly port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    chmodSync(this.folder, 0o711);
    writeFileSync(join(this.folder, 'resolv.conf'), `nameserver ${nameServer ?? '127.0.0.1:9'}\n`);
    const replaced = (text: string) =>
      text
        .replaceAll('/tmp/release-router', join(this.folder, 'router'))
        .replace('listen 8080 ', `listen 127.0.0.1:${port} `)
        .replaceAll(IMAGE_AUTHORITIES, authorityFile ?? IMAGE_AUTHORITIES)
        .replaceAll('/etc/resolv.conf', join(this.folder, 'resolv.conf'));
    // Files, because nginx opens /dev/stdout itself, which it cannot if that is a socket, as node's pipes are.
    const [stdout, stderr] = ['stdout', 'stderr'].map((name) => openSync(join(this.folder, name), 'a'));
    this.process = spawn(command[0]!, command.slice(1).map(replaced), {
      stdio: ['ignore', stdout, stderr],
      env: {
        PATH: SEARCH_PATH,
        ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, replaced(value)])),
      },
    });
    closeSync(stdout!);
    closeSync(stderr!);
  }

  /** The access log: one object a request. */
  public get accessLog(): Record<string, string>[] {
    const lines = this.output('stdout').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Record<string, string>);
  }

  public output(stream: 'stdout' | 'stderr'): string {
    return readFileSync(join(this.folder, stream), 'utf8');
  }

  /** A file that the start script wrote. */
  public writtenFile(name: string): string {
    return join(this.folder, 'router', name);
  }

  /** What Container Apps does to end a container. Resolves to its exit code. */
  public async terminate(): Promise<number | null> {
    this.process.kill('SIGTERM');
    return this.ended();
  }

  public async stop(): Promise<void> {
    if (this.isRunning) {
      // nginx itself, because the start script would let it finish what it does.
      process.kill(Number(readFileSync(this.writtenFile('nginx.pid'), 'utf8')), 'SIGTERM');
      await this.ended();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  private async ended(): Promise<number | null> {
    if (this.isRunning) {
      await once(this.process, 'exit');
    }
    return this.process.exitCode;
  }

  private async ready(): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MILLISECONDS; Date.now() < deadline; await delay(10)) {
      if (!this.isRunning) {
        throw new Error(`nginx did not start: ${this.output('stderr')}`);
      }
      if (
        await fetch(`${this.url}/healthz/ready`).then(
          ({ ok }) => ok,
          () => false,
        )
      ) {
        return;
      }
    }
    throw new Error(`nginx was not ready in ${PATIENCE_MILLISECONDS} ms: ${this.output('stderr')}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

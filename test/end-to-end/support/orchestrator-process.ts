import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '../../..');
const SOURCES = join(ROOT, 'examples/orchestrator/src');
const BUNDLES = join(ROOT, 'node_modules/.cache/reference-orchestrator');
const STARTS_WITHIN = 30_000;

let built: string | undefined;

/**
 * The service as its own `npm run build` makes it: one file, which is all that the image holds. It is made once for each state of its
 * sources and dependencies.
 */
function bundle(): string {
  if (built !== undefined) {
    return built;
  }
  const files = [join(ROOT, 'package-lock.json'), ...readdirSync(SOURCES).map((name) => join(SOURCES, name))];
  const digest = createHash('sha256').update(files.map((file) => readFileSync(file)).join('\0'));
  const file = join(BUNDLES, `${digest.digest('hex')}.js`);
  if (!existsSync(file)) {
    // Renamed when it is whole, because tests of another process may be looking for it.
    const outfile = `${file}.${process.pid}`;
    const entryPoints = [join(SOURCES, 'main.ts')];
    buildSync({ entryPoints, bundle: true, platform: 'node', target: 'node20', outfile, logLevel: 'error' });
    renameSync(outfile, file);
  }
  built = file;
  return file;
}

/** A line of the service's log. */
export type LogLine = Readonly<Record<string, unknown>>;

const running: OrchestratorProcess[] = [];

/** The reference orchestrator as a process of its own. */
export class OrchestratorProcess {
  readonly log: LogLine[] = [];

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    readonly url: string,
    private readonly exited: Promise<number | null>,
  ) {}

  /**
   * Starts the service with these variables and no others. It listens on a free port of the loopback interface, which stands
   * for the address that Container Apps gives each app.
   */
  static async start(environment: Readonly<Record<string, string>>): Promise<OrchestratorProcess> {
    const env = { ...environment, PORT: '0', HOST: '127.0.0.1' };
    const child = spawn(process.execPath, [bundle()], { env });
    const exited = once(child, 'exit').then(([code]) => code as number | null);
    const log: LogLine[] = [];
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    const url = await new Promise<string>((found, fail) => {
      const timer = setTimeout(() => fail(new Error(`not started: ${errors}`)), STARTS_WITHIN);
      void exited.then((code) => fail(new Error(`the orchestrator ended with ${code}: ${errors}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const entry = JSON.parse(line) as LogLine;
        log.push(entry);
        const address = /Server listening at (\S+)/.exec(String(entry.msg));
        if (address) {
          clearTimeout(timer);
          found(address[1]!);
        }
      });
    });
    const started = new OrchestratorProcess(child, url, exited);
    started.log.push(...log.splice(0));
    log.push = (...lines) => started.log.push(...lines);
    running.push(started);
    return started;
  }

  /** Resolves when the release is verified or refused for good. */
  async settled(): Promise<this> {
    while (!this.log.some(({ msg }) => msg === 'release verified' || msg === 'release refused')) {
      await new Promise((tick) => setTimeout(tick, 10));
    }
    return this;
  }

  /** Tells the process to end, as the platform does. */
  terminate(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.exited;
  }
}

/** Ends what is still running. */
export async function stopOrchestrators(): Promise<void> {
  await Promise.all(running.splice(0).map((started) => started.terminate()));
}

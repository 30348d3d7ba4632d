import { ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '../../..');

/** A `model-lifecycle gateway serve` that runs. */
export interface ServedGateway {
  readonly child: ChildProcessWithoutNullStreams;
  readonly url: string;
  /** The token that was printed; empty if none was. */
  readonly token: string;
  /** Everything printed so far. */
  printed(): string;
  /** Waits until something has been printed. */
  until(pattern: RegExp): Promise<string>;
}

/** The bundled command-line tool in a folder of its own. */
export class GatewayServeCommand {
  readonly folder = mkdtempSync(join(tmpdir(), 'gateway-serve-'));
  private readonly tool = join(this.folder, 'model-lifecycle.js');
  private readonly running: ChildProcessWithoutNullStreams[] = [];

  constructor() {
    buildSync({
      entryPoints: [join(ROOT, 'bin', 'model-lifecycle.ts')],
      outfile: this.tool,
      bundle: true,
      platform: 'node',
      target: 'node20',
    });
  }

  write(name: string, content: unknown): string {
    const file = join(this.folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  /** Runs `model-lifecycle gateway …` to its end. */
  run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.tool, 'gateway', ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { status, stdout, stderr };
  }

  /** Starts `model-lifecycle gateway serve …` and waits until it says that it listens. */
  async serve(...args: string[]): Promise<ServedGateway> {
    const child = spawn(process.execPath, [this.tool, 'gateway', 'serve', ...args], { cwd: this.folder });
    this.running.push(child);
    let output = '';
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const until = async (pattern: RegExp): Promise<string> => {
      while (!pattern.test(output)) {
        const more = once(child.stdout, 'data').then(() => true);
        const end = once(child, 'close').then(() => false);
        if (!(await Promise.race([more, end])) && !pattern.test(output)) {
          throw new Error(`the command ended: ${output}${errors}`);
        }
      }
      return output;
    };
    await until(args.includes('--quiet') ? /^http:\/\/127\.0\.0\.1:\d+\n/ : /Ctrl-C stops it\.\n/);
    return {
      child,
      url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)![0],
      token: /^ {2}(eyJ\S+)$/m.exec(output)?.[1] ?? '',
      printed: () => output,
      until,
    };
  }

  /** Ends what is still running. */
  async stop(): Promise<void> {
    await Promise.all(
      this.running.splice(0).map(async (child) => {
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGKILL');
          await once(child, 'exit');
        }
      }),
    );
  }
}

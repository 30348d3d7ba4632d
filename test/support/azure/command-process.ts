import { ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface, Interface } from 'node:readline';
import { Readable, Writable } from 'node:stream';
import { buildSync } from 'esbuild';

/** What a command did, as a shell would see it. */
export interface ProcessResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The command line in a process of its own, because Node reads the certificates that it trusts when it starts. It runs
 * many commands, one after the other: loading the SDK takes longer than most of them.
 */
export class CommandProcess {
  /** The command that was started last. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly program: string,
    private readonly process: ChildProcessByStdio<Writable, Readable, null>,
    private readonly answers: Interface,
    private readonly isFirst: boolean,
  ) {}

  /** @param environment all that the process finds around it besides PATH */
  static start(environment: Readonly<Record<string, string>>): CommandProcess {
    const program = join(mkdtempSync(join(tmpdir(), 'command-process-')), 'command-loop.js');
    buildSync({
      entryPoints: [resolve(__dirname, 'command-loop.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: ['open'],
    });
    return CommandProcess.of(program, environment, true);
  }

  private static of(program: string, environment: Readonly<Record<string, string>>, isFirst: boolean): CommandProcess {
    const folder = dirname(program);
    const child = spawn(process.execPath, [program], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return new CommandProcess(program, child, createInterface(child.stdout), isFirst);
  }

  /** Another process of the same program, to be stopped before this one. */
  another(environment: Readonly<Record<string, string>>): CommandProcess {
    return CommandProcess.of(this.program, environment, false);
  }

  /** Runs `model-lifecycle` with the arguments; commands that are started together run one after the other. */
  run(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<ProcessResult> {
    const result = this.last.then(async () => {
      this.process.stdin.write(`${JSON.stringify({ args, variables })}\n`);
      const [line] = (await once(this.answers, 'line')) as [string];
      return JSON.parse(line) as ProcessResult;
    });
    this.last = result;
    return result;
  }

  async stop(): Promise<void> {
    this.process.stdin.end();
    await once(this.process, 'close');
    if (this.isFirst) {
      rmSync(dirname(this.program), { recursive: true });
    }
  }
}

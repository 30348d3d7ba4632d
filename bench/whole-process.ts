import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Any command, of which only the time and memory of the whole process count. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Exit codes that are no failure. @default 0 */
  readonly succeeds?: readonly number[];
}

export interface ProcessFigures {
  readonly milliseconds: number;
  /** Peak resident memory; `NaN` where GNU time is missing. */
  readonly megabytes: number;
}

const GNU_TIME = '/usr/bin/time';

/** Runs the programs in turn, round after round, and returns the median of each; the first round only warms the file cache. */
export function runInTurn(programs: readonly Program[], rounds: number): Map<string, ProcessFigures> {
  if (!existsSync(GNU_TIME)) {
    console.log(`  memory is not measured: ${GNU_TIME} is not there`);
  }
  const runs = new Map<string, ProcessFigures[]>(programs.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const program of programs) {
      const figures = runOnce(program);
      if (round > 0) {
        runs.get(program.name)!.push(figures);
      }
    }
  }
  return new Map([...runs].map(([name, figures]) => [name, medians(figures)]));
}

function runOnce({ name, command, args, succeeds = [0] }: Program): ProcessFigures {
  const folder = mkdtempSync(join(tmpdir(), 'whole-process-'));
  try {
    const report = join(folder, 'time');
    const [file, given] = existsSync(GNU_TIME)
      ? [GNU_TIME, ['--quiet', '-f', '%M', '-o', report, command, ...args]]
      : [command, args];
    const started = process.hrtime.bigint();
    const { status, error, stderr } = spawnSync(file, [...given], {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
    if (error !== undefined || status === null || !succeeds.includes(status)) {
      throw new Error(`${name} ended with ${status ?? error?.message}\n${stderr}`);
    }
    const kilobytes = existsSync(report) ? Number(readFileSync(report, 'utf8').trim()) : NaN;
    return { milliseconds, megabytes: kilobytes / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function medians(runs: readonly ProcessFigures[]): ProcessFigures {
  const middle = (figures: number[]) => figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)]!;
  return {
    milliseconds: middle(runs.map(({ milliseconds }) => milliseconds)),
    megabytes: middle(runs.map(({ megabytes }) => megabytes)),
  };
}

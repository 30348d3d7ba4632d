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
  /** Time of all processors, which other programs of the machine disturb less; `NaN` where GNU time is missing. */
  readonly processorMilliseconds: number;
  /** Peak resident memory; `NaN` where GNU time is missing. */
  readonly megabytes: number;
}

/** Least and middle figures of some runs, each figure by itself. */
export interface Spread {
  readonly least: ProcessFigures;
  readonly median: ProcessFigures;
}

const GNU_TIME = '/usr/bin/time';

/** Runs the programs in turn, round after round, and returns the figures of each; the first round only warms the file cache. */
export function runInTurn(programs: readonly Program[], rounds: number): Map<string, Spread> {
  if (!existsSync(GNU_TIME)) {
    console.log(`  memory and time of processors are not measured: ${GNU_TIME} is not there`);
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
  return new Map([...runs].map(([name, figures]) => [name, spreadOf(figures)]));
}

function runOnce({ name, command, args, succeeds = [0] }: Program): ProcessFigures {
  const folder = mkdtempSync(join(tmpdir(), 'whole-process-'));
  try {
    const report = join(folder, 'time');
    const [file, given] = existsSync(GNU_TIME)
      ? [GNU_TIME, ['--quiet', '-f', '%M %U %S', '-o', report, command, ...args]]
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
    const [kilobytes, user, system] = existsSync(report)
      ? readFileSync(report, 'utf8').trim().split(' ').map(Number)
      : [NaN, NaN, NaN];
    return { milliseconds, processorMilliseconds: 1000 * (user! + system!), megabytes: kilobytes! / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function spreadOf(runs: readonly ProcessFigures[]): Spread {
  const at = (part: number): ProcessFigures => {
    const pick = (figures: number[]) => figures.sort((a, b) => a - b)[Math.floor(figures.length * part)]!;
    return {
      milliseconds: pick(runs.map(({ milliseconds }) => milliseconds)),
      processorMilliseconds: pick(runs.map(({ processorMilliseconds }) => processorMilliseconds)),
      megabytes: pick(runs.map(({ megabytes }) => megabytes)),
    };
  };
  return { least: at(0), median: at(0.5) };
}

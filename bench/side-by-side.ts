import { spawnSync } from 'node:child_process';

/** A command and the figures that it prints as one line of JSON. */
export interface Contestant {
  readonly name: string;
  readonly args: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

export type Figures = Readonly<Record<string, number>>;

/**
 * Runs the contestants in turn, round after round, so that both meet the same noise of the machine, and returns the
 * median of each figure.
 */
export function sideBySide(contestants: readonly Contestant[], rounds: number): Record<string, Figures> {
  const collected = new Map<string, Figures[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const contestant of contestants) {
      const figures = runOnce(contestant);
      // The first round only warms the file cache.
      if (round > 0) {
        collected.get(contestant.name)!.push(figures);
      }
    }
  }
  return Object.fromEntries([...collected].map(([name, runs]) => [name, medians(runs)]));
}

function runOnce({ name, args, variables }: Contestant): Figures {
  const run = spawnSync(process.execPath, [...args], {
    encoding: 'utf8',
    env: { ...process.env, ...variables },
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) {
    throw new Error(`${name} ended with ${run.status}\n${run.stderr}`);
  }
  return JSON.parse(run.stdout.trim().split('\n').pop()!) as Figures;
}

function medians(runs: readonly Figures[]): Figures {
  return Object.fromEntries(
    Object.keys(runs[0]!).map((figure) => {
      const sorted = runs.map((run) => run[figure]!).sort((a, b) => a - b);
      return [figure, sorted[Math.floor(sorted.length / 2)]!];
    }),
  );
}

import { createInterface } from 'node:readline';
import { run } from '../../../bin/program';

interface Asked {
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

const answer = process.stdout.write.bind(process.stdout);
const environment = process.env;

/** Runs one command of the command line and says what it wrote. */
async function runOne({ args, variables }: Asked): Promise<string> {
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    process[stream].write = ((text: string | Uint8Array) => {
      written[stream] += String(text);
      return true;
    }) as typeof process.stdout.write;
  }
  process.env = { ...environment, ...variables };
  process.exitCode = undefined;
  await run(args);
  return JSON.stringify({ status: Number(process.exitCode ?? 0), ...written });
}

async function loop(): Promise<void> {
  for await (const line of createInterface(process.stdin)) {
    answer(`${await runOne(JSON.parse(line) as Asked)}\n`);
  }
  process.exit(0);
}

void loop();

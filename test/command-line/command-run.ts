import { Readable } from 'node:stream';
import { run } from '../../bin/program';

/** What a command did, as a shell would see it. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command finds around it. */
export interface CommandSurroundings {
  /** What is piped into it; a terminal without. */
  readonly piped?: string | Uint8Array;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs the command line in this process. */
export async function runCommand(
  args: readonly string[],
  { piped, variables = {} }: CommandSurroundings = {},
): Promise<CommandResult> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    }),
  );
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!;
  const value = piped === undefined ? { isTTY: true } : Readable.from([Buffer.from(piped)]);
  Object.defineProperty(process, 'stdin', { ...stdin, get: () => value });
  const environment = process.env;
  process.env = { ...environment, ...variables };
  for (const name of ['MODEL_LIFECYCLE_AS_OF', 'FORCE_COLOR', 'NO_COLOR'].filter((each) => !(each in variables))) {
    delete process.env[name];
  }
  try {
    await run(args);
    return { status: Number(process.exitCode ?? 0), ...written };
  } finally {
    process.exitCode = undefined;
    process.env = environment;
    Object.defineProperty(process, 'stdin', stdin);
    spies.forEach((spy) => spy.mockRestore());
  }
}

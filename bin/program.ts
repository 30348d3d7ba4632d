import { Command } from 'commander';
import { version } from '../package.json';
import { checkCommand } from './commands/check';
import { compareCommand } from './commands/compare';
import { diagramCommand } from './commands/diagram';
import { EXIT_USAGE } from './commands/exit-code';
import { explainCommand } from './commands/explain';
import { reviewCommand } from './commands/review';

/**
 * Runs the command line; what comes of it is in `process.exitCode`.
 *
 * @param args what stands behind the program's name
 */
export async function run(args: readonly string[]): Promise<void> {
  try {
    const all = await program(args[0]);
    await all.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has printed its own message; everything else that is thrown is a mistake in the input.
    if (isCommanderError(error)) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
    } else {
      fail(error);
    }
  }
}

/**
 * Lets a reader close the pipe before everything is written, as `head` does: the rest goes nowhere, and the exit code
 * stays what the run found. Any other failure to write is a mistake in the usage.
 */
export function tolerateClosedPipe(stream: NodeJS.WritableStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      fail(error);
    }
  });
}

/** Commands that start without the others; `gateway` brings the emulator, which takes its time to load. */
const COMMANDS: Readonly<Record<string, () => Command | Promise<Command>>> = {
  review: reviewCommand,
  check: checkCommand,
  explain: explainCommand,
  compare: compareCommand,
  diagram: diagramCommand,
  gateway: async () => (await import('./commands/gateway')).gatewayCommand(),
};

/** @param wanted the command that is asked for; all are there where it is none of them, to be listed */
async function program(wanted = ''): Promise<Command> {
  const all = new Command('model-lifecycle')
    .description('Reviews what infrastructure code says of Azure OpenAI and Foundry models')
    .version(version)
    .showHelpAfterError('(model-lifecycle --help lists the commands)')
    .exitOverride();
  const names = Object.hasOwn(COMMANDS, wanted) ? [wanted] : Object.keys(COMMANDS);
  for (const name of names) {
    all.addCommand((await COMMANDS[name]!()).exitOverride());
  }
  return all;
}

/** Commands that are loaded on demand bring a class of their own for it, so that it is told by its code. */
function isCommanderError(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

function fail(error: unknown): void {
  process.stderr.write(`model-lifecycle: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT_USAGE;
}

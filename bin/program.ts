import { Command } from 'commander';
import { printable } from '../lib/contracts/printable';
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
    const all = program(args[0]);
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
const COMMANDS: Readonly<Record<string, () => Command>> = {
  review: reviewCommand,
  check: checkCommand,
  explain: explainCommand,
  compare: compareCommand,
  diagram: diagramCommand,
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() of a file wants an extension that ts-node and Jest do not find
  gateway: () => (require('./commands/gateway') as typeof import('./commands/gateway')).gatewayCommand(),
};

/** @param wanted the command that is asked for; all are there where it is none of them, to be listed */
function program(wanted = ''): Command {
  const all = new Command('model-lifecycle')
    .description('Reviews what infrastructure code says of Azure OpenAI and Foundry models')
    .version(version)
    .showHelpAfterError('(model-lifecycle --help lists the commands)')
    .exitOverride();
  const names = Object.hasOwn(COMMANDS, wanted) ? [wanted] : Object.keys(COMMANDS);
  for (const name of names) {
    all.addCommand(COMMANDS[name]!().exitOverride());
  }
  return all;
}

/** Commands that are loaded on demand bring a class of their own for it, so that it is told by its code. */
function isCommanderError(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

/** Whatever a message quotes, it has no character but its line ends that could disturb a terminal or a log. */
function fail(error: unknown): void {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  process.stderr.write(`model-lifecycle: ${lines.map(printable).join('\n')}\n`);
  process.exitCode = EXIT_USAGE;
}

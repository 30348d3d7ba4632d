import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { checkCommand } from './commands/check';
import { compareCommand } from './commands/compare';
import { diagramCommand } from './commands/diagram';
import { EXIT_USAGE } from './commands/exit-code';
import { explainCommand } from './commands/explain';
import { gatewayCommand } from './commands/gateway';
import { reviewCommand } from './commands/review';

/**
 * Runs the command line; what comes of it is in `process.exitCode`.
 *
 * @param args what stands behind the program's name
 */
export async function run(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has printed its own message; everything else that is thrown is a mistake in the input.
    if (error instanceof CommanderError) {
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

function program(): Command {
  const all = new Command('model-lifecycle')
    .description('Reviews what infrastructure code says of Azure OpenAI and Foundry models')
    .version(version)
    .showHelpAfterError('(model-lifecycle --help lists the commands)')
    .exitOverride();
  const commands = [
    reviewCommand(),
    checkCommand(),
    explainCommand(),
    compareCommand(),
    diagramCommand(),
    gatewayCommand(),
  ];
  commands.forEach((command) => all.addCommand(command.exitOverride()));
  return all;
}

function fail(error: unknown): void {
  process.stderr.write(`model-lifecycle: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT_USAGE;
}

import { Command } from 'commander';
import { printable } from '../lib/contracts/printable';
import { version } from '../package.json';
import { EXIT_USAGE } from './commands/exit-code';

export { endDespiteConnections } from './lingering';

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

/* eslint-disable @typescript-eslint/no-require-imports -- import() of a file wants an extension that ts-node and Jest do not find */
/** Each is loaded when it is asked for: a run compiles what it uses, see tools/command-line-bundle.mjs. */
const COMMANDS: Readonly<Record<string, () => Command>> = {
  review: () => (require('./commands/review') as typeof import('./commands/review')).reviewCommand(),
  check: () => (require('./commands/check') as typeof import('./commands/check')).checkCommand(),
  outdated: () => (require('./commands/outdated') as typeof import('./commands/outdated')).outdatedCommand(),
  explain: () => (require('./commands/explain') as typeof import('./commands/explain')).explainCommand(),
  compare: () => (require('./commands/compare') as typeof import('./commands/compare')).compareCommand(),
  calendar: () => (require('./commands/calendar') as typeof import('./commands/calendar')).calendarCommand(),
  catalog: () => (require('./commands/catalog') as typeof import('./commands/catalog')).catalogCommand(),
  inventory: () => (require('./commands/inventory') as typeof import('./commands/inventory')).inventoryCommand(),
  diagram: () => (require('./commands/diagram') as typeof import('./commands/diagram')).diagramCommand(),
  gateway: () => (require('./commands/gateway') as typeof import('./commands/gateway')).gatewayCommand(),
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** @param wanted the command that is asked for; where it is none of them, all are there to be listed */
function program(wanted = ''): Command {
  const all = new Command('model-lifecycle')
    .description('Reviews what infrastructure code says of Azure OpenAI and Foundry models')
    .version(version)
    .showHelpAfterError('(model-lifecycle --help lists the commands)')
    .exitOverride();
  const names = Object.hasOwn(COMMANDS, wanted) ? [wanted] : wanted === '--version' ? [] : Object.keys(COMMANDS);
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

#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { checkCommand } from './commands/check';
import { compareCommand } from './commands/compare';
import { diagramCommand } from './commands/diagram';
import { EXIT_USAGE } from './commands/exit-code';
import { explainCommand } from './commands/explain';
import { gatewayCommand } from './commands/gateway';

const program = new Command('model-lifecycle')
  .description('Reviews what infrastructure code says of Azure OpenAI and Foundry models')
  .version(version)
  .showHelpAfterError('(model-lifecycle --help lists the commands)')
  .exitOverride();

for (const command of [checkCommand(), explainCommand(), compareCommand(), diagramCommand(), gatewayCommand()]) {
  program.addCommand(command.exitOverride());
}

program.parseAsync().catch((error: unknown) => {
  // Commander has printed its own message; everything else that is thrown is a mistake in the input.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
  } else {
    process.stderr.write(`model-lifecycle: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT_USAGE;
  }
});

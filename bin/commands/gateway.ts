import { Command } from 'commander';
import { gatewayServeCommand } from './gateway-serve';

/** `model-lifecycle gateway`: what can be done with a synthesised gateway. */
export function gatewayCommand(): Command {
  return new Command('gateway')
    .description('runs a synthesised gateway')
    .addCommand(gatewayServeCommand().exitOverride());
}

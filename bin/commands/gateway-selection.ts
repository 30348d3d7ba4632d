import { gatewaysOf, SynthesisedGateway } from '../../lib/emulator/synthesised';
import { readSynthesisedOutput, SynthesisedStack } from '../../lib/facts/synthesised-output';

/** Which gateway of a synthesis is meant. */
export interface GatewayChoice {
  readonly stack?: string;
  readonly gateway?: string;
}

/** The one gateway of the input that the options choose. @throws if there is none, or more than one */
export function selectGateway(input: string, choice: GatewayChoice): SynthesisedGateway {
  const stacks = readSynthesisedOutput(input);
  const chosen = choice.stack === undefined ? stacks : stacks.filter((stack) => isNamed(stack, choice.stack!));
  if (chosen.length === 0) {
    const names = stacks.map(({ stack, file }) => stack ?? file).join(', ');
    throw new Error(`'${input}' has no stack '${choice.stack}'; it has ${names || 'none'}`);
  }
  const found = chosen.flatMap((stack) =>
    gatewaysIn(stack).map((gateway) => ({ gateway, stack: stack.stack ?? stack.file })),
  );
  const { gateway: name } = choice;
  const named = name === undefined ? found : found.filter((each) => each.gateway.name === name);
  const list = found.map((each) => `${each.gateway.name} (stack ${each.stack})`).join(', ');
  if (found.length === 0) {
    throw new Error(
      `'${input}' declares no API Management gateway: no stack has an azurerm_api_management_api; name a synthesis that has one`,
    );
  }
  if (named.length === 0) {
    throw new Error(`no gateway is called '${name}'; there is ${list}`);
  }
  if (named.length > 1) {
    throw new Error(`there are several gateways: ${list}; choose one with --stack or --gateway`);
  }
  return named[0]!.gateway;
}

/** Whether a stack goes by the name: its construct path, the last part of it, or its file. */
export function isNamed({ stack, file }: SynthesisedStack, name: string): boolean {
  return (stack ?? file) === name || stack?.split('/').pop() === name;
}

function gatewaysIn({ configuration, stack, file }: SynthesisedStack): SynthesisedGateway[] {
  try {
    return gatewaysOf(configuration);
  } catch (error) {
    throw new Error(`${stack === undefined ? `'${file}'` : `stack ${stack}`}: ${(error as Error).message}`);
  }
}

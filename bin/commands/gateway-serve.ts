import { Command, InvalidArgumentError, Option } from 'commander';
import { EmulatedGateway, EmulatedGatewayOptions, systemClock, unsignedTokens } from '../../lib/emulator';
import { parseTarget, Target, targetTransport, withTargets } from '../../lib/emulator/synthesised';
import { printedTokens } from './gateway-callers';
import { answerLine, gatewayBanner } from './gateway-report';
import { selectGateway } from './gateway-selection';
import { collect } from './options';

interface ServeOptions {
  readonly stack?: string;
  readonly gateway?: string;
  readonly port?: number;
  readonly target: readonly Target[];
  readonly role: readonly string[];
  readonly caller?: string;
  readonly user?: string;
  readonly ignorePolicy: readonly string[];
  readonly quiet?: boolean;
}

/** `model-lifecycle gateway serve`: the synthesised policies, carried out on the loopback interface. */
export function gatewayServeCommand(): Command {
  return new Command('serve')
    .description('runs the policies of a synthesised gateway on this computer, in front of servers of your own')
    .argument('<input>', 'output folder of cdktf synth (cdktf.out), folder of a stack, or cdk.tf.json')
    .option('--stack <stack>', 'stack with the gateway, where several have one')
    .option('--gateway <name>', 'name of the API Management service, where the stack has several')
    .option('--port <port>', 'port to listen on (default: one that is free)', port)
    .addOption(
      new Option('--host <address>', 'address to listen on; callers are not really authenticated, so it is this one')
        .choices(['127.0.0.1'])
        .default('127.0.0.1'),
    )
    .option(
      '--target <name=url>',
      'server that stands for all deployments of a route (name@version or alias), for the app of a release (its label), for one backend, or for all URLs that begin so; repeatable',
      target,
      [],
    )
    .option(
      '--role <role>',
      'app role in the token that is printed; repeatable (default: those of all routes)',
      collect,
      [],
    )
    .option('--caller <client-id>', 'application in the token that is printed, to try what it was granted')
    .option(
      '--ignore-policy <name>',
      'policy to pass over, for instance llm-semantic-cache-lookup; repeatable',
      collect,
      [],
    )
    .option('--user <id>', 'user in the token that is printed, to try which release a router gives him')
    .option('--quiet', 'print the URL and nothing else')
    .addHelpText('after', '\nWithout target, a call is answered 501: nothing is ever sent to Azure by itself.')
    .action(serve);
}

async function serve(input: string, options: ServeOptions): Promise<void> {
  const gateway = selectGateway(input, options);
  const targeted = withTargets(gateway.definition, options.target);
  const { table } = targeted;
  const quiet = options.quiet ?? false;
  const running = await start(targeted.definition, {
    port: options.port,
    ignoredPolicies: options.ignorePolicy,
    services: { transport: targetTransport(targeted), verifyToken: unsignedTokens(systemClock) },
    onAnswer: (answer) => (quiet ? undefined : process.stdout.write(`${answerLine(answer, table, new Date())}\n`)),
  });
  const stopped = untilSignal();
  const tokens = printedTokens(gateway.definition, options);
  process.stdout.write(
    quiet ? `${running.url}\n` : gatewayBanner({ url: running.url, gateway, table, targets: targeted.targets, tokens }),
  );
  await stopped;
  await running.stop();
}

async function start(
  definition: Parameters<typeof EmulatedGateway.start>[0],
  options: EmulatedGatewayOptions,
): Promise<EmulatedGateway> {
  try {
    return await EmulatedGateway.start(definition, options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      const reason = code === 'EACCES' ? 'may not be used by this user' : 'is taken';
      throw new Error(`port ${options.port} ${reason}; give another --port, or none for one that is free`);
    }
    throw new Error(
      message.includes('is not implemented') ? `${message}\n--ignore-policy NAME passes over a policy` : message,
    );
  }
}

/** Ends with Ctrl-C or when the process is told to end; a second signal ends it the hard way. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      process.removeListener('SIGINT', end);
      process.removeListener('SIGTERM', end);
      resolve();
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}

function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= 65_535)) {
    throw new InvalidArgumentError('give a number from 0 to 65535.');
  }
  return number;
}

function target(text: string, before: readonly Target[]): Target[] {
  return [...before, parseTarget(text)];
}

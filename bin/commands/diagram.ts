import { Command, InvalidArgumentError } from 'commander';
import { judgementDate } from '../../lib/contracts/as-of';
import { topologyOf } from '../../lib/diagram/build-topology';
import { declaredNames } from '../../lib/diagram/declared-names';
import { mermaidDiagram } from '../../lib/diagram/mermaid';
import { svgDiagram } from '../../lib/diagram/svg';
import { Topology } from '../../lib/diagram/topology';
import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import { readSynthesisedOutput, SynthesisedStack } from '../../lib/facts/synthesised-output';
import { isNamed } from './gateway-selection';
import { catalogOf, collect, KnowledgeOptions, withKnowledgeOptions } from './options';
import { writeWholeFile } from './whole-file';

const WRITERS: Readonly<Record<string, (topology: Topology) => string>> = { mermaid: mermaidDiagram, svg: svgDiagram };

interface Output {
  readonly format: string;
  readonly file?: string;
}

interface DiagramOptions extends KnowledgeOptions {
  readonly format?: readonly Output[];
  readonly stack: readonly string[];
}

/** `model-lifecycle diagram`: the way from applications to models, coloured by lifecycle stage. */
export function diagramCommand(): Command {
  const command = new Command('diagram')
    .description('draws the way from applications to models, coloured by lifecycle stage')
    .argument('<input...>', 'output folder of cdktf synth (cdktf.out), folder of a stack, or cdk.tf.json');
  return withKnowledgeOptions(command)
    .option(
      '--format <format[=file]>',
      'mermaid or svg, to standard output or a file; repeatable (default: mermaid)',
      output,
    )
    .option('--stack <stack>', 'draw this stack and no other; repeatable', collect, [])
    .action(diagram);
}

function diagram(inputs: readonly string[], options: DiagramOptions): void {
  const { asOf } = judgementDate(options.asOf, '--as-of');
  const catalog = catalogOf(options);
  const stacks = chosenStacks(inputs.flatMap(readSynthesisedOutput), options.stack);
  const topology = topologyOf({
    catalog,
    asOf,
    stacks: stacks.map(({ configuration, stack, file }) => ({
      facts: readStackConfiguration(configuration, { stack, literals: () => false }),
      names: declaredNames(configuration),
      file,
    })),
  });
  // Everything is drawn before anything is written.
  const drawn = (options.format ?? [{ format: 'mermaid' }]).map(({ format, file }: Output) => ({
    file,
    text: WRITERS[format]!(topology),
  }));
  for (const { file, text } of drawn) {
    if (file === undefined) {
      process.stdout.write(text);
    } else {
      writeWholeFile(file, text);
    }
  }
}

function chosenStacks(stacks: readonly SynthesisedStack[], names: readonly string[]): readonly SynthesisedStack[] {
  for (const name of names) {
    if (!stacks.some((stack) => isNamed(stack, name))) {
      const known = stacks.map(({ stack, file }) => stack ?? file).join(', ');
      throw new Error(`there is no stack '${name}'; there is ${known || 'none'}`);
    }
  }
  return names.length === 0 ? stacks : stacks.filter((stack) => names.some((name) => isNamed(stack, name)));
}

function output(value: string, before: readonly Output[] = []): Output[] {
  const [format, ...rest] = value.split('=');
  if (!Object.hasOwn(WRITERS, format!)) {
    throw new InvalidArgumentError(`known formats are ${Object.keys(WRITERS).join(' and ')}.`);
  }
  if (rest.length > 0 && rest.join('=') === '') {
    throw new InvalidArgumentError(`name a file behind '=', for instance ${format}=topology.${format}.`);
  }
  return [...before, { format: format!, file: rest.length > 0 ? rest.join('=') : undefined }];
}

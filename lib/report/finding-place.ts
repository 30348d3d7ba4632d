import { inputName } from '../contracts/input-name';
import { Finding } from '../rules/finding';
import { RunReport } from './run-report';

/** A file of the user, and the line in it where one is known. */
export interface FindingPlace {
  readonly file: string;
  readonly line?: number;
}

const FILE_AND_LINE = /^(?<file>.+):(?<line>[1-9]\d{0,8})$/su;

/** Where the user declared what the finding is about, if the construct recorded it. */
export function declaredPlace({ resource }: Finding): FindingPlace | undefined {
  if (!resource.declaredAt) {
    return undefined;
  }
  const groups = FILE_AND_LINE.exec(resource.declaredAt)?.groups;
  return groups === undefined ? { file: resource.declaredAt } : { file: groups.file!, line: Number(groups.line) };
}

/** Tells which input a finding is about: the only one, the one of its stack, or the one that it names; else none. */
export function inputFinder({ inputs, changes }: RunReport): (finding: Finding) => string | undefined {
  if (inputs.length <= 1) {
    return () => inputs[0];
  }
  const byStack = new Map<string, string>();
  for (const input of inputs) {
    // A synthesised stack stands in a folder of its name: `cdktf.out/stacks/production/cdk.tf.json`.
    const folder = input.split(/[\\/]/u).at(-2);
    if (folder !== undefined) {
      byStack.set(folder, input);
    }
  }
  for (const { input, stack } of changes?.inputs ?? []) {
    if (stack !== undefined) {
      byStack.set(stack, input);
    }
  }
  const known = new Set(inputs);
  return ({ resource }) => {
    if (resource.input !== undefined) {
      return resource.input;
    }
    if (known.has(resource.address)) {
      return resource.address;
    }
    return resource.stack === undefined ? undefined : byStack.get(resource.stack);
  };
}

/** Tells which of several inputs a finding is about, in the words of reports; nothing where there is one input. */
export function inputNamer(report: RunReport): (finding: Finding) => string | undefined {
  const inputOf = report.inputs.length < 2 ? () => undefined : inputFinder(report);
  return (finding) => {
    const input = inputOf(finding);
    return input === undefined ? undefined : inputName(input);
  };
}

/** `azurerm_cognitive_deployment.chat in plans/production.json`; the address alone where no input is to be named. */
export function addressIn({ resource }: Finding, input: string | undefined): string {
  return input === undefined ? resource.address : `${resource.address} in ${input}`;
}

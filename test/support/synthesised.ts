import { App, TerraformStack, Testing } from 'cdktf';

export type Values = Record<string, unknown>;

/** A synthesised stack: resources by type and logical id. */
export interface SynthesisedStack extends Values {
  readonly resource: Record<string, Record<string, Values>>;
  readonly import?: Values[];
}

/** A stack in an app of its own. */
export function testStack(name = 'stack', app: App = Testing.app()): TerraformStack {
  return new TerraformStack(app, name);
}

/** What the stack is as Terraform JSON. */
export function synthesised(stack: TerraformStack): SynthesisedStack {
  return { resource: {}, ...(JSON.parse(Testing.synth(stack)) as Values) };
}

/** The values of the one resource of a type. */
export function onlyResource(stack: TerraformStack, type: string): Values {
  const instances = Object.values(synthesised(stack).resource[type] ?? {});
  if (instances.length !== 1) {
    throw new Error(`the stack has ${instances.length} resources of type ${type}, not one`);
  }
  return instances[0]!;
}

import { IConstruct } from 'constructs';

/**
 * What the guard needs of the host framework, by shape: a package compiled against `cdktf` must recognise
 * the stacks of whichever copy of the framework the user's app loads.
 */
export interface HostStack extends IConstruct {
  toTerraform(): unknown;
  addOverride(path: string, value: unknown): void;
  synthesizer: { synthesize(session: unknown): void };
}

/** The root of the tree, with the fields of the App that a synthesis session consists of. */
export interface HostApp extends IConstruct {
  synth(): void;
  readonly outdir: string;
  readonly skipValidation?: boolean;
  readonly manifest: unknown;
}

// The symbols are global in the framework for this purpose (cdktf lib/terraform-stack.ts, lib/app.ts, lib/synthesize/synthesizer.ts).
const STACK_SYMBOL = Symbol.for('cdktf/TerraformStack');
const APP_SYMBOL = Symbol.for('cdktf/App');

/**
 * Custom synthesis of a node runs after every Aspect and validation and before annotations are collected,
 * leaves first, and `skipValidation` does not skip it.
 */
export const CUSTOM_SYNTHESIS_SYMBOL = Symbol.for('cdktf/customSynthesis');

/** Set by the command-line tool, which then prints the annotations of all stacks by itself. */
const CONTINUE_VARIABLE = 'CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS';

export function isStack(construct: IConstruct): construct is HostStack {
  return STACK_SYMBOL in construct;
}

export function isApp(construct: IConstruct): construct is HostApp {
  return APP_SYMBOL in construct;
}

/** The stack that holds the construct, or the stack itself. */
export function stackOf(construct: IConstruct): HostStack | undefined {
  return [...construct.node.scopes].reverse().find(isStack);
}

/** A stack inside another is synthesised twice: once with the outer one, then by itself after Aspects of its own. */
export function isNested(stack: HostStack): boolean {
  return stack.node.scopes.filter(isStack).length > 1;
}

/** Every stack below the root, in the order in which they are synthesised. */
export function stacksOf(root: IConstruct): HostStack[] {
  return root.node.findAll().filter(isStack);
}

/** The construct with this path in the tree of the given one; the nearest one above it if it has no construct itself. */
export function findConstruct(anywhere: IConstruct, path: string | undefined): IConstruct | undefined {
  if (path === undefined) {
    return undefined;
  }
  let found: IConstruct | undefined;
  let scope: IConstruct | undefined = anywhere.node.root;
  for (const id of path.split('/')) {
    scope = scope?.node.tryFindChild(id);
    found = scope ?? found;
  }
  return found;
}

export function annotationsArePrintedByHost(): boolean {
  return process.env[CONTINUE_VARIABLE] !== undefined;
}

/** Whether `stack.toTerraform()` is what is written; with HCL output it is not. */
export function writesJson(): boolean {
  return !['true', '1'].includes(process.env.SYNTH_HCL_OUTPUT ?? '');
}

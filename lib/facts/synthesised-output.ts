import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, readJsonFile } from '../contracts/json-file';
import { noSuchInput, notJson, notSynthesised, unreadableInput } from './errors';

/** One synthesised stack on disk. */
export interface SynthesisedStack {
  readonly stack?: string;
  readonly file: string;
  readonly configuration: unknown;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}

/**
 * The stacks of a synthesis: an output folder with a `manifest.json`, a stack's folder, or a `cdk.tf.json` file.
 *
 * @throws if the input does not exist or is something else
 */
export function readSynthesisedOutput(input: string): SynthesisedStack[] {
  if (!existsSync(input)) {
    throw noSuchInput(input);
  }
  if (!statSync(input).isDirectory()) {
    return [readStackFile(input)];
  }
  const manifest = join(input, 'manifest.json');
  if (existsSync(manifest)) {
    return stacksOfManifest(input, manifest);
  }
  const single = join(input, 'cdk.tf.json');
  if (existsSync(single)) {
    return [readStackFile(single)];
  }
  throw notSynthesised(input, 'a folder without manifest.json and without cdk.tf.json');
}

function stacksOfManifest(folder: string, file: string): SynthesisedStack[] {
  const manifest = readJson(file);
  if (!isJsonObject(manifest) || !isJsonObject(manifest.stacks)) {
    throw notSynthesised(file, 'a manifest without stacks');
  }
  return Object.entries((manifest as unknown as Manifest).stacks).map(([stack, entry]) => {
    if (!isJsonObject(entry) || typeof entry.synthesizedStackPath !== 'string') {
      throw notSynthesised(file, `a manifest whose stack '${stack}' names no file`);
    }
    const path = join(folder, entry.synthesizedStackPath);
    if (!existsSync(path)) {
      throw noSuchInput(path);
    }
    return { ...readStackFile(path), stack };
  });
}

function readStackFile(file: string): SynthesisedStack {
  const configuration = readJson(file);
  const other = isJsonObject(configuration) ? otherKind(configuration) : 'JSON that is not an object';
  if (other !== undefined) {
    throw notSynthesised(file, other);
  }
  return { file, configuration };
}

/** What a JSON object is, where it is a well-known file that is no configuration. */
function otherKind(json: Readonly<Record<string, unknown>>): string | undefined {
  if ('resource_changes' in json || 'planned_values' in json) {
    return 'a Terraform plan';
  }
  if ('serial' in json && 'lineage' in json) {
    return 'a Terraform state';
  }
  const blocks = ['resource', 'data', 'module', 'terraform', 'provider', 'variable', 'locals', 'output', '//'];
  return blocks.some((block) => block in json) ? undefined : 'JSON without any Terraform block';
}

function readJson(file: string): unknown {
  return readJsonFile(file, { unreadable: unreadableInput, notJson });
}

import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { isJsonObject, readJsonFile } from '../contracts/json-file';
import { folderOfFiles, noSuchInput, notJson, notSynthesised, outsideOutput, unreadableInput } from './errors';
import { configurationFolder, notAPlan } from './plan-errors';

/** One synthesised stack on disk. */
export interface SynthesisedStack {
  /** Construct path of the stack, as the manifest gives it; its name there, if it gives none. */
  readonly stack?: string;
  readonly file: string;
  readonly configuration: unknown;
}

/** Files of Terraform and OpenTofu: https://opentofu.org/docs/language/files/ */
const TERRAFORM_FILE = /\.(?:tf|tofu)(?:\.json)?$/;
const HCL_FILE = /\.(?:tf|tofu)$/;

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
  if (readdirSync(input).some((name) => TERRAFORM_FILE.test(name))) {
    throw configurationFolder(input);
  }
  if (readdirSync(input).some((name) => name.endsWith('.json'))) {
    throw folderOfFiles(input);
  }
  throw notSynthesised(input, 'a folder without manifest.json and without cdk.tf.json');
}

function stacksOfManifest(folder: string, file: string): SynthesisedStack[] {
  const manifest = readJson(file);
  if (!isJsonObject(manifest) || !isJsonObject(manifest.stacks)) {
    throw notSynthesised(file, 'a manifest without stacks');
  }
  return Object.entries(manifest.stacks).map(([name, entry]) => {
    if (!isJsonObject(entry) || typeof entry.synthesizedStackPath !== 'string') {
      throw notSynthesised(file, `a manifest whose stack '${name}' names no file`);
    }
    const path = requireInside(folder, file, name, entry.synthesizedStackPath);
    const { constructPath } = entry;
    return { ...readStackFile(path), stack: typeof constructPath === 'string' ? constructPath : name };
  });
}

/** A manifest may come from a pull request of somebody else: it opens no file but those of its own folder. */
function requireInside(folder: string, manifest: string, stack: string, given: string): string {
  const path = join(folder, given);
  if (isAbsolute(given) || !isBelow(folder, path)) {
    throw outsideOutput(manifest, stack, given, 'which is outside its folder');
  }
  if (!existsSync(path)) {
    throw noSuchInput(path);
  }
  if (!isBelow(realpathSync(folder), realpathSync(path))) {
    throw outsideOutput(manifest, stack, given, 'which is a link that leads out of its folder');
  }
  return path;
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function readStackFile(file: string): SynthesisedStack {
  if (HCL_FILE.test(file)) {
    throw notAPlan(file, 'hcl');
  }
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

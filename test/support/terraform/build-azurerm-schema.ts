/**
 * Makes `test/support/schema/azurerm-for-terraform.json`, the schema with which the stand-in provider answers Terraform.
 *
 *     npx ts-node test/support/terraform/build-azurerm-schema.ts <input.json>
 *
 * The input is what `terraform providers schema -json` prints in a directory that requires azurerm, or that provider's
 * part of it, and what a cut one lacks is added (`completed-input.ts`). Other than `azurerm.json` beside it, it says of every attribute whether it is computed as well as
 * optional, and the types inside objects: Terraform needs both to plan. It holds every type that the other file holds
 * and every type in `kinds/`. The output depends on the input and those two lists alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completedResources } from '../schema/completed-input';
import { ProviderSchema } from './azurerm-schema';
import { resourceKinds } from './kinds';
import { AttributeSchema, BlockSchema, NestedBlockSchema, ResourceSchema } from './schema';

interface ProviderPart {
  /** Terraform calls it `provider`; a part cut out of its output may call it `provider_config`. */
  readonly provider_config?: ResourceSchema;
  readonly provider?: ResourceSchema | string;
  readonly version?: string;
  readonly resource_schemas: Readonly<Record<string, ResourceSchema>>;
}

const OUTPUT = join(__dirname, '../schema/azurerm-for-terraform.json');
const CONFORMANCE_SCHEMA = join(__dirname, '../schema/azurerm.json');

function cutBlock({ attributes = {}, block_types = {} }: BlockSchema): BlockSchema {
  return {
    ...(Object.keys(attributes).length > 0 && { attributes: mapValues(attributes, cutAttribute) }),
    ...(Object.keys(block_types).length > 0 && { block_types: mapValues(block_types, cutNestedBlock) }),
  };
}

function cutAttribute({ type, required, optional, computed, sensitive }: AttributeSchema): AttributeSchema {
  return {
    type,
    ...(required && { required }),
    ...(optional && { optional }),
    ...(computed && { computed }),
    ...(sensitive && { sensitive }),
  };
}

function cutNestedBlock({ nesting_mode, min_items, max_items, block }: NestedBlockSchema): NestedBlockSchema {
  return { nesting_mode, ...(min_items && { min_items }), ...(max_items && { max_items }), block: cutBlock(block) };
}

function cutResource({ version, block }: ResourceSchema): ResourceSchema {
  return { ...(version && { version }), block: cutBlock(block) };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, convert: (value: T) => U): Record<string, U> {
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((name) => [name, convert(record[name])]),
  );
}

function providerPart(input: { provider_schemas?: Record<string, ProviderPart> }): ProviderPart {
  const address = Object.keys(input.provider_schemas ?? {}).find((each) => each.endsWith('/hashicorp/azurerm'));
  return address === undefined ? (input as unknown as ProviderPart) : input.provider_schemas![address];
}

function main(): void {
  const [inputPath] = process.argv.slice(2);
  if (inputPath === undefined) {
    process.stderr.write('usage: build-azurerm-schema <input.json>\n');
    process.exitCode = 2;
    return;
  }
  const part = providerPart(JSON.parse(readFileSync(inputPath, 'utf8')));
  const conformance = JSON.parse(readFileSync(CONFORMANCE_SCHEMA, 'utf8')) as ProviderSchema;
  const kinds = Object.keys(resourceKinds).filter((type) => type.startsWith('azurerm_'));
  const types = [...new Set([...kinds, ...Object.keys(conformance.resources)])].sort();
  const resources = completedResources(part.resource_schemas);
  const missing = types.filter((type) => !Object.hasOwn(resources, type));
  if (missing.length > 0) {
    process.stderr.write(`the input has no ${missing.join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const schema: ProviderSchema = {
    version: part.version ?? conformance.version,
    provider: cutResource(part.provider_config ?? (part.provider as ResourceSchema)),
    resources: Object.fromEntries(types.map((type) => [type, cutResource(resources[type])])),
  };
  writeFileSync(OUTPUT, `${JSON.stringify(schema)}\n`);
}

main();

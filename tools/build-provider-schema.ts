/**
 * Makes `test/support/schema/azurerm.json`, against which tests check synthesised Terraform.
 *
 *     npx ts-node tools/build-provider-schema.ts <input.json> [output.json]
 *
 * The input is what `terraform providers schema -json` prints in a directory that requires azurerm, or one provider's
 * part of it. What a cut input lacks is added: resources by `test/support/schema/completed-input.ts`, data sources as
 * `test/support/terraform/data-sources.ts` describes them. Kept: per resource, data source and provider block the attributes with type and whether they are
 * required, optional or computed, and the nested blocks with nesting and number. The format is `ProviderSchema` in
 * `test/support/provider-schema.ts`. The output depends on the input alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlockSchema, NestedBlockSchema, ProviderSchema } from '../test/support/provider-schema';
import { completedResources } from '../test/support/schema/completed-input';
import { dataSources } from '../test/support/terraform/data-sources';

interface TerraformAttribute {
  readonly type: unknown;
  readonly required?: boolean;
  readonly optional?: boolean;
}

interface TerraformBlock {
  readonly attributes?: Record<string, TerraformAttribute>;
  readonly block_types?: Record<string, TerraformNestedBlock>;
}

interface TerraformNestedBlock {
  readonly nesting_mode: NestedBlockSchema['nesting'];
  readonly block: TerraformBlock;
  readonly min_items?: number;
  readonly max_items?: number;
}

type TerraformSchemas = Record<string, { readonly block: TerraformBlock }>;

interface TerraformProvider {
  /** Present where the input was cut down to one provider; Terraform itself prints neither it nor `provider_config`. */
  readonly version?: string;
  readonly provider_config?: { readonly block: TerraformBlock };
  readonly resource_schemas: TerraformSchemas;
  readonly data_source_schemas?: TerraformSchemas;
  readonly provider?: { readonly block: TerraformBlock };
}

const PROVIDER = 'hashicorp/azurerm';
const DEFAULT_OUTPUT = join(__dirname, '../test/support/schema/azurerm.json');

/** The types that the library, its examples and its tests declare; a new one is added here, then the script is run again. */
const TYPES =
  /^azurerm_(api_management(_(api(_(diagnostic|operation(_policy)?|policy|version_set))?|backend|diagnostic|logger|named_value|policy_fragment|product(_api)?|redis_cache|subscription))?|application_insights|cognitive_\w+|container_(app(_environment)?|registry)|key_vault(_key|_secret)?|log_analytics_workspace|(management_group|resource_group|subscription)_policy_assignment|monitor_(action_group|activity_log_alert|diagnostic_setting)|network_security_group|policy_definition|private_dns_(a_record|zone(_virtual_network_link)?)|private_endpoint|resource_group(_template_deployment)?|role_assignment|search_service|storage_(account|blob|container)|subnet(_network_security_group_association)?|user_assigned_identity|virtual_network)$/;

function sorted<T, U>(
  record: Readonly<Record<string, T>> | undefined,
  convert: (value: T, key: string) => U,
): Record<string, U> {
  const keys = Object.keys(record ?? {}).sort();
  return Object.fromEntries(keys.map((key) => [key, convert(record![key]!, key)]));
}

function typeName(type: unknown): string {
  if (typeof type === 'string') {
    return type;
  }
  const [collection, element] = type as [string, unknown];
  return collection === 'object' ? 'object' : `${collection}(${typeName(element)})`;
}

function convertBlock(block: TerraformBlock): BlockSchema {
  const attributes = Object.entries(block.attributes ?? {});
  const named = (chosen: [string, TerraformAttribute][]) =>
    sorted(Object.fromEntries(chosen), (attribute) => typeName(attribute.type));
  const schema = {
    required: named(attributes.filter(([, attribute]) => attribute.required)),
    optional: named(attributes.filter(([, attribute]) => attribute.optional)),
    computed: attributes
      .filter(([, attribute]) => !attribute.required && !attribute.optional)
      .map(([name]) => name)
      .sort(),
    blocks: sorted(block.block_types, convertNestedBlock),
  };
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => Object.keys(value).length > 0));
}

function convertNestedBlock(nested: TerraformNestedBlock): NestedBlockSchema {
  return {
    nesting: nested.nesting_mode,
    ...(nested.min_items && { min: nested.min_items }),
    ...(nested.max_items && { max: nested.max_items }),
    ...convertBlock(nested.block),
  };
}

function chooseProvider(input: Record<string, unknown>): TerraformProvider {
  const providers = input.provider_schemas as Record<string, TerraformProvider> | undefined;
  if (providers === undefined) {
    return input as unknown as TerraformProvider;
  }
  const address = Object.keys(providers).find((key) => key.endsWith(`/${PROVIDER}`));
  if (address === undefined) {
    throw new Error(`the input has no ${PROVIDER}, only ${Object.keys(providers).join(', ')}`);
  }
  return providers[address]!;
}

function convert(provider: TerraformProvider): ProviderSchema {
  const convertSchemas = (schemas: TerraformSchemas = {}) =>
    sorted(Object.fromEntries(Object.entries(schemas).filter(([type]) => TYPES.test(type))), ({ block }) =>
      convertBlock(block),
    );
  return {
    provider: PROVIDER,
    version: provider.version ?? 'unknown',
    providerBlock: convertBlock((provider.provider_config ?? provider.provider)?.block ?? {}),
    resources: convertSchemas(completedResources(provider.resource_schemas)),
    dataSources: sorted(dataSources, ({ schema }, type) =>
      convertBlock((provider.data_source_schemas?.[type] ?? schema).block),
    ),
  };
}

function main(): void {
  const [inputPath, outputPath = DEFAULT_OUTPUT] = process.argv.slice(2);
  if (inputPath === undefined) {
    process.stderr.write('usage: build-provider-schema <input.json> [output.json]\n');
    process.exitCode = 2;
    return;
  }
  const schema = convert(chooseProvider(JSON.parse(readFileSync(inputPath, 'utf8'))));
  writeFileSync(outputPath, `${JSON.stringify(schema)}\n`);
}

main();

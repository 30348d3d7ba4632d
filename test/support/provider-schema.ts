import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What may stand in a block; keys whose value would be empty are left out. Types are as Terraform writes them: `set(string)`. */
export interface BlockSchema {
  readonly required?: Readonly<Record<string, string>>;
  readonly optional?: Readonly<Record<string, string>>;
  /** Attributes that only the provider sets. */
  readonly computed?: readonly string[];
  readonly blocks?: Readonly<Record<string, NestedBlockSchema>>;
}

export interface NestedBlockSchema extends BlockSchema {
  readonly nesting: 'single' | 'list' | 'set' | 'map' | 'group';
  readonly min?: number;
  readonly max?: number;
}

/** Made by `tools/build-provider-schema.ts`. */
export interface ProviderSchema {
  readonly provider: string;
  readonly version: string;
  readonly providerBlock: BlockSchema;
  readonly resources: Readonly<Record<string, BlockSchema>>;
  readonly dataSources: Readonly<Record<string, BlockSchema>>;
}

export interface ConformanceOptions {
  /** Resource and data source types that the schema file lacks and that the test accepts unchecked. */
  readonly unchecked?: readonly string[];
  /** @default the bundled schema of azurerm */
  readonly schema?: ProviderSchema;
}

type Values = Record<string, unknown>;

const META_ARGUMENTS = [
  '//',
  'connection',
  'count',
  'depends_on',
  'dynamic',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
];
const PROVIDER_META_ARGUMENTS = ['//', 'alias', 'version', 'dynamic'];
const PREFIX = 'azurerm';

let bundled: ProviderSchema | undefined;

function bundledSchema(): ProviderSchema {
  bundled ??= JSON.parse(readFileSync(join(__dirname, 'schema/azurerm.json'), 'utf8')) as ProviderSchema;
  return bundled;
}

/**
 * Every way in which the azurerm blocks of a synthesised stack (`cdk.tf.json`, as an object) differ from what the
 * provider accepts: unknown attributes, missing required ones, attributes only Azure sets, wrong types and nesting,
 * too few or too many blocks, and types of which nothing is known. Values that Terraform computes (`${…}`) fit every type.
 */
export function conformanceProblems(stack: Values, options: ConformanceOptions = {}): string[] {
  const schema = options.schema ?? bundledSchema();
  const problems: string[] = [];
  const checkAll = (section: unknown, schemas: ProviderSchema['resources'], prefix: string) => {
    for (const [type, instances] of Object.entries((section ?? {}) as Record<string, Record<string, Values>>)) {
      if (!type.startsWith(`${PREFIX}_`) || options.unchecked?.includes(type)) {
        continue;
      }
      const block = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
      for (const [id, values] of Object.entries(instances)) {
        const address = `${prefix}${type}.${id}`;
        if (block === undefined) {
          problems.push(`${address}: the schema file knows no ${prefix}${type}`);
        } else {
          problems.push(...blockProblems(address, values, block, META_ARGUMENTS));
        }
      }
    }
  };
  checkAll(stack.resource, schema.resources, '');
  checkAll(stack.data, schema.dataSources, 'data.');
  asBlocks((stack.provider as Values | undefined)?.[PREFIX]).forEach((values, index) => {
    problems.push(
      ...blockProblems(`provider.${PREFIX}[${index}]`, values as Values, schema.providerBlock, PROVIDER_META_ARGUMENTS),
    );
  });
  return problems;
}

function blockProblems(path: string, values: unknown, schema: BlockSchema, ignored: readonly string[] = []): string[] {
  if (!isObject(values)) {
    return [`${path}: ${describe(values)} where a block is expected`];
  }
  const attributes: Record<string, string> = { ...schema.required, ...schema.optional };
  const problems: string[] = [];
  for (const name of Object.keys(schema.required ?? {})) {
    if (values[name] === undefined || values[name] === null) {
      problems.push(`${path}: required attribute ${name} is missing`);
    }
  }
  for (const [name, value] of Object.entries(values)) {
    if (ignored.includes(name) || value === null || value === undefined) {
      continue;
    }
    if (schema.computed?.includes(name)) {
      problems.push(`${path}.${name}: only the provider sets this attribute`);
    } else if (Object.hasOwn(attributes, name)) {
      problems.push(...typeProblems(`${path}.${name}`, value, attributes[name]!));
    } else if (!Object.hasOwn(schema.blocks ?? {}, name)) {
      problems.push(`${path}.${name}: unknown attribute`);
    }
  }
  const dynamicBlocks = isObject(values.dynamic) ? values.dynamic : {};
  for (const name of Object.keys(dynamicBlocks)) {
    if (!Object.hasOwn(schema.blocks ?? {}, name)) {
      problems.push(`${path}.dynamic.${name}: unknown block`);
    }
  }
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    if (!Object.hasOwn(dynamicBlocks, name)) {
      problems.push(...nestedBlockProblems(`${path}.${name}`, values[name], nested));
    }
  }
  return problems;
}

function nestedBlockProblems(path: string, value: unknown, schema: NestedBlockSchema): string[] {
  if (schema.nesting === 'map') {
    return value === undefined || value === null
      ? []
      : isObject(value)
        ? Object.entries(value).flatMap(([key, block]) => blockProblems(`${path}["${key}"]`, block, schema))
        : [`${path}: ${describe(value)} where a map of blocks is expected`];
  }
  if (Array.isArray(value) && (schema.nesting === 'single' || schema.nesting === 'group') && value.length > 1) {
    return [`${path}: ${value.length} blocks where at most 1 is allowed`];
  }
  const blocks = asBlocks(value);
  const problems = blocks.flatMap((block, index) =>
    blockProblems(Array.isArray(value) ? `${path}[${index}]` : path, block, schema),
  );
  if (schema.min !== undefined && blocks.length < schema.min) {
    problems.push(`${path}: ${blocks.length} blocks where at least ${schema.min} is required`);
  }
  if (schema.max !== undefined && blocks.length > schema.max) {
    problems.push(`${path}: ${blocks.length} blocks where at most ${schema.max} is allowed`);
  }
  return problems;
}

function typeProblems(path: string, value: unknown, type: string): string[] {
  if (isExpression(value) || type === 'dynamic' || type === 'object') {
    return [];
  }
  const collection = /^(?<kind>list|set|map)\((?<element>.*)\)$/.exec(type)?.groups;
  if (collection === undefined) {
    return typeof value === (type === 'bool' ? 'boolean' : type)
      ? []
      : [`${path}: ${describe(value)} where ${type} is expected`];
  }
  if (collection.kind === 'map') {
    return isObject(value)
      ? Object.entries(value).flatMap(([key, entry]) => typeProblems(`${path}["${key}"]`, entry, collection.element!))
      : [`${path}: ${describe(value)} where ${type} is expected`];
  }
  return Array.isArray(value)
    ? value.flatMap((entry, index) => typeProblems(`${path}[${index}]`, entry, collection.element!))
    : [`${path}: ${describe(value)} where ${type} is expected`];
}

function asBlocks(value: unknown): unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Terraform computes text with `${…}` or `%{…}` in it; doubled signs are literal. */
function isExpression(value: unknown): boolean {
  return typeof value === 'string' && /(^|[^$])\$\{|(^|[^%])%\{/.test(value);
}

function describe(value: unknown): string {
  return Array.isArray(value)
    ? 'a list'
    : isObject(value)
      ? 'an object'
      : value === null
        ? 'null'
        : `a ${typeof value}`;
}

import { isObject, Value, ValueObject } from './value-encoding';

/** A type constraint as Terraform writes it: `"string"`, `["list", "string"]`, `["list", ["object", {…}]]`, … */
export type TypeConstraint = string | readonly [string, TypeConstraint | Readonly<Record<string, TypeConstraint>>];

/** One attribute, with the names that `terraform providers schema -json` uses. */
export interface AttributeSchema {
  readonly type: TypeConstraint;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

/** One nested block; `single` is null when absent, lists and sets are empty. */
export interface NestedBlockSchema {
  readonly nesting_mode: 'single' | 'list' | 'set';
  readonly block: BlockSchema;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** Attributes and nested blocks of a resource, a provider or a nested block. */
export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedBlockSchema>>;
}

/** The schema of one resource type, of a data source or of the provider configuration. */
export interface ResourceSchema {
  readonly version?: number;
  readonly block: BlockSchema;
}

/** The message that carries a schema in the protocol. */
export function schemaMessage({ version = 0, block }: ResourceSchema): object {
  return { version, block: blockMessage(block) };
}

function blockMessage(block: BlockSchema): object {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(([name, { type, ...flags }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      ...flags,
    })),
    block_types: Object.entries(block.block_types ?? {}).map(([name, nested]) => ({
      type_name: name,
      nesting: nested.nesting_mode.toUpperCase(),
      block: blockMessage(nested.block),
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
    })),
  };
}

/**
 * The same values with everything that the schema knows and nothing else: Terraform refuses an object that leaves out
 * an attribute, even an empty one.
 */
export function conform(block: BlockSchema, values: ValueObject): ValueObject {
  const conformed: ValueObject = {};
  for (const name of Object.keys(block.attributes ?? {})) {
    conformed[name] = values[name] ?? null;
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const value = values[name] ?? null;
    if (nested.nesting_mode === 'single') {
      conformed[name] = value === null ? null : conform(nested.block, value as ValueObject);
    } else {
      conformed[name] = asBlocks(value).map((element) => conform(nested.block, element));
    }
  }
  return conformed;
}

/** A resource as a state file has it: what is `dynamic` stands there as an object of its type and its value. */
export function fromStateFile(block: BlockSchema, stored: ValueObject): ValueObject {
  const read = Object.entries(stored).map(([name, value]): [string, Value] =>
    block.attributes?.[name]?.type === 'dynamic' && isObject(value)
      ? [name, [Buffer.from(JSON.stringify(value.type)), value.value]]
      : [name, value],
  );
  return Object.fromEntries(read);
}

/** The blocks of a list or set; none when absent or not known yet. */
export function asBlocks(value: Value | undefined): ValueObject[] {
  return Array.isArray(value) ? (value as ValueObject[]) : [];
}

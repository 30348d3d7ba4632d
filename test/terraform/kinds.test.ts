import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AZAPI_SCHEMA } from '../support/terraform/azapi-schema';
import { azurermSchema } from '../support/terraform/azurerm-schema';
import { resourceKinds } from '../support/terraform/kinds';
import { azapiKinds } from '../support/terraform/kinds/azapi';
import { AttributeSchema, BlockSchema } from '../support/terraform/schema';

const schema = azurermSchema();
const kinds = Object.entries(resourceKinds).filter(([type]) => !Object.hasOwn(azapiKinds, type));

function attributeAt(block: BlockSchema, path: string): AttributeSchema | undefined {
  const [name, ...rest] = path.split('.');
  const nested = block.block_types?.[name];
  return rest.length === 0 ? block.attributes?.[name] : nested && attributeAt(nested.block, rest.join('.'));
}

test('the schema is the one of the provider that the project requires', () => {
  expect(schema.version).toBe('4.55.0');
});

test('whatever the schema test can check, Terraform can validate', () => {
  const other = JSON.parse(readFileSync(join(__dirname, '../support/schema/azurerm.json'), 'utf8'));
  const missing = Object.keys(other.resources).filter((type) => !Object.hasOwn(schema.resources, type));
  expect(missing).toEqual([]);
});

describe.each(kinds)('%s', (type, kind) => {
  const block = schema.resources[type]?.block;

  test('is in the schema', () => {
    expect(block).toBeDefined();
  });

  test('is replaced by changes of attributes that exist and can be set', () => {
    const paths = kind.forcesReplacement.map((trigger) => (typeof trigger === 'string' ? trigger : trigger.path));
    const readable = paths.filter((path) => {
      const attribute = attributeAt(block, path);
      return attribute?.required === true || attribute?.optional === true;
    });
    expect(readable).toEqual(paths);
  });

  test('has defaults of the right type for optional attributes that are not computed', () => {
    const types = Object.entries(kind.providerDefaults ?? {}).map(([path, value]) => {
      const attribute = attributeAt(block, path);
      return [path, attribute?.optional && !attribute.computed ? attribute.type : undefined, typeof value];
    });
    const expected = Object.entries(kind.providerDefaults ?? {}).map(([path, value]) => [
      path,
      { boolean: 'bool', number: 'number', string: 'string' }[typeof value as string],
      typeof value,
    ]);
    expect(types).toEqual(expected);
  });

  test('has an id that is made of its required attributes', () => {
    const names = [...kind.id.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter((name) => name !== 'subscription');
    // Azure makes up the id of a subscription where none is given, and a container may name its account instead.
    const usable = names.filter(
      (name) => block.attributes?.[name]?.required || ['name', 'subscription_id', 'storage_account_id'].includes(name),
    );
    expect(usable).toEqual(names);
  });
});

test.each(Object.entries(azapiKinds))(
  '%s has the replacements and defaults of attributes that its own provider has',
  (type, kind) => {
    const { block } = AZAPI_SCHEMA.resources[type]!;
    const named = [
      ...kind.forcesReplacement.map((trigger) => (typeof trigger === 'string' ? trigger : trigger.path)),
      ...Object.keys(kind.providerDefaults ?? {}),
    ];
    expect(named.filter((path) => attributeAt(block, path)?.optional !== true)).toEqual([]);
  },
);

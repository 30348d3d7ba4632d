import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlockSchema } from './provider-schema';

const LIBRARY = join(__dirname, '../../node_modules/@cdktf/provider-azurerm/lib');

/**
 * What may be written in each block of a resource or data source, by path (`''` is the resource itself), as the bindings
 * for TypeScript tell. They are generated from the complete schema of the provider, so they are a second witness.
 */
export function argumentsInBindings(
  type: string,
  section: 'resource' | 'data',
  block: BlockSchema,
): Readonly<Record<string, readonly string[]>> {
  const name = type.replace(/^azurerm_/, '');
  const folder = join(LIBRARY, section === 'data' ? `data-${type.replaceAll('_', '-')}` : name.replaceAll('_', '-'));
  const source = sourceOf(folder);
  const prefix = section === 'data' ? `data_${type}` : name;
  const found: Record<string, readonly string[]> = {
    '': attributesIn(/synthesizeHclAttributes\(\) \{\s+const attrs = \{([^]*?)\n {8}\};/.exec(source)?.[1], 12),
  };
  for (const path of blockPaths(block)) {
    const converter = `${camelCase(`${prefix}_${path.replaceAll('.', '_')}`)}ToHclTerraform`;
    const body = new RegExp(`function ${converter}\\(struct\\) \\{[^]*?const attrs = \\{([^]*?)\\n {4}\\};`).exec(
      source,
    );
    found[path] = attributesIn(body?.[1], 8);
  }
  return found;
}

/** The same, as the schema tells. */
export function argumentsInSchema(block: BlockSchema): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = { '': argumentsOf(block) };
  for (const path of blockPaths(block)) {
    const nested = path.split('.').reduce<BlockSchema>((within, name) => within.blocks![name]!, block);
    found[path] = argumentsOf(nested);
  }
  return found;
}

function argumentsOf({ required, optional, blocks }: BlockSchema): readonly string[] {
  return Object.keys({ ...required, ...optional, ...blocks }).sort();
}

function blockPaths({ blocks = {} }: BlockSchema): string[] {
  return Object.entries(blocks).flatMap(([name, block]) => [
    name,
    ...blockPaths(block).map((path) => `${name}.${path}`),
  ]);
}

/** Large resources keep some of their blocks in files of their own. */
function sourceOf(folder: string): string {
  const structs = join(folder, 'index-structs');
  const files = existsSync(structs) ? readdirSync(structs).filter((file) => file.endsWith('.js')) : [];
  return [join(folder, 'index.js'), ...files.map((file) => join(structs, file))]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

function attributesIn(body: string | undefined, indentation: number): readonly string[] {
  const attribute = new RegExp(`^ {${indentation}}(\\w+): \\{$`, 'gm');
  return [...(body ?? '').matchAll(attribute)].map(([, name]) => name!).sort();
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

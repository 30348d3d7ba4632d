import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSynthesisedOutput } from '../../lib/facts/synthesised-output';

const folder = mkdtempSync(join(tmpdir(), 'synthesised-output-'));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const stack = { terraform: {}, resource: {} };

describe('synthesised output', () => {
  test('of an app is read by its manifest, in the order that it gives', () => {
    write('out/stacks/b/cdk.tf.json', stack);
    write('out/stacks/a/cdk.tf.json', stack);
    write('out/manifest.json', {
      stacks: {
        b: { synthesizedStackPath: 'stacks/b/cdk.tf.json' },
        a: { synthesizedStackPath: 'stacks/a/cdk.tf.json' },
      },
    });
    expect(readSynthesisedOutput(join(folder, 'out')).map(({ stack: name }) => name)).toEqual(['b', 'a']);
  });

  test('of one stack is its folder or its file, with a byte order mark or without', () => {
    const file = write('single/cdk.tf.json', `\uFEFF${JSON.stringify(stack)}`);
    expect(readSynthesisedOutput(dirname(file))).toEqual([{ file, configuration: stack }]);
    expect(readSynthesisedOutput(file)).toEqual([{ file, configuration: stack }]);
  });

  test.each([
    ['a manifest without stacks', 'm1/manifest.json', { version: '1' }, 'is a manifest without stacks'],
    ['a manifest that is a list', 'm2/manifest.json', [], 'is a manifest without stacks'],
    [
      'a stack without a file',
      'm3/manifest.json',
      { stacks: { a: {} } },
      "is a manifest whose stack 'a' names no file",
    ],
    [
      'a stack whose file is gone',
      'm4/manifest.json',
      { stacks: { a: { synthesizedStackPath: 'gone.json' } } },
      "gone.json' does not exist",
    ],
    ['an empty folder', 'm5/nothing.txt', '', 'is a folder without manifest.json and without cdk.tf.json'],
  ])('refuses %s', (_, name, content, message) => {
    expect(() => readSynthesisedOutput(dirname(write(name, content)))).toThrow(message);
  });

  test.each([
    ['a plan', { resource_changes: [] }, 'is a Terraform plan, not a synthesised stack'],
    ['a state', { serial: 3, lineage: 'x' }, 'is a Terraform state, not a synthesised stack'],
    ['any other JSON', { name: 'package' }, 'is JSON without any Terraform block'],
    ['half a file', '{"resource": {', 'is not JSON'],
    ['a number', '7', 'is JSON that is not an object'],
  ])('refuses %s', (name, content, message) => {
    expect(() => readSynthesisedOutput(write(`${name}.json`, content))).toThrow(message);
  });
});

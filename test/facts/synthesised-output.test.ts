import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
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

  test('of an app is named by construct paths, which tell nested stacks apart, where the manifest has them', () => {
    write('nested/stacks/inner/cdk.tf.json', stack);
    write('nested/manifest.json', {
      stacks: { inner: { constructPath: 'outer/inner', synthesizedStackPath: 'stacks/inner/cdk.tf.json' } },
    });
    expect(readSynthesisedOutput(join(folder, 'nested')).map(({ stack: name }) => name)).toEqual(['outer/inner']);
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

  describe('with a manifest that leads out of its folder', () => {
    const manifestFor = (name: string, synthesizedStackPath: string) =>
      write(`${name}/manifest.json`, { stacks: { production: { synthesizedStackPath } } });
    const refusal = (manifest: string, path: string, how: string) =>
      new Error(
        `'${manifest}' gives ${JSON.stringify(path)} as the file of stack "production", ${how}; it has to be a file ` +
          "below the manifest's folder: run 'cdktf synth' again, and do not edit or link what it writes",
      );
    const secret = write('secret/credentials.json', stack);

    test.each([
      ['upwards', '../secret/credentials.json'],
      ['upwards from below', 'stacks/../../secret/credentials.json'],
      ['to a file that does not exist, which is not told', '../../nowhere/cdk.tf.json'],
      ['to an absolute path', secret],
      ['to a beginning that its own folder has too', '../out-1-secret/cdk.tf.json'],
      ['to the folder above', '..'],
      ['to the folder itself', '.'],
      ['to nothing', ''],
    ])('%s is refused', (_, path) => {
      const manifest = manifestFor('out-1', path);
      expect(() => readSynthesisedOutput(dirname(manifest))).toThrow(
        refusal(manifest, path, 'which is outside its folder'),
      );
    });

    test.each([
      ['a link to a file', 'stack.json', () => symlinkSync(secret, join(folder, 'out-link/stack.json'))],
      [
        'a file in a linked folder',
        'x/credentials.json',
        () => symlinkSync(dirname(secret), join(folder, 'out-link/x')),
      ],
    ])('by %s is refused', (_, path, link) => {
      const manifest = manifestFor('out-link', path);
      link();
      expect(() => readSynthesisedOutput(dirname(manifest))).toThrow(
        refusal(manifest, path, 'which is a link that leads out of its folder'),
      );
    });

    test('is told from one that stands in a linked folder, links inside it, and has names that begin with dots', () => {
      const file = write('real/..stacks/cdk.tf.json', stack);
      symlinkSync(file, join(folder, 'real/again.json'));
      write('real/manifest.json', {
        stacks: { a: { synthesizedStackPath: '..stacks/cdk.tf.json' }, b: { synthesizedStackPath: 'again.json' } },
      });
      symlinkSync(join(folder, 'real'), join(folder, 'linked'));
      expect(readSynthesisedOutput(join(folder, 'linked')).map(({ stack: name }) => name)).toEqual(['a', 'b']);
    });
  });

  test('that is not JSON is refused with the place of the mistake and nothing of the content', () => {
    const file = write('broken.tf.json', '{\n  "password": "s3cr3t",\n  "x": s3cr3t\n}');
    expect(() => readSynthesisedOutput(file)).toThrow(
      new Error(
        `'${file}' is not JSON (syntax error at line 3, column 8); name the output folder of 'cdktf synth' or a cdk.tf.json file`,
      ),
    );
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

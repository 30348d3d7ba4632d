import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');

/** The example is compiled, synthesised and validated in `test/synth/examples.test.ts`. */
test('the code in docs/operations.md stands so in examples/operations/main.ts', () => {
  const code = [...read('docs/operations.md').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text);
  expect(code).toEqual([expect.stringContaining('new ModelPolicy(')]);
  expect(read('examples/operations/main.ts')).toContain(code[0]);
});

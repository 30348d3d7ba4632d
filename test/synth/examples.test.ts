import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nodeApp } from '../support/cdktf-cli';
import { conformanceProblems } from '../support/provider-schema';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';

const EXAMPLES = resolve(__dirname, '../../examples');
const TODAY = { MODEL_LIFECYCLE_AS_OF: '2026-11-21' };
/** Folders without main.ts hold what an example runs, such as the orchestrator. */
const names = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'main.ts')));

jest.setTimeout(120_000);

interface Stack {
  readonly terraform: { backend?: unknown };
}

/** The stack without its backend, whose default is a file in the folder that the app was run in. */
function withoutBackend(text: string): Stack {
  const stack = JSON.parse(text) as Stack;
  delete stack.terraform.backend;
  return stack;
}

describe.each(names)('the example %s', (name) => {
  const expected = join(EXAMPLES, name, 'expected');

  test('synthesises what is committed beside it; UPDATE_EXAMPLES=true writes it anew', () => {
    const { status, output, folder } = nodeApp(`examples/${name}/main.ts`, TODAY);
    expect({ status, output }).toEqual({ status: 0, output: expect.not.stringContaining('Error') });
    for (const stack of readdirSync(join(folder, 'stacks'))) {
      const configuration = withoutBackend(readFileSync(join(folder, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
      const file = join(expected, `${stack}.tf.json`);
      if (process.env.UPDATE_EXAMPLES === 'true') {
        mkdirSync(expected, { recursive: true });
        writeFileSync(file, `${JSON.stringify(configuration, undefined, 2)}\n`);
      }
      expect(existsSync(file)).toBe(true);
      expect(configuration).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    }
  });

  test('conforms to the schema of the provider', () => {
    for (const file of readdirSync(expected)) {
      expect(conformanceProblems(JSON.parse(readFileSync(join(expected, file), 'utf8')))).toEqual([]);
    }
  });
});

describeWithTerraform('the examples under terraform', () => {
  test.each(names)('every stack of %s is valid', async (name) => {
    const bench = await TerraformBench.start();
    try {
      for (const file of readdirSync(join(EXAMPLES, name, 'expected'))) {
        const workspace = bench.workspace();
        workspace.write(JSON.parse(readFileSync(join(EXAMPLES, name, 'expected', file), 'utf8')));
        await workspace.init();
        expect(await workspace.validate()).toMatchObject({ valid: true, diagnostics: [] });
      }
    } finally {
      bench.stop();
    }
  });
});

import { App } from 'cdktf';
import { ReferenceStack } from '../../bin/reference-stack';
import { ModelVersion } from '../../lib';
import { synthesisedApp } from '../support/terraform/synthesised-app';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';

jest.setTimeout(60_000);

const chatModel = ModelVersion.openAi('gpt-6-sol', '2026-09-22');

/** Every app of the repository that Terraform should be able to take as it is; a new example is one more line. */
const apps: [string, (app: App) => void][] = [
  [
    'the reference app',
    (app) => {
      new ReferenceStack(app, 'staging', { environment: 'staging', chatCapacity: 10, chatModel });
      new ReferenceStack(app, 'production', { environment: 'production', chatCapacity: 200, chatModel });
    },
  ],
];

describeWithTerraform('the apps of this repository under terraform', () => {
  test.each(apps)('every stack of %s is valid, applies, and has nothing left to plan', async (_, declare) => {
    const bench = await TerraformBench.start();
    try {
      const stacks = Object.entries(synthesisedApp(declare));
      expect(stacks).not.toEqual([]);
      for (const [name, stack] of stacks) {
        const workspace = bench.workspace();
        workspace.write(stack);
        await workspace.init();
        expect({ name, ...(await workspace.validate()) }).toMatchObject({ name, valid: true, diagnostics: [] });
        await workspace.apply();
        expect({ name, left: (await workspace.plan()).summary }).toEqual({ name, left: [] });
      }
      expect(bench.takeOperations().filter(({ refused }) => refused !== undefined)).toEqual([]);
    } finally {
      bench.stop();
    }
  });
});

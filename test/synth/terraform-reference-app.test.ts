import { App } from 'cdktf';
import { ChatPlatform } from '../../examples/router-and-gateway/chat-platform';
import { ModelVersion, Ramp } from '../../lib';
import { synthesisedApp } from '../support/terraform/synthesised-app';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';

jest.setTimeout(120_000);

const stableModel = ModelVersion.openAi('gpt-6-sol', '2026-09-22');
const ramp = Ramp.of([0, 10, 100], 1);

/** Every app of the repository that Terraform should be able to take as it is; a new example is one more line. */
const apps: [string, (app: App) => void][] = [
  [
    'the reference app',
    (app) => {
      new ChatPlatform(app, 'staging', { environment: 'staging', capacity: 10, stableModel, ramp });
      new ChatPlatform(app, 'production', { environment: 'production', capacity: 200, stableModel, ramp });
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
        const workspace = bench.workspace({ tenant_id: '00000000-0000-0000-0000-000000000002' });
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

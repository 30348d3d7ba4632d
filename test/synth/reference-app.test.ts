import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ModelCatalog } from '../../lib/catalog';
import { nodeApp } from '../support/cdktf-cli';
import { conformanceProblems } from '../support/provider-schema';

const ROOT = resolve(__dirname, '../..');
const TODAY = { MODEL_LIFECYCLE_AS_OF: '2026-11-21' };

/** Where the demonstration leaves what it synthesised. */
const STACKS = join(ROOT, 'cdktf.out', 'stacks');

function stackOf(stack: string) {
  return JSON.parse(readFileSync(join(STACKS, stack, 'cdk.tf.json'), 'utf8'));
}

/** What one `cdktf synth` of the demonstration printed. */
function section(stdout: string, title: string): string {
  const found = stdout.split('\n=== ').find((text) => text.startsWith(title));
  expect(found).toBeDefined();
  return found!;
}

describe('the demonstration of the README, which runs the real `cdktf synth` on the reference app and on one with a retired model', () => {
  let demonstration: { readonly status: number | null; readonly stdout: string };

  beforeAll(() => {
    // What an earlier run left must not look like what this one made.
    rmSync(STACKS, { recursive: true, force: true });
    demonstration = spawnSync(process.execPath, ['tools/demo.mjs'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, ...TODAY },
    });
  });

  test('shows the pins, then the refusal, and says what to do', () => {
    const { status, stdout } = demonstration;
    expect(stdout).toMatch(
      /gpt-6-sol_2026-09-22_globalstandard +gpt-6-sol@2026-09-22, GlobalStandard 10, NoAutoUpgrade/,
    );
    expect(stdout).toMatch(
      /chat-[0-9a-f]{12} +stable, 90 % of the users\n +chat-[0-9a-f]{12} +canary, 10 % of the users/,
    );
    expect(stdout).toContain('error model-retired: azurerm_cognitive_deployment.account_chat');
    expect(stdout).toContain('fix: deploy gpt-4.1-mini@2025-04-14');
    expect(status).toBe(0);
  });

  test('synthesises two stacks that conform to the provider schema, with pinned deployments and an app for each release', () => {
    expect(section(demonstration.stdout, 'the reference app')).toMatch(/^exit code 0$/m);
    const releases = new Set<string>();
    for (const environment of ['staging', 'production']) {
      const stack = stackOf(environment);
      expect(conformanceProblems(stack)).toEqual([]);
      const deployments = Object.values<Record<string, unknown>>(stack.resource.azurerm_cognitive_deployment);
      expect(deployments).toHaveLength(4);
      for (const deployment of deployments) {
        expect(deployment.version_upgrade_option).toBe('NoAutoUpgrade');
        expect(deployment.rai_policy_name).toBe('Microsoft.DefaultV2');
        expect(deployment.lifecycle).toEqual({ create_before_destroy: true });
      }
      const apps = Object.values<Record<string, unknown>>(stack.resource.azurerm_container_app);
      expect(apps.map(({ name }) => name).sort()).toEqual([
        expect.stringMatching(/^chat-[0-9a-f]{12}$/),
        expect.stringMatching(/^chat-[0-9a-f]{12}$/),
        expect.stringMatching(/^knowledge-[0-9a-f]{12}$/),
      ]);
      apps.forEach(({ name }) => releases.add(String(name)));
    }
    // Both environments run the same releases, so they have the same names.
    expect(releases.size).toBe(3);
  });

  test('fails with a retired model, with a message that says what to do', () => {
    const output = section(demonstration.stdout, 'the same app, with one model that Azure has retired');
    expect(output).toMatch(/^exit code 1$/m);
    expect(output).toMatch(
      /ERROR \[production\/account\/chat\/Default\]: error model-retired: azurerm_cognitive_deployment\.account_chat_\w+ \(production\/account\/chat\/Default\)/,
    );
    expect(output).toMatch(/declared at examples\/router-and-gateway\/chat-platform\.ts:\d+/);
    expect(output).toContain('gpt-35-turbo');
    expect(output).toContain('2025-02-13');
    expect(output).toContain('fix: deploy gpt-4.1-mini@2025-04-14 (legacy itself, retires on 2027-04-14) beside it');
    expect(output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  });
});

describe('the reference app under plain node', () => {
  test.each([
    ['with the date a year ahead', { MODEL_LIFECYCLE_AS_OF: '2027-11-22' }],
    ['on today of the clock', {}],
  ])('still synthesises %s', (_, variables) => {
    const { status, output, folder } = nodeApp('bin/app.ts', variables);
    expect(output).not.toMatch(/ERROR \[|: error /);
    expect(status).toBe(0);
    expect(existsSync(join(folder, 'manifest.json'))).toBe(true);
  });

  test('fails with a retired model, with one report and no stack frames, and leaves no manifest', () => {
    const { status, output, folder } = nodeApp('bin/retired-app.ts', TODAY);
    expect(status).toBe(1);
    expect(output).toContain('model lifecycle guard: 1 error');
    expect(output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
  });
});

describe('the models of the reference app', () => {
  const catalog = ModelCatalog.bundled();
  const lastDay = (name: string, version: string) => {
    const lookup = catalog.lookup({ name, version, sku: 'GlobalStandard' }, '2026-11-21');
    return lookup.kind === 'known' ? (lookup.answer.retirementDate ?? '') : '';
  };
  const latestOf = (kind: string) =>
    catalog
      .records()
      .filter(({ facts }) => facts.format === 'OpenAI' && facts.kind === kind && facts.version !== null)
      .map(({ facts }) => lastDay(facts.name, facts.version!))
      .sort()
      .pop();

  test.each([
    ['gpt-6-sol', '2026-09-22', 'reasoning'],
    ['gpt-6.1-sol', '2026-09-29', 'reasoning'],
    ['text-embedding-3-large', '1', 'embeddings'],
  ])('%s lives as long as any of its kind', (name, version, kind) => {
    expect(lastDay(name, version)).toBe(latestOf(kind));
  });
});

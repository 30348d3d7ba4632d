import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command-run';
import { CLEAN, LIVING, RETIRED, stackOf } from './sample-plans';

const ON = ['--as-of', '2026-11-21', '--no-config'];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'check-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** `terraform.tfstate` with one deployment. */
const stateFile = (attributes: object) => ({
  version: 4,
  terraform_version: '1.11.4',
  serial: 3,
  lineage: '5a6ea82b-f38e-1f3c-9bd1-d0a5bcb6b8a2',
  outputs: {},
  resources: [
    {
      mode: 'managed',
      type: 'azurerm_cognitive_deployment',
      name: 'chat',
      provider: 'provider["registry.terraform.io/hashicorp/azurerm"]',
      instances: [{ schema_version: 0, attributes, sensitive_attributes: [] }],
    },
  ],
  check_results: null,
});

/** The same as `terraform show -json` writes it. */
const shownState = (values: object) => ({
  format_version: '1.0',
  terraform_version: '1.11.4',
  values: {
    root_module: {
      resources: [
        {
          address: 'azurerm_cognitive_deployment.chat',
          mode: 'managed',
          type: 'azurerm_cognitive_deployment',
          name: 'chat',
          provider_name: 'registry.terraform.io/hashicorp/azurerm',
          schema_version: 0,
          values,
          sensitive_values: {},
        },
      ],
    },
  },
});

describe('model-lifecycle check', () => {
  test('takes what terraform show -json writes of a root without a state for no deployments', async () => {
    const empty = write('empty.json', '{"format_version":"1.0"}\n');
    const { status, stdout } = await runCommand(['check', empty, ...ON, '--format', 'json']);
    expect([status, (JSON.parse(stdout) as { models: unknown }).models]).toEqual([0, []]);
  });

  test.each([
    ['a state file', stateFile],
    ['a state as terraform show -json writes it', shownState],
  ])('judges %s', async (_, state) => {
    const clean = await runCommand(['check', write('living.json', state(LIVING)), ...ON]);
    expect(clean).toMatchObject({ status: 0, stderr: '' });
    const { status, stdout } = await runCommand(['check', write('s.json', state(RETIRED)), ...ON, '--format', 'json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'check',
      inputs: [join(folder, 's.json')],
      findings: [{ rule: 'model-retired', resource: { address: 'azurerm_cognitive_deployment.chat' } }],
      models: [{ model: { name: 'gpt-35-turbo', version: '0613' } }],
    });
  });

  test.each([
    ['a state', shownState(RETIRED)],
    ['a synthesised stack', stackOf(RETIRED)],
  ])('reads %s from standard input', async (_, content) => {
    const { status, stdout } = await runCommand(['check', '-', ...ON], { piped: JSON.stringify(content) });
    expect(status).toBe(1);
    expect(stdout).toContain('error model-retired: azurerm_cognitive_deployment.chat');
  });

  test('knows the findings of a baseline', async () => {
    const stack = write('cdk.tf.json', stackOf(RETIRED));
    const baseline = join(folder, 'baseline.json');
    expect((await runCommand(['check', stack, ...ON, '--write-baseline', baseline])).status).toBe(1);
    expect((await runCommand(['check', stack, ...ON, '--baseline', baseline])).status).toBe(0);
  });

  test('weighs what it cannot see by the rule, unless it is told otherwise', async () => {
    const stack = stackOf({ ...LIVING, model: [{ ...LIVING.model[0]!, version: '${var.version}' }] });
    const file = write('unread.tf.json', stack);
    expect((await runCommand(['check', file, ...ON])).status).toBe(1);
    expect((await runCommand(['check', file, ...ON, '--unknown', 'warn'])).status).toBe(0);
  });

  test.each<[string, () => string[], { piped?: string }, string]>([
    [
      'a plan',
      () => [write('plan.json', CLEAN)],
      {},
      "is a Terraform plan, not a synthesised stack; run 'model-lifecycle review ",
    ],
    [
      'a piped plan',
      () => ['-'],
      { piped: CLEAN },
      "'-' is a Terraform plan, not a synthesised stack; run 'model-lifecycle review -'",
    ],
    ['a binary plan', () => [write('plan.out', 'PK\u0003\u0004')], {}, 'a plan file of Terraform, which is binary'],
    [
      'piped JSON of another kind',
      () => ['-'],
      { piped: '{"name": "x"}' },
      "'-' is neither a synthesised stack nor a Terraform state",
    ],
    [
      'a piped manifest',
      () => ['-'],
      { piped: '{"version": "0.21.0", "stacks": {}}' },
      "'-' is neither a synthesised stack nor a Terraform state",
    ],
    [
      'nothing piped',
      () => ['-'],
      { piped: '' },
      "'-' is empty; a command before it may have failed: run 'cdktf synth' first",
    ],
    ['a terminal', () => ['-'], {}, "'terraform show -json | model-lifecycle check -'"],
    [
      'a state that was cut off',
      () => [write('cut.tfstate', JSON.stringify(stateFile(LIVING)).slice(0, -1))],
      {},
      "cut.tfstate' is not JSON (the text ends too early",
    ],
    ['a missing input', () => ['nowhere'], {}, "'nowhere' does not exist; run 'cdktf synth' first"],
  ])('refuses %s', async (_, args, surroundings, message) => {
    const { status, stdout, stderr } = await runCommand(['check', ...ON, ...args()], surroundings);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('model-lifecycle.config.yaml', () => {
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  /** A working directory with this configuration and a stack with a retired model. */
  function enter(configuration: string): void {
    process.chdir(mkdtempSync(join(folder, 'work-')));
    writeFileSync('cdk.tf.json', JSON.stringify(stackOf(RETIRED)));
    writeFileSync('model-lifecycle.config.yaml', configuration);
  }

  const status = async (...args: string[]) =>
    (await runCommand(['check', 'cdk.tf.json', '--as-of', '2026-11-21', ...args])).status;

  test('is found in the working directory, and the command line wins', async () => {
    enter('failOn: never\n');
    expect(await status()).toBe(0);
    expect(await status('--fail-on', 'error')).toBe(1);
    expect(await status('--no-config')).toBe(1);
  });

  test('gives severities, over which those of the command line are laid rule by rule', async () => {
    enter('severities:\n  model-retired: warning\n');
    expect(await status()).toBe(0);
    expect(await status('--severity', 'model-preview=error')).toBe(0);
    expect(await status('--severity', 'model-retired=error')).toBe(1);
  });

  test('gives waivers and overlays by paths that start at its folder', async () => {
    enter('');
    const { address, ...waiver } = {
      address: 'azurerm_cognitive_deployment.chat',
      rule: 'model-retired',
      reason: 'hotfix of another part',
      owner: 'team',
      expires: '2026-11-30',
    };
    writeFileSync('waivers.json', JSON.stringify({ waivers: [{ ...waiver, resource: address }] }));
    const config = write('elsewhere.yaml', `waivers: [${JSON.stringify(join(process.cwd(), 'waivers.json'))}]`);
    expect(await status('--config', config)).toBe(0);
    writeFileSync('model-lifecycle.config.yaml', 'waivers: [waivers.json]');
    expect(await status()).toBe(0);
    // A list of the command line takes the place of the file's.
    writeFileSync('none.json', '{"waivers": []}');
    expect(await status('--waivers', 'none.json')).toBe(1);
  });

  test('switches on what the command line can switch off', async () => {
    enter('requireFresh: true\nfailOn: never\n');
    const late = ['check', 'cdk.tf.json', '--as-of', '2026-12-05'];
    expect((await runCommand(late)).status).toBe(3);
    expect((await runCommand([...late, '--no-require-fresh'])).status).toBe(0);
  });

  test('gives outputs', async () => {
    enter('formats: [json=report.json]\n');
    const { stdout } = await runCommand(['check', 'cdk.tf.json', '--as-of', '2026-11-21']);
    expect(stdout).toBe('');
    expect(JSON.parse(readFileSync('report.json', 'utf8'))).toMatchObject({ summary: { errors: 1 } });
    const printed = await runCommand(['check', 'cdk.tf.json', '--as-of', '2026-11-21', '--format', 'junit']);
    expect(printed.stdout).toMatch(/^<\?xml /);
  });

  test('stops the run where it cannot be used', async () => {
    enter('failon: never\n');
    expect(await runCommand(['check', 'cdk.tf.json'])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        "model-lifecycle: the configuration file 'model-lifecycle.config.yaml' cannot be used:\n" +
        "  line 1, column 1: 'failon' is not known here; did you mean 'failOn'?\n",
    });
  });
});

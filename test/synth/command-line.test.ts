import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import schema from '../../lib/report/data/report.schema.json';
import { runCommand } from '../command-line/command-run';

const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
const before = process.cwd();

beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => runCommand(args);

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function stackWith(model: { name: string; version?: string }) {
  return {
    resource: {
      azurerm_cognitive_deployment: {
        chat: {
          name: 'chat',
          cognitive_account_id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a',
          model: { format: 'OpenAI', ...model },
          sku: { name: 'GlobalStandard', capacity: 10 },
          rai_policy_name: 'Microsoft.DefaultV2',
          version_upgrade_option: 'NoAutoUpgrade',
        },
      },
    },
  };
}

const living = () => write('living.tf.json', stackWith({ name: 'gpt-5.1', version: '2025-11-13' }));
const retired = () => write('retired.tf.json', stackWith({ name: 'gpt-35-turbo', version: '0613' }));
const retiring = () => write('retiring.tf.json', stackWith({ name: 'gpt-4o', version: '2024-08-06' }));
const today = ['--as-of', new Date().toISOString().slice(0, 10)];
const fixed = ['--as-of', '2026-11-21'];

describe('model-lifecycle check', () => {
  test('ends with 0 and one line when nothing is found', async () => {
    const { status, stdout } = await run('check', living(), '--as-of', '2026-11-21', '--fail-on', 'error');
    expect(status).toBe(0);
    expect(stdout).toContain('0 errors');
    expect(stdout).toContain('in 1 stack, as of 2026-11-21 (catalogue of 2026-10-05)');
  });

  test('ends with 1 on a retired model and says which and where', async () => {
    const { status, stdout } = await run('check', retired(), ...fixed);
    expect(status).toBe(1);
    expect(stdout).toContain('error model-retired: azurerm_cognitive_deployment.chat');
  });

  test('reads an output folder by its manifest and names the stacks', async () => {
    write('cdktf.out/stacks/production/cdk.tf.json', stackWith({ name: 'gpt-35-turbo', version: '0613' }));
    write('cdktf.out/manifest.json', {
      version: '0.21.0',
      stacks: { production: { synthesizedStackPath: 'stacks/production/cdk.tf.json' } },
    });
    const { status, stdout } = await run('check', 'cdktf.out', ...fixed, '--format', 'json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings[0].resource.stack).toBe('production');
    expect((await run('check', join('cdktf.out', 'stacks', 'production'), ...fixed)).status).toBe(1);
  });

  test('knows the deployment names of all stacks, and lets a waiver of an outer stack cover a nested one', async () => {
    const caller = {
      resource: { azurerm_linux_web_app: { app: { app_settings: { AZURE_OPENAI_DEPLOYMENT: 'gpt-4' } } } },
    };
    const models = stackWith({ name: 'gpt-5.1', version: '2025-11-13' });
    models.resource.azurerm_cognitive_deployment.chat.name = 'gpt-4';
    const nested = { locals: { azure_openai_model: 'gpt-35-turbo-0613' } };
    const waived = {
      rule: 'retired-literal',
      resource: 'models',
      reason: 'read by nobody any more',
      owner: 'team',
      expires: '2026-12-01',
    };
    const stacks = {
      apps: caller,
      models: { ...models, '//': { 'cdktf-azure-model-lifecycle': { waivers: [waived] } } },
      inner: nested,
    };
    const paths: Record<string, string> = { apps: 'apps', models: 'models', inner: 'models/inner' };
    const manifest = Object.entries(stacks).map(([name, content]) => {
      write(`several.out/stacks/${name}/cdk.tf.json`, content);
      return [name, { constructPath: paths[name], synthesizedStackPath: `stacks/${name}/cdk.tf.json` }];
    });
    write('several.out/manifest.json', { stacks: Object.fromEntries(manifest) });
    const { status, stdout } = await run('check', 'several.out', ...fixed, '--format', 'json');
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; resource: object; waived?: object }[] };
    expect(findings).toMatchObject([
      { rule: 'retired-literal', resource: { stack: 'models/inner' }, waived: { owner: 'team' } },
    ]);
    expect(status).toBe(0);
    expect((await run('check', join('several.out', 'stacks', 'apps'), ...fixed)).status).toBe(1);
  });

  test('fails on warnings only when asked to', async () => {
    expect((await run('check', retiring(), '--as-of', '2026-12-20')).status).toBe(0);
    expect((await run('check', retiring(), '--as-of', '2026-12-20', '--fail-on', 'warning')).status).toBe(1);
    expect((await run('check', retired(), ...fixed, '--fail-on', 'never')).status).toBe(0);
  });

  test('weighs what it cannot see as it is told', async () => {
    const file = write('token.tf.json', stackWith({ name: 'gpt-5.1', version: '${var.version}' }));
    expect((await run('check', file, ...today)).status).toBe(1);
    expect((await run('check', file, ...today, '--unknown', 'warn')).status).toBe(0);
    expect((await run('check', file, ...today, '--unknown', 'pass')).status).toBe(0);
    expect((await run('check', file, ...today, '--unknown', 'fail')).status).toBe(1);
  });

  test('ends with 3 on a stale catalogue under --require-fresh, with 1 when there are findings as well', async () => {
    expect((await run('check', living(), '--as-of', '2026-12-04', '--require-fresh')).status).toBe(0);
    expect((await run('check', living(), '--as-of', '2026-12-05', '--require-fresh')).status).toBe(3);
    expect((await run('check', living(), '--as-of', '2026-12-05')).status).toBe(0);
    expect((await run('check', retired(), '--as-of', '2026-12-05', '--require-fresh')).status).toBe(1);
  });

  test('writes JSON that the published schema describes', async () => {
    const file = join(folder, 'report.json');
    const { status, stdout } = await run(
      'check',
      retired(),
      living(),
      ...fixed,
      '--format',
      `json=${file}`,
      '--format',
      'text',
    );
    expect(status).toBe(1);
    expect(stdout).toContain('error model-retired');
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const validate = new Ajv2020().compile(schema);
    expect([validate(report), validate.errors]).toEqual([true, null]);
    expect(report.summary).toMatchObject({ errors: 1, waived: 0 });
    expect(report.findings[0]).toMatchObject({ rule: 'model-retired', retirementDate: '2025-02-13' });
  });

  test('applies a waiver file and an overlay', async () => {
    const waivers = write('waivers.json', {
      waivers: [
        {
          rule: 'model-retired',
          resource: 'azurerm_cognitive_deployment.chat',
          reason: 'hotfix of another part',
          owner: 'team-assistants',
          expires: '2026-11-30',
        },
      ],
    });
    expect(await run('check', retired(), ...fixed, '--waivers', waivers)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('1 waived'),
    });
    const overlay = write('overlay.json', {
      schemaVersion: 1,
      name: 'ours',
      asOf: '2026-11-20',
      models: [{ format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13', retirementDate: '2026-11-21' }],
    });
    expect((await run('check', living(), ...fixed, '--overlay', overlay)).status).toBe(1);
  });

  test('weighs rules as it is told', async () => {
    expect((await run('check', retired(), ...fixed, '--severity', 'model-retired=warning')).status).toBe(0);
    expect((await run('check', retired(), ...fixed, '--severity', 'model-retired=off')).stdout).toMatch(
      /^0 errors.*; judged with: model-retired is off\n$/,
    );
  });

  test('--quiet prints nothing and keeps the exit code', async () => {
    expect(await run('check', retired(), ...fixed, '--quiet')).toEqual({ status: 1, stdout: '', stderr: '' });
  });

  test.each([
    ['a missing input', ['check', 'nowhere'], "'nowhere' does not exist; run 'cdktf synth' first"],
    ['no input', ['check'], "missing required argument 'input'"],
    [
      'a plan',
      ['check', () => write('plan.json', { resource_changes: [] })],
      'is a Terraform plan, not a synthesised stack',
    ],
    [
      'a state of another version',
      ['check', () => write('s.tfstate', { version: 3, serial: 1, lineage: 'x', resources: [] })],
      "s.tfstate' is a Terraform state of version 3; version 4 is read",
    ],
    [
      'text',
      ['check', () => write('x.tf.json', 'resource {}')],
      "x.tf.json' is not JSON (syntax error at line 1, column 1); name",
    ],
    [
      'a manifest that leads out of its folder',
      [
        'check',
        () =>
          join(
            write('leading-out/manifest.json', { stacks: { a: { synthesizedStackPath: '../../etc/passwd' } } }),
            '..',
          ),
      ],
      'gives "../../etc/passwd" as the file of stack "a", which is outside its folder',
    ],
    ['an array', ['check', () => write('array.json', [])], 'is JSON that is not an object'],
    [
      'a date that is none',
      ['check', living, '--as-of', '2026-02-30'],
      "--as-of is '2026-02-30'; write a calendar day",
    ],
    [
      'a format that is unknown',
      ['check', living, '--format', 'yaml'],
      'known formats are text, markdown, json, sarif, junit',
    ],
    [
      'thresholds that cross',
      ['check', living, '--fail-days', '90', '--warn-days', '30'],
      'give --warn-days 90 or more',
    ],
    ['a severity without a rule', ['check', living, '--severity', 'error'], 'write rule=severity'],
    ['a rule that does not exist', ['check', living, '--severity', 'model-retird=off'], 'model-retired'],
    [
      'a report that cannot be written',
      ['check', living, '--format', 'json=no/such/folder.json'],
      'cannot be written (ENOENT)',
    ],
    ['an overlay that is missing', ['check', living, '--overlay', 'no.json'], 'no.json'],
    ['an option that is unknown', ['check', living, '--strict'], "unknown option '--strict'"],
    ['a command that is unknown', ['chekc'], "unknown command 'chekc'"],
  ] as [string, (string | (() => string))[], string][])(
    'ends with 2 on %s, in words and without a stack trace',
    async (_, args, message) => {
      const { status, stderr } = await run(...args.map((arg) => (typeof arg === 'string' ? arg : arg())));
      expect(status).toBe(2);
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  );
});

describe('model-lifecycle explain', () => {
  test('gives the date of the SKU that is asked for', async () => {
    const of = async (sku: string) => (await run('explain', 'gpt-4o@2024-08-06', '--sku', sku, ...fixed)).stdout;
    expect(await of('Standard')).toMatch(/stage +retired\n +retires +2026-03-31, 235 days ago/);
    expect(await of('GlobalStandard')).toMatch(/stage +deprecated\n +retires +2027-04-14, in 144 days/);
  });

  test('lists every version of a name', async () => {
    const { stdout } = await run('explain', 'gpt-4o', ...fixed, '--format', 'json');
    const versions = JSON.parse(stdout).answers.map((answer: { version: string }) => answer.version);
    expect(versions).toEqual(expect.arrayContaining(['2024-05-13', '2024-08-06', '2024-11-20']));
  });

  test.each([
    ['gpt4o', "the catalogue knows no model 'gpt4o'; did you mean gpt-4o?"],
    ['gpt-4o@2024-01-01', "the catalogue knows no version '2024-01-01' of gpt-4o; it knows 2024-05-13"],
    ['a@b@c', "'a@b@c' names no model; write name or name@version"],
  ])('ends with 2 on %s', async (model, message) => {
    const { status, stderr } = await run('explain', model);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('model-lifecycle compare', () => {
  test('names the scope and the five breadths', async () => {
    const { status, stdout } = await run('compare', 'gpt-4o@2024-05-13', 'gpt-4o@2024-08-06');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^gpt-4o@2024-05-13 -> gpt-4o@2024-08-06: minor-version \(forward\)\n/);
    for (const breadth of ['model ', 'model config', 'prompt', 'orchestration logic', 'grounding data']) {
      expect(stdout).toMatch(new RegExp(`^ +${breadth} +(must|likely|check)$`, 'm'));
    }
  });

  test.each([
    [
      ['gpt4o@2024-05-13', 'gpt-5.1@2025-11-13'],
      "model-lifecycle: the catalogue knows no model 'gpt4o'; did you mean gpt-4o?\n",
    ],
    [['gpt-4o', 'in-house-model'], "model-lifecycle: the catalogue knows no model 'in-house-model'\n"],
    [['gpt4o', 'gpt4o@2'], "model-lifecycle: the catalogue knows no model 'gpt4o'; did you mean gpt-4o?\n"],
    [
      ['gpt-4o', 'gpt-3.5-turbo-0613'],
      'model-lifecycle: gpt-35-turbo@0613 is retired since 2025-02-13: nothing can move to it\n',
    ],
  ])('of %j says which names are unknown and which were meant, beside the answer', async (models, hint) => {
    const { status, stdout, stderr } = await run('compare', ...models, ...fixed, '--format', 'json');
    expect(stderr).toBe(hint);
    expect(JSON.parse(stdout).scope).toBeDefined();
    expect(status).toBe(0);
  });

  test('says nothing of the spelling of a name that only a family of an overlay has', async () => {
    const families = [{ id: 'ours', format: 'Ours', members: [{ name: 'gpt4o', major: 1 }] }];
    const overlay = write('families.json', { schemaVersion: 1, asOf: '2026-11-20', families });
    expect(await run('compare', 'gpt-4o', 'gpt4o', ...fixed, '--overlay', overlay)).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  test('knows a change of hosting', async () => {
    const args = ['--from-hosting', 'managed-online-endpoint', '--to-hosting', 'self-hosted', '--format', 'json'];
    const { stdout } = await run(
      'compare',
      'Llama-4-Scout-17B-16E-Instruct',
      'Llama-4-Scout-17B-16E-Instruct',
      ...args,
    );
    expect(JSON.parse(stdout).scope).toBe('deployment-option');
  });
});

describe('model-lifecycle diagram', () => {
  test('prints Mermaid and writes files whole', async () => {
    const file = join(folder, 'topology.svg');
    writeFileSync(file, 'the old one');
    const printed = await run('diagram', retired(), ...fixed);
    expect(printed).toMatchObject({ status: 0, stderr: '' });
    expect(printed.stdout).toMatch(/^flowchart LR\n/);
    expect(printed.stdout).toContain('gpt-35-turbo@0613<br/>GlobalStandard, capacity 10');
    const written = await run('diagram', retired(), ...fixed, '--format', `svg=${file}`);
    expect(written).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(readdirSync(folder).filter((name) => name.includes('.svg.'))).toEqual([]);
  });

  test('draws the stacks that are asked for', async () => {
    const manifest = ['production', 'staging'].map((name) => {
      write(`both.out/stacks/${name}/cdk.tf.json`, stackWith({ name: 'gpt-5.1', version: '2025-11-13' }));
      return [name, { constructPath: `app/${name}`, synthesizedStackPath: `stacks/${name}/cdk.tf.json` }];
    });
    write('both.out/manifest.json', { stacks: Object.fromEntries(manifest) });
    const deployments = async (...args: string[]) =>
      (await run('diagram', 'both.out', ...fixed, ...args)).stdout.match(/^ +deployment_\w+\[/gm)?.length;
    expect(await deployments()).toBe(2);
    expect(await deployments('--stack', 'app/staging', '--stack', 'staging')).toBe(1);
    expect((await run('diagram', 'both.out', '--stack', 'test')).stderr).toBe(
      "model-lifecycle: there is no stack 'test'; there is app/production, app/staging\n",
    );
  });

  test.each([
    ['a format that is unknown', ['living.tf.json', '--format', 'png'], 'known formats are mermaid and svg'],
    ['a format without its file', ['living.tf.json', '--format', 'svg='], "name a file behind '='"],
    ['a folder that is missing', ['living.tf.json', '--format', 'svg=no/such/a.svg'], 'cannot be written (ENOENT)'],
  ])('ends with 2 on %s, in words and without a stack trace', async (_, args, message) => {
    living();
    const { status, stdout, stderr } = await run('diagram', ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

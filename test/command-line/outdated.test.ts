import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import schema from '../../lib/report/data/outdated.schema.json';
import { runCommand } from './command-run';
import { ACCOUNT, change, deploymentValues, LIVING, planOf, RETIRED, stackOf } from './sample-plans';

const ON = ['--as-of', '2026-11-21', '--no-config'];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'outdated-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

interface Given {
  readonly name?: string;
  readonly model: string;
  readonly version?: string;
  readonly sku?: string;
}

/** A stack with deployments in an account of Sweden. */
function stackWith(deployments: Readonly<Record<string, Given>>) {
  return {
    resource: {
      azurerm_cognitive_account: { eu: { name: 'models', location: 'swedencentral' } },
      azurerm_cognitive_deployment: Object.fromEntries(
        Object.entries(deployments).map(([key, { name = key, model, version, sku = 'GlobalStandard' }]) => [
          key,
          {
            name,
            cognitive_account_id: '${azurerm_cognitive_account.eu.id}',
            model: { format: 'OpenAI', name: model, ...(version !== undefined && { version }) },
            sku: { name: sku, capacity: 1 },
          },
        ]),
      ),
    },
  };
}

const EVERYTHING = stackWith({
  current: { model: 'gpt-6-sol', version: '2026-09-22' },
  chat: { model: 'gpt-4o', version: '2024-05-13' },
  regional: { model: 'gpt-4o', version: '2024-05-13', sku: 'Standard' },
  old: { model: 'gpt-35-turbo', version: '0613', sku: 'Standard' },
  kept: { model: 'gpt-4.1', version: '2025-04-14' },
  talk: { model: 'gpt-realtime-mini', version: '2025-10-06' },
  later: { model: 'gpt-4o', version: '2024-08-06' },
  nobody: { model: 'gpt-9', version: '1' },
  variable: { model: 'gpt-4o', version: '${var.version}' },
  floating: { model: 'gpt-4o' },
});

interface Row {
  readonly resource: { readonly deployment: string; readonly address: string };
  readonly [key: string]: unknown;
}

async function rowsOf(
  ...args: string[]
): Promise<{ status: number; rows: readonly Row[]; report: Record<string, unknown> }> {
  const { status, stdout } = await runCommand(['outdated', ...args, ...ON, '--format', 'json']);
  const report = JSON.parse(stdout) as { rows: readonly Row[] };
  const validate = new Ajv2020().compile(schema);
  expect([validate(report), validate.errors]).toEqual([true, null]);
  return { status, rows: report.rows, report };
}

const statesOf = (rows: readonly Row[]) => rows.map(({ resource, state }) => [resource.deployment, state]);

describe('model-lifecycle outdated', () => {
  let everything: readonly Row[];
  beforeAll(async () => (everything = (await rowsOf(write('every.tf.json', EVERYTHING))).rows));

  test('lists what ends or has a newer version, soonest first and what is not known last', async () => {
    const { status, rows, report } = await rowsOf(write('all.tf.json', EVERYTHING));
    expect(statesOf(rows)).toEqual([
      ['old', 'retired'],
      ['regional', 'retired'],
      ['chat', 'retiring'],
      ['talk', 'newer-version'],
      ['kept', 'legacy'],
      ['later', 'deprecated'],
      ['floating', 'unknown'],
      ['nobody', 'unknown'],
      ['variable', 'unknown'],
    ]);
    expect(report).toMatchObject({
      asOf: '2026-11-21',
      catalog: { asOf: '2026-10-05' },
      deploymentCount: 10,
      currentCount: 1,
    });
    expect(status).toBe(1);
  });

  test('lists current deployments as well under --all', async () => {
    const { rows } = await rowsOf(write('all.tf.json', EVERYTHING), '--all');
    expect(statesOf(rows)[6]).toEqual(['current', 'current']);
    expect(rows[6]).toMatchObject({
      model: { retirementDate: '2028-03-11' },
      newest: { version: '2026-09-22', isNewer: false },
    });
    expect(rows[6]).not.toHaveProperty('replacement');
  });

  test.each<[string, object]>([
    [
      'chat',
      {
        model: { name: 'gpt-4o', version: '2024-05-13', sku: 'GlobalStandard', stage: 'deprecated', daysLeft: 18 },
        region: 'swedencentral',
        newest: { version: '2024-11-20', isNewer: true },
        replacement: {
          name: 'gpt-5.6-sol',
          version: '2026-07-09',
          by: 'azure',
          remarks: ['reasoning instead of chat'],
        },
        scope: 'major-version',
        severity: 'error',
      },
    ],
    [
      'regional',
      {
        model: { retirementDate: '2026-03-31', daysLeft: -235 },
        replacement: {
          name: 'gpt-4o',
          version: '2024-11-20',
          by: 'advised',
          remarks: ['Azure names gpt-5.6-sol@2026-07-09: not listed under Standard, reasoning instead of chat'],
        },
        scope: 'minor-version',
      },
    ],
    [
      'old',
      {
        replacement: {
          name: 'gpt-4.1',
          by: 'advised',
          retirementDate: '2027-04-14',
          remarks: ['Azure names gpt-35-turbo@0125: retired itself'],
        },
      },
    ],
    [
      'kept',
      { replacement: { name: 'gpt-6-luna', by: 'advised', remarks: ['reasoning: requests take other parameters'] } },
    ],
    [
      'talk',
      { newest: { version: '2025-12-15', retirementDate: '2026-12-15', isNewer: true }, scope: 'minor-version' },
    ],
    ['later', { severity: 'warning', replacement: { name: 'gpt-5.1', version: '2025-11-13', by: 'azure' } }],
    [
      'nobody',
      { unknown: "not in the catalogue; did you mean 'gpt-4' or 'gpt-5'?", severity: 'warning', waived: false },
    ],
    ['variable', { unknown: 'version cannot be read', newest: { version: '2024-11-20', isNewer: false } }],
    ['floating', { unknown: 'no version pinned', severity: 'warning' }],
  ])('says of %s what it can move to', (name, expected) => {
    expect(everything.find(({ resource }) => resource.deployment === name)).toMatchObject(expected);
  });

  test.each([
    ['an error where a model is retired', { a: { model: 'gpt-35-turbo', version: '0613' } }, [], 1],
    ['nothing where it is legacy', { a: { model: 'gpt-4.1', version: '2025-04-14' } }, ['--fail-on', 'warning'], 0],
    [
      'nothing where there is a newer version',
      { a: { model: 'gpt-realtime-mini', version: '2025-10-06' } },
      ['--fail-on', 'warning'],
      0,
    ],
    ['a warning where it is deprecated', { a: { model: 'gpt-4o', version: '2024-08-06' } }, [], 0],
    [
      'a warning where it is deprecated, which fails if told so',
      { a: { model: 'gpt-4o', version: '2024-08-06' } },
      ['--fail-on', 'warning'],
      1,
    ],
    ['an error within --fail-days', { a: { model: 'gpt-4o', version: '2024-08-06' } }, ['--fail-days', '150'], 1],
    [
      'what --severity says',
      { a: { model: 'gpt-35-turbo', version: '0613' } },
      ['--severity', 'model-retired=note'],
      0,
    ],
    ['nothing under --fail-on never', { a: { model: 'gpt-35-turbo', version: '0613' } }, ['--fail-on', 'never'], 0],
    ['a warning where the model is not known', { a: { model: 'gpt-9', version: '1' } }, [], 0],
    ['what --unknown says', { a: { model: 'gpt-9', version: '1' } }, ['--unknown', 'fail'], 1],
    ['what --unknown says of a version that is not pinned', { a: { model: 'gpt-4o' } }, ['--unknown', 'fail'], 1],
    [
      'nothing of it under --unknown pass',
      { a: { model: 'gpt-4o' } },
      ['--unknown', 'pass', '--fail-on', 'warning'],
      0,
    ],
  ])('fails by the rules: %s', async (_, deployments, options, expected) => {
    const { status, stderr } = await runCommand([
      'outdated',
      write('one.tf.json', stackWith(deployments)),
      ...ON,
      ...options,
    ]);
    expect([status, stderr]).toEqual([expected, '']);
  });

  test('a waiver covers what it names, and the row says so', async () => {
    const waiver = {
      rule: 'model-retired',
      resource: 'azurerm_cognitive_deployment.a',
      reason: 'a hotfix ships with it',
      owner: 'team',
      expires: '2026-12-01',
    };
    const waivers = write('waivers.json', { waivers: [waiver] });
    const stack = write('one.tf.json', stackWith({ a: { model: 'gpt-35-turbo', version: '0613' } }));
    const { status, rows } = await rowsOf(stack, '--waivers', waivers);
    expect(status).toBe(0);
    expect(rows).toMatchObject([{ state: 'retired', waived: true }]);
    expect(rows[0]).not.toHaveProperty('severity');
    expect(rows[0]!.waiver).toEqual({ reason: 'a hotfix ships with it', owner: 'team', expires: '2026-12-01' });
    const { stdout } = await runCommand(['outdated', stack, '--waivers', waivers, ...ON]);
    expect(stdout).toContain('! waived until 2026-12-01 by team');
  });

  describe('waivers that cover nothing any more are findings', () => {
    const waiver = (given: object) => ({
      rule: 'model-retired',
      resource: 'azurerm_cognitive_deployment.a',
      reason: 'a hotfix ships with it',
      owner: 'team',
      expires: '2026-12-01',
      ...given,
    });
    const retired = stackWith({ a: { model: 'gpt-35-turbo', version: '0613' } });
    const living = stackWith({ a: { model: 'gpt-6-sol', version: '2026-09-22' } });

    test.each<[string, object, object, string, string]>([
      ['expired', retired, { expires: '2026-11-01' }, 'waiver-expired', 'error'],
      ['expired, on what does not fail', living, { expires: '2026-11-01' }, 'waiver-expired', 'error'],
      ['too long', retired, { expires: '2027-11-21' }, 'waiver-invalid', 'error'],
      ['of a rule that does not exist', retired, { rule: 'model-retierd' }, 'waiver-invalid', 'error'],
      ['unused', living, {}, 'waiver-unused', 'warning'],
      ['for another input', retired, { input: 'other.json' }, 'waiver-unused', 'warning'],
      [
        'expired, of a rule of other commands',
        living,
        { rule: 'parallel-writers', expires: '2026-11-01' },
        'waiver-expired',
        'error',
      ],
    ])('%s', async (_, stack, given, rule, severity) => {
      const file = write('broken.waivers.json', { waivers: [waiver(given)] });
      const input = write('broken.tf.json', stack);
      const args = [input, '--waivers', file];
      const { report } = await rowsOf(...args);
      const findings = report.findings as { rule: string; severity: string; message: string; resource: object }[];
      const about = findings.filter((finding) => finding.rule.startsWith('waiver-'));
      expect(about).toMatchObject([
        { rule, severity, resource: { type: 'waiver', declaredAt: `${file}, waivers[0]` } },
      ]);
      const failing = await runCommand(['outdated', ...args, ...ON, '--fail-on', 'warning']);
      expect(failing.status).toBe(1);
      expect(failing.stdout).toContain(`Waivers\n  ${severity} ${rule}: ${about[0]!.message}; `);
      const markdown = await runCommand(['outdated', ...args, ...ON, '--format', 'markdown']);
      expect(markdown.stdout).toContain(`**Waivers**\n\n- ${severity} ${rule}: `);
      expect((await runCommand(['outdated', ...args, ...ON, '--fail-on', 'never'])).status).toBe(0);
      const off = await rowsOf(...args, '--severity', `${rule}=off`);
      expect((off.report.findings as { rule: string }[]).filter((each) => each.rule === rule)).toEqual([]);
    });

    test('and those of rules that this table does not ask are not called unused', async () => {
      const file = write('others.waivers.json', { waivers: [waiver({ rule: 'gateway-uses-keys' })] });
      const { status, report } = await rowsOf(write('one.tf.json', living), '--waivers', file, '--fail-on', 'warning');
      expect([status, report.findings]).toEqual([0, []]);
    });

    test('and one for an input covers it there alone', async () => {
      const inputs = ['first.tf.json', 'second.tf.json'].map((name) => write(name, retired));
      const file = write('first.waivers.json', { waivers: [waiver({ input: '*/first.tf.json' })] });
      const { rows, report } = await rowsOf(...inputs, '--waivers', file);
      expect(rows.map(({ input, waived }) => [input, waived])).toEqual([
        [inputs[0], true],
        [inputs[1], false],
      ]);
      expect((report.findings as { rule: string }[]).map(({ rule }) => rule)).toEqual([
        'model-retired',
        'model-retired',
      ]);
    });

    test('whatever a waiver is called, it writes no line of its own', async () => {
      const resource = 'x\n::error::pwned\u001b[31m';
      const file = write('hostile.waivers.json', { waivers: [waiver({ resource, owner: 'a\n##vso[task.x]' })] });
      const args = ['outdated', write('one.tf.json', living), '--waivers', file, ...ON];
      for (const format of ['text', 'markdown']) {
        const { stdout } = await runCommand([...args, '--format', format]);
        expect(stdout).toMatch(/waiver-unused/);
        expect(stdout).not.toMatch(/^\s*(?:::error|##vso)/m);
        expect(stdout).not.toContain('\u001b');
      }
    });
  });

  test.each([
    ['', "'-' is empty; a command before it may have failed: run 'terraform show -json plan.tfplan > plan.json'"],
    ['[1]', "'-' is neither a plan, a synthesised stack nor a Terraform state; run 'terraform show -json plan.tfplan"],
  ])('a pipe that holds nothing to read is refused with all that can be given: %j', async (piped, message) => {
    const { status, stderr } = await runCommand(['outdated', '-', ...ON], { piped });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  test('a replacement that ends soon itself is told beside what lives longer', async () => {
    const { rows } = await rowsOf(
      write('short.tf.json', stackWith({ a: { model: 'gpt-4o', version: '2024-11-20' } })),
      '--all',
    );
    expect(rows[0]!.replacement).toMatchObject({ name: 'gpt-5.1', by: 'azure', retirementDate: '2027-05-15' });
    expect((rows[0]!.replacement as { remarks: string[] }).remarks.at(-1)).toMatch(/ lives until 2028-\d\d-\d\d$/);
  });

  test('where nothing is known to move to, the row says why', async () => {
    const stack = write('why.tf.json', stackWith({ a: { model: 'gpt-4.1', version: '2025-04-14', sku: 'Imaginary' } }));
    const { rows } = await rowsOf(stack);
    expect(rows[0]).not.toHaveProperty('replacement');
    const { reason } = rows[0]!.advice as { reason: string };
    const { stdout } = await runCommand(['outdated', stack, ...ON]);
    expect(stdout).toContain(`    ! ${reason}\n`);
  });

  test('reads a plan as it ends: what it destroys is not there, what it creates is', async () => {
    const plan = planOf([
      change('gone', RETIRED, null),
      change('chat', LIVING, deploymentValues({ name: 'gpt-4o', version: '2024-05-13' })),
      change('more', null, deploymentValues({ name: 'gpt-4.1', version: '2025-04-14' }, 'more')),
    ]);
    const { status, rows } = await rowsOf(write('plan.json', plan));
    expect(rows.map(({ resource: { address }, state }) => [address, state])).toEqual([
      ['azurerm_cognitive_deployment.chat', 'retiring'],
      ['azurerm_cognitive_deployment.more', 'legacy'],
    ]);
    expect(status).toBe(1);
  });

  test('reads several inputs at once and keeps what they say apart', async () => {
    const state = {
      version: 4,
      serial: 1,
      resources: [
        { mode: 'managed', type: 'azurerm_cognitive_deployment', name: 'chat', instances: [{ attributes: RETIRED }] },
        {
          mode: 'managed',
          type: 'azurerm_cognitive_account',
          name: 'a',
          instances: [{ attributes: { id: ACCOUNT, name: 'models', location: 'Sweden Central' } }],
        },
      ],
    };
    const files = [
      write('terraform.tfstate', state),
      write('cdk.tf.json', stackOf(LIVING)),
      write('plan.json', planOf([change('chat', null, RETIRED)])),
    ];
    const { rows, report } = await rowsOf(...files, '--all');
    expect(report.inputs).toEqual(files);
    expect(rows.map(({ input, state: each, region, severity }) => [input, each, region, severity])).toEqual([
      [files[2], 'retired', undefined, 'error'],
      [files[0], 'retired', 'Sweden Central', 'error'],
      [files[1], 'current', undefined, undefined],
    ]);
  });

  test.each([
    ['a plan', planOf([change('chat', RETIRED, RETIRED)])],
    ['a stack', JSON.stringify(stackOf(RETIRED))],
  ])('reads %s from standard input', async (_, piped) => {
    const { status, stdout } = await runCommand(['outdated', '-', ...ON], { piped });
    expect(status).toBe(1);
    expect(stdout).toContain('gpt-35-turbo@0613');
  });

  test('prints a table, and remarks below the row that they are about', async () => {
    const stack = write(
      'two.tf.json',
      stackWith({
        chat: { model: 'gpt-4o', version: '2024-05-13', sku: 'Standard' },
        nobody: { model: 'gpt-9', version: '1' },
      }),
    );
    const { stdout } = await runCommand(['outdated', stack, ...ON]);
    expect(stdout.split('\n')).toEqual([
      'Deployment  Model              SKU             Stage    Retires     Days left  Newest      Move to                                        Scope          Address',
      'chat        gpt-4o@2024-05-13  Standard        Retired  2026-03-31       -235  2024-11-20  gpt-4o@2024-11-20 (advised, until 2027-04-14)  minor version  azurerm_cognitive_deployment.chat',
      '    ! Azure names gpt-5.6-sol@2026-07-09: not listed under Standard, reasoning instead of chat',
      'nobody      gpt-9@1            GlobalStandard  unknown                                                                                                   azurerm_cognitive_deployment.nobody',
      "    ! not in the catalogue; did you mean 'gpt-4' or 'gpt-5'?",
      '',
      '2 of 2 deployments to look at: 1 retired, 1 unknown; as of 2026-11-21 (catalogue of 2026-10-05)',
      '',
    ]);
  });

  test('says so where nothing is outdated', async () => {
    const { status, stdout } = await runCommand([
      'outdated',
      write('living.tf.json', stackOf(deploymentValues({ name: 'gpt-6-sol', version: '2026-09-22' }))),
      ...ON,
    ]);
    expect([status, stdout]).toEqual([0, '1 deployment, none outdated; as of 2026-11-21 (catalogue of 2026-10-05)\n']);
  });

  test('writes Markdown into a file and nothing under --quiet', async () => {
    const stack = write(
      'one.tf.json',
      stackWith({ chat: { name: 'a|b `x` @team', model: 'gpt-35-turbo', version: '0613' } }),
    );
    const file = join(folder, 'outdated.md');
    const { stdout } = await runCommand([
      'outdated',
      stack,
      ...ON,
      '--format',
      `markdown=${file}`,
      '--format',
      'text',
      '--quiet',
    ]);
    expect(stdout).toBe('');
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines[0]).toBe('**1 of 1 deployment to look at: 1 retired; as of 2026-11-21 (catalogue of 2026-10-05)**');
    expect(lines[4]).toContain(
      '| ``a\\|b `x` @team`` | `gpt-35-turbo@0613` | `GlobalStandard` | Retired | 2025-02-13 | -646 |',
    );
  });

  test('takes its settings from a configuration file, but not the formats of reports', async () => {
    const config = write('settings.yaml', 'failOn: warning\nformats: [sarif]\nbaseline: gone.json\n');
    const stack = write('one.tf.json', stackWith({ a: { model: 'gpt-4o', version: '2024-08-06' } }));
    const { status, stdout } = await runCommand(['outdated', stack, '--as-of', '2026-11-21', '--config', config]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Deployment {2}Model/);
    expect(stdout).toContain(`; judged with: settings of ${config} (failOn)`);
  });

  describe('with a catalogue of 2026-10-05', () => {
    const living = () =>
      write('fresh.tf.json', stackOf(deploymentValues({ name: 'gpt-6-sol', version: '2026-09-22' })));
    const told =
      'model-lifecycle: the catalogue is of 2026-10-05, 61 days before 2026-12-05; Azure announces retirements 60 days ahead, ' +
      'so newer ones may be missing; update cdktf-azure-model-lifecycle, or give a newer catalogue file or an overlay\n';

    test.each<[string, string[], number, string]>([
      ['2026-12-04', ['--require-fresh'], 0, ''],
      ['2026-12-05', ['--require-fresh'], 3, told],
      ['2026-12-05', ['--require-fresh', '--fail-on', 'warning'], 3, told],
      ['2026-12-05', ['--require-fresh', '--quiet'], 3, ''],
      ['2026-12-05', ['--require-fresh', '--severity', 'catalog-stale=off'], 0, ''],
      ['2026-12-05', ['--fail-on', 'warning'], 0, ''],
    ])('ends on %s with %j as it is older than 60 days', async (day, args, status, stderr) => {
      const result = await runCommand(['outdated', living(), '--no-config', '--as-of', day, ...args]);
      expect([result.status, result.stderr]).toEqual([status, stderr]);
    });

    test('findings come before its age', async () => {
      const args = ['outdated', write('old.tf.json', stackOf(RETIRED)), '--no-config', '--as-of', '2026-12-05'];
      expect((await runCommand([...args, '--require-fresh'])).status).toBe(1);
      expect((await runCommand([...args, '--require-fresh', '--fail-on', 'never'])).status).toBe(3);
    });

    test('a configuration file may require a fresh one, and the command line has the last word', async () => {
      const config = write('fresh.yaml', 'requireFresh: true\n');
      const args = ['outdated', living(), '--config', config, '--as-of', '2026-12-05'];
      expect((await runCommand(args)).status).toBe(3);
      expect((await runCommand([...args, '--no-require-fresh'])).status).toBe(0);
    });

    test('a waiver may accept its age', async () => {
      const waiver = { rule: 'catalog-stale', resource: 'catalog', reason: 'the release is frozen until January' };
      const file = write('stale.waivers.json', {
        waivers: [{ ...waiver, owner: 'platform-team', expires: '2027-01-10' }],
      });
      const args = ['outdated', living(), '--no-config', '--as-of', '2026-12-05', '--require-fresh'];
      expect((await runCommand([...args, '--waivers', file])).status).toBe(0);
    });
  });

  test('prints no escape that an input brings along', async () => {
    const name = 'a\u001b[31m##vso[task.complete]\u202e';
    const stack = write('hostile.tf.json', stackWith({ chat: { name, model: 'gpt-35-turbo', version: '0613' } }));
    for (const format of ['text', 'markdown', 'json']) {
      const { stdout } = await runCommand(['outdated', stack, ...ON, '--format', format]);
      expect(stdout).not.toMatch(/\u001b|\u202e|##vso\[/);
    }
  });

  test.each([
    [
      ['no-such-file.json'],
      /'no-such-file\.json' does not exist; run 'terraform show -json plan\.tfplan > plan\.json' or 'cdktf synth' first, or name a plan, the output folder of 'cdktf synth', a cdk\.tf\.json file, a Terraform state, or '-' for standard input$/m,
    ],
    [['-', '-'], /'-' \(standard input\) is given twice/],
    [['-', '--format', 'sarif'], /known formats are text, markdown and json/],
    [['-', '--warn-days', '5', '--fail-days', '30'], /--warn-days is 5 and --fail-days is 30/],
    [['-', '--severity', 'model-retird=note'], /--severity names the rule 'model-retird'/],
    [
      ['-'],
      /nothing is piped into it; run 'terraform show -json plan\.tfplan \| model-lifecycle outdated -' \(without plan\.tfplan for the state\), or name a file$/m,
    ],
  ])('ends with 2 for %j', async (args, message) => {
    const { status, stderr } = await runCommand(['outdated', ...args, '--no-config']);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { inventoryDocument, LiveDeployment, LiveInventory } from '../../lib/inventory';
import schema from '../../lib/report/data/inventory-report.schema.json';
import { accountId, inventoryOf, live, OTHER_SUBSCRIPTION } from '../inventory/support';
import { runCommand } from './command-run';

const ON = ['--as-of', '2026-11-21', '--no-config'];
const RETIRED = {
  model: { format: 'OpenAI', name: 'gpt-35-turbo', version: '0613' },
  sku: { name: 'Standard', capacity: 1 },
};

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'inventory-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function saved(deployments: readonly LiveDeployment[], given: Partial<LiveInventory> = {}): string {
  return write('saved.json', inventoryDocument(inventoryOf(deployments, given)));
}

/** A state with deployments of the account `models`. */
function stateWith(deployments: Readonly<Record<string, object>>): string {
  const resources = Object.entries(deployments).map(([name, given]) => ({
    mode: 'managed',
    type: 'azurerm_cognitive_deployment',
    name,
    instances: [
      {
        attributes: {
          name,
          cognitive_account_id: accountId('models'),
          model: [{ format: 'OpenAI', name: 'gpt-6-sol', version: '2026-09-22' }],
          sku: [{ name: 'GlobalStandard', capacity: 10 }],
          version_upgrade_option: 'NoAutoUpgrade',
          ...given,
        },
      },
    ],
  }));
  return write('terraform.tfstate', { version: 4, serial: 1, resources });
}

interface Report {
  readonly rows: readonly { readonly deployment: string; readonly [key: string]: unknown }[];
  readonly missing: readonly object[];
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string }[];
  readonly [key: string]: unknown;
}

const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

async function inventory(...args: string[]) {
  const { status, stdout, stderr } = await runCommand(['inventory', ...args, ...ON, '--format', 'json']);
  const report = JSON.parse(stdout) as Report;
  expect([validate(report), validate.errors ?? null]).toEqual([true, null]);
  return { status, stderr, report };
}

const rulesOf = ({ findings }: Report) => findings.map(({ rule, severity }) => [rule, severity]);

describe('model-lifecycle inventory, from a saved inventory', () => {
  test('judges what runs as outdated judges what is declared', async () => {
    const file = saved([
      live(),
      live({ name: 'dead', ...RETIRED }),
      live({ name: 'soon', model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-05-13' } }),
      live({ name: 'odd', model: { format: 'OpenAI', name: 'gpt-9', version: '1' } }),
      live({ name: 'empty', model: undefined }),
    ]);
    const { status, report } = await inventory('--from', file);
    expect(report.rows.map(({ deployment, state, severity }) => [deployment, state, severity])).toEqual([
      ['dead', 'retired', 'error'],
      ['soon', 'retiring', 'error'],
      ['empty', 'unknown', 'warning'],
      ['odd', 'unknown', 'warning'],
    ]);
    expect(report.rows[1]).toMatchObject({
      model: { retirementDate: '2026-12-09', daysLeft: 18, capacity: 10 },
      replacement: { name: 'gpt-5.6-sol', by: 'azure' },
      region: 'swedencentral',
    });
    expect(report).toMatchObject({ deploymentCount: 5, quietCount: 1, inputs: [], azure: { accountCount: 1 } });
    expect(status).toBe(1);
  });

  test('says nothing of what is current, pinned and declared as it is', async () => {
    const { status, report } = await inventory(
      stateWith({ chat: {} }),
      '--from',
      saved([live()]),
      '--fail-on',
      'warning',
    );
    expect([status, report.rows, report.missing, report.findings]).toEqual([0, [], [], []]);
    const all = await inventory(stateWith({ chat: {} }), '--from', saved([live()]), '--all');
    expect(all.report.rows).toMatchObject([
      { declared: 'declared', matchedBy: 'id', places: [{ address: 'azurerm_cognitive_deployment.chat' }] },
    ]);
  });

  test('tells what no code declares, what is otherwise, what Azure upgrades and what is gone, as warnings', async () => {
    const state = stateWith({ chat: { sku: [{ name: 'GlobalStandard', capacity: 20 }] }, gone: {} });
    const file = saved([live(), live({ name: 'zombie' }), live({ name: 'loose', versionUpgradeOption: undefined })]);
    const { status, report } = await inventory(state, '--from', file);
    expect(rulesOf(report)).toEqual([
      ['deployment-drifted', 'warning'],
      ['deployment-undeclared', 'warning'],
      ['model-auto-upgrade', 'warning'],
      ['deployment-undeclared', 'warning'],
      ['deployment-missing', 'warning'],
    ]);
    expect(report.findings.map(({ message }) => message)).toEqual([
      `deployment 'chat' of account 'models' is otherwise than azurerm_cognitive_deployment.chat in ${state} says: capacity 10 instead of 20`,
      "deployment 'loose' of account 'models' stands on Azure, and nothing that was given declares it",
      'gpt-6-sol@2026-09-22 gives no version upgrade option: Azure takes that as OnceCurrentVersionExpired, and Azure replaces the model days or weeks before it retires',
      "deployment 'zombie' of account 'models' stands on Azure, and nothing that was given declares it",
      `deployment 'gone' is not on account 'models' of resource group 'rg-models', and azurerm_cognitive_deployment.gone in ${state} has it`,
    ]);
    expect(report.missing).toMatchObject([{ deployment: 'gone', model: { name: 'gpt-6-sol' }, waived: false }]);
    expect(status).toBe(0);
  });

  test.each<[string, string[], number]>([
    ['warnings fail if told so', ['--fail-on', 'warning'], 1],
    ['a severity has the last word', ['--severity', 'deployment-undeclared=error'], 1],
    ['a rule can be off', ['--fail-on', 'warning', '--severity', 'deployment-undeclared=off'], 0],
  ])('%s', async (_, args, expected) => {
    const { status } = await inventory(
      stateWith({ chat: {} }),
      '--from',
      saved([live(), live({ name: 'zombie' })]),
      ...args,
    );
    expect(status).toBe(expected);
  });

  test.each([
    ['error', 1],
    ['note', 0],
    ['off', 0],
  ])('an upgrade option weighs what --severity says: %s', async (weight, expected) => {
    const file = saved([live({ versionUpgradeOption: 'OnceNewDefaultVersionAvailable' })]);
    const { status } = await inventory('--from', file, '--severity', `model-auto-upgrade=${weight}`);
    expect(status).toBe(expected);
  });

  test.each([
    ['fail', 1, 'error'],
    ['warn', 0, 'warning'],
    ['pass', 0, 'note'],
  ])(
    'what code may declare is no zombie but unknown, and weighs as --unknown %s says',
    async (policy, expected, weight) => {
      const stack = write('cdk.tf.json', {
        resource: {
          azurerm_cognitive_deployment: {
            chat: {
              name: 'chat',
              cognitive_account_id: '${var.account}',
              model: { format: 'OpenAI', name: 'gpt-6-sol', version: '2026-09-22' },
              sku: { name: 'GlobalStandard', capacity: 10 },
            },
          },
        },
      });
      const { status, report } = await inventory(stack, '--from', saved([live()]), '--unknown', policy);
      expect(report.rows).toMatchObject([{ declared: 'uncertain', severity: weight }]);
      expect(report.findings).toMatchObject([{ rule: 'deployment-undeclared', status: 'unknown', severity: weight }]);
      expect(status).toBe(expected);
    },
  );

  test('waivers cover live deployments by id or pattern, and missing ones by address', async () => {
    const waiver = (rule: string, resource: string) => ({
      rule,
      resource,
      reason: 'known to the team',
      owner: 'team',
      expires: '2026-12-01',
    });
    const waivers = write('waivers.json', {
      waivers: [
        waiver('model-retired', live({ name: 'dead' }).id),
        waiver('deployment-undeclared', '*/accounts/models/deployments/*'),
        waiver('deployment-missing', 'azurerm_cognitive_deployment.gone'),
      ],
    });
    const file = saved([live({ name: 'dead', ...RETIRED })]);
    const { status, report } = await inventory(
      stateWith({ gone: {} }),
      '--from',
      file,
      '--waivers',
      waivers,
      '--fail-on',
      'warning',
    );
    expect(status).toBe(0);
    expect(report.rows).toMatchObject([{ deployment: 'dead', waived: true }]);
    expect(report.rows[0]).not.toHaveProperty('severity');
    expect(report.missing).toMatchObject([{ waived: true }]);
  });

  describe('waivers', () => {
    const waiver = (given: object) => ({
      rule: 'model-retired',
      resource: '*/accounts/models/deployments/dead',
      reason: 'known to the team',
      owner: 'team',
      expires: '2026-12-01',
      ...given,
    });
    const judged = (waivers: readonly object[], file: string, ...args: string[]) =>
      inventory('--from', file, '--waivers', write('own.waivers.json', { waivers }), ...args);
    const about = ({ findings }: Report) => findings.filter(({ rule }) => rule.startsWith('waiver-'));
    const dead = () => saved([live({ name: 'Dead', accountId: accountId('MODELS'), ...RETIRED })]);

    test('name what Azure has without case', async () => {
      const { status, report } = await judged([waiver({})], dead(), '--fail-on', 'warning');
      expect([status, about(report)]).toEqual([0, []]);
      expect(report.rows).toMatchObject([{ waived: true, waiver: { owner: 'team', expires: '2026-12-01' } }]);
    });

    test.each<[string, object, string, string]>([
      ['expired', { expires: '2026-11-20' }, 'waiver-expired', 'error'],
      ['too long', { expires: '2027-11-22' }, 'waiver-invalid', 'error'],
      ['unused', { resource: '*/deployments/other' }, 'waiver-unused', 'warning'],
    ])('are findings where they are %s, in every form but CSV', async (_, given, rule, severity) => {
      const { report } = await judged([waiver(given)], dead());
      expect(about(report)).toMatchObject([{ rule, severity }]);
      const args = ['inventory', '--from', dead(), '--waivers', join(folder, 'own.waivers.json'), ...ON];
      const text = await runCommand(args);
      expect(text.stdout).toContain(`Waivers\n  ${severity} ${rule}: ${about(report)[0]!.message}; `);
      expect((await runCommand([...args, '--format', 'markdown'])).stdout).toContain(`- ${severity} ${rule}: `);
    });

    test.each<[string, object, Partial<LiveInventory>]>([
      ['for code', { resource: 'azurerm_cognitive_deployment.chat' }, {}],
      ['for a rule that is not asked', { rule: 'gateway-uses-keys', resource: '*' }, {}],
      ['for one input', { resource: '*', input: 'plan.json', rule: 'model-unknown' }, {}],
      ['for code that is not compared', { rule: 'deployment-undeclared', resource: '*' }, {}],
      ['for a subscription that was not read', { resource: `${accountId('x', OTHER_SUBSCRIPTION)}/deployments/*` }, {}],
      [
        'where not all was read',
        { resource: '*/x' },
        { unread: [{ id: accountId('closed'), reason: 'it is closed' }] },
      ],
    ])('are not called unused %s', async (_, given, further) => {
      const { report } = await judged([waiver(given)], saved([live()], further), '--allow-incomplete');
      expect(about(report)).toEqual([]);
    });
  });

  test.each([
    ['60 days', '2026-09-22T09:00:00.000Z', 0, ''],
    ['61 days', '2026-09-21T09:00:00.000Z', 3, 'was read on 2026-09-21, 61 days before the day of the judgement'],
  ])('a saved inventory is fresh for 60 days under --require-fresh: %s', async (_, readAt, expected, message) => {
    const file = saved([live()], { readAt });
    const { status, stderr } = await inventory('--from', file, '--require-fresh');
    expect(status).toBe(expected);
    expect(stderr === '' ? '' : stderr.slice(stderr.indexOf('was read'), stderr.indexOf('; read'))).toBe(message);
    expect((await inventory('--from', file)).status).toBe(0);
  });

  test('what was not read ends with 2 after the report, unless that is allowed', async () => {
    const file = saved([live()], { unread: [{ id: accountId('closed'), reason: 'it is closed' }] });
    const { status, stderr, report } = await inventory('--from', file);
    expect([status, report.azure]).toMatchObject([2, { isComplete: false }]);
    expect(stderr).toBe(
      'model-lifecycle: 1 of what there is to read could not be read, and is listed in the report; correct what is said there, ' +
        'or give --allow-incomplete to go by what was read\n',
    );
    const allowed = await inventory('--from', file, '--allow-incomplete');
    expect([allowed.status, allowed.stderr, allowed.report.deviations]).toEqual([
      0,
      '',
      ['what cannot be read is only listed'],
    ]);
  });

  test('prints a table, remarks below, what is missing and what was not read', async () => {
    const file = saved(
      [
        live({ name: 'old', ...RETIRED }),
        live({ name: 'loose', versionUpgradeOption: 'OnceCurrentVersionExpired', deploymentState: 'Paused' }),
        live({ accountId: accountId('other', OTHER_SUBSCRIPTION) }),
      ],
      { unread: [{ id: accountId('closed'), reason: 'it is closed' }] },
    );
    const { stdout } = await runCommand(['inventory', stateWith({ loose: {}, gone: {} }), '--from', file, ...ON]);
    expect(stdout.replaceAll(folder, 'DIR').split('\n')).toEqual([
      'Deployment  Account             Subscription                          Model                 SKU             Stage                Retires     Days left  Move to                                         Code',
      'old         models (rg-models)  aaaaaaaa-0000-4000-8000-000000000001  gpt-35-turbo@0613     Standard        Retired              2025-02-13       -646  gpt-4.1@2025-04-14 (advised, until 2027-04-14)  undeclared',
      '    ! Azure names gpt-35-turbo@0125: retired itself',
      'loose       models (rg-models)  aaaaaaaa-0000-4000-8000-000000000001  gpt-6-sol@2026-09-22  GlobalStandard  Generally Available  2028-03-11        476                                                  azurerm_cognitive_deployment.loose',
      '    ! otherwise than in the code: version upgrade option OnceCurrentVersionExpired instead of NoAutoUpgrade',
      '    ! Azure may upgrade it: OnceCurrentVersionExpired',
      '    ! paused',
      'chat        other (rg-models)   aaaaaaaa-0000-4000-8000-000000000002  gpt-6-sol@2026-09-22  GlobalStandard  Generally Available  2028-03-11        476                                                  undeclared',
      '',
      'In the code and not on Azure',
      '  gone on models (rg-models), gpt-6-sol@2026-09-22: azurerm_cognitive_deployment.gone in DIR/terraform.tfstate',
      '',
      'Not read',
      '  closed (rg-models): it is closed',
      '',
      '3 of 3 deployments in 2 accounts to look at: 1 retired, 2 undeclared, 1 otherwise than in the code, 1 that Azure may upgrade; 1 in the code and not on Azure; 1 not read; read 2026-11-21 09:00 UTC, as of 2026-11-21 (catalogue of 2026-10-05)',
      '',
    ]);
  });

  test('no format lets what Azure or code says take effect', async () => {
    const name = '=cmd|a\u001b[31m##vso[task.complete]\u202e@team `x`,"y"';
    const file = saved([live({ name, ...RETIRED, id: `${accountId('models')}/deployments/${name}` })]);
    for (const format of ['text', 'markdown', 'json', 'csv']) {
      const { stdout } = await runCommand(['inventory', '--from', file, ...ON, '--format', format]);
      expect(stdout).not.toMatch(/\u001b|\u202e|##vso\[/);
      expect(stdout).toContain('gpt-35-turbo');
    }
    const { stdout } = await runCommand(['inventory', '--from', file, ...ON, '--format', 'csv']);
    expect(stdout.split('\r\n')[1]).toContain(`,models,"'=cmd|a`);
    expect(stdout.split('\r\n')[1]).toContain(
      '`x`,""y""",swedencentral,OpenAI,gpt-35-turbo,0613,Standard,1,NoAutoUpgrade,',
    );
  });

  test('writes several formats into files at once', async () => {
    const [csv, markdown] = [join(folder, 'out.csv'), join(folder, 'out.md')];
    const file = saved([live({ name: 'old', ...RETIRED })]);
    const args = ['--format', `csv=${csv}`, '--format', `markdown=${markdown}`, '--quiet'];
    const { status, stdout } = await runCommand(['inventory', '--from', file, ...ON, ...args]);
    expect([status, stdout]).toEqual([1, '']);
    expect(readFileSync(csv, 'utf8').split('\r\n')).toHaveLength(3);
    expect(readFileSync(markdown, 'utf8').split('\n')[0]).toBe(
      '**1 of 1 deployment in 1 account to look at: 1 retired; read 2026-11-21 `09:00` UTC, as of 2026-11-21 (catalogue of 2026-10-05)**',
    );
  });

  test.each<[string[], RegExp]>([
    [
      ['--from', 'no-such.json'],
      /'no-such\.json' does not exist; make it with 'model-lifecycle inventory --save FILE'/,
    ],
    [
      ['--from', 'x.json', '--subscription', OTHER_SUBSCRIPTION],
      /'--from <file>' cannot be used with option '--subscription/,
    ],
    [['--from', 'x.json', '--save', 'y.json'], /cannot be used with option '--save <file>'/],
    [['--subscription', 'production'], /'az account show --query id' prints/],
    [['--management-group', 'a/b'], /give the name of a management group/],
    [['--concurrency', '0'], /give a whole number, 1 to 32/],
    [['--concurrency', '33'], /give a whole number, 1 to 32/],
    [['--resource-manager', 'http://localhost'], /begins with https:\/\//],
    [['--format', 'sarif'], /known formats are text, markdown, json and csv/],
    [['--format', 'json=x', '--save', 'x'], /'x' is to be written, and it is the json report as well/],
    [['no-such.tfstate'], /'no-such\.tfstate' does not exist/],
    [['--severity', 'deployment-undeclard=note'], /did you mean 'deployment-undeclared'/],
  ])('ends with 2 for %j', async (args, message) => {
    const { status, stderr } = await runCommand(['inventory', ...args, '--no-config']);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('an inventory of another cloud is not judged by the dates of this one', async () => {
    const file = saved([live()], { cloud: 'usgovernment' });
    const { status, stderr } = await runCommand(['inventory', '--from', file, ...ON]);
    expect([status, stderr]).toEqual([
      2,
      `model-lifecycle: '${file}' was read in the cloud usgovernment; give --cloud usgovernment, so that its dates apply\n`,
    ]);
  });
});

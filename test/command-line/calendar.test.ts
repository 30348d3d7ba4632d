import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import schema from '../../lib/report/data/calendar.schema.json';
import { HOSTILE_TEXTS } from '../report/hostile-texts';
import { runCommand } from './command-run';
import { Component, readCalendar, textOf } from './read-calendar';
import { change, deploymentValues, planOf, stackOf } from './sample-plans';

const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema);

const ON = ['--as-of', '2026-11-21', '--no-config'];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'calendar-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** Models whose dates no later release of the catalogue moves. */
function overlay(name: string, asOf: string, day: string, further: object = {}): string {
  const stage = 'generally-available';
  return write(name, {
    schemaVersion: 1,
    name: 'list; of, ours',
    asOf,
    url: 'https://models.example/list?a=1,2;3',
    models: [
      { format: 'Acme', name: 'lark', version: '1', stage, retirementDate: day, ...further },
      { format: 'Acme', name: 'owl', version: '1', stage, retirementNotBefore: '2027-05-01' },
      { format: 'Acme', name: 'wren', version: '1', stage },
    ],
  });
}

function deploymentOf(model: string, name: string, sku = 'GlobalStandard') {
  const values = deploymentValues({ name: model, version: '1' }, name);
  return { ...values, model: [{ ...values.model[0]!, format: 'Acme' }], sku: [{ ...values.sku[0]!, name: sku }] };
}

function planWith(...deployments: readonly ReturnType<typeof deploymentOf>[]): string {
  return planOf(deployments.map((values, position) => change(`d${position}`, values, values)));
}

async function calendar(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await runCommand(['calendar', ...args, ...ON]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

async function events(...args: string[]): Promise<readonly Component[]> {
  return readCalendar(await calendar(...args, '--format', 'ics')).components;
}

const properties = ({ properties: all }: Component) => Object.fromEntries(all);

describe('the iCalendar file', () => {
  test('has an all-day event for each model, SKU and day, with the deployments, what to move to and the source', async () => {
    const plan = write('plan.json', planWith(deploymentOf('lark', 'a'), deploymentOf('lark', 'b')));
    const list = overlay('list.json', '2026-11-20', '2027-01-10', { replacements: [{ name: 'owl', version: '1' }] });
    const [event, ...others] = await events(plan, '--overlay', list);
    expect(others).toEqual([]);
    const { DESCRIPTION, UID, ...rest } = properties(event!);
    expect(rest).toEqual({
      SEQUENCE: '20777',
      DTSTAMP: '20261120T000000Z',
      'DTSTART;VALUE=DATE': '20270110',
      SUMMARY: 'lark@1 on GlobalStandard retires',
      TRANSP: 'TRANSPARENT',
      STATUS: 'CONFIRMED',
      'X-MICROSOFT-CDO-ALLDAYEVENT': 'TRUE',
      'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT': 'TRUE',
    });
    expect(UID).toMatch(/^[0-9a-f]{32}@model-lifecycle$/);
    expect(textOf(DESCRIPTION!).split('\n')).toEqual([
      '2 deployments:',
      '- a, in models in resource group models (azurerm_cognitive_deployment.d0)',
      '- b, in models in resource group models (azurerm_cognitive_deployment.d1)',
      'Move to owl@1 (Azure, until 2027-05-01 at least).',
      'Source: list; of, ours, 2026-11-20, https://models.example/list?a=1,2;3',
      'Known as of 2026-11-20.',
    ]);
    expect(event!.components.map(properties)).toEqual(
      [120, 60, 30].map((days) => ({
        ACTION: 'DISPLAY',
        TRIGGER: `-P${days}D`,
        DESCRIPTION: `In ${days} days: lark@1 on GlobalStandard retires`,
      })),
    );
  });

  test('keeps the UID and raises SEQUENCE when a newer catalogue moves the day, so that an import moves the event', async () => {
    const plan = write('moved.json', planWith(deploymentOf('lark', 'a')));
    const more = write('moved-more.json', planWith(deploymentOf('lark', 'a'), deploymentOf('lark', 'b')));
    const [before] = await events(plan, '--overlay', overlay('before.json', '2026-11-19', '2027-01-10'));
    const [after] = await events(more, '--overlay', overlay('after.json', '2026-11-20', '2027-03-15'));
    expect(after!.properties.get('UID')).toBe(before!.properties.get('UID'));
    expect([before, after].map((event) => event!.properties.get('SEQUENCE'))).toEqual(['20776', '20777']);
    expect([before, after].map((event) => event!.properties.get('DTSTART;VALUE=DATE'))).toEqual([
      '20270110',
      '20270315',
    ]);
  });

  test('is the same on every day, to the letter', async () => {
    const args = ['calendar', write('same.json', planWith(deploymentOf('lark', 'a'))), '--format', 'ics'];
    const list = ['--overlay', overlay('same-list.json', '2026-11-20', '2027-01-10')];
    const one = await runCommand([...args, ...list, '--as-of', '2026-11-21']);
    const other = await runCommand([...args, ...list, '--as-of', '2026-12-24']);
    expect(one.stdout).toContain('BEGIN:VEVENT');
    expect(other.stdout).toBe(one.stdout);
  });

  test('tells events of two SKUs and of two calendars apart', async () => {
    const plan = write('skus.json', planWith(deploymentOf('lark', 'a'), deploymentOf('lark', 'b', 'Standard')));
    const args = [plan, '--overlay', overlay('skus-list.json', '2026-11-20', '2027-01-10')];
    const all = [...(await events(...args)), ...(await events(...args, '--name', 'Team; B, all'))];
    expect(new Set(all.map((event) => event.properties.get('UID'))).size).toBe(4);
    const named = readCalendar(await calendar(...args, '--format', 'ics', '--name', 'Team; B, all'));
    expect(textOf(named.properties.get('X-WR-CALNAME')!)).toBe('Team; B, all');
  });

  test('says of a day that is only the earliest that it may move', async () => {
    const plan = write('owl.json', planWith(deploymentOf('owl', 'a')));
    const [event] = await events(plan, '--overlay', overlay('owl-list.json', '2026-11-20', '2027-01-10'));
    const { SUMMARY, STATUS, DESCRIPTION } = properties(event!);
    expect([textOf(SUMMARY!), STATUS]).toEqual([
      'owl@1 on GlobalStandard may retire, not before this day',
      'TENTATIVE',
    ]);
    expect(textOf(DESCRIPTION!)).toMatch(/^The source says only that it is not before this day/);
  });

  test.each([
    [
      ['--remind', '7, 0,7'],
      ['-P7D', 'PT0S'],
    ],
    [['--no-remind'], []],
  ])('reminds as %j says', async (args, triggers) => {
    const plan = write('remind.json', planWith(deploymentOf('lark', 'a')));
    const [event] = await events(plan, '--overlay', overlay('remind-list.json', '2026-11-20', '2027-01-10'), ...args);
    expect(event!.components.map((alarm) => alarm.properties.get('TRIGGER'))).toEqual(triggers);
  });

  test('has deprecations as events of their own where they are asked for', async () => {
    const plan = write('deprecated.json', planWith(deploymentOf('lark', 'a')));
    const list = overlay('deprecated-list.json', '2026-11-20', '2027-01-10', { deprecationDate: '2026-12-01' });
    expect(await events(plan, '--overlay', list)).toHaveLength(1);
    const both = await events(plan, '--overlay', list, '--deprecations');
    expect(both.map((event) => [event.properties.get('DTSTART;VALUE=DATE'), event.properties.get('SUMMARY')])).toEqual([
      ['20261201', 'lark@1 on GlobalStandard is Deprecated from this day'],
      ['20270110', 'lark@1 on GlobalStandard retires'],
    ]);
    expect(new Set(both.map((event) => event.properties.get('UID'))).size).toBe(2);
  });

  test('tells a model that was fine-tuned apart from its base', async () => {
    const list = write('tuned-list.json', {
      schemaVersion: 1,
      asOf: '2026-11-20',
      models: [
        {
          format: 'Acme',
          name: 'lark',
          version: '1',
          stage: 'generally-available',
          retirementDate: '2027-01-10',
          fineTune: { deploymentRetirementDate: '2027-09-30' },
        },
      ],
    });
    const plan = write('tuned.json', planWith(deploymentOf('lark', 'a'), deploymentOf('lark-1.ft-b044a9d3', 'b')));
    const both = await events(plan, '--overlay', list);
    expect(
      both.map((event) => [event.properties.get('DTSTART;VALUE=DATE'), textOf(event.properties.get('SUMMARY')!)]),
    ).toEqual([
      ['20270110', 'lark@1 on GlobalStandard retires'],
      ['20270930', 'lark@1 on GlobalStandard (fine-tuned) retires'],
    ]);
    expect(new Set(both.map((event) => event.properties.get('UID'))).size).toBe(2);
  });

  const INJECTION = 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:1\\n;,\rATTACH:https://example.invalid';

  test.each(Object.entries({ ...HOSTILE_TEXTS, 'calendar lines': INJECTION }))(
    'takes %s in the name of a deployment as text',
    async (_, name) => {
      const plan = write('hostile.json', planWith(deploymentOf('lark', name || ' ')));
      const text = await calendar(
        plan,
        '--overlay',
        overlay('hostile-list.json', '2026-11-20', '2027-01-10'),
        '--format',
        'ics',
      );
      const all = readCalendar(text);
      expect(all.components.map(({ name: kind, components }) => [kind, components.length])).toEqual([['VEVENT', 3]]);
      expect(all.components[0]!.properties.size).toBe(10);
      expect(textOf(all.components[0]!.properties.get('DESCRIPTION')!).split('\n')).toHaveLength(5);
      expect(text).not.toMatch(/##(?:vso)?\[|^\s*::\w|[\u202e\u2066\u200b]/m);
    },
  );

  test('takes hostile texts of an overlay and of --name as text', async () => {
    // An overlay with a line break in a name is refused.
    const ESCAPES = 'x\\nEND:VEVENT\\nBEGIN:VEVENT;,\\;\\,\\\\';
    const list = write('hostile-overlay.json', {
      schemaVersion: 1,
      name: ESCAPES,
      asOf: '2026-11-20',
      models: [
        {
          format: 'Acme',
          name: 'lark',
          version: '1',
          stage: 'generally-available',
          retirementDate: '2027-01-10',
          replacements: [{ name: ESCAPES }],
        },
      ],
    });
    const plan = write('hostile-overlay-plan.json', planWith(deploymentOf('lark', 'a')));
    const all = readCalendar(await calendar(plan, '--overlay', list, '--format', 'ics', '--name', INJECTION));
    expect(all.components.map(({ name, components }) => [name, components.length])).toEqual([['VEVENT', 3]]);
    expect([...all.properties.keys()]).toEqual(['VERSION', 'PRODID', 'NAME', 'X-WR-CALNAME']);
  });
});

describe('the calendar as text', () => {
  test('goes by month, and says of what there is no day', async () => {
    const plan = planWith(
      deploymentOf('lark', 'a'),
      deploymentOf('owl', 'b'),
      deploymentOf('wren', 'c'),
      deploymentOf('stork', 'd'),
    );
    const list = overlay('text-list.json', '2026-11-20', '2026-11-20');
    expect(await calendar(write('text.json', plan), '--overlay', list)).toBe(
      [
        '2 events for 4 deployments, seen on 2026-11-21; catalogue of 2026-10-05',
        '',
        '2026-11',
        '  20  lark@1 on GlobalStandard retires (1 day ago)',
        '      a, in models in resource group models (azurerm_cognitive_deployment.d0)',
        '',
        '2027-05',
        '  01  owl@1 on GlobalStandard may retire, not before this day (in 161 days)',
        '      b, in models in resource group models (azurerm_cognitive_deployment.d1)',
        '',
        'On no day',
        '  wren@1 on GlobalStandard: the catalogue has no retirement date; c, in models in resource group models (azurerm_cognitive_deployment.d2)',
        '  stork@1 on GlobalStandard: not in the catalogue; d, in models in resource group models (azurerm_cognitive_deployment.d3)',
        '',
      ].join('\n'),
    );
  });

  test('reads plans, syntheses, states and standard input, and counts a deployment once that several of them hold', async () => {
    const values = deploymentValues({ name: 'gpt-4o', version: '2024-08-06' });
    const plan = write('several-plan.json', planOf([change('chat', values, values)]));
    const code = write('cdk.tf.json', stackOf(deploymentValues({ name: 'gpt-4o', version: '2024-08-06' }, 'more')));
    const { resource_type: type, ...state } = {
      resource_type: 'azurerm_cognitive_deployment',
      format_version: '1.0',
      terraform_version: '1.11.4',
    };
    const resource = { address: `${type}.chat`, mode: 'managed', type, name: 'chat', values };
    const piped = JSON.stringify({ ...state, values: { root_module: { resources: [resource] } } });
    const { status, stdout } = await runCommand(['calendar', plan, code, '-', '--format', 'json', ...ON], { piped });
    const found = JSON.parse(stdout) as { events: { deployments: { deployment: string }[] }[] };
    expect([status, found]).toMatchObject([0, { deploymentCount: 2 }]);
    expect(found.events[0]!.deployments.map(({ deployment }) => deployment).sort()).toEqual(['chat', 'more']);
  });
});

describe('the calendar as Mermaid', () => {
  test('is a chart with a milestone for each day, in sections by account or by stack', async () => {
    const plan = write('chart.json', planWith(deploymentOf('lark', 'a'), deploymentOf('owl', 'b')));
    const list = ['--overlay', overlay('chart-list.json', '2026-11-20', '2026-11-20')];
    const chart = (section: string) =>
      [
        '```mermaid',
        'gantt',
        '  accTitle: Days on which models retire',
        '  dateFormat YYYY-MM-DD',
        '  axisFormat %Y-%m',
        '  todayMarker off',
        `  section ${section}`,
        '  · lark@1 on GlobalStandard :milestone, done, 2026-11-20, 0d',
        '  · owl@1 on GlobalStandard, not before :milestone, active, 2027-05-01, 0d',
        '```',
        '',
      ].join('\n');
    expect(await calendar(plan, ...list, '--format', 'mermaid')).toBe(chart('models in resource group models'));
    expect(await calendar(plan, ...list, '--format', 'mermaid', '--section', 'stack')).toBe(chart('no stack'));
  });

  test.each(Object.entries(HOSTILE_TEXTS))('takes %s as text wherever it stands', async (_, text) => {
    const values = { ...deploymentOf('lark', 'a', text || 'x'), cognitive_account_id: text || 'x' };
    const list = overlay('chart-hostile.json', '2026-11-20', '2027-01-10');
    const lines = (
      await calendar(write('chart-hostile-plan.json', planWith(values)), '--overlay', list, '--format', 'mermaid')
    ).split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[6]).toMatch(/^ {2}section (?:[^"#;:<>&`\\$[\]{}|]|#\d+;)*$/u);
    expect(lines[7]).toMatch(/^ {2}· (?:[^"#;:<>&`\\$[\]{}|]|#\d+;)+ :milestone, crit, 2027-01-10, 0d$/u);
  });
});

test('the JSON document is as its schema says, and has what cannot be dated', async () => {
  const plan = write(
    'json.json',
    planWith(deploymentOf('lark', 'a'), deploymentOf('stork', 'b'), deploymentOf('wren', 'c')),
  );
  const list = overlay('json-list.json', '2026-11-20', '2027-01-10', { deprecationDate: '2026-12-01' });
  const document = JSON.parse(
    await calendar(plan, '--overlay', list, '--deprecations', '--format', 'json', '--remind', '30'),
  ) as { events: object[]; undated: object[] };
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(document.events).toMatchObject([
    { kind: 'deprecation', date: '2026-12-01', reminders: ['2026-11-01'] },
    { kind: 'retirement', date: '2027-01-10', isEarliest: false, scope: 'base', reminders: ['2026-12-11'] },
  ]);
  expect(document.undated).toMatchObject([
    { reason: 'not-in-catalogue', model: { name: 'stork' } },
    { reason: 'no-date', model: { name: 'wren' } },
  ]);
});

describe('model-lifecycle calendar', () => {
  test('ends with 0 whatever retires, and with 1 where --fail-on says so, with the reason on standard error', async () => {
    const plan = write('exit.json', planWith(deploymentOf('lark', 'a')));
    const args = [plan, '--overlay', overlay('exit-list.json', '2026-11-20', '2027-01-10'), ...ON];
    expect((await runCommand(['calendar', ...args])).status).toBe(0);
    expect((await runCommand(['calendar', ...args, '--fail-on', 'error'])).status).toBe(0);
    const warned = await runCommand(['calendar', ...args, '--fail-on', 'warning']);
    expect(warned.status).toBe(1);
    expect(warned.stderr).toMatch(/^model-lifecycle: warning model-retiring: azurerm_cognitive_deployment\.d0: lark@1/);
    expect((await runCommand(['calendar', ...args, '--fail-on', 'error', '--fail-days', '60'])).status).toBe(1);
  });

  test('writes several formats to files, whole, and prints nothing then', async () => {
    const plan = write('files.json', planWith(deploymentOf('lark', 'a')));
    const [ics, json] = [join(folder, 'out.ics'), join(folder, 'out.json')];
    const list = overlay('files-list.json', '2026-11-20', '2027-01-10');
    expect(await calendar(plan, '--overlay', list, '--format', `ics=${ics}`, '--format', `json=${json}`)).toBe('');
    expect(readCalendar(readFileSync(ics, 'utf8')).components).toHaveLength(1);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ deploymentCount: 1 });
  });

  test.each([
    [['--format', 'html'], /known formats are text, ics, mermaid and json\./],
    [['--format', 'ics='], /name a file behind '=', for instance ics=report\.ics\./],
    [['--remind', '30,soon'], /give up to 10 whole numbers of days/],
    [['--remind', '731'], /each from 0 to 730/],
    [['--section', 'region'], /Allowed choices are account, stack/],
  ])('refuses %j', async (args, message) => {
    const { status, stdout, stderr } = await runCommand([
      'calendar',
      write('refused.json', planWith()),
      ...args,
      ...ON,
    ]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  const ADVICE =
    "run 'terraform show -json plan.tfplan > plan.json' or 'cdktf synth' first, or name a plan, the output folder of 'cdktf synth', " +
    "a cdk.tf.json file, a Terraform state, or '-' for standard input";

  test.each([
    ['what is not there', 'nowhere.json', `'nowhere.json' does not exist; ${ADVICE}`],
    [
      'a terminal',
      '-',
      "'-' is standard input, and nothing is piped into it; run 'terraform show -json plan.tfplan | model-lifecycle calendar -' " +
        '(without plan.tfplan for the state), or name a file',
    ],
  ])('says of %s what it takes', async (_, input, message) => {
    expect(await runCommand(['calendar', input, ...ON])).toEqual({
      status: 2,
      stdout: '',
      stderr: `model-lifecycle: ${message}\n`,
    });
  });

  test('refuses to write over what it reads', async () => {
    const plan = write('over.json', planWith());
    const { status, stderr } = await runCommand(['calendar', plan, '--format', `json=${plan}`, ...ON]);
    expect([status, stderr]).toEqual([
      2,
      `model-lifecycle: '${plan}' is to be written, and it is an input as well; name another file\n`,
    ]);
  });
});

describe('what a configuration file gives the calendar', () => {
  const configured = (...args: string[]) => runCommand(['calendar', ...args, '--as-of', '2026-11-21']);
  let plan: string;
  beforeAll(() => {
    plan = write('configured.json', planWith(deploymentOf('lark', 'a')));
    overlay('configured-list.json', '2026-11-20', '2027-01-10');
  });

  test('is the overlays, with paths that start at its folder', async () => {
    const config = write('overlays.yaml', 'overlays: [configured-list.json]\n');
    expect((await configured(plan, '--config', config)).stdout).toContain('lark@1');
    const dated = JSON.parse((await configured(plan, '--config', config, '--format', 'json')).stdout) as object;
    expect(dated).toMatchObject({ events: [{ date: '2027-01-10' }] });
    const other = overlay('configured-other.json', '2026-11-20', '2027-03-01');
    const given = await configured(plan, '--config', config, '--overlay', other, '--format', 'json');
    expect(JSON.parse(given.stdout)).toMatchObject({ events: [{ date: '2027-03-01' }] });
  });

  test('is the catalogue', async () => {
    const models = [
      { format: 'Acme', name: 'lark', version: '1', stage: 'preview', source: 0, retirementDate: '2027-02-02' },
    ];
    write('own.json', { schemaVersion: 1, sources: [{ name: 'list', asOf: '2026-11-20' }], models });
    const config = write('catalog.yaml', 'catalog: own.json\n');
    const { stdout } = await configured(plan, '--config', config, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ events: [{ date: '2027-02-02' }] });
  });

  test.each([
    ['failDays: 50', [], 1],
    ['failDays: 49', [], 0],
    ['failDays: 50', ['--fail-days', '49'], 0],
    ['failDays: 50', ['--no-config'], 0],
  ])('is the days of --fail-on: %s with %j ends with %i', async (content, args, status) => {
    const given = args.includes('--no-config') ? [] : ['--config', write('days.yaml', content)];
    const list = join(folder, 'configured-list.json');
    const result = await configured(plan, '--overlay', list, '--fail-on', 'error', ...given, ...args);
    expect(result.status).toBe(status);
  });

  test('is found in the working directory, unless --no-config is given', async () => {
    const home = process.cwd();
    write('model-lifecycle.config.yaml', 'overlays: [configured-list.json]\n');
    process.chdir(folder);
    try {
      expect((await configured(plan)).stdout).toContain('lark@1 on GlobalStandard retires');
      expect((await configured(plan, '--no-config')).stdout).not.toContain('retires');
    } finally {
      process.chdir(home);
      rmSync(join(folder, 'model-lifecycle.config.yaml'));
    }
  });

  test('is neither a weight to fail at nor formats', async () => {
    const config = write('reports.yaml', 'overlays: [configured-list.json]\nfailOn: warning\nformats: [sarif]\n');
    const { status, stdout } = await configured(plan, '--config', config);
    expect([status, stdout.includes('"$schema"')]).toEqual([0, false]);
  });

  test.each([
    ['warndays: 90', "line 1, column 1: 'warndays' is not known here; did you mean 'warnDays'?"],
    ['failOn: errors', "line 1, column 9: failOn is 'errors'; allowed are error, warning, never"],
    ['warnDays: 5\nfailDays: 30', 'warnDays is 5 and failDays is 30'],
    ['catalog: gone.json\noverlays: [lost.json]', 'these files do not exist:'],
  ])('is refused as everywhere: %j', async (content, message) => {
    const { status, stdout, stderr } = await configured(plan, '--config', write('wrong.yaml', content));
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('what to move to and where', () => {
  const MODELS = [
    ['gpt-35-turbo', '0613', 'Standard'],
    ['gpt-4o', '2024-05-13', 'Standard'],
    ['gpt-4o', '2024-05-13', 'GlobalStandard'],
    ['gpt-4.1', '2025-04-14', 'GlobalStandard'],
  ] as const;

  function stackWith(name: string): string {
    return write(name, {
      resource: {
        azurerm_cognitive_account: { eu: { name: 'contoso-models', location: 'swedencentral' } },
        azurerm_cognitive_deployment: Object.fromEntries(
          MODELS.map(([model, version, sku], index) => [
            `d${index}`,
            {
              name: `d${index}`,
              cognitive_account_id:
                index === 3 ? '${azurerm_cognitive_account.other.id}' : '${azurerm_cognitive_account.eu.id}',
              model: { format: 'OpenAI', name: model, version },
              sku: { name: sku, capacity: 1 },
            },
          ]),
        ),
      },
    });
  }

  test('are the same in the calendar and in the table of what is outdated', async () => {
    const stack = stackWith('ways.tf.json');
    const { events: found } = JSON.parse(await calendar(stack, '--format', 'json')) as {
      events: readonly { replacement: string; deployments: readonly { deployment: string }[] }[];
    };
    const { stdout } = await runCommand(['outdated', stack, ...ON]);
    const ways = found.flatMap(({ replacement, deployments }) =>
      deployments.map((each) => [each.deployment, replacement]),
    );
    expect(ways).toHaveLength(MODELS.length);
    for (const [deployment, replacement] of ways) {
      const row = stdout.split('\n').find((line) => line.startsWith(`${deployment} `));
      expect(row).toContain(`  ${replacement}  `);
    }
  });

  test('name the account as the input declares it, else by its address, and never by an expression', async () => {
    const text = await calendar(stackWith('accounts.tf.json'));
    expect(text).toContain('d0, in contoso-models (azurerm_cognitive_deployment.d0)');
    expect(text).toContain('d3, in azurerm_cognitive_account.other (azurerm_cognitive_deployment.d3)');
    const chart = await calendar(stackWith('accounts.tf.json'), '--format', 'mermaid');
    expect(chart).toContain('section contoso-models');
    expect(text + chart).not.toContain('${');
  });
});

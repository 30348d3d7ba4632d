import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import schema from '../../lib/report/data/catalog-difference.schema.json';
import { HOSTILE_TEXTS } from '../report/hostile-texts';
import { runCommand } from './command-run';
import { change, deploymentValues, planOf } from './sample-plans';

const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema);

const ON = ['--as-of', '2026-11-21', '--no-config'];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'catalog-diff-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function catalogue(name: string, asOf: string, models: readonly object[]): string {
  return write(name, {
    schemaVersion: 1,
    sources: [{ name: 'list', asOf }],
    models: models.map((model) => ({
      format: 'OpenAI',
      name: 'lark',
      version: '1',
      stage: 'generally-available',
      source: 0,
      ...model,
    })),
  });
}

const LIVING = { name: 'wren', retirementDate: '2029-01-01' };

/** From 2027-01-10, 50 days ahead, to 2026-12-01, ten days ahead. */
function catalogues(): readonly [string, string] {
  return [
    catalogue('old.json', '2026-11-13', [
      LIVING,
      { retirementDate: '2027-01-10', skus: ['GlobalStandard'] },
      { name: 'gone' },
    ]),
    catalogue('new.json', '2026-11-20', [
      LIVING,
      { retirementDate: '2026-12-01', skus: ['GlobalStandard', 'Standard'] },
      { name: 'young', stage: 'preview' },
    ]),
  ];
}

function plan(): string {
  const deployments = ['lark', 'wren'].map((name) => deploymentValues({ name, version: '1' }, `${name}-chat`));
  return write('plan.json', planOf(deployments.map((values) => change(values.name, values, values))));
}

const diff = (...args: string[]) => runCommand(['catalog', 'diff', ...args, ...ON]);

async function document(...args: string[]) {
  const { status, stdout, stderr } = await diff(...args, '--format', 'json');
  expect([status, stderr]).toEqual([0, '']);
  const parsed = JSON.parse(stdout) as Record<string, unknown>;
  validate(parsed);
  expect(validate.errors ?? []).toEqual([]);
  return parsed;
}

describe('model-lifecycle catalog diff', () => {
  test('says what changed, as text', async () => {
    const [older, newer] = catalogues();
    expect(await diff(older, newer)).toEqual({
      status: 0,
      stderr: '',
      stdout: [
        '1 date earlier, other facts of 1 model version, 1 model version new, 1 model version gone',
        `from ${older} of 2026-11-13 to ${newer} of 2026-11-20`,
        '',
        'Dates that moved',
        '  lark@1',
        '    retirement: 2027-01-10 → 2026-12-01, 40 days earlier',
        '',
        'Other facts',
        '  lark@1',
        '    SKUs: new Standard',
        '',
        'New',
        '  young@1: Preview, no retirement date',
        '',
        'Gone',
        '  gone@1: Generally Available, no retirement date',
        '',
      ].join('\n'),
    });
  });

  test('says what it means for a plan: deployments that are touched, findings that weigh more', async () => {
    const [older, newer] = catalogues();
    const { stdout } = await diff(older, newer, '--plan', plan());
    const [, , , ...lines] = stdout.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '1 of 2 deployments touched, judged on 2026-11-21',
      '  lark-chat (lark@1 on GlobalStandard): retires 2027-01-10 → 2026-12-01',
      expect.stringMatching(
        /^ {2}model-retiring: warning becomes error at azurerm_cognitive_deployment\.lark-chat: lark@1 on GlobalStandard .*2026-12-01/,
      ),
    ]);
    const { effect } = await document(older, newer, '--plan', plan());
    expect(effect).toMatchObject({
      deploymentCount: 2,
      touched: [{ before: { retirementDate: '2027-01-10' }, after: { retirementDate: '2026-12-01' } }],
      findings: [
        { change: 'heavier', before: { severity: 'warning' }, after: { rule: 'model-retiring', severity: 'error' } },
      ],
    });
  });

  test.each([
    [[], 0],
    [['--fail-on', 'error'], 1],
    [['--fail-on', 'warning'], 1],
    [['--fail-on', 'error', '--fail-days', '5', '--warn-days', '60'], 0],
  ])('ends with %j as it finds more for the plan', async (args, expected) => {
    const [older, newer] = catalogues();
    expect((await diff(older, newer, '--plan', plan(), ...args)).status).toBe(expected);
    expect((await diff(newer, older, '--plan', plan(), ...args)).status).toBe(0);
  });

  test('says which findings go, and which deployments a catalogue does not know any more', async () => {
    const [older, newer] = catalogues();
    expect((await document(newer, older, '--plan', plan())).effect).toMatchObject({
      findings: [{ change: 'lighter' }],
    });
    const without = catalogue('without.json', '2026-11-20', [LIVING]);
    const { effect } = await document(newer, without, '--plan', plan());
    expect(effect).toMatchObject({
      touched: [{ resource: { deployment: 'lark-chat' }, before: { stage: 'generally-available' } }],
      findings: [
        { change: 'gone', before: { rule: 'model-retiring' } },
        { change: 'appeared', after: { rule: 'model-unknown' } },
      ],
    });
    const { stdout } = await diff(newer, without, '--plan', plan());
    expect(stdout).toContain('not in the catalogue any more; it was Generally Available, retires 2026-12-01');
    expect(stdout).toContain('model-retiring: gone (was error)');
  });

  test('compares the bundled catalogue with itself, and lays overlays over both', async () => {
    const same = await document('bundled', 'bundled');
    expect(same).toMatchObject({ older: { name: 'bundled' }, added: [], removed: [], changed: [] });
    const [older, newer] = catalogues();
    const overlay = write('overlay.json', {
      schemaVersion: 1,
      asOf: '2026-11-21',
      models: [{ format: 'OpenAI', name: 'lark', version: '1', retirementDate: '2028-01-01' }],
    });
    expect((await document(older, newer, '--overlay', overlay)).changed).toMatchObject([{ dates: [] }]);
    expect((await diff('bundled', 'bundled')).stdout).toContain('Nothing that is compared has changed\n');
  });

  test('writes Markdown that stays below the limit of a pull request, however much has changed', async () => {
    const many = Array.from({ length: 4_000 }, (_, index) => ({
      name: `model-${index}`,
      retirementDate: '2027-01-10',
    }));
    const older = catalogue('many-old.json', '2026-11-13', many.slice(0, 3_000));
    const newer = catalogue('many-new.json', '2026-11-20', [
      ...many.slice(0, 2_000).map((model) => ({ ...model, retirementDate: '2026-12-01', stage: 'deprecated' })),
      ...many.slice(3_000),
    ]);
    const { stdout } = await diff(older, newer, '--format', 'markdown');
    expect(stdout.length).toBeLessThan(65_536);
    expect(stdout).toMatch(
      /^## Model catalogue: 2000 dates earlier, other facts of 2000 model versions, 1000 model versions new, 1000 model versions gone\n/,
    );
    expect(stdout.match(/^### .*$/gm)).toEqual(['### Dates that moved', '### Other facts', '### New', '### Gone']);
    expect(stdout.match(/^\d+ rows more\.$/gm)).toHaveLength(4);
    expect(stdout).toContain('| `model-0@1` | retirement | 2027-01-10 | 2026-12-01 | **40 days earlier** |');
  });

  test.each(Object.entries(HOSTILE_TEXTS))('lets %s in a plan take no effect', async (_, text) => {
    const [older, newer] = catalogues();
    const values = deploymentValues({ name: 'lark', version: '1' }, text || 'x');
    const hostile = write('hostile.json', planOf([change('chat', values, values)]));
    for (const format of ['text', 'markdown', 'json']) {
      const { status, stdout } = await diff(older, newer, '--plan', hostile, '--format', format);
      expect(status).toBe(0);
      expect(stdout).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\u2028]|##(?:vso)?\[/);
      expect(stdout).not.toMatch(/^\s*::\w[^\n]*::/m);
    }
    const { stdout } = await diff(older, newer, '--plan', hostile, '--format', 'markdown');
    const outside = stdout.replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    expect(outside).not.toMatch(/<[a-z!]|@octocat|\]\(|https?:/i);
  });

  test.each([
    ['a file that is not there', ['bundled', 'missing.json'], /catalogue 'missing\.json': there is no file/],
    [
      'a format that it does not have',
      ['bundled', 'bundled', '--format', 'sarif'],
      /known formats are text, markdown and json\./,
    ],
    ['one catalogue alone', ['bundled'], /missing required argument 'new'/],
    [
      'a plan that is not there',
      ['bundled', 'bundled', '--plan', 'nowhere.json'],
      /^model-lifecycle: 'nowhere\.json' does not exist; run 'terraform show -json plan\.tfplan > plan\.json' or 'cdktf synth' first, or name a plan, the output folder of 'cdktf synth', a cdk\.tf\.json file, a Terraform state, or '-' for standard input$/m,
    ],
    [
      'a terminal',
      ['bundled', 'bundled', '--plan', '-'],
      /nothing is piped into it; run 'terraform show -json plan\.tfplan \| model-lifecycle catalog diff OLD NEW --plan -' \(without plan\.tfplan for the state\), or name a file$/m,
    ],
    [
      'a plan that is none',
      ['bundled', 'bundled', '--plan', join(__dirname, 'catalog-diff.test.ts')],
      /catalog-diff\.test\.ts/,
    ],
  ])('refuses %s', async (_, args, message) => {
    const { status, stdout, stderr } = await diff(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

describe('what a configuration file gives the difference', () => {
  const configured = (content: string, ...args: string[]) =>
    runCommand([
      'catalog',
      'diff',
      ...catalogues(),
      '--as-of',
      '2026-11-21',
      '--config',
      write('given.yaml', content),
      ...args,
    ]);

  beforeAll(() =>
    write('given-overlay.json', {
      schemaVersion: 1,
      asOf: '2026-11-21',
      models: [{ format: 'OpenAI', name: 'lark', version: '1', retirementDate: '2028-01-01' }],
    }),
  );

  test('is the overlays laid over both, with paths that start at its folder', async () => {
    const { stdout } = await configured('overlays: [given-overlay.json]', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ changed: [{ dates: [] }] });
    const { stdout: without } = await configured('{}', '--format', 'json');
    expect(JSON.parse(without)).toMatchObject({ changed: [{ dates: [{ days: -40 }] }] });
  });

  test.each([
    ['{}', [], 1],
    ['failDays: 9', [], 0],
    ['failDays: 10', [], 1],
    ['failDays: 9', ['--fail-days', '10'], 1],
  ])('is the days that a plan is judged with: %s with %j ends with %i', async (content, args, status) => {
    expect((await configured(content, '--plan', plan(), '--fail-on', 'error', ...args)).status).toBe(status);
  });

  test('is neither a catalogue nor a weight to fail at', async () => {
    const { status, stderr } = await configured('catalog: gone.json\nfailOn: warning', '--plan', plan());
    expect([status, stderr]).toEqual([0, '']);
  });

  test('is refused as everywhere', async () => {
    const crossed = await configured('warnDays: 5\nfailDays: 30', '--plan', plan());
    expect(crossed).toMatchObject({ status: 2, stderr: expect.stringContaining('warnDays is 5 and failDays is 30') });
    const misspelt = await configured('overlay: a.json');
    expect(misspelt).toMatchObject({ status: 2, stderr: expect.stringContaining("did you mean 'overlays'?") });
  });
});

describe('the age of two catalogues', () => {
  const dated = (name: string, azure: string, partner: string) =>
    write(name, {
      schemaVersion: 1,
      sources: [azure, partner].map((asOf) => ({ name: 'list', asOf })),
      models: (['azure', 'partner'] as const).map((seller, source) => ({
        ...{ format: 'Acme', name: seller, version: '1', stage: 'preview', seller, source },
      })),
    });

  test('is told by seller where one was looked at since', async () => {
    const files = [dated('aged.json', '2026-10-05', '2026-10-05'), dated('renewed.json', '2026-11-20', '2026-10-05')];
    const { stdout } = await runCommand(['catalog', 'diff', ...files, '--as-of', '2026-11-21']);
    expect(stdout).toContain(
      `from ${files[0]} of 2026-10-05 to ${files[1]} of 2026-10-05 (models sold by Azure: 2026-11-20)\n`,
    );
    const json = (await runCommand(['catalog', 'diff', ...files, '--format', 'json'])).stdout;
    expect(JSON.parse(json)).toMatchObject({
      newer: {
        asOf: '2026-10-05',
        sellers: [
          { seller: 'azure', asOf: '2026-11-20' },
          { seller: 'partner', asOf: '2026-10-05' },
        ],
      },
    });
  });
});

test.each(['error', 'warning'])(
  '--fail-on %s without a plan is refused, because nothing could fail',
  async (weight) => {
    const { status, stdout, stderr } = await runCommand(['catalog', 'diff', ...catalogues(), '--fail-on', weight]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`--fail-on ${weight} weighs what the new catalogue means for --plan, and there is none`);
  },
);

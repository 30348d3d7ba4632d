import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runCommand } from './command-run';
import { ACCOUNT, change, LIVING, planOf, RETIRED, stackOf } from './sample-plans';

const ADDRESS = 'azurerm_cognitive_deployment.chat';
const ON = ['--as-of', '2026-11-21', '--no-config', '--severity', 'as-of-shifted=off'];

let folder: string;
const home = process.cwd();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'several-plans-'));
  process.chdir(folder);
  mkdirSync('plans');
  writeFileSync('plans/production.json', planFor('production'));
  writeFileSync('plans/staging.json', planFor('staging'));
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** The same addresses in every stage, on an account of its own. */
function planFor(stage: string): string {
  const values = { ...RETIRED, cognitive_account_id: ACCOUNT.replace(/models$/, stage) };
  return planOf([change('chat', values, values)]);
}

const review = (...args: string[]) =>
  runCommand(['review', 'plans/production.json', 'plans/staging.json', ...ON, ...args]);

function waivers(...given: object[]): string {
  const fields = { rule: 'model-retired', reason: 'staging only, until the move', owner: 'me', expires: '2026-11-25' };
  writeFileSync('waivers.json', JSON.stringify({ waivers: given.map((one) => ({ ...fields, ...one })) }));
  return 'waivers.json';
}

interface JsonFinding {
  readonly rule: string;
  readonly resource: { readonly input?: string };
  readonly waived?: object;
}

async function found(...args: string[]) {
  const { stdout, stderr } = await review('--format', 'json', ...args);
  const { findings } = JSON.parse(stdout) as { findings: JsonFinding[] };
  const retired = findings.filter(({ rule }) => rule === 'model-retired');
  return { stderr, waived: retired.map(({ resource, waived }) => [resource.input, waived !== undefined]) };
}

describe('findings of two plans with the same addresses', () => {
  test.each([
    ['text', '  in plans/STAGE.json\n'],
    ['markdown', `\`${ADDRESS}\` in \`plans/STAGE.json\``],
    ['html', 'in <code>plans/STAGE.json</code>'],
    ['github', `title=model-retired%3A ${ADDRESS} in plans/STAGE.json::`],
    ['azure-devops', `code=model-retired;]${ADDRESS} in plans/STAGE.json: `],
    ['junit', '\n  in plans/STAGE.json\n'],
    ['sarif', `"text": "${ADDRESS} in plans/STAGE.json: `],
    ['sarif', '"input": "plans/STAGE.json"'],
    ['json', '"input": "plans/STAGE.json"'],
  ])('say in %s which plan each is of', async (format, words) => {
    const { stdout } = await review('--format', format);
    expect(['production', 'staging'].filter((stage) => !stdout.includes(words.replace('STAGE', stage)))).toEqual([]);
  });

  test('name no input where there is one', async () => {
    const { stdout } = await runCommand(['review', 'plans/staging.json', ...ON]);
    expect(stdout).toContain(`error model-retired: ${ADDRESS}\n  gpt-35-turbo@0613 `);
  });

  test('stand in SARIF at the plan that they are of', async () => {
    const { stdout } = await review('--format', 'sarif');
    const [run] = (JSON.parse(stdout) as { runs: { results: SarifResult[] }[] }).runs;
    const places = run!.results.map(
      ({ properties, locations }) => [properties.input, locations[0]!.physicalLocation.artifactLocation.uri] as const,
    );
    expect(places.length).toBeGreaterThan(1);
    expect(places.filter(([input, uri]) => input !== uri)).toEqual([]);
  });
});

describe('standard input among several plans', () => {
  /** It lets go of a deployment that the other plan takes over, and leaves changes to a later run. */
  const piped = JSON.stringify({ ...JSON.parse(planOf([change('chat', LIVING, null)])), complete: false });

  beforeAll(() => writeFileSync('plans/taking.json', planOf([change('taken', null, LIVING)])));

  const reviewed = async (...args: string[]) =>
    (await runCommand(['review', '-', 'plans/taking.json', 'plans/staging.json', ...ON, ...args], { piped })).stdout;

  test.each([
    ['text', '\n  standard input: ', '! it moves from standard input, which destroys it, to plans/taking.json, '],
    ['markdown', '\n- `standard input`: ', '⚠ it moves from standard input, which destroys it, to '],
    ['html', '<h3><code>standard input</code></h3>', '>it moves from standard input, which destroys it, to '],
  ])('is called so wherever the %s report names it', async (format, incomplete, remark) => {
    const report = await reviewed('--format', format);
    expect([incomplete, remark].filter((words) => !report.includes(words))).toEqual([]);
    expect(report.match(/(?:in|from|to) -(?![\w-])|[`>]-[`<]|^ *-:/gmu)).toBeNull();
  });

  test.each([
    ['text', 'azurerm_cognitive_deployment.fresh in standard input\n'],
    ['markdown', '  - at `azurerm_cognitive_deployment.fresh`, in `standard input`\n'],
    ['html', ' · in <code>standard input</code>'],
  ])('is called so at a deployment of its own in %s', async (format, place) => {
    const fresh = planOf([change('fresh', null, { ...LIVING, name: 'fresh' })]);
    const args = ['review', 'plans/staging.json', '-', ...ON, '--format', format];
    expect((await runCommand(args, { piped: fresh })).stdout).toContain(place);
  });

  test('keeps its dash in the JSON report, where programs compare it with what they gave', async () => {
    const { changes } = JSON.parse(await reviewed('--format', 'json')) as { changes: { input: string }[] };
    expect(changes.map(({ input }) => input)).toEqual(['plans/taking.json']);
    const { inputs } = JSON.parse(await reviewed('--format', 'json')) as { inputs: string[] };
    expect(inputs).toEqual(['-', 'plans/taking.json', 'plans/staging.json']);
  });

  test('is called so where a synthesis knows little of it', async () => {
    mkdirSync('older.out/stacks/production', { recursive: true });
    writeFileSync('older.out/stacks/production/cdk.tf.json', JSON.stringify(stackOf(LIVING)));
    const production = { name: 'production', synthesizedStackPath: 'stacks/production/cdk.tf.json' };
    writeFileSync('older.out/manifest.json', JSON.stringify({ version: '0.21.0', stacks: { production } }));
    const names = ['chat', 'summaries', 'review'];
    const plan = planOf(names.map((name) => change(name, null, { ...LIVING, name })));
    const { stdout, stderr } = await runCommand(['review', '-', '--synth', 'older.out', ...ON], { piped: plan });
    const short = '--synth knows 1 of 3 model deployments of standard input';
    expect(stderr).toContain(`model-lifecycle: ${short}, not `);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`, ${short} `);
  });
});

interface SarifResult {
  readonly properties: { readonly input: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
}

describe('a waiver file for two plans with the same addresses', () => {
  test('waives in the plan that it names, and is not told of', async () => {
    const file = waivers({ resource: ADDRESS, input: 'plans/staging.json' });
    expect(await found('--waivers', file)).toEqual({
      stderr: '',
      waived: [
        ['plans/production.json', false],
        ['plans/staging.json', true],
      ],
    });
  });

  test('waives in both where it names none, which is told on standard error and in the report', async () => {
    const { stdout, stderr } = await review('--waivers', waivers({ resource: ADDRESS }));
    expect(stderr).toBe(
      'model-lifecycle: the waiver at waivers.json, waivers[0] covers findings in 2 inputs (plans/production.json, plans/staging.json); ' +
        'give it "input" to limit it to one of them, or "input": "*" where all are meant\n',
    );
    expect(stdout).toContain('one waiver for 2 inputs (waivers.json, waivers[0])');
  });

  test('is told nothing where all are meant', async () => {
    const { stderr, waived } = await found('--waivers', waivers({ resource: ADDRESS, input: '*' }));
    expect([stderr, waived.map(([, isWaived]) => isWaived)]).toEqual(['', [true, true]]);
  });

  test('covers nothing in a plan that is not there', async () => {
    const { stdout } = await review('--waivers', waivers({ resource: ADDRESS, input: 'plans/test.json' }));
    expect(stdout).toContain(
      `the waiver of 'model-retired' for '${ADDRESS}' in 'plans/test.json' covers no finding: nothing that is judged here is called 'plans/test.json'`,
    );
    expect(stdout).toContain(
      'fix: remove it, or correct its input; judged here: plans/production.json, plans/staging.json',
    );
  });
});

describe('mistakes are told in the words that were typed', () => {
  const PLAN = ['review', 'plans/staging.json'];
  test.each([
    [
      [...PLAN, '--severity', 'model-retird=off'],
      "--severity names the rule 'model-retird', which does not exist; did you mean 'model-retired'?",
    ],
    [
      [...PLAN, '--severity', 'model-retired=high'],
      "--severity gives the rule 'model-retired' the severity 'high'; allowed are 'error', 'warning', 'note' and 'off'",
    ],
    [
      [...PLAN, '--warn-days', '10'],
      '--warn-days is 10 and --fail-days is 30; a warning comes before an error, so give --warn-days 30 or more',
    ],
    [
      [...PLAN, '--base', './plans/staging.json'],
      "'./plans/staging.json' is an input and --base as well: nothing would be new; name the plan of the target branch with --base",
    ],
    [
      [...PLAN, '--baseline', 'plans/production.json'],
      'the baseline file plans/production.json is a Terraform plan or state; a plan that stands before is given with --base, and a baseline is what --write-baseline wrote',
    ],
    [
      ['review', 'plans'],
      "'plans' is a folder without manifest.json and without cdk.tf.json, not a synthesised stack; plans are named one by one: 'model-lifecycle review plans/*.json'; of cdktf name the output folder of 'cdktf synth' (cdktf.out) or a cdk.tf.json file",
    ],
    [
      [...PLAN, '--format', 'text=out/review.txt'],
      () =>
        `'${join(process.cwd(), 'out/review.txt')}' cannot be written (ENOENT); make the folder first: mkdir -p '${join(process.cwd(), 'out')}'`,
    ],
  ] as const)('%j', async (args, message) => {
    const { status, stdout, stderr } = await runCommand([...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(`model-lifecycle: ${typeof message === 'string' ? message : message()}\n`);
  });

  test('of a threshold in the configuration file by its key', async () => {
    writeFileSync('days.yaml', 'warnDays: 10\n');
    expect((await runCommand([...PLAN, '--config', 'days.yaml'])).stderr).toBe(
      'model-lifecycle: warnDays is 10 and --fail-days is 30; a warning comes before an error, so give warnDays 30 or more\n',
    );
  });

  test('of a day in the configuration file with the reason', async () => {
    writeFileSync('day.yaml', 'asOf: 2026-11-21\n');
    expect((await runCommand([...PLAN, '--config', 'day.yaml'])).stderr).toContain(
      "line 1, column 1: 'asOf' is not known here: a file that fixes the day would pass for ever; give it with --as-of",
    );
  });

  test('of an input that is missing with an example', async () => {
    const { status, stderr } = await runCommand(['review']);
    expect(status).toBe(2);
    expect(stderr).toContain("missing required argument 'input'");
    expect(stderr).toContain("for instance 'model-lifecycle review plan.json'");
  });

  test('of a plan that gzip compressed', async () => {
    writeFileSync('plan.json.gz', gzipSync(readFileSync('plans/staging.json')));
    expect((await runCommand(['review', 'plan.json.gz'])).stderr).toBe(
      "model-lifecycle: 'plan.json.gz' is no Terraform plan in JSON; it looks like a file that gzip compressed: run 'gunzip -c FILE | model-lifecycle review -'\n",
    );
  });
});

describe('what a report says of a configuration file', () => {
  test('is which keys weigh in it, without those of the command line and those of reports', async () => {
    writeFileSync('team.yaml', 'warnDays: 180\nfailDays: 45\nunknown: warn\ncommentId: team\nformats: [text]\n');
    const { stdout } = await runCommand(['review', 'plans/staging.json', '--config', 'team.yaml', '--fail-days', '40']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('judged with: settings of team.yaml (warnDays, unknown)');
  });
});

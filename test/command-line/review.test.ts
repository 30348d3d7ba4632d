import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runCommand } from './command-run';
import {
  change,
  CLEAN,
  CREATING,
  deploymentValues,
  LIVING,
  planOf,
  RETIRED,
  stackOf,
  STANDING,
  WORSE,
} from './sample-plans';

/** Another version of the model that `LATER` has. */
const EARLIER = deploymentValues({ name: 'gpt-4o', version: '2024-08-06' });
const LATER = deploymentValues({ name: 'gpt-4o', version: '2024-11-20' });

const ON = ['--as-of', '2026-11-21', '--no-config'];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'review-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
}

/** An output folder of cdktf with these stacks. */
function synthesis(name: string, stacks: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(stacks).map(([stack, content]) => {
    write(`${name}/stacks/${stack}/cdk.tf.json`, content);
    return [stack, { name: stack, constructPath: stack, synthesizedStackPath: `stacks/${stack}/cdk.tf.json` }];
  });
  write(`${name}/manifest.json`, { version: '0.21.0', stacks: Object.fromEntries(entries) });
  return join(folder, name);
}

interface Report {
  readonly summary: Record<string, number>;
  readonly inputs: readonly string[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly resource: Record<string, string>;
    readonly carriedOver?: Record<string, string>;
    readonly waived?: object;
  }[];
  readonly changes: readonly { readonly action: string; readonly address: string }[];
}

async function report(...args: string[]): Promise<Report & { readonly status: number }> {
  const { status, stdout, stderr } = await runCommand(['review', ...args, ...ON, '--format', 'json']);
  expect(stderr).toBe('');
  return { status, ...(JSON.parse(stdout) as Report) };
}

describe('model-lifecycle review', () => {
  test('ends with 0 when nothing is wrong, with 1 when something is', async () => {
    const clean = await runCommand(['review', write('clean.json', CLEAN), ...ON]);
    expect(clean).toMatchObject({ status: 0, stderr: '' });
    expect(clean.stdout).toContain('gpt-5.1@2025-11-13');
    expect(clean.stdout).toContain('0 errors');
    const standing = await runCommand(['review', write('standing.json', STANDING), ...ON]);
    expect(standing).toMatchObject({ status: 1, stderr: '' });
    expect(standing.stdout).toContain('error model-retired: azurerm_cognitive_deployment.chat');
  });

  test('reads standard input', async () => {
    const { status, stdout } = await runCommand(['review', '-', ...ON, '--format', 'json'], { piped: STANDING });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ inputs: ['-'], findings: [{ rule: 'model-retired' }] });
  });

  test('judges several plans in one run', async () => {
    const other = STANDING.replaceAll('"name":"chat"', '"name":"other"');
    const { inputs, findings } = await report(write('a.json', CLEAN), write('b.json', other));
    expect(inputs).toEqual([join(folder, 'a.json'), join(folder, 'b.json')]);
    expect(findings.map(({ rule }) => rule)).toEqual(['model-retired']);
  });

  test('carries nothing over from what stands to what a plan creates', async () => {
    const baseline = join(folder, 'standing.baseline.json');
    const standing = write('standing.json', STANDING);
    await runCommand(['review', standing, ...ON, '--write-baseline', baseline]);
    expect(await runCommand(['review', standing, ...ON, '--baseline', baseline])).toMatchObject({ status: 0 });
    const created = await runCommand(['review', write('creating.json', CREATING), ...ON, '--baseline', baseline]);
    expect(created).toMatchObject({ status: 1, stderr: '' });
  });

  test('says what lets pass more than the defaults', async () => {
    const told = ['--fail-on', 'never', '--severity', 'model-retired=off', '--unknown', 'pass', '--fail-days', '3'];
    const { stdout } = await runCommand(['review', write('standing.json', STANDING), ...ON, ...told]);
    expect(stdout).toContain('LOOK  1 retired model is in use, and the rule model-retired says nothing of it');
    expect(stdout).toContain(
      'judged with: model-retired is off, no finding fails, what cannot be seen is only noted, failDays 3 instead of 30',
    );
  });

  test('carries over what the base has too, and fails on what is new', async () => {
    const base = write('base.json', STANDING);
    const same = await report(write('same.json', STANDING), '--base', base);
    expect(same).toMatchObject({
      status: 0,
      summary: { errors: 0, carriedOver: 1 },
      findings: [{ rule: 'model-retired', carriedOver: { from: 'base' } }],
    });
    const worse = await report(write('worse.json', WORSE), '--base', base);
    expect(worse).toMatchObject({ status: 1, summary: { errors: 1, carriedOver: 1 } });
    expect(worse.findings.find(({ carriedOver }) => carriedOver === undefined)?.resource.address).toBe(
      'azurerm_cognitive_deployment.more',
    );
  });

  test('carries over what several plans do together', async () => {
    const models = (version: string) => [
      planOf([change('chat', null, LIVING)]),
      planOf([change('chat', null, { ...LIVING, model: [{ ...LIVING.model[0]!, version }] })]),
    ];
    const together = (folder: string, version: string) =>
      models(version).map((plan, index) => write(`${folder}/${index}.json`, plan));
    const [base, otherBase] = together('then', '2025-11-13');
    const now = together('again', '2025-11-13');
    const of = ({ findings }: Report) => findings.map(({ rule, carriedOver }) => [rule, carriedOver?.from]);
    expect(of(await report(...now))).toEqual([
      ['deployment-duplicate', undefined],
      ['parallel-writers', undefined],
    ]);
    expect(of(await report(...now, '--base', base!, '--base', otherBase!))).toEqual([
      ['deployment-duplicate', 'base'],
      ['parallel-writers', 'base'],
    ]);
    expect(of(await report(...now, '--base', base!))).toEqual([
      ['deployment-duplicate', undefined],
      ['parallel-writers', undefined],
    ]);
  });

  test('an old base makes the catalogue no fresher', async () => {
    const plan = write('fresh.json', CLEAN);
    const args = ['review', plan, '--base', write('before.json', CLEAN), '--no-config', '--require-fresh', '--as-of'];
    expect((await runCommand([...args, '2026-12-04'])).status).toBe(0);
    expect((await runCommand([...args, '2026-12-05'])).status).toBe(3);
  });

  test('weighs what it cannot see as a warning unless it is told otherwise', async () => {
    const { version, ...known } = LIVING.model[0]!;
    const created = change('chat', null, { ...LIVING, model: [known] });
    const unread = {
      ...created,
      change: { ...created.change, after_unknown: { id: true, model: [{ version: true }] } },
    };
    const plan = write('unread.json', planOf([unread]));
    expect(version).toBe('2025-11-13');
    for (const [args, status] of [
      [[], 0],
      [['--unknown', 'warn'], 0],
      [['--unknown', 'pass'], 0],
      [['--unknown', 'fail'], 1],
    ] as const) {
      // prettier-ignore
      expect([args, (await report(plan, ...args)).status]).toEqual([args, status]);
    }
    expect((await report(plan)).findings).toMatchObject([{ rule: 'model-unresolved', severity: 'warning' }]);
  });

  test('keeps the baseline round: what was written is known in the next run', async () => {
    const baseline = join(folder, 'baseline.json');
    const plan = write('first.json', STANDING);
    expect(await report(plan, '--write-baseline', baseline)).toMatchObject({ status: 1 });
    expect(JSON.parse(readFileSync(baseline, 'utf8'))).toMatchObject({
      asOf: '2026-11-21',
      findings: [{ rule: 'model-retired', severity: 'error', since: '2026-11-21' }],
    });
    expect(await report(plan, '--baseline', baseline)).toMatchObject({
      status: 0,
      findings: [{ carriedOver: { from: 'baseline', since: '2026-11-21' } }],
    });
    const worse = write('second.json', WORSE);
    expect((await report(worse, '--baseline', baseline)).status).toBe(1);
    const later = ['--baseline', baseline, '--write-baseline', baseline, '--as-of', '2026-11-25', '--no-config'];
    expect((await runCommand(['review', worse, ...later])).status).toBe(1);
    const written = JSON.parse(readFileSync(baseline, 'utf8')) as { findings: { since: string }[] };
    expect(written.findings.map(({ since }) => since)).toEqual(['2026-11-21', '2026-11-25']);
    expect((await report(worse, '--baseline', baseline)).status).toBe(0);
  });

  test('writes a first baseline over one that a configuration names and that is not there yet', async () => {
    const baseline = join(folder, 'not-yet.json');
    const config = write('with-baseline.yaml', 'baseline: not-yet.json\n');
    const plan = write('plan.json', STANDING);
    const args = ['review', plan, '--config', config, '--as-of', '2026-11-21', '--quiet'];
    expect(await runCommand(args)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not-yet.json cannot be read: ENOENT'),
    });
    expect((await runCommand([...args, '--write-baseline', baseline])).status).toBe(1);
    expect(await runCommand(args)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('compares synthesised stacks by name, and says which are gone', async () => {
    const now = synthesis('now.out', { production: stackOf(LATER), staging: stackOf(LIVING) });
    const then = synthesis('then.out', { production: stackOf(EARLIER), old: {} }); // prettier-ignore
    write('then.out/stacks/old/cdk.tf.json', { terraform: {} });
    const { stdout, stderr, status } = await runCommand(['review', now, '--base', then, ...ON, '--format', 'json']);
    expect(status).toBe(1);
    expect(stderr).toBe(
      "model-lifecycle: not in the code any more: old; what these stacks deployed stays until 'cdktf destroy'\n",
    );
    const { changes, findings } = JSON.parse(stdout) as Report;
    expect(changes.map(({ action }) => action).sort()).toEqual(['changed-in-place', 'created']);
    expect(findings.map(({ rule }) => rule)).toContain('model-changed-in-place');
  });

  test('compares one stack with another one whatever they are called', async () => {
    const { changes } = await report(
      write('one/cdk.tf.json', stackOf(LATER)),
      '--base',
      write('two/cdk.tf.json', stackOf(EARLIER)),
    );
    expect(changes).toMatchObject([{ action: 'changed-in-place' }]);
  });

  test('judges a synthesis without a base as it stands', async () => {
    const { status, findings, changes } = await report(synthesis('alone.out', { production: stackOf(RETIRED) }));
    expect([status, changes]).toEqual([1, []]);
    expect(findings).toMatchObject([{ rule: 'model-retired', resource: { constructPath: 'production/models/chat' } }]);
  });
});

describe('model-lifecycle review --synth', () => {
  const waiver = {
    rule: 'model-retired',
    resource: 'production/models/chat',
    reason: 'the caller is switched off on Friday',
    owner: 'team-assistants',
    expires: '2026-11-30',
  };
  const waived = stackOf(RETIRED, { 'cdktf-azure-model-lifecycle': { waivers: [waiver] } });

  test('adds construct paths and the waivers that stand in code', async () => {
    const code = synthesis('code.out', { production: waived, network: stackOf(LIVING, {}, 'other') });
    const plan = write('of-code.json', STANDING);
    expect((await report(plan)).status).toBe(1);
    expect(await report(plan, '--synth', code)).toMatchObject({
      status: 0,
      findings: [
        {
          resource: { constructPath: 'production/models/chat', stack: 'production' },
          waived: { owner: 'team-assistants' },
        },
      ],
    });
  });

  test('tells stacks with the same addresses apart by their values, or by where the plan lies', async () => {
    const staging = { ...stackOf(RETIRED) };
    staging.resource.azurerm_cognitive_deployment.chat!.cognitive_account_id =
      '${azurerm_cognitive_account.staging.id}';
    const code = synthesis('twins.out', { production: waived, staging });
    expect((await report(write('of-twins.json', STANDING), '--synth', code)).findings[0]!.resource.stack).toBe(
      'production',
    );
    const alike = synthesis('alike.out', { production: waived, staging: stackOf(RETIRED) });
    const plan = write('of-alike.json', STANDING);
    expect(await runCommand(['review', plan, '--synth', alike, ...ON])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining("of-alike.json' may have been made of 'production' or 'staging' of --synth"),
    });
    const beside = write('alike.out/stacks/staging/plan.json', STANDING);
    expect((await report(beside, '--synth', alike)).findings[0]!.resource.stack).toBe('staging');
  });

  test('a waiver that is dropped makes its finding a new one, where the code of the base is given as well', async () => {
    const dropped = synthesis('dropped.out', { production: stackOf(RETIRED) });
    const covered = synthesis('covered.out', { production: waived });
    const plans = [write('after.json', STANDING), '--base', write('before.json', STANDING)];
    expect((await report(...plans, '--synth', dropped)).status).toBe(0);
    expect(await report(...plans, '--synth', dropped, '--base-synth', covered)).toMatchObject({
      status: 1,
      summary: { errors: 1, carriedOver: 0 },
    });
    expect(await report(...plans, '--synth', covered, '--base-synth', covered)).toMatchObject({
      status: 0,
      summary: { waived: 1, carriedOver: 0 },
    });
  });

  test('a finding at an address is known again although only the plan of now has its stack', async () => {
    const created = change('chat', null, { ...RETIRED, cognitive_account_id: undefined });
    const entry = {
      ...created,
      change: { ...created.change, after_unknown: { id: true, cognitive_account_id: true } },
    };
    const code = synthesis('names.out', { production: stackOf(RETIRED) });
    const plans = [write('now.json', planOf([entry])), '--base', write('then.json', planOf([entry]))];
    expect(await report(...plans, '--synth', code)).toMatchObject({
      status: 0,
      summary: { errors: 0, carriedOver: 1 },
    });
  });

  test.each<[string, () => string[], string]>([
    [
      'a synthesis that no plan was made of',
      () => [synthesis('both.out', { production: stackOf(LIVING) }), '--synth', join(folder, 'both.out')],
      "both.out' says what plans were made of, and the inputs are no plan; a synthesis among the inputs needs no --synth",
    ],
    [
      'a synthesis of a base that is no plan',
      () => [write('plain.json', CLEAN), '--base-synth', synthesis('of-none.out', { production: stackOf(LIVING) })],
      "of-none.out' says what plans were made of, and --base gives no plan; name the plan of the target branch with --base",
    ],
  ])('refuses %s', async (_, args, message) => {
    const { status, stdout, stderr } = await runCommand(['review', ...args(), ...ON]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  const deployed = (names: readonly string[]) =>
    planOf(names.map((name) => change(name, null, deploymentValues({ name: 'gpt-5.1', version: '2025-11-13' }, name))));

  test('says of how few model deployments of a plan it knows anything', async () => {
    const code = synthesis('older.out', { production: stackOf(LIVING) });
    const plan = write('newer.json', deployed(['chat', 'b', 'c', 'd', 'e']));
    const told = await runCommand(['review', plan, '--synth', code, ...ON]);
    expect(told.stderr).toBe(
      `model-lifecycle: --synth knows 1 of 5 model deployments of ${plan}, not 'azurerm_cognitive_deployment.b', ` +
        "'azurerm_cognitive_deployment.c', 'azurerm_cognitive_deployment.d' and 1 more: construct paths and waivers of these are missing; " +
        `give the output of the code that was planned (--synth is '${code}')\n`,
    );
    expect(told.stdout.replace(/\s+/g, ' ')).toContain(
      `judged with: --synth knows 1 of 5 model deployments of ${plan}`,
    );
    const quiet = await runCommand(['review', plan, '--synth', code, ...ON, '--quiet']);
    expect(quiet).toEqual({ status: told.status, stdout: '', stderr: '' });
    const based = [write('half.json', deployed(['chat', 'b'])), '--base', plan, '--synth', code, '--base-synth', code];
    expect((await runCommand(['review', ...based, ...ON])).stderr).toMatch(
      /^model-lifecycle: --base-synth knows 1 of 5 .*\n$/,
    );
  });

  test('says nothing of a plan of which it knows half, or which destroys what the code has no more', async () => {
    const code = synthesis('half.out', { production: stackOf(LIVING) });
    const gone = planOf([change('chat', LIVING, LIVING), change('b', LIVING, null), change('c', LIVING, null)]);
    for (const plan of [deployed(['chat', 'b']), deployed([]), gone]) {
      expect((await runCommand(['review', write('half.json', plan), '--synth', code, ...ON])).stderr).toBe('');
    }
  });

  test('says when no stack declares anything of the plan', async () => {
    const code = synthesis('foreign.out', { production: stackOf(LIVING, {}, 'other') });
    const { status, stderr } = await runCommand(['review', write('p.json', STANDING), '--synth', code, ...ON]);
    expect(status).toBe(2);
    expect(stderr).toContain("foreign.out' has no stack that '");
    expect(stderr).toContain("none declares an address that the plan holds (stacks: 'production')");
  });
});

describe('the outputs of model-lifecycle review', () => {
  const FORMATS = ['text', 'markdown', 'json', 'sarif', 'junit', 'github', 'azure-devops', 'html', 'cyclonedx'];

  test('are written in every format in one run, each as it is printed', async () => {
    const plan = write('formats.json', STANDING);
    const files = FORMATS.flatMap((format) => ['--format', `${format}=${join(folder, `all.${format}`)}`]);
    expect(await runCommand(['review', plan, ...ON, ...files])).toEqual({ status: 1, stdout: '', stderr: '' });
    for (const format of FORMATS) {
      const { stdout } = await runCommand(['review', plan, ...ON, '--format', `${format}=-`]);
      const written = readFileSync(join(folder, `all.${format}`), 'utf8');
      // Each CycloneDX document has a serial number of its own.
      expect([format, written.length]).toEqual([format, stdout.length]);
      expect(written).toContain('gpt-35-turbo');
    }
  });

  test('go to standard output together', async () => {
    const plan = write('two.json', STANDING);
    const { stdout } = await runCommand(['review', plan, ...ON, '--format', 'text', '--format', 'github']);
    expect(stdout).toMatch(/^STOP /);
    expect(stdout).toMatch(/^::error /m);
  });

  test('bear the id that tells their comment from others, from the command line or the configuration', async () => {
    const plan = write('marked.json', CLEAN);
    const config = write('marked.yaml', 'commentId: staging\n');
    const mark = async (...args: string[]) =>
      (await runCommand(['review', plan, '--as-of', '2026-11-21', '--format', 'markdown', ...args])).stdout.split(
        '\n',
      )[0];
    expect(await mark('--no-config')).toBe('<!-- model-lifecycle:review -->');
    expect(await mark('--config', config)).toBe('<!-- model-lifecycle:review:staging -->');
    expect(await mark('--config', config, '--comment-id', 'eu/prod:chat')).toBe(
      '<!-- model-lifecycle:review:eu/prod:chat -->',
    );
    const file = join(folder, 'marked.md');
    await runCommand(['review', plan, ...ON, '--comment-id', 'a.b', '--format', `markdown=${file}`]);
    expect(readFileSync(file, 'utf8').split('\n')[0]).toBe('<!-- model-lifecycle:review:a.b -->');
  });

  test.each(['', 'a--b', 'a-->', 'a b', '-a', 'a\n', 'a\u0000', 'ä', 'a'.repeat(101)])(
    'do not take %j for an id, whatever the format',
    async (id) => {
      const { status, stdout, stderr } = await runCommand([
        'review',
        write('id.json', CLEAN),
        ...ON,
        '--comment-id',
        id,
      ]);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain("write letters and digits, with one '.', '_', '-', '/' or ':' between them");
    },
  );

  test('are coloured where colours are asked for, and never in files', async () => {
    const plan = write('colours.json', STANDING);
    const args = ['review', plan, ...ON, '--format', 'text', '--format', `text=${join(folder, 'plain.txt')}`];
    const coloured = await runCommand(args, { variables: { FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[');
    expect((await runCommand(args)).stdout).not.toContain('\u001b[');
    expect((await runCommand([...args, '--no-color'], { variables: { FORCE_COLOR: '1' } })).stdout).not.toContain(
      '\u001b[',
    );
    expect(readFileSync(join(folder, 'plain.txt'), 'utf8')).not.toContain('\u001b[');
  });

  test('are not written at all where one of them cannot be', async () => {
    mkdirSync(join(folder, 'half'));
    const plan = write('half.json', STANDING);
    const formats = [
      '--format',
      `json=${join(folder, 'half/a.json')}`,
      '--format',
      `text=${join(folder, 'none/b.txt')}`,
    ];
    const baseline = ['--write-baseline', join(folder, 'half/baseline.json')];
    expect(await runCommand(['review', plan, ...ON, ...formats, ...baseline, '--format', 'text'])).toEqual({
      status: 2,
      stdout: '',
      stderr: `model-lifecycle: '${join(folder, 'none/b.txt')}' cannot be written (ENOENT); make the folder first: mkdir -p '${join(folder, 'none')}'\n`,
    });
    expect(readdirSync(join(folder, 'half'))).toEqual([]);
  });

  test.each([
    ['one file twice', ['--format', 'json=@/x.json', '--format', 'sarif=@/./x.json'], 'is the json report as well'],
    ['a file that is the input', ['--format', 'json=@/plan.json'], 'is an input as well'],
    [
      'a file that is the new baseline',
      ['--write-baseline', '@/b', '--format', 'json=@/b'],
      'is the new baseline as well',
    ],
    [
      'one format twice on standard output',
      ['--format', 'json', '--format', 'json=-'],
      '--format json is given twice for standard output',
    ],
    ['a format without its file', ['--format', 'html='], "name a file behind '=', for instance html=report.html"],
    [
      'a format that is unknown',
      ['--format', 'yaml'],
      'known formats are text, markdown, json, sarif, junit, github, azure-devops, html and cyclonedx',
    ],
  ])('are refused for %s', async (_, args, message) => {
    const plan = write('plan.json', CLEAN);
    const { status, stdout, stderr } = await runCommand([
      'review',
      plan,
      ...ON,
      ...args.map((arg) => arg.replace('@', folder)),
    ]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(readFileSync(plan, 'utf8')).toBe(CLEAN);
    expect(existsSync(join(folder, 'x.json'))).toBe(false);
  });
});

describe('model-lifecycle review refuses', () => {
  test('several files that are missing, all at once', async () => {
    const config = write(
      'settings/missing.yaml',
      'catalog: c.json\noverlays: [o.json, ../clean.json]\nwaivers: ["w\\e[2J.json"]\nbaseline: b.json\n',
    );
    write('clean.json', CLEAN);
    const at = (file: string) => relative('.', join(folder, 'settings', file));
    expect(await runCommand(['review', join(folder, 'clean.json'), '--config', config])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'model-lifecycle: these files do not exist:\n' +
        `  the catalogue '${at('c.json')}'\n  the overlay '${at('o.json')}'\n` +
        `  the waiver file '${at('w\\u{1b}[2J.json')}'\n  the baseline '${at('b.json')}'\n` +
        `correct their paths, or leave them out; those that '${config}' names start at the folder of that file\n`,
    });
    const given = ['--no-config', '--waivers', 'x.json', '--baseline', 'y.json'];
    const first = await runCommand(['review', join(folder, 'clean.json'), ...given, '--write-baseline', 'y.json']);
    expect(first.stderr).toContain('the waiver file x.json cannot be read: ENOENT');
    const { stderr } = await runCommand(['review', join(folder, 'clean.json'), ...given]);
    expect(stderr).toBe(
      "model-lifecycle: these files do not exist:\n  the waiver file 'x.json'\n  the baseline 'y.json'\ncorrect their paths, or leave them out\n",
    );
  });

  test('and writes names so that they cannot disturb a terminal or a log', async () => {
    const { stderr } = await runCommand(['review', ...ON, write('a\u001b[2J\n::error::b.json', '{}')]);
    expect(stderr).toContain('a\\u{1b}[2J\\u{a}::error::b.json');
    expect(stderr.split('\n')).toHaveLength(2);
  });

  const state = { version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'x', outputs: {}, resources: [] };
  test.each<[string, () => string[], string]>([
    ['no input', () => [], "missing required argument 'input'"],
    [
      'a file that is missing',
      () => [join(folder, 'none.json')],
      "none.json' does not exist; run 'terraform show -json",
    ],
    [
      'a folder without a synthesis',
      () => [mkdtempSync(join(folder, 'empty-'))],
      'a folder without manifest.json and without cdk.tf.json',
    ],
    [
      'a terminal',
      () => ['-'],
      "'-' is standard input, and nothing is piped into it; run 'terraform show -json plan.tfplan | model-lifecycle review -'",
    ],
    ['standard input twice', () => ['-', '-'], "'-' (standard input) is given twice"],
    [
      'one file under two names',
      () => [write('p.json', CLEAN), join(folder, '.', 'x', '..', 'p.json')],
      "p.json' is given twice",
    ],
    [
      'a base that is the input',
      () => [write('p.json', CLEAN), '--base', join(folder, 'p.json')],
      'is an input and --base as well: nothing would be new; name the plan of the target branch with --base',
    ],
    ['a state file', () => [write('terraform.tfstate', state)], 'a Terraform state file'],
    [
      'a binary plan',
      () => [write('plan.out', Buffer.from('PK\u0003\u0004\u0000\u0000', 'latin1'))],
      'a plan file of Terraform, which is binary',
    ],
    [
      'HCL',
      () => [write('main.tf', 'resource "azurerm_cognitive_deployment" "chat" {\n}\n')],
      'Terraform configuration (HCL)',
    ],
    [
      'a folder of HCL',
      () => [join(write('infra/main.tf', 'terraform {\n}\n'), '..')],
      "infra' is a folder of Terraform configuration (HCL), which is read as a plan only: in it run " +
        "'terraform plan -out=plan.tfplan' and 'terraform show -json plan.tfplan > plan.json', then 'model-lifecycle review plan.json'",
    ],
    ['a folder of Terraform configuration in JSON', () => [join(write('tofu/a.tofu.json', '{}'), '..')], 'in it run'],
    [
      'a synthesis in HCL',
      () => {
        const manifest = { stacks: { one: { name: 'one', synthesizedStackPath: 'cdk.tf' } } };
        write('hcl.out/cdk.tf', '');
        return [join(write('hcl.out/manifest.json', manifest), '..')];
      },
      "cdk.tf' is no Terraform plan in JSON; it looks like Terraform configuration (HCL): run 'terraform plan -out=plan.tfplan'",
    ],
    ['JSON of another kind', () => [write('package.json', { name: 'x', version: '1' })], 'JSON of another kind'],
    ['nothing', () => [write('empty.json', '')], "empty.json' is empty; a command before it may have failed"],
    ['a plan that was cut off', () => [write('cut.json', CLEAN.slice(0, -200))], 'cannot be read as a plan'],
    [
      'a base that is no plan',
      () => [write('p.json', CLEAN), '--base', write('base.tf', 'locals {\n}\n')],
      "base.tf' is no Terraform plan",
    ],
    [
      'a day that is none',
      () => [write('p.json', CLEAN), '--as-of', '2026-02-30'],
      "--as-of is '2026-02-30'; write a calendar day",
    ],
    [
      'thresholds that cross',
      () => [write('p.json', CLEAN), '--fail-days', '90', '--warn-days', '30'],
      '--warn-days is 30 and --fail-days is 90; a warning comes before an error, so give --warn-days 90 or more',
    ],
    [
      'a rule that does not exist',
      () => [write('p.json', CLEAN), '--severity', 'model-retird=off'],
      "did you mean 'model-retired'?",
    ],
    ['a severity without a rule', () => [write('p.json', CLEAN), '--severity', 'error'], 'write rule=severity'],
    [
      'a baseline that is missing',
      () => [write('p.json', CLEAN), '--baseline', join(folder, 'none')],
      'cannot be read: ENOENT',
    ],
    [
      'a baseline that is none',
      () => [write('p.json', CLEAN), '--baseline', write('b.json', '[]')],
      'the baseline file',
    ],
    [
      'a synthesis that is missing',
      () => [write('p.json', CLEAN), '--synth', join(folder, 'none.out')],
      "none.out' does not exist",
    ],
    ['an unknown option', () => [write('p.json', CLEAN), '--strict'], "unknown option '--strict'"],
  ])('%s, in words', async (_, args, message) => {
    const { status, stdout, stderr } = await runCommand(['review', ...ON, ...args()]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { catalogProblems } from '../../lib/catalog';
import { row } from '../model-list/rows';
import { runCommand } from './command-run';

const folder = mkdtempSync(join(tmpdir(), 'catalog-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function requireSchema(name: string, text: string): void {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  const schema = JSON.parse(readFileSync(join(__dirname, '../../lib/report/data', name), 'utf8')) as object;
  ajv.validate(schema, JSON.parse(text));
  expect(ajv.errors).toBeNull();
}

const az = { ...row({ name: 'gpt-10' }), location: undefined };
const list = file('list.json', [az]);
const out = join(folder, 'catalogue.json');

test('writes the catalogue to a file and says on standard error what it found', async () => {
  const { status, stdout, stderr } = await runCommand([
    'catalog',
    'import',
    '--from',
    `eastus2=${list}`,
    '--listed-on',
    '2026-11-20',
    '--alone',
    '--out',
    out,
  ]);
  expect([status, stdout]).toEqual([0, '']);
  expect(stderr).toBe(
    `model-lifecycle: 1 model version from 1 row on 1 page (eastus2), written to ${out}\n  listed on 2026-11-20\n`,
  );
  const document = JSON.parse(readFileSync(out, 'utf8')) as { models: unknown[] };
  expect(catalogProblems(document)).toEqual([]);
  expect(document.models).toEqual([
    {
      format: 'OpenAI',
      name: 'gpt-10',
      version: '2026-01-15',
      stage: 'generally-available',
      retirementDate: '2027-07-15',
      skus: ['GlobalStandard'],
      regions: { GlobalStandard: ['eastus2'] },
      source: 0,
    },
  ]);
});

test('what was imported explains itself with its regions', async () => {
  const { stdout } = await runCommand(['explain', 'gpt-10', '--catalog', out, '--as-of', '2026-11-22']);
  expect(stdout).toContain('  regions      GlobalStandard: eastus2\n');
  expect(stdout).toContain(
    `  known as of  2026-11-20 (${out})\n  source       Azure's model list, eastus2, 2026-11-20\n`,
  );
});

test('takes the day of the newest file for that of the list, and says so', async () => {
  utimesSync(list, new Date('2026-11-19T23:59:00Z'), new Date('2026-11-19T23:59:00Z'));
  const { stdout, stderr } = await runCommand(['catalog', 'import', '--from', list, '--alone']);
  expect((JSON.parse(stdout) as { sources: { asOf: string }[] }).sources[0]!.asOf).toBe('2026-11-19');
  expect(stderr).toContain(
    'listed on 2026-11-19, the newest day of the files; give --listed-on if Azure answered on another day',
  );
});

test('the report as JSON obeys its schema', async () => {
  const bad = file('bad.json', {
    value: [az, { model: { name: 'x' } }],
    nextLink: 'https://x/?api-version=2026-09-01',
  });
  const args = ['catalog', 'import', '--from', bad, '--listed-on', '2026-11-20', '--out', join(folder, 'other.json')];
  const { status, stdout, stderr } = await runCommand([...args, '--format', 'json', '--fail-on', 'warning']);
  expect([status, stderr]).toEqual([1, '']);
  requireSchema('catalog-import.schema.json', stdout);
  expect(JSON.parse(stdout)).toMatchObject({ skipped: [{ index: 1, name: 'x' }], unfinished: [{ pages: 1 }] });
  const text = await runCommand(args);
  expect(text.status).toBe(0);
  expect(text.stderr).toContain(
    `${bad}: page 1 of a list whose rest is missing; follow its nextLink and give all pages\n`,
  );
});

test.each<[string, string[], string]>([
  [
    'cut off',
    ['--from', file('cut.json', '[{"model":'), '--out', out],
    `'${join(folder, 'cut.json')}' is not JSON (the text ends too early, at line 1, column 11): it was cut off, or it is a page that a proxy or a login answered with; list again with --output json`,
  ],
  [
    'not there',
    ['--from', 'missing.json', '--out', out],
    "'missing.json' does not exist; run 'az cognitiveservices model list --location REGION --output json > REGION.json' and give REGION=REGION.json",
  ],
  [
    'over its input',
    ['--from', list, '--out', list],
    `'${list}' is to be written, and it is an input as well; name another file`,
  ],
  [
    'report and catalogue into one stream',
    ['--from', list, '--format', 'json'],
    '--format json writes the report to standard output, where the catalogue goes; give --out FILE',
  ],
  [
    'a folder that is not there',
    ['--from', list, '--out', join(folder, 'none', 'x.json')],
    `'${join(folder, 'none', 'x.json')}' cannot be written (ENOENT); make the folder first: mkdir -p '${join(folder, 'none')}'`,
  ],
])('%s: ends with 2, keeps the old file and leaves nothing beside it', async (_, args, message) => {
  const [before, files] = [readFileSync(out, 'utf8'), readdirSync(folder)];
  const { status, stdout, stderr } = await runCommand(['catalog', 'import', ...args]);
  expect([status, stdout, stderr]).toEqual([2, '', `model-lifecycle: ${message}\n`]);
  expect([readFileSync(out, 'utf8'), readdirSync(folder)]).toEqual([before, files]);
});

test('validate says what is wrong with a file, with exit code 1, and 2 where it cannot be read', async () => {
  expect(await runCommand(['catalog', 'validate', out])).toEqual({
    status: 0,
    stdout: `catalogue ${out}: can be used\n`,
    stderr: '',
  });
  const wrong = file('overlay.json', { schemaVersion: 1, asOf: '31.03.2027' });
  expect(await runCommand(['catalog', 'validate', wrong])).toEqual({
    status: 1,
    stdout: `overlay ${wrong}: 1 problem\n  asOf is '31.03.2027'; write a calendar day as YYYY-MM-DD\n`,
    stderr: '',
  });
  const json = await runCommand(['catalog', 'validate', wrong, '--format', 'json']);
  requireSchema('catalog-validation.schema.json', json.stdout);
  const cut = join(folder, 'cut.json');
  expect(await runCommand(['catalog', 'validate', cut])).toEqual({
    status: 2,
    stdout: '',
    stderr: `model-lifecycle: '${cut}' is not JSON (the text ends too early, at line 1, column 11); give a catalogue or an overlay\n`,
  });
  expect(existsSync('missing.json')).toBe(false);
  expect((await runCommand(['catalog', 'validate', 'missing.json'])).stderr).toBe(
    "model-lifecycle: 'missing.json' does not exist; give the path of a catalogue or an overlay\n",
  );
});

const overlayOf = (fields: object) => ({
  schemaVersion: 1,
  asOf: '2026-11-20',
  models: [{ format: 'OpenAI', name: 'gpt-4o', version: '2024-08-06', ...fields }],
});

test.each<[string, object, number, string]>([
  [
    'a model of its own without a stage',
    { name: 'gpt-77', version: '1', kind: 'chat' },
    1,
    "1 problem\n  models[0] (gpt-77@1) adds a model and has no stage; write 'preview', 'generally-available', 'legacy', 'deprecated' or 'retired'",
  ],
  [
    'a mistyped version',
    { version: '2024-8-06', retirementDate: '2027-06-01' },
    1,
    "1 problem\n  models[0] (gpt-4o@2024-8-06) adds a model and has no stage; write 'preview', 'generally-available', 'legacy', 'deprecated' or 'retired', or did you mean version '2024-08-06'?",
  ],
  [
    'a mistyped SKU',
    { skuRetirementDates: { Standrd: '2027-06-01' } },
    0,
    "can be used\n  note: models[0] (gpt-4o@2024-08-06): no model is known to be offered under the SKU 'Standrd'; did you mean Standard?",
  ],
  [
    'one SKU in two spellings',
    { skuRetirementDates: { standard: '2028-01-01', Standard: '2026-01-01' } },
    1,
    '1 problem\n  models[0] (gpt-4o@2024-08-06): skuRetirementDates gives Standard beside standard; keep one of them',
  ],
  ['a SKU in any case', { skuRetirementDates: { globalSTANDARD: '2027-06-01' } }, 0, 'can be used'],
])('validate lays an overlay with %s over the catalogue', async (_, fields, status, expected) => {
  const path = file('laid.json', overlayOf(fields));
  expect(await runCommand(['catalog', 'validate', path])).toEqual({
    status,
    stdout: `overlay ${path}: ${expected}\n`,
    stderr: '',
  });
  const json = await runCommand(['catalog', 'validate', path, '--format', 'json']);
  requireSchema('catalog-validation.schema.json', json.stdout);
});

test('validate lays an overlay over the catalogue that is given', async () => {
  const path = file('over.json', overlayOf({ retirementDate: '2027-06-01' }));
  expect((await runCommand(['catalog', 'validate', path])).status).toBe(0);
  const { status, stdout } = await runCommand(['catalog', 'validate', path, '--catalog', out]);
  expect([status, stdout.includes('models[0] (gpt-4o@2024-08-06) adds a model and has no stage')]).toEqual([1, true]);
});

test.each<[string, unknown, string]>([
  [
    "Azure's list as az writes it",
    [az],
    "the file is Azure's own model list; make a catalogue of it: model-lifecycle catalog import --from FILE --out CATALOGUE",
  ],
  [
    "a page of Azure's list",
    { value: [az], nextLink: 'https://x' },
    "the file is Azure's own model list; make a catalogue of it: model-lifecycle catalog import --from FILE --out CATALOGUE",
  ],
  [
    'a state',
    { version: 4, terraform_version: '1.11.4', resources: [] },
    'the file is a Terraform plan or state, which says nothing of what Azure offers; give a catalogue or an overlay',
  ],
])('%s in place of a catalogue is recognised by whoever reads one', async (_, content, problem) => {
  const path = file('mistaken.json', content);
  expect((await runCommand(['catalog', 'validate', path])).stdout).toBe(`catalogue ${path}: 1 problem\n  ${problem}\n`);
  const { status, stderr } = await runCommand(['explain', 'gpt-4o', '--catalog', path]);
  expect([status, stderr]).toEqual([2, `model-lifecycle: catalogue '${path}': ${problem}\n`]);
});

test('a catalogue and an overlay of a year to come are refused: they would never be stale', async () => {
  const catalogue = JSON.parse(readFileSync(out, 'utf8')) as { sources: { asOf: string }[] };
  catalogue.sources[0]!.asOf = '2199-01-01';
  const problem = /asOf is 2199-01-01, and today is [-\d]+; write the day as of which the facts are true\n$/;
  for (const content of [
    { ...catalogue, ages: undefined },
    { ...overlayOf({}), asOf: '2199-01-01' },
  ]) {
    const path = file('to-come.json', content);
    const { status, stdout } = await runCommand(['catalog', 'validate', path]);
    expect([status, stdout]).toEqual([1, expect.stringMatching(problem)]);
    const option = 'sources' in content ? '--catalog' : '--overlay';
    const used = await runCommand(['explain', 'gpt-10', option, path]);
    expect([used.status, used.stderr]).toEqual([2, expect.stringMatching(problem)]);
  }
});

test('status says how old a catalogue is, what it covers and which layers it has', async () => {
  const overlay = file('top.json', {
    schemaVersion: 1,
    asOf: '2026-11-21',
    models: [{ format: 'OpenAI', name: 'gpt-10', version: '2026-01-15', retirementDate: '2027-08-01' }],
  });
  const args = ['catalog', 'status', '--catalog', out, '--overlay', overlay, '--as-of', '2027-01-20'];
  expect((await runCommand(args)).stdout).toBe(
    [
      'Catalogue of the public cloud',
      '  known as of   2026-11-20, 61 days ago: stale (public, sold by Azure)',
      `  layer         ${overlay}: 1 entries`,
      '  models        1, in 1 entries: 0 preview, 1 generally-available, 0 legacy, 0 deprecated, 0 retired by the stated stage',
      '  with a date   1 of 1',
      '  with SKUs     1 of 1',
      '  with regions  1 of 1: eastus2',
      '  conflicts     0',
      "  source        2026-11-20 Azure's model list, eastus2",
      `  source        2026-11-21 ${overlay}`,
      '',
    ].join('\n'),
  );
  const { stdout } = await runCommand([...args, '--format', 'json']);
  requireSchema('catalog-status.schema.json', stdout);
  requireSchema('catalog-status.schema.json', (await runCommand(['catalog', 'status', '--format', 'json'])).stdout);
});

const oldList = Array.from({ length: 6 }, (_, index) => ({
  ...row({ name: `gpt-${index}`, version: '1', deprecation: { inference: `2026-0${index + 1}-15T00:00:00Z` } }),
  location: undefined,
}));

test.each([
  ['six models alive past their dates', oldList, '2026-11-19', 2],
  ['five, as a status that lags behind leaves them', oldList.slice(1), '2026-11-19', 0],
  ['six, all of whose dates were to come on the day of the file', oldList, '2026-01-14', 0],
])('a file with %s', async (_, rows, day, expected) => {
  const path = file('aged.json', rows);
  utimesSync(path, new Date(`${day}T12:00:00Z`), new Date(`${day}T12:00:00Z`));
  const args = ['catalog', 'import', '--from', path, '--alone', '--out', join(folder, 'aged.out.json')];
  const { status, stderr } = await runCommand(args);
  expect(status).toBe(expected);
  if (expected === 2) {
    expect(stderr).toBe(
      'model-lifecycle: the list looks older than its file, which is of 2026-11-19: it calls 6 model versions alive that retired by their own dates in it ' +
        '(gpt-0@1 2026-01-15, gpt-1@1 2026-02-15, gpt-2@1 2026-03-15, gpt-3@1 2026-04-15, gpt-4@1 2026-05-15 and 1 more); ' +
        'give the day on which Azure answered with --listed-on\n',
    );
    expect((await runCommand([...args, '--listed-on', '2026-11-19'])).status).toBe(0);
  }
});

test.each([
  ['of a year to come', '2199-01-01'],
  ['of a millennium to come', '9999-12-30'],
])('a list %s is refused, by option and by file', async (_, day) => {
  const args = ['catalog', 'import', '--from', list, '--alone'];
  const given = await runCommand([...args, '--listed-on', day]);
  expect([given.status, given.stdout]).toEqual([2, '']);
  expect(given.stderr).toMatch(/Azure cannot have answered on that day: today is \d{4}-\d{2}-\d{2} in UTC\./);
  const path = file('tomorrow.json', [az]);
  utimesSync(path, new Date('2199-01-01T00:00:00Z'), new Date('2199-01-01T00:00:00Z'));
  const { status, stderr } = await runCommand(['catalog', 'import', '--from', path, '--alone']);
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^model-lifecycle: the newest file is of 2199-01-01, and today is [-\d]+ in UTC; give the day on which Azure answered with --listed-on\n$/,
  );
});

test.each([
  ['eastsu2', "model-lifecycle: 'eastsu2' is no region that is known here; did you mean eastus2?\n"],
  ['atlantis', "model-lifecycle: 'atlantis' is no region that is known here\n"],
  ['East US 2', ''],
])('the region %s', async (region, hint) => {
  const args = ['catalog', 'import', '--from', `${region}=${list}`, '--alone', '--listed-on', '2026-11-20'];
  const { status, stderr } = await runCommand(args);
  expect(status).toBe(0);
  expect(stderr.split('model-lifecycle: 1 model version')[0]).toBe(hint);
});

test('what Windows PowerShell redirects into a file is read: UTF-16 with a byte order mark', async () => {
  const path = join(folder, 'utf-16.json');
  for (const bytes of [
    Buffer.from(`\uFEFF${JSON.stringify([az])}`, 'utf16le'),
    Buffer.from(`\uFEFF${JSON.stringify([az])}`, 'utf16le').swap16(),
  ]) {
    writeFileSync(path, bytes);
    const args = ['catalog', 'import', '--from', path, '--alone', '--listed-on', '2026-11-20'];
    const { status, stdout } = await runCommand(args);
    expect([status, (JSON.parse(stdout) as { models: object[] }).models.length]).toEqual([0, 1]);
  }
});

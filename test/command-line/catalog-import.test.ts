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

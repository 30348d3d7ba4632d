import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runCommand } from './command-run';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'knowledge-configuration-')));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: object | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const LARK = { format: 'Acme', name: 'lark', version: '1', stage: 'preview', retirementDate: '2027-02-02' } as const;
const WREN = { ...LARK, name: 'wren' };
write('own.json', {
  schemaVersion: 1,
  sources: [{ name: 'list', asOf: '2026-11-20' }],
  models: [
    { ...LARK, source: 0 },
    { ...LARK, name: 'heron', cloud: 'usgovernment', source: 0 },
  ],
});
write('top.json', { schemaVersion: 1, asOf: '2026-11-21', models: [WREN] });

/** As the command names it: from the working directory. */
const placed = (name: string) => relative('.', join(folder, name));

const EXPLAIN = ['explain', 'lark'];
const COMPARE = ['compare', 'lark@1', 'wren@1'];
const STATUS = ['catalog', 'status'];

function configured(command: readonly string[], content: string, ...args: string[]) {
  return runCommand([...command, '--as-of', '2026-11-22', '--config', write('given.yaml', content), ...args]);
}

describe('explain, compare and catalog status know what a configuration file gives the commands that judge', () => {
  test.each<[string, readonly string[], string, string[], string]>([
    ['the catalogue', EXPLAIN, 'catalog: own.json', [], '  retires      2027-02-02, in 72 days'],
    ['the overlays', ['explain', 'wren'], 'overlays: [top.json]', [], '  known as of  2026-11-21 ('],
    ['the cloud', ['explain', 'heron'], 'catalog: own.json\ncloud: usgovernment', [], 'heron@1 (Acme)'],
    ['the catalogue', STATUS, 'catalog: own.json', [], `${placed('own.json')}: 1 entries`],
    ['the overlays', STATUS, 'overlays: [top.json]', [], `${placed('top.json')}: 1 entries`],
    ['the cloud', STATUS, 'cloud: usgovernment', [], 'Catalogue of the cloud Azure Government'],
    [
      'less than the command line',
      STATUS,
      'cloud: usgovernment',
      ['--cloud', 'public'],
      'Catalogue of the public cloud',
    ],
  ])('%s, %j of %j with %j', async (_, command, content, args, expected) => {
    const { status, stdout, stderr } = await configured(command, content, ...args);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(expected);
  });

  test('compare knows its models', async () => {
    expect((await configured(COMPARE, 'catalog: own.json\noverlays: [top.json]')).stderr).toBe('');
    expect((await configured(COMPARE, '{}')).stderr).toContain("the catalogue knows no model 'lark'");
  });

  test.each([[EXPLAIN], [COMPARE], [STATUS]])('%j refuses a file that cannot be used', async (command) => {
    expect(await configured(command, 'catalogue: own.json')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining("did you mean 'catalog'?") as string,
    });
    const missing = await configured(command, 'catalog: gone.json\noverlays: [gone-too.json]');
    expect(missing).toMatchObject({ status: 2, stdout: '' });
    expect(missing.stderr).toContain('these files do not exist:');
  });

  test('a file of the working directory is found, unless --no-config is given', async () => {
    const home = process.cwd();
    write('model-lifecycle.config.yaml', 'catalog: own.json\n');
    process.chdir(folder);
    try {
      expect((await runCommand([...EXPLAIN, '--as-of', '2026-11-22'])).status).toBe(0);
      expect(await runCommand([...EXPLAIN, '--as-of', '2026-11-22', '--no-config'])).toMatchObject({
        status: 2,
        stdout: '',
      });
    } finally {
      process.chdir(home);
    }
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'command-line-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

const BUNDLER = pathToFileURL(resolve(__dirname, '../../tools/command-line-bundle.mjs')).href;

/** Larger than what is put together with others. */
const LARGE = `export const large = ${JSON.stringify('x'.repeat(20_000))};`;

/** A command line in which two commands share a class, a counter and something large. */
const SOURCES = {
  'bin/model-lifecycle.ts': `
    const { run } = require('./program') as typeof import('./program');
    console.log(run(process.argv.slice(2)));`,
  'bin/program.ts': `
    import { count } from '../lib/counter';
    import { Refusal } from '../lib/refusal';
    const COMMANDS: Record<string, () => string> = {
      first: () => (require('./first') as typeof import('./first')).first(),
      second: () => (require('./second') as typeof import('./second')).second(),
      data: () => (require('../lib/words') as typeof import('../lib/words')).words(),
    };
    export function run(names: string[]): string {
      const answers = names.map((name) => {
        try {
          return COMMANDS[name]!();
        } catch (error) {
          return error instanceof Refusal ? error.message : (error as NodeJS.ErrnoException).code;
        }
      });
      return [...answers, count()].join(' ');
    }`,
  'bin/first.ts': `
    import { count } from '../lib/counter';
    import { large } from '../lib/large';
    export const first = () => 'first' + count() + large.length;`,
  'bin/second.ts': `
    import { count } from '../lib/counter';
    import { large } from '../lib/large';
    import { Refusal } from '../lib/refusal';
    export const second = (): string => { throw new Refusal('refused' + count() + large.length); };`,
  'lib/counter.ts': 'let calls = 0; export const count = () => ++calls;',
  'lib/refusal.ts': 'export class Refusal extends Error {}',
  'lib/large.ts': LARGE,
  'lib/words.ts': `export const words = (): string => require('./data/words.json').join('-');`,
  'lib/data/words.json': '["from", "lib"]',
};

function project(name: string, sources: Readonly<Record<string, string>>): string {
  const root = join(folder, name);
  for (const [file, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

function bundle(root: string): void {
  const script = `import { bundleCommandLine } from '${BUNDLER}'; await bundleCommandLine(${JSON.stringify(root)});`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', stdio: 'pipe' });
}

function run(root: string, ...args: string[]): string {
  return execFileSync(process.execPath, [join(root, 'dist/bin/model-lifecycle.js'), ...args], { encoding: 'utf8' });
}

describe('a bundle', () => {
  const root = project('whole', { ...SOURCES, 'dist/data/words.json': '["as", "shipped"]' });
  beforeAll(() => bundle(root));

  test('has one copy of a module, whoever loads it: its state and its classes are the same', () => {
    expect(run(root, 'first', 'second')).toBe('first120000 refused220000 3\n');
  });

  test('reads data where the package has them', () => {
    expect(run(root, 'data')).toBe('as-shipped 1\n');
  });

  test('holds what is large once, in a file of its own', () => {
    const holding = readdirSync(join(root, 'dist/bin')).filter((file) =>
      readFileSync(join(root, 'dist/bin', file), 'utf8').includes('x'.repeat(20_000)),
    );
    expect(holding).toEqual([expect.stringMatching(/^chunk-\w+\.js$/)]);
  });

  test('loads a command only when it is asked for', () => {
    const [first] = readdirSync(join(root, 'dist/bin')).filter((file) => file.startsWith('first-'));
    rmSync(join(root, 'dist/bin', first!));
    expect(run(root, 'second')).toBe('refused120000 2\n');
    expect(run(root, 'first')).toBe('MODULE_NOT_FOUND 1\n');
  });
});

test('a data file that the package does not have is refused', () => {
  const root = project('without-data', SOURCES);
  expect(() => bundle(root)).toThrow(
    'words.json is loaded by the command line and is not copied to dist/: see tools/build.mjs',
  );
  expect(existsSync(join(root, 'dist/bin'))).toBe(false);
});

test('an exported variable that changes is refused: a file that was split off has the value of its start', () => {
  const root = project('changing', {
    ...SOURCES,
    'lib/counter.ts': 'export let calls = 0; export const count = () => ++calls;',
  });
  expect(() => bundle(root)).toThrow(
    'lib/counter.ts exports a variable that changes: what was split off would not see that',
  );
});

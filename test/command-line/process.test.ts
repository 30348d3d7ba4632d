import { ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { buildSync } from 'esbuild';
import { change, planOf, RETIRED, STANDING } from './sample-plans';

type Running = ChildProcessByStdio<Writable, Readable, Readable>;

const folder = mkdtempSync(join(tmpdir(), 'command-line-process-'));
const cli = join(folder, 'model-lifecycle.js');

// Four processes of Node on a computer that does other things as well.
jest.setTimeout(30_000);

beforeAll(() => {
  buildSync({
    entryPoints: [resolve(__dirname, '../../bin/model-lifecycle.ts')],
    outfile: cli,
    bundle: true,
    platform: 'node',
    target: 'node20',
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(...args: string[]): Running {
  return spawn(process.execPath, [cli, ...args, '--as-of', '2026-11-21', '--no-config'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** What the process writes, gathered as it comes. */
function gathered(stream: Readable): { text: string } {
  const all = { text: '' };
  stream.setEncoding('utf8').on('data', (text: string) => (all.text += text));
  return all;
}

async function exitCodeOf(running: Running): Promise<number> {
  const [code] = (await once(running, 'close')) as [number];
  return code;
}

test('reads what is piped into it and prints the report, and nothing else', async () => {
  const running = start('review', '-');
  const [stdout, stderr] = [gathered(running.stdout), gathered(running.stderr)];
  running.stdin.end(STANDING);
  expect(await exitCodeOf(running)).toBe(1);
  expect(stdout.text).toContain('error model-retired: azurerm_cognitive_deployment.chat');
  expect(stderr.text).toBe('');
});

test('refuses an empty pipe, with the command that may have failed before it', async () => {
  const running = start('review', '-');
  const [stdout, stderr] = [gathered(running.stdout), gathered(running.stderr)];
  running.stdin.end();
  expect([await exitCodeOf(running), stdout.text]).toEqual([2, '']);
  expect(stderr.text).toContain("model-lifecycle: '-' is empty; a command before it may have failed");
});

test('ends with what it found when the reader of its output stops early', async () => {
  const many = Array.from({ length: 150 }, (_, index) => {
    const values = { ...RETIRED, name: `chat-${index}` };
    return change(`chat-${index}`, values, values);
  });
  writeFileSync(join(folder, 'many.json'), planOf(many));
  const running = start('review', 'many.json', '--format', 'json');
  const stderr = gathered(running.stderr);
  running.stdout.once('data', () => running.stdout.destroy());
  expect(await exitCodeOf(running)).toBe(1);
  expect(stderr.text).toBe('');
});

test('says on standard error that it waits, unless it is to be quiet', async () => {
  const [telling, quiet] = [start('review', '-'), start('review', '-', '--quiet')];
  const [told, untold] = [gathered(telling.stderr), gathered(quiet.stderr)];
  for (const { stdin } of [telling, quiet]) {
    stdin.write(STANDING.slice(0, 300));
  }
  while (told.text === '') {
    await once(telling.stderr, 'data');
  }
  for (const { stdin } of [telling, quiet]) {
    stdin.end(STANDING.slice(300));
  }
  const codes = [exitCodeOf(telling), exitCodeOf(quiet)];
  expect(await Promise.all(codes)).toEqual([1, 1]);
  expect(told.text).toMatch(/^(reading standard input: 0\.0 MB\n)+$/);
  expect(untold.text).toBe('');
});

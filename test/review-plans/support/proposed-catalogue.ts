import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the step did that proposes a catalogue. */
export interface Proposal {
  /** The arguments of each call of `gh`. */
  readonly calls: readonly string[];
  /** The catalogue on the branch of the remote; `undefined` where nothing was pushed. */
  readonly pushed?: string;
}

/** Runs the step with the real git in a repository whose catalogue is `{"old":true}`, and a `gh` that writes down its calls. */
export function proposed(
  script: string,
  { open, catalog }: { readonly open: string; readonly catalog: string },
): Proposal {
  const folder = mkdtempSync(join(tmpdir(), 'proposed-catalogue-'));
  const [remote, work, tools, temporary] = ['remote', 'work', 'tools', 'temporary'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const log = join(folder, 'calls');
  const environment = {
    PATH: `${tools}:${process.env.PATH}`,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    RUNNER_TEMP: temporary,
    CATALOG: 'models/catalog.json',
    BASE: 'main',
    BRANCH: 'model-catalogue',
    CALLS: log,
    OPEN: open,
  };
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', ...args], {
      cwd: existsSync(work) ? work : folder,
      encoding: 'utf8',
      env: environment,
      stdio: 'pipe',
    });
  try {
    git('init', '--quiet', '--bare', '--initial-branch=main', remote);
    git('init', '--quiet', '--initial-branch=main', work);
    write(join(work, 'models'), 'catalog.json', '{"old":true}');
    git('add', '.');
    git('commit', '--quiet', '--message', 'before');
    git('remote', 'add', 'origin', remote);
    write(join(temporary, 'catalogue'), 'catalog.json', catalog);
    write(tools, 'gh', '#!/bin/sh\necho "$*" >> "$CALLS"\nif [ "$2" = list ]; then echo "$OPEN"; fi\n');
    chmodSync(join(tools, 'gh'), 0o755);
    execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: work, env: environment, stdio: 'pipe' });
    const calls = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
    const isPushed = git('ls-remote', 'origin', 'model-catalogue') !== '';
    return { calls, ...(isPushed && { pushed: git('-C', remote, 'show', 'model-catalogue:models/catalog.json') }) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

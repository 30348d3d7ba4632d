import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs the step that writes the issue, with a `gh` that writes down its calls and knows one open issue, or none. */
export function toldInventory(
  script: string,
  { status, open }: { readonly status: string; readonly open: string },
): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'told-inventory-'));
  const [gh, log] = [join(folder, 'gh'), join(folder, 'calls')];
  try {
    writeFileSync(gh, '#!/bin/sh\necho "$*" >> "$CALLS"\nif [ "$2" = list ]; then echo "$OPEN"; fi\n');
    chmodSync(gh, 0o755);
    const environment = { CALLS: log, OPEN: open, STATUS: status, TITLE: 'Model inventory', RUNNER_TEMP: '/runner' };
    execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      env: { PATH: `${folder}:${process.env.PATH}`, ...environment },
      stdio: 'pipe',
    });
    return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(1) : [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the step did that makes the inventory. */
export interface MadeInventory {
  readonly status: number | null;
  /** Arguments of the command; the folder of the runner is `RUNNER`. */
  readonly args: string;
  readonly summary: string;
  readonly output: string;
}

/** Runs the step that makes the inventory, with a command that writes its Markdown and ends with the code. */
export function madeInventory(script: string, code: number): MadeInventory {
  const folder = mkdtempSync(join(tmpdir(), 'made-inventory-'));
  const [binaries, states] = [join(folder, 'reviewer/node_modules/.bin'), join(folder, 'states')];
  const files = {
    CALLS: join(folder, 'calls'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    GITHUB_OUTPUT: join(folder, 'output'),
  };
  try {
    [binaries, states].forEach((each) => mkdirSync(each, { recursive: true }));
    ['production', 'staging'].forEach((name) => writeFileSync(join(states, `${name}.json`), '{}'));
    const command = join(binaries, 'model-lifecycle');
    writeFileSync(
      command,
      `#!/bin/sh\necho "$*" > "$CALLS"\necho table > "$RUNNER_TEMP/inventory/inventory.md"\nexit ${code}\n`,
    );
    chmodSync(command, 0o755);
    const { status } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      env: { PATH: process.env.PATH, RUNNER_TEMP: folder, ...files },
    });
    const read = (file: string) =>
      existsSync(file) ? readFileSync(file, 'utf8').replaceAll(folder, 'RUNNER').trimEnd() : '';
    return {
      status,
      args: read(files.CALLS),
      summary: read(files.GITHUB_STEP_SUMMARY),
      output: read(files.GITHUB_OUTPUT),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

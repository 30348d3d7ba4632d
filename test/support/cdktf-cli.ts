import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** What a command ended with. */
export interface CommandOutcome {
  readonly status: number | null;
  readonly output: string;
  /** Folder that the command wrote into. */
  readonly folder: string;
}

type Variables = Readonly<Record<string, string>>;

/** Runs the real `cdktf synth` on an app of this repository. */
export function cdktfSynth(app: string, variables: Variables = {}): CommandOutcome {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-synth-'));
  const cdktf = join(ROOT, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf');
  return run([cdktf, 'synth', '--app', `node -r ts-node/register ${app}`, '--output', folder], folder, variables);
}

/** Runs an app of this repository under plain node with ts-node. */
export function nodeApp(app: string, variables: Variables = {}): CommandOutcome {
  const folder = mkdtempSync(join(tmpdir(), 'node-app-'));
  return run(['-r', 'ts-node/register', app], folder, { CDKTF_OUTDIR: folder, ...variables });
}

function run(args: readonly string[], folder: string, variables: Variables): CommandOutcome {
  const inherited = { ...process.env };
  delete inherited.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
  delete inherited.MODEL_LIFECYCLE_AS_OF;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...inherited, CI: '1', CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null', ...variables },
  });
  return { status, output: stdout + stderr, folder };
}

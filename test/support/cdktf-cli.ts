import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '../..');

/** What a command ended with. */
export interface CommandOutcome {
  readonly status: number | null;
  readonly output: string;
  /** Folder that the command wrote into. */
  readonly folder: string;
}

type Variables = Readonly<Record<string, string>>;

/** An app of this repository with the library in one file, for tests that start it again and again: ts-node compiles at each start. */
export function compiledApp(app: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-app-'));
  const outfile = join(folder, `${basename(app, extname(app))}.js`);
  const options = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  } as const;
  buildSync({ ...options, absWorkingDir: ROOT, entryPoints: [app], outfile });
  return outfile;
}

function nodeArguments(app: string): string[] {
  return extname(app) === '.ts' ? ['-r', 'ts-node/register', app] : [app];
}

/** Runs the real `cdktf synth` on an app of this repository: TypeScript through ts-node, or what `compiledApp` made of it. */
export function cdktfSynth(app: string, variables: Variables = {}): CommandOutcome {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-synth-'));
  const cdktf = join(ROOT, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf');
  const command = ['node', ...nodeArguments(app)].join(' ');
  return run([cdktf, 'synth', '--app', command, '--output', folder], folder, variables);
}

/** Runs such an app under plain node. */
export function nodeApp(app: string, variables: Variables = {}): CommandOutcome {
  const folder = mkdtempSync(join(tmpdir(), 'node-app-'));
  return run(nodeArguments(app), folder, { CDKTF_OUTDIR: folder, ...variables });
}

function run(args: readonly string[], folder: string, variables: Variables): CommandOutcome {
  const inherited = { ...process.env };
  delete inherited.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
  delete inherited.MODEL_LIFECYCLE_AS_OF;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      ...{ ...inherited, CI: '1', CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' },
      // A compiled app stands outside of this repository.
      NODE_PATH: join(ROOT, 'node_modules'),
      ...variables,
    },
  });
  return { status, output: stdout + stderr, folder };
}

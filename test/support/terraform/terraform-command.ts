import { execFile, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';

/** What a run of terraform left behind. */
export interface TerraformRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether there is a terraform on the PATH that runs. */
export function terraformAvailable(inherited: NodeJS.ProcessEnv = process.env): boolean {
  return spawnSync('terraform', ['version', '-json'], { env: environment(inherited) }).status === 0;
}

/**
 * `describe` where terraform is installed; elsewhere the tests are skipped, and a line on stderr says so: what did not run
 * must not look as if it had passed.
 */
export function describeWithTerraform(name: string, tests: () => void): void {
  if (terraformAvailable()) {
    describe(name, tests);
    return;
  }
  // Not console.warn: jest drops the console of a file whose tests are all skipped.
  process.stderr.write(`\nNOT RUN: terraform is not installed, so nothing was planned or applied: ${name}\n`);
  describe.skip(name, tests);
}

/** Runs terraform without network, without settings of the machine's user, and never asking anything. */
export function runTerraform(
  directory: string,
  commandLine: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<TerraformRun> {
  return new Promise((resolve, reject) => {
    const options = { cwd: directory, env: { ...environment(process.env), ...settings }, maxBuffer: 256 * 1024 * 1024 };
    execFile('terraform', [...commandLine], options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') {
        reject(error);
      } else {
        resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr });
      }
    });
  });
}

/** Nothing of the caller's Terraform or Azure settings reaches terraform. */
function environment(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const unrelated = Object.entries(inherited).filter(([name]) => !/^(TF|ARM|AZURE|CDKTF)_/.test(name));
  return {
    ...Object.fromEntries(unrelated),
    TF_CLI_CONFIG_FILE: devNull,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    // A run is over before collecting garbage pays.
    GOGC: '400',
  };
}

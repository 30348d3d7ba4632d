import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PipelineFile, pipelineFile, scriptOf } from './support/pipeline-files';

const PLAN_REVIEW = pipelineFile('github-plan-review.yml');
const TERRAFORM_REVIEW = pipelineFile('github-terraform-review.yml');
const FORK_REVIEW = pipelineFile('github-fork-review.yml');
const AZURE_REVIEW = pipelineFile('azure-pipelines-plan-review.yml');
const REVIEWS = [PLAN_REVIEW, TERRAFORM_REVIEW];
const REPORT = '<!-- the first line of the report -->\nLook.';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipelines-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a command of the test's own before those of the computer, or at a place where a script looks for it. */
function command(script: string, place = 'bin/npx'): void {
  const file = join(folder, place);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/bash\n${script}`, { mode: 0o755 });
}

function runStep(file: PipelineFile, step: string, env: Readonly<Record<string, string>> = {}) {
  return spawnSync('bash', ['--norc', '-e', '-o', 'pipefail', '-c', scriptOf(file, step)], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      RUNNER_TEMP: folder,
      AGENT_TEMPDIRECTORY: folder,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...env,
    },
  });
}

/** Runs a review whose command ends with a code. */
function runReview(file: PipelineFile, code: number, reports: boolean) {
  const report = reports ? `printf '%s\\n' '${REPORT}' > reports/review.md\n` : '';
  for (const place of ['bin/npx', 'reviewer/node_modules/.bin/model-lifecycle']) {
    command(`printf '%s\\n' "$*" > arguments\n${report}exit ${code}\n`, place);
  }
  const { status, stdout } = runStep(file, 'Review');
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
  return { status, stdout, output: read('output'), summary: read('summary') };
}

describe('a review in the plan workflow', () => {
  const ends = (codes: readonly number[]) =>
    REVIEWS.flatMap((file) => codes.map((code) => ({ name: file.name, file, code })));

  test.each(ends([0, 1, 3]))('of $name that ends with $code is handed on, and the step passes', ({ file, code }) => {
    const { status, output, summary } = runReview(file, code, true);
    expect({ status, output, summary }).toEqual({ status: 0, output: `status=${code}\n`, summary: `${REPORT}\n` });
  });

  test.each(ends([2, 127, 139]))('of $name that ends with $code could not be made, and the step fails', (end) => {
    expect(runReview(end.file, end.code, false)).toMatchObject({ status: end.code, output: '', summary: '' });
  });

  test.each([
    ['0', 0],
    ['1', 1],
    ['3', 1],
    ['', 1],
  ])('of status %j makes the verdict end with %i', (STATUS, code) => {
    const verdict = (file: PipelineFile) =>
      spawnSync('bash', ['--norc', '-e', '-c', scriptOf(file, 'Verdict')], { env: { PATH: process.env.PATH, STATUS } })
        .status;
    expect([...REVIEWS, AZURE_REVIEW].map(verdict)).toEqual([code, code, code]);
  });

  test.each([
    [1, 0, '##vso[task.setvariable variable=reviewStatus;isOutput=true]1\n'],
    [2, 2, ''],
  ])('on Azure that ends with %i makes the step end with %i', (code, status, said) => {
    const run = runReview(AZURE_REVIEW, code, true);
    expect({ status: run.status, said: run.stdout.replace(/##vso\[task\.uploadsummary\].*\n/, '') }).toEqual({
      status,
      said,
    });
  });

  test.each([0, 1, 2])('of a fork that ends with %i makes the job end so', (code) => {
    expect(runReview(FORK_REVIEW, code, false).status).toBe(code);
  });
});

describe('the plans', () => {
  const secret = 'what terraform prints of a plan';

  beforeEach(() => {
    command(`printf '%s\\n' "$*" >> calls\necho '${secret}'\n[ "$CODE" = 0 ] || exit "$CODE"\n`, 'bin/terraform');
  });

  test('are one for each root module, without a lock, for nobody else to read, and stand in no log', () => {
    const ROOTS = 'infra/staging infra/production';
    const { status, stdout, stderr } = runStep(TERRAFORM_REVIEW, 'Plan every root module', { ROOTS, CODE: '0' });
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'Planning infra/staging\nPlanning infra/production\n',
      stderr: '',
    });
    expect(readFileSync(join(folder, 'calls'), 'utf8').split('\n').slice(0, 3)).toEqual([
      '-chdir=infra/staging init -input=false -no-color -lockfile=readonly',
      `-chdir=infra/staging plan -input=false -no-color -lock=false -out=${folder}/plans/infra-staging.tfplan`,
      `-chdir=infra/staging show -json ${folder}/plans/infra-staging.tfplan`,
    ]);
    expect(readFileSync(join(folder, 'plans/infra-production.json'), 'utf8')).toBe(`${secret}\n`);
    expect(statSync(join(folder, 'plans/infra-production.json')).mode & 0o777).toBe(0o600);
    expect(runStep(TERRAFORM_REVIEW, 'Remove the plans').status).toBe(0);
    expect(existsSync(join(folder, 'plans'))).toBe(false);
  });

  test.each([
    [PLAN_REVIEW, 'Plan every stack'],
    [TERRAFORM_REVIEW, 'Plan every root module'],
  ])('%#: end the step where one cannot be made', (file, step) => {
    const { status, stdout } = runStep(file, step, { ROOTS: 'a b', CODE: '1' });
    expect({ status, planned: stdout.split('\n').length, told: stdout.includes(secret) }).toEqual({
      status: 1,
      planned: 2,
      told: false,
    });
  });
});

describe('what a fork hands over', () => {
  const write = (name: string, text = '{}') => {
    mkdirSync(dirname(join(folder, 'fork', name)), { recursive: true });
    writeFileSync(join(folder, 'fork', name), text);
  };

  beforeEach(() => {
    write('manifest.json');
    write('stacks/a stack with spaces/cdk.tf.json');
  });

  test('is read where it is the output of cdktf synth', () => {
    expect(runStep(FORK_REVIEW, 'Inspect what the fork made')).toMatchObject({ status: 0, stdout: '' });
  });

  test.each<[string, () => void]>([
    ['another file', () => write('model-lifecycle.config.yaml')],
    ['another file of a stack', () => write('stacks/a/package.json')],
    ['a file with a line break for a name', () => write('stacks/a/b\n::error::c')],
    ['a link', () => symlinkSync('/etc/passwd', join(folder, 'fork/stacks/cdk.tf.json'))],
    ['a link to a folder', () => symlinkSync('/etc', join(folder, 'fork/stacks/etc'))],
    ['too many files', () => Array.from({ length: 200 }, (_, index) => write(`stacks/${index}/cdk.tf.json`))],
    ['too much', () => truncateSync(join(folder, 'fork/manifest.json'), 100_000_001)],
  ])('is refused where it has %s', (_, make) => {
    make();
    expect(runStep(FORK_REVIEW, 'Inspect what the fork made')).toMatchObject({
      status: 2,
      stdout:
        '::error::The artifact of the fork is not the output of cdktf synth, or larger than 200 files or 100 MB.\n',
    });
  });
});

describe('Terraform on Azure', () => {
  const install = (TERRAFORM_SHA256: string) => {
    command('printf archive > "${@: -2:1}"\n', 'bin/curl');
    command('true\n', 'bin/unzip');
    return runStep(AZURE_REVIEW, 'Terraform', { TERRAFORM_VERSION: '1.11.4', TERRAFORM_SHA256 });
  };

  test('is what the checksum says', () => {
    const { status, stdout } = install(createHash('sha256').update('archive').digest('hex'));
    expect({ status, path: stdout.split('\n')[1] }).toEqual({
      status: 0,
      path: `##vso[task.prependpath]${folder}/terraform`,
    });
  });

  test('is not installed where it is anything else', () => {
    const { status, stdout } = install('0'.repeat(64));
    expect({ status, installed: stdout.includes('prependpath') }).toEqual({ status: 1, installed: false });
  });
});

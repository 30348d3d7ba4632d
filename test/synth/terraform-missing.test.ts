import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { terraformAvailable } from '../support/terraform/terraform-command';

const ROOT = join(__dirname, '../..');

test('terraform is not found on a PATH that does not lead to it', () => {
  expect(terraformAvailable({ PATH: '' })).toBe(false);
});

test('without terraform its tests are skipped, not passed, and say so', () => {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const run = spawnSync(process.execPath, [jest, 'test/synth/terraform-bench', '--silent=false'], {
    cwd: ROOT,
    env: { ...process.env, PATH: '' },
    encoding: 'utf8',
  });
  expect(run.status).toBe(0);
  expect(run.stderr).toContain(
    'NOT RUN: terraform is not installed, so nothing was planned or applied: terraform over the stand-in provider',
  );
  expect(run.stdout).toMatch(/\n0 passed, 0 failed, \d+ skipped\n/);
}, 60_000);

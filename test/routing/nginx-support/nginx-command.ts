import { spawnSync } from 'node:child_process';

/** PATH with the folder in which Debian keeps nginx, which is not on everybody's. */
export const SEARCH_PATH = `${process.env.PATH ?? ''}:/usr/sbin`;

/** Whether nginx, and openssl for the certificates of the orchestrators, are installed. */
export function nginxAvailable(path: string = SEARCH_PATH): boolean {
  const runs = (command: string, argument: string) =>
    spawnSync(command, [argument], { env: { ...process.env, PATH: path } }).status === 0;
  return runs('nginx', '-v') && runs('openssl', 'version');
}

/**
 * `describe` where nginx is installed; elsewhere the tests are skipped, and a line on stderr says so: what did not run must
 * not look as if it had passed.
 */
export function describeWithNginx(name: string, tests: () => void): void {
  if (nginxAvailable()) {
    // A test starts up to six of them, each with two workers, on a machine that may have other things to do.
    jest.setTimeout(60_000);
    describe(name, tests);
    return;
  }
  // Not console.warn: jest drops the console of a file whose tests are all skipped.
  process.stderr.write(`\nNOT RUN: nginx or openssl is not installed, so no configuration of it was tried: ${name}\n`);
  describe.skip(name, tests);
}

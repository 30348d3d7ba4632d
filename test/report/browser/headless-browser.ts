import { existsSync } from 'node:fs';
import { Browser, launch } from 'puppeteer-core';

/** Where Debian's package `chromium-headless-shell` and others put a browser without a window. */
const PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/google-chrome'];

export function browserPath(places: readonly string[] = PLACES): string | undefined {
  return places.find((place) => existsSync(place));
}

/**
 * `describe` with a real browser, where one is installed; elsewhere the tests are skipped, and a line on stderr says so: what
 * did not run must not look as if it had passed.
 */
export function describeWithBrowser(name: string, tests: (browser: () => Browser) => void): void {
  const executablePath = browserPath();
  if (executablePath === undefined) {
    // Not console.warn: jest drops the console of a file whose tests are all skipped.
    process.stderr.write(`\nNOT RUN: chromium-headless-shell is not installed, so no page was opened: ${name}\n`);
    describe.skip(name, () => tests(() => undefined as never));
    return;
  }
  // A browser starts in a second, on a machine that has nothing else to do.
  jest.setTimeout(60_000);
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      // Chromium has no sandbox for root, as which containers run.
      browser = await launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    });
    afterAll(async () => {
      await browser.close();
    });
    tests(() => browser);
  });
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser } from 'puppeteer-core';
import { htmlReport } from '../../../lib/report/html-report';
import { RunReport } from '../../../lib/report/run-report';
import { CLEAN, HOSTILE_TEXTS, hostileReport, manyFindings, MODEL_CHANGE, UNKNOWNS } from '../sample-reports';
import { browserPath, describeWithBrowser } from './headless-browser';

const folder = mkdtempSync(join(tmpdir(), 'html-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Opening {
  readonly report: RunReport;
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** What the page asks for, complains about and looks like; it is opened as a manager opens it, from a file. */
async function opened(browser: Browser, { report, width, scheme }: Opening) {
  const file = join(folder, 'report.html');
  writeFileSync(file, htmlReport(report));
  const page = await browser.newPage();
  const events: string[] = [];
  page.on('console', (message) => events.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => events.push(`error: ${String(error)}`));
  page.on('dialog', (dialog) => {
    events.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => events.push(`request: ${request.url().split('/').at(-1)!}`));
  page.on('requestfailed', (request) => events.push(`failed: ${request.url()}`));
  await page.setViewport({ width, height: 800 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(pathToFileURL(file).href);
  const seen = (await page.evaluate(PAGE_FACTS)) as {
    readonly width: number;
    readonly foreign: string[];
    readonly headings: string[];
    readonly contrast: number;
    readonly ground: string;
    readonly unscoped: number;
  };
  await page.close();
  return { events, ...seen };
}

/** Runs in the page: what it shows, and the lowest contrast of a text on the ground behind it. */
const PAGE_FACTS = `(() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const texts = [...document.querySelectorAll('body *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''));
  const ratios = texts.map((element) => {
    const [a, b] = [getComputedStyle(element).color, groundOf(element)].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
  return {
    width: document.documentElement.scrollWidth,
    foreign: [...document.querySelectorAll('script,img,iframe,link,a,form,object,base,svg *,[style],[onload],[onerror],[onmouseover]')]
      .map((element) => element.tagName.toLowerCase()).filter((name) => name !== 'rect'),
    headings: [...document.querySelectorAll('h1,h2')].map((heading) => heading.textContent),
    contrast: Math.min(...ratios),
    ground: getComputedStyle(document.body).backgroundColor,
    unscoped: document.querySelectorAll('th:not([scope])').length,
  };
})()`;

/** Everything that takes effect in some format, in every place of one report. */
const EVERYTHING = Object.values(HOSTILE_TEXTS)
  .map((text) => text.slice(0, 300))
  .join(' ');

const REPORTS: readonly (readonly [string, RunReport])[] = [
  ['nothing to tell', CLEAN],
  ['a change of model', MODEL_CHANGE],
  ['what is not known', UNKNOWNS],
  ['hostile texts', hostileReport(EVERYTHING)],
];

const VIEWS = REPORTS.flatMap(([name, report]) => [
  { name, report, width: 360, scheme: 'dark' as const },
  { name, report, width: 1280, scheme: 'light' as const },
]);

describeWithBrowser('the page in a real browser', (browser) => {
  test.each(VIEWS)('of $name fits $width pixels, asks for nothing and can be read, $scheme', async (view) => {
    const { events, width, foreign, contrast, unscoped, ground } = await opened(browser(), view);
    expect({ events, width, foreign, unscoped }).toEqual({
      events: ['request: report.html'],
      width: view.width,
      foreign: [],
      unscoped: 0,
    });
    expect(contrast).toBeGreaterThanOrEqual(4.5);
    expect(ground).toBe(view.scheme === 'dark' ? 'rgb(15, 19, 24)' : 'rgb(246, 247, 249)');
  });

  test('has the verdict first and a heading for each part', async () => {
    const { headings } = await opened(browser(), { report: MODEL_CHANGE, width: 1280, scheme: 'light' });
    expect(headings).toEqual(['Model review', 'Changes', 'Releases', 'Findings', 'Traffic', 'Retirements']);
  });

  test('opens a report of more findings than it lists, which says what it leaves out', async () => {
    const { events, width } = await opened(browser(), { report: manyFindings(301), width: 360, scheme: 'light' });
    expect([events, width]).toEqual([['request: report.html'], 360]);
  });
});

test('a browser that is not installed is not found', () => {
  expect(browserPath(['/no/such/browser'])).toBeUndefined();
});

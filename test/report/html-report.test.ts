import { createHash } from 'node:crypto';
import { htmlReport } from '../../lib/report/html-report';
import { html, styleElement } from '../../lib/report/html-template';
import { CHECKED, CLEAN, manyFindings, MINOR_WITH_PROMPT, MINOR_WITHOUT_PROMPT, MODEL_CHANGE } from './sample-reports';

/** The words of a page, without its markup. */
function words(page: string): string {
  return page
    .replace(/<style>[^]*<\/style>/u, '')
    .replace(/<[^>]+>/gu, ' ')
    .replace(/&#39;/gu, "'")
    .replace(/\s+/gu, ' ');
}

describe('a template', () => {
  test.each([
    ['<script>', '&lt;script&gt;'],
    ['&amp;', '&amp;amp;'],
    [`"'\``, '&quot;&#39;&#96;'],
    ['a\nb\u202ec', 'a\\u{a}b\\u{202e}c'],
    [12, '12'],
    [undefined, ''],
    [['<', 1, ['>']], '&lt;1&gt;'],
  ])('writes %j as %s', (value, markup) => {
    expect(html`<b title="${value}">${value}</b>`.toString()).toBe(`<b title="${markup}">${markup}</b>`);
  });

  test('takes what another template made as it is', () => {
    expect(html`<p>${[html`<b>${'<'}</b>`, '<']}</p>`.toString()).toBe('<p><b>&lt;</b>&lt;</p>');
  });

  test('has no way to take text for markup', () => {
    const forged = { toString: () => '<script>' } as never;
    expect(() => html`${forged}`).toThrow(TypeError);
    expect(() => styleElement('</style><script>')).toThrow('A style sheet with < could end its element.');
  });
});

describe('the page', () => {
  test('lets a browser load and run nothing but its own style sheet', () => {
    const page = htmlReport(MODEL_CHANGE);
    const sheet = /<style>([^]*)<\/style>/u.exec(page)![1]!;
    const hash = createHash('sha256').update(sheet).digest('base64');
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(sheet).not.toMatch(/url\(|@import/u);
  });

  test('says what changes, why, and what changes along with it', () => {
    const text = words(htmlReport(MINOR_WITH_PROMPT));
    expect(text).toContain('gpt-4o@2024-08-06 → gpt-4o@2024-11-20 on Standard created beside the old one');
    expect(text).toContain('required: gpt-4o@2024-08-06 retires on 2026-12-09, in 18 days');
    expect(text).toContain("☑ prompt (check), in this plan: prompt 'system' has another text");
    expect(text).toContain('☐ orchestration logic (check), not in this plan: the image is the same');
    expect(text).toContain('assistant-0dd5ee1f0042 stable 100 % 90 % gpt-4o@2024-08-06 retiring');
    expect(text).toContain('text-embedding-3-large@1 on Standard not before 2027-04-14 144 days left');
  });

  test('says once what is not visible of several breadths, and what its words mean', () => {
    const text = words(htmlReport(MINOR_WITHOUT_PROMPT));
    expect(text).toContain(
      '? model config (check), prompt (check), orchestration logic (check), grounding data (check), not visible: no release under review binds it',
    );
    expect(text).toContain(
      'What the words mean Scope: how far the new model is from the old one Driver: required where',
    );
    expect(words(htmlReport(CLEAN))).not.toContain('What the words mean');
  });

  test('of no change has a verdict, figures and dates', () => {
    const text = words(htmlReport(CLEAN));
    expect(text).toContain(
      '✔ Go nothing about models changes, and nothing is wrong 0 errors 0 warnings 0 notes 0 findings that cannot be told 0 carried over 0 waived Retirements',
    );
    expect(text).not.toContain('Findings');
  });

  test('folds up what stands by agreement', () => {
    const page = htmlReport(CHECKED);
    expect(words(page)).toContain('1 carried over (do not fail) azurerm_cognitive_deployment.chat');
    expect(words(page)).toContain('Waived until 2026-12-01 by team-assistants: a demonstration that nobody depends on');
    expect(page.match(/<details>/gu)).toHaveLength(2);
    expect(page).toContain('<h1>Model check</h1>');
  });

  test('says how much it leaves out', () => {
    const page = htmlReport(manyFindings(400));
    expect(page.match(/<p class="quiet">and \d+ more<\/p>/gu)).toEqual([
      '<p class="quiet">and 100 more</p>',
      '<p class="quiet">and 100 more</p>',
      '<p class="quiet">and 20 more</p>',
      '<p class="quiet">and 100 more</p>',
      '<p class="quiet">and 100 more</p>',
    ]);
  });
});

import { codeSpan, sentence, tableRow } from '../../lib/report/markdown-text';

describe('a name as code', () => {
  test.each([
    ['chat', '`chat`'],
    ['@octocat #1 GH-1 :x:', '`@octocat #1 GH-1 :x:`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a``b`c', '```a``b`c```'],
    [' a ', '`  a  `'],
    ['', '(empty)'],
    ['  ', '(empty)'],
    ['one\ntwo', '`one\\u{a}two`'],
    // cmark takes no more than 80 backticks for a fence: such a run would not be code at all.
    ['`'.repeat(9), `\`${'\\u{60}'.repeat(9)}\``],
    ['x'.repeat(161), `\`${'x'.repeat(160)}…\``],
    ['##vso[x]y', '`##vso\\u{5b}x]y`'],
  ])('%j is %s', (text, markdown) => {
    expect(codeSpan(text)).toBe(markdown);
  });
});

describe('a sentence', () => {
  test.each([
    ['it retired', 'it retired'],
    ['retires on 2026-12-09, in 18 days', 'retires on 2026-12-09, in 18 days'],
    ['10 % of the traffic moves', '10 % of the traffic moves'],
    ["don't; (really)", "don't; (really)"],
    ['gpt-4o@2024-08-06 on Standard', '`gpt-4o@2024-08-06` on Standard'],
    ['deploy gpt-5.1@2025-11-13, then go', 'deploy `gpt-5.1@2025-11-13`, then go'],
    ['ask @octocat about #12 now', 'ask `@octocat` about `#12` now'],
    ['see GH-12 or ABC-3', 'see `GH-12` or `ABC-3`'],
    ['see www.example.invalid', 'see `www.example.invalid`'],
    ['see https://example.invalid.', 'see `https://example.invalid`.'],
    ['commit deadbeef1', 'commit `deadbeef1`'],
    ['so :rocket: fast', 'so `:rocket`: fast'],
    ['1. one', '`1`. one'],
    ['- item', '`-` item'],
    ['[x] done', '`[x]` done'],
    ['*very* _much_', '`*very* _much_`'],
    ["deployment 'chat' (gpt-5.1@2025-11-13): gone", "deployment `'chat'` (`gpt-5.1@2025-11-13`): gone"],
    ['not everything (-target, or more)', 'not everything (`-target`, or more)'],
    ['f(a_b) and (f(a_b))', '`f(a_b)` and (`f(a_b)`)'],
    ['a_b, c_d', '`a_b`, `c_d`'],
    ['()', '`()`'],
    ['  ', '(empty)'],
    ['部署 chat', '`部署` chat'],
  ])('%j is %s', (text, markdown) => {
    expect(sentence(text)).toBe(markdown);
  });
});

describe('a row of a table', () => {
  test.each([
    ['a|b', '| `a\\|b` |'],
    // Whether a backslash before an escaped pipe is itself an escape differs between readers.
    ['a\\|b', '| `a\\u{5c}\\|b` |'],
    ['a\\\\|b', '| `a\\u{5c}\\u{5c}\\|b` |'],
    ['a\\', '| `a\\` |'],
  ])('keeps %j in its cell', (text, row) => {
    expect(tableRow([codeSpan(text)])).toBe(row);
  });
});

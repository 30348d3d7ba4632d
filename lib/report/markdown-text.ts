import { abridgedTo } from '../contracts/printable';
import { inertText } from './inert-text';

/**
 * Text in Markdown in which nothing takes effect. GitHub leaves code alone when it looks for mentions, references to issues
 * and commits, and emoji, and so do others; so whatever is not plainly harmless stands in code spans
 * (https://github.github.com/gfm/#code-spans).
 */

const LONGEST_NAME = 160;
const LONGEST_SENTENCE = 600;

/** cmark knows no run of more than 80 (https://github.com/github/cmark-gfm/blob/master/src/inlines.c, MAXBACKTICKS). */
const LONG_RUN = /`{9,}/gu;

/** A pipe is escaped by a backslash even in code; what a backslash in front of that means is not the same everywhere. */
const ESCAPED_PIPE = /\\+(?=\|)/gu;

/** A word that no dialect of Markdown takes for anything but itself. */
const HARMLESS_WORD = /^\(?[\p{Script=Latin}\p{Nd}]+(?:['’,./%-][\p{Script=Latin}\p{Nd}]+)*$/u;
const HARMLESS_SIGNS: ReadonlySet<string> = new Set(['%', '→', '–']);
const LONGEST_WORD = 40;

/** `www.` makes links, `GH-12` and `ABC-12` references, hexadecimal numbers commits. */
const EFFECTIVE_WORD = /^\(?www\.|[a-z]-\d|[0-9a-f]{7,}/iu;

const LIST_NUMBER = /^\d+[.)]$/u;

const TRAILING = /[,;:.)]*$/u;

/** A name of somebody else's making, whole, as code. */
export function codeSpan(text: string): string {
  return asCode(inertText(abridgedTo(LONGEST_NAME, text)));
}

/** A sentence with somebody else's words in it: words that might take effect are code, the others are text. */
export function sentence(text: string, longest: number = LONGEST_SENTENCE): string {
  const words = inertText(abridgedTo(longest, text)).trim().split(/ +/u);
  const parts: SentencePart[] = [];
  for (const word of words.map(partOf)) {
    const last = parts.at(-1);
    if (last?.isCode && word.isCode && last.behind === '' && word.before === '') {
      parts[parts.length - 1] = { ...last, core: `${last.core} ${word.core}`, behind: word.behind };
    } else {
      parts.push(word);
    }
  }
  return parts.map(({ before, core, behind, isCode }) => `${before}${isCode ? asCode(core) : core}${behind}`).join(' ');
}

/** A word, or several that are code together. */
interface SentencePart {
  /** Brackets and punctuation read better outside of code. */
  readonly before: string;
  readonly core: string;
  readonly behind: string;
  readonly isCode: boolean;
}

function partOf(word: string): SentencePart {
  if (isHarmless(word)) {
    return { before: '', core: word, behind: '', isCode: false };
  }
  const before = word.startsWith('(') ? '(' : '';
  const behind = TRAILING.exec(word.slice(before.length))![0];
  const core = word.slice(before.length, word.length - behind.length);
  // `f(x)` keeps its brackets together.
  const closing = Math.max(0, core.split('(').length - core.split(')').length);
  const taken = behind.startsWith(')'.repeat(closing)) ? closing : 0;
  return core === ''
    ? { before: '', core: word, behind: '', isCode: true }
    : { before, core: core + behind.slice(0, taken), behind: behind.slice(taken), isCode: true };
}

/** What stands in the cell of a table: the same, with pipes that do not end the cell. */
function inCell(markdown: string): string {
  return markdown.replace(ESCAPED_PIPE, (run) => '\\u{5c}'.repeat(run.length)).replaceAll('|', '\\|');
}

/** A row of a table; cells are Markdown of this project's making, with what others wrote already as code. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(inCell).join(' | ')} |`;
}

export function tableHead(titles: readonly string[]): string {
  return `${tableRow(titles)}\n|${'---|'.repeat(titles.length)}`;
}

function isHarmless(word: string): boolean {
  if (HARMLESS_SIGNS.has(word)) {
    return true;
  }
  const core = word.replace(TRAILING, '');
  const isOneWord = core.length <= LONGEST_WORD && HARMLESS_WORD.test(core);
  return isOneWord && !EFFECTIVE_WORD.test(core) && !LIST_NUMBER.test(word);
}

function asCode(text: string): string {
  const shown = text.replace(LONG_RUN, (run) => '\\u{60}'.repeat(run.length));
  if (shown.trim() === '') {
    return '(empty)';
  }
  const longest = Math.max(0, ...[...shown.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^[` ]|[` ]$/u.test(shown) ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/**
 * What must not reach a terminal or a log as it is: control characters (line breaks included), and the marks that
 * reorder or hide text (Unicode TR36, https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing).
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

const LONGEST_QUOTATION = 120;

/** The text with every character that could disturb a terminal, a log or a reader written as its code. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/**
 * What somebody wrote, fit to stand in a sentence: printable, on one line, shortened where it is very long.
 *
 * Text stands in quotes and nothing else does, so that `'10'` and `10` are told apart.
 */
export function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${abridged(value)}'` : abridged(written(value));
}

/** Text as `quoted`, without quotes. */
export function abridged(text: string): string {
  return abridgedTo(LONGEST_QUOTATION, text);
}

/** Printable text of as many characters as may be read, before control characters are written as their codes. */
export function abridgedTo(longest: number, text: string): string {
  if (text.length <= longest) {
    return printable(text);
  }
  const start = [...text.slice(0, 2 * longest)].slice(0, longest).join('');
  return start === text ? printable(text) : `${printable(start)}…`;
}

/** A resource id, or any text whose end says most: shortened in front where it is very long. */
export function abridgedInFront(text: string): string {
  const shortened = text.length > LONGEST_QUOTATION ? `…${text.slice(-LONGEST_QUOTATION)}` : text;
  return printable(shortened);
}

/** Never throws: an error about a value must not be replaced by one about writing it. */
function written(value: unknown): string {
  if (typeof value !== 'object') {
    return typeof value === 'function' ? 'a function' : String(value);
  }
  try {
    return JSON.stringify(value) ?? 'an object';
  } catch {
    return 'an object';
  }
}

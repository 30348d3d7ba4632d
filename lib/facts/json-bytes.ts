/** What a byte is outside of texts. */
export const enum Token {
  /** Blanks, commas and colons. */
  Punctuation,
  Quote,
  OpenObject,
  OpenList,
  CloseObject,
  CloseList,
  /** Stands in numbers, `true`, `false` and `null`. */
  Word,
  /** Stands in texts only. */
  Other,
}

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COLON = 0x3a;
export const COMMA = 0x2c;
export const SOLIDUS = 0x2f;
export const LETTER_U = 0x75;

/** The upper bit of four bytes. */
export const NON_ASCII = 0x80808080;

/** Escapes that Terraform writes for what HTML gives a meaning: `<`, `>` and `&`. */
const HTML_ESCAPE = /^u00(?:3c|3e|26)$/i;
const HTML_ESCAPE_LENGTH = 5;

export const TOKENS = tokens();

/** Bytes behind which a value or key may begin: 1. */
export const IS_BEFORE_VALUE = Uint8Array.from({ length: 256 }, (_, byte) =>
  Buffer.from('\t\n\r ,:{[').includes(byte) ? 1 : 0,
);

/** Whether none of four bytes is a quote or a backslash: https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord */
export function holdsNoEnd(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  return ((((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes)) & NON_ASCII) === 0;
}

/** Whether these bytes stand at an index; not called for where bytes end. */
export function standsAt(bytes: Uint8Array, index: number, expected: Uint8Array): boolean {
  let length = 0;
  while (length < expected.length && bytes[index + length] === expected[length]) {
    length++;
  }
  return length === expected.length;
}

export function indexAfterBlanks(bytes: Uint8Array, from: number, end: number): number {
  let index = from;
  while (index < end && isBlank(bytes[index]!)) {
    index++;
  }
  return index;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Whether `u` and the digits behind it, which begin at the index, are one of the escapes for HTML. */
export function isHtmlEscape(bytes: Buffer, index: number, end: number): boolean {
  return (
    index + HTML_ESCAPE_LENGTH <= end &&
    HTML_ESCAPE.test(String.fromCharCode(...bytes.subarray(index, index + HTML_ESCAPE_LENGTH)))
  );
}

function tokens(): Uint8Array {
  const table = new Uint8Array(256).fill(Token.Other);
  const set = (characters: string, token: Token) => Buffer.from(characters).forEach((byte) => (table[byte] = token));
  set('\t\n\r ,:', Token.Punctuation);
  set('"', Token.Quote);
  set('{', Token.OpenObject);
  set('[', Token.OpenList);
  set('}', Token.CloseObject);
  set(']', Token.CloseList);
  set('0123456789-+.eEtruflasn', Token.Word);
  return table;
}

import { characterLiteralMalformed, escapeUnknown, literalUnterminated } from './errors';
import { Token } from './token';

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['\\', '\\'],
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const CODE_ESCAPE = /\\(?:x[0-9A-Fa-f]{1,4}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})/y;
const PLAIN = /[^"'\\\r\n\u0085\u2028\u2029]+/y;

/** Reads `"…"`, which ends on its line. */
export function readString(text: string, at: number): Token {
  const { value, end } = readQuoted(text, at, '"', 'the string');
  return { kind: 'literal', text: text.slice(at, end), at, literal: { type: 'string', value } };
}

/** Reads `'x'`: one UTF-16 unit. */
export function readCharacter(text: string, at: number): Token {
  const { value, end } = readQuoted(text, at, "'", 'the character literal');
  if (value.length !== 1) {
    throw characterLiteralMalformed(text, at);
  }
  return { kind: 'literal', text: text.slice(at, end), at, literal: { type: 'char', value } };
}

/** Reads `@"…"`: backslashes are themselves, `""` is a quote, lines may break. */
export function readVerbatimString(text: string, at: number): Token {
  const parts: string[] = [];
  let from = at + 2;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) {
      throw literalUnterminated(text, at, 'the string', '"');
    }
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') {
      const value = parts.join('"');
      return { kind: 'literal', text: text.slice(at, quote + 1), at, literal: { type: 'string', value } };
    }
    from = quote + 2;
  }
}

function readQuoted(text: string, at: number, quote: string, what: string): { value: string; end: number } {
  const parts: string[] = [];
  let position = at + 1;
  for (;;) {
    const character = text[position];
    if (character === quote) {
      return { value: parts.join(''), end: position + 1 };
    }
    if (character === undefined || /[\r\n\u0085\u2028\u2029]/.test(character)) {
      throw literalUnterminated(text, at, what, quote);
    }
    const { value, length } = character === '\\' ? readEscape(text, position) : readPlain(text, position);
    parts.push(value);
    position += length;
  }
}

function readPlain(text: string, at: number): { value: string; length: number } {
  PLAIN.lastIndex = at;
  const value = PLAIN.exec(text)?.[0] ?? text[at]!;
  return { value, length: value.length };
}

function readEscape(text: string, at: number): { value: string; length: number } {
  const simple = SIMPLE_ESCAPES.get(text[at + 1] ?? '');
  if (simple !== undefined) {
    return { value: simple, length: 2 };
  }
  CODE_ESCAPE.lastIndex = at;
  const escape = CODE_ESCAPE.exec(text)?.[0];
  const code = escape === undefined ? Number.NaN : Number.parseInt(escape.slice(2), 16);
  if (escape === undefined || code > 0x10ffff) {
    throw escapeUnknown(text, at, text.slice(at, at + 2));
  }
  return { value: String.fromCodePoint(code), length: escape.length };
}

import { notSupported, numberMalformed } from './errors';
import { LiteralValue } from './syntax';
import { Token } from './token';

const NUMBER =
  /(?:0[xX][0-9A-Fa-f_]+|0[bB][01_]+|(?:[0-9][0-9_]*)?\.[0-9][0-9_]*(?:[eE][+-]?[0-9]+)?|[0-9][0-9_]*(?:[eE][+-]?[0-9]+)?)(?<suffix>[A-Za-z]*)/y;
const LARGEST_INT = 2_147_483_647n;
/** No long, but `-9223372036854775808` is one: the parser turns it into that. */
export const LARGEST_LONG_PLUS_ONE = 9_223_372_036_854_775_808n;

/** Reads an int, long (by size or suffix `L`) or double; the other number types are refused by name. */
export function readNumber(text: string, at: number): Token {
  NUMBER.lastIndex = at;
  const match = NUMBER.exec(text);
  const written = match?.[0] ?? text[at]!;
  const hexadecimal = /^0[xX]/.test(written);
  const suffix = (match?.groups?.suffix ?? '').toUpperCase();
  const digits = written.slice(0, written.length - suffix.length).replaceAll('_', '');
  const refused = {
    F: 'the type float',
    M: 'the type decimal',
    U: 'the type uint',
    UL: 'the type ulong',
    LU: 'the type ulong',
  };
  if (Object.hasOwn(refused, suffix)) {
    throw notSupported(text, at, `${refused[suffix as keyof typeof refused]} (${written})`);
  }
  const literal = literalOf(digits, suffix, hexadecimal);
  if (literal === undefined) {
    throw numberMalformed(text, at, written);
  }
  return { kind: 'literal', text: written, at, literal };
}

function literalOf(digits: string, suffix: string, hexadecimal: boolean): LiteralValue | undefined {
  if (suffix === 'D' || (suffix === '' && !hexadecimal && /[.eE]/.test(digits))) {
    const value = Number(digits);
    return Number.isFinite(value) ? { type: 'double', value } : undefined;
  }
  if ((suffix !== '' && suffix !== 'L') || !/^(?:0[xX][0-9A-Fa-f]+|0[bB][01]+|[0-9]+)$/.test(digits)) {
    return undefined;
  }
  const value = BigInt(digits);
  if (suffix === '' && value <= LARGEST_INT) {
    return { type: 'int', value: Number(value) };
  }
  return value <= LARGEST_LONG_PLUS_ONE ? { type: 'long', value } : undefined;
}

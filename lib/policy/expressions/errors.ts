import { quoted } from '../../contracts/printable';

/** `line 1, column 7` of an offset. */
export function placeOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `line ${line}, column ${at - before.lastIndexOf('\n')}`;
}

export function expressionNotDelimited(text: string): Error {
  return new Error(`${quoted(text)} is not a policy expression: write @(value) or @{ statements }`);
}

export function tokenExpected(text: string, at: number, expected: string, found: string): Error {
  const given = found === '' ? 'the end of the expression' : quoted(found);
  return new Error(`expression, ${placeOf(text, at)}: expected ${expected}, found ${given}`);
}

export function characterUnexpected(text: string, at: number): Error {
  return new Error(
    `expression, ${placeOf(text, at)}: character ${quoted(text[at]!)} has no meaning here; remove it or put it into a string`,
  );
}

export function literalUnterminated(text: string, at: number, what: string, closing: string): Error {
  return new Error(`expression, ${placeOf(text, at)}: ${what} is not closed; add ${closing}`);
}

export function escapeUnknown(text: string, at: number, escape: string): Error {
  return new Error(
    `expression, ${placeOf(text, at)}: ${quoted(escape)} is no escape sequence of C#; write \\\\ for a backslash, or a verbatim string @"…"`,
  );
}

export function characterLiteralMalformed(text: string, at: number): Error {
  return new Error(
    `expression, ${placeOf(text, at)}: a character literal holds exactly one character; write "…" for a string`,
  );
}

export function numberMalformed(text: string, at: number, number: string): Error {
  return new Error(
    `expression, ${placeOf(text, at)}: ${quoted(number)} is not a number that int, long or double can hold`,
  );
}

export function notSupported(text: string, at: number, what: string): Error {
  return new Error(
    `expression, ${placeOf(text, at)}: ${what} is not supported; write it with the supported part of C#`,
  );
}

export function tooDeep(text: string, at: number, most: number): Error {
  return new Error(
    `expression, ${placeOf(text, at)}: it nests more than ${most} levels deep; split it into statements`,
  );
}

export function tooLong(length: number, most: number): Error {
  return new Error(
    `expression of ${length} characters is too long: a policy holds at most ${most}; move data out of the policy`,
  );
}

export function notAssignable(text: string, at: number): Error {
  return new Error(`expression, ${placeOf(text, at)}: only a local variable or an indexer can be assigned to`);
}

/** Where a string literal stands in C# text, its prefix and quotes included. */
export interface StringSpan {
  readonly start: number;
  /** The index after the closing quote. */
  readonly end: number;
}

/** What a walk over one bracketed C# expression found. */
export interface ScannedExpression {
  /** The index after the bracket that closes the first one; -1 when there is none. */
  readonly end: number;
  /** Regular and verbatim string literals, in order; interpolated ones are not constant and are left out. */
  readonly strings: readonly StringSpan[];
}

/** An open bracket; one that opens a hole of an interpolated string says how the string goes on after it. */
interface OpenBracket {
  readonly closing: string;
  readonly holeOf?: 'regular' | 'verbatim';
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const STRING_START = /\$@"|@\$"|\$"|@"|"/y;
const CHARACTER_LITERAL = /'(?:\\(?:[^ux]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{1,4})|[^'\\])'/y;
const REGULAR_REST = /\\[^]|"/g;
const VERBATIM_REST = /""|"/g;
const INTERESTING = /["'$@()[\]{}/]/g;

/**
 * Finds the end of the expression whose first bracket is at `start`: brackets inside strings, characters and comments
 * do not count (C# 7 lexical rules, https://learn.microsoft.com/dotnet/csharp/language-reference/language-specification/lexical-structure).
 * One pass, whatever the text.
 */
export function scanExpression(text: string, start: number): ScannedExpression {
  const strings: StringSpan[] = [];
  const open: OpenBracket[] = [];
  let position = start;
  while (position < text.length) {
    INTERESTING.lastIndex = position;
    const found = INTERESTING.exec(text);
    if (found === null) {
      break;
    }
    position = found.index;
    const character = found[0];
    if (character in CLOSING) {
      open.push({ closing: CLOSING[character]! });
      position += 1;
    } else if (character === ')' || character === ']' || character === '}') {
      const bracket = open.pop();
      if (bracket === undefined || bracket.closing !== character) {
        break;
      }
      position += 1;
      if (bracket.holeOf !== undefined) {
        position = interpolatedEnd(text, position, bracket.holeOf, open);
      } else if (open.length === 0) {
        return { end: position, strings };
      }
    } else if (character === '/') {
      position = commentEnd(text, position);
    } else if (character === "'") {
      CHARACTER_LITERAL.lastIndex = position;
      position += CHARACTER_LITERAL.exec(text)?.[0].length ?? 1;
    } else {
      position = stringEnd(text, position, open, strings);
    }
  }
  return { end: -1, strings };
}

/** The expression that is the whole text from its `@` on, without the `@`; nothing when the text is anything else. */
export function wholeExpression(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^@[({]/.test(trimmed)) {
    return undefined;
  }
  return scanExpression(trimmed, 1).end === trimmed.length ? trimmed.slice(1) : undefined;
}

function stringEnd(text: string, position: number, open: OpenBracket[], strings: StringSpan[]): number {
  STRING_START.lastIndex = position;
  const prefix = STRING_START.exec(text)?.[0];
  if (prefix === undefined) {
    return position + 1;
  }
  const content = position + prefix.length;
  const quoting = prefix.includes('@') ? 'verbatim' : 'regular';
  if (prefix.includes('$')) {
    return interpolatedEnd(text, content, quoting, open);
  }
  const end = quotedEnd(text, content, quoting);
  strings.push({ start: position, end });
  return end;
}

function quotedEnd(text: string, content: number, quoting: 'regular' | 'verbatim'): number {
  const ending = quoting === 'verbatim' ? VERBATIM_REST : REGULAR_REST;
  ending.lastIndex = content;
  for (let found = ending.exec(text); found !== null; found = ending.exec(text)) {
    if (found[0] === '"') {
      return found.index + 1;
    }
  }
  return text.length;
}

/** Goes on in an interpolated string: to its end, or into the next hole. */
function interpolatedEnd(text: string, from: number, quoting: 'regular' | 'verbatim', open: OpenBracket[]): number {
  let position = from;
  while (position < text.length) {
    const character = text[position];
    const doubled = text[position + 1] === character;
    if (character === '\\' && quoting === 'regular') {
      position += 2;
    } else if (character === '"' && quoting === 'verbatim' && doubled) {
      position += 2;
    } else if (character === '"') {
      return position + 1;
    } else if (character === '{' && !doubled) {
      open.push({ closing: '}', holeOf: quoting });
      return position + 1;
    } else {
      position += (character === '{' || character === '}') && doubled ? 2 : 1;
    }
  }
  return position;
}

function commentEnd(text: string, position: number): number {
  const next = text[position + 1];
  if (next !== '/' && next !== '*') {
    return position + 1;
  }
  const end = next === '/' ? text.indexOf('\n', position) : text.indexOf('*/', position + 2);
  if (end < 0) {
    return text.length;
  }
  return next === '/' ? end + 1 : end + 2;
}

import { argumentInvalid, ClrException, unsupportedUse } from './exceptions';

const IGNORE_CASE = 1;
const MULTILINE = 2;
const SINGLELINE = 16;
/** None, IgnoreCase, Multiline, ExplicitCapture (refused), Compiled, Singleline, CultureInvariant. */
const IMPLEMENTED = IGNORE_CASE | MULTILINE | 8 | SINGLELINE | 512;

/** .NET's `\w` and `\d` know all of Unicode; JavaScript's know ASCII. */
let wordRanges: string | undefined;
let digitRanges: string | undefined;

function ranges(pattern: RegExp): string {
  let text = '';
  let start = -1;
  for (let code = 0; code <= 0x10000; code += 1) {
    const inside = code < 0x10000 && pattern.test(String.fromCharCode(code));
    if (inside && start < 0) {
      start = code;
    } else if (!inside && start >= 0) {
      text += `${escapeOf(start)}-${escapeOf(code - 1)}`;
      start = -1;
    }
  }
  return text;
}

function escapeOf(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function classOf(letter: string): string {
  if (letter === 'w') {
    wordRanges ??= ranges(/^[\p{L}\p{Mn}\p{Nd}\p{Pc}]$/u);
    return wordRanges;
  }
  digitRanges ??= ranges(/^\p{Nd}$/u);
  return digitRanges;
}

/** Escapes that mean the same in both; anything else is refused rather than misread. */
const SHARED_ESCAPE = /^(?:[sSbBnrtfv0]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[1-9]|[^A-Za-z0-9])/;
const GROUP_START = /^\((?:\?(?:[:=!]|<[=!]|<[A-Za-z_]\w*>)|(?!\?))/;

/**
 * The JavaScript pattern of a .NET pattern; constructs that differ and are not translated are refused by name.
 */
function translate(pattern: string, multiline: boolean): string {
  let result = '';
  let inClass = false;
  for (let at = 0; at < pattern.length;) {
    const character = pattern[at]!;
    let length = 1;
    let translated = character;
    if (character === '\\') {
      [translated, length] = translateEscape(pattern, at, inClass);
    } else if (inClass) {
      inClass = character !== ']';
      if (character === '-' && pattern[at + 1] === '[') {
        throw unsupportedUse('character class subtraction in a regular expression');
      }
    } else if (character === '[') {
      inClass = true;
    } else if (character === '$' && !multiline) {
      translated = '(?=\\n?(?![\\s\\S]))';
    } else if (character === '(' && !GROUP_START.test(pattern.slice(at))) {
      throw unsupportedUse(`'${pattern.slice(at, at + 4)}' in a regular expression`);
    }
    result += translated;
    at += length;
  }
  return result;
}

function translateEscape(pattern: string, at: number, inClass: boolean): [string, number] {
  const letter = pattern[at + 1] ?? '';
  if (letter === 'w' || letter === 'd') {
    return [inClass ? classOf(letter) : `[${classOf(letter)}]`, 2];
  }
  if ((letter === 'W' || letter === 'D') && !inClass) {
    return [`[^${classOf(letter.toLowerCase())}]`, 2];
  }
  if ((letter === 'z' || letter === 'Z' || letter === 'A') && !inClass) {
    return [letter === 'A' ? '(?<![\\s\\S])' : letter === 'z' ? '(?![\\s\\S])' : '(?=\\n?(?![\\s\\S]))', 2];
  }
  const shared = SHARED_ESCAPE.exec(pattern.slice(at + 1, at + 6))?.[0];
  if (shared === undefined) {
    throw letter === ''
      ? argumentInvalid(`parsing "${pattern}" - Illegal \\ at end of pattern.`)
      : unsupportedUse(`'\\${letter}' in a regular expression`);
  }
  return [`\\${shared}`, shared.length + 1];
}

const compiled = new Map<string, RegExp>();

/** The JavaScript regular expression that matches as .NET's does. `flags` are added (`g`). */
export function regularExpression(pattern: string, options: number, flags = 'd'): RegExp {
  if ((options & ~IMPLEMENTED) !== 0) {
    throw unsupportedUse(`RegexOptions of value ${options}`);
  }
  const inline = /^\(\?i\)/.test(pattern);
  const key = `${options} ${flags} ${pattern}`;
  const known = compiled.get(key);
  if (known) {
    return known;
  }
  const multiline = (options & MULTILINE) !== 0;
  const source = translate(inline ? pattern.slice(4) : pattern, multiline);
  const modes = `${inline || (options & IGNORE_CASE) !== 0 ? 'i' : ''}${multiline ? 'm' : ''}${(options & SINGLELINE) !== 0 ? 's' : ''}`;
  try {
    const made = new RegExp(source, `${flags}${modes}`);
    if (compiled.size < 1000) {
      compiled.set(key, made);
    }
    return made;
  } catch (error) {
    throw new ClrException('ArgumentException', `parsing "${pattern}" - ${(error as Error).message}`);
  }
}

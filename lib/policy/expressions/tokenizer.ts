import { characterUnexpected, literalUnterminated, notSupported } from './errors';
import { readNumber } from './number-literal';
import { readCharacter, readString, readVerbatimString } from './string-literal';
import { keywords, Token } from './token';

/**
 * Longest first. `>` always stands alone so that `List<List<int>>` can be read; the parser joins `>>`.
 */
const OPERATORS = [
  '<<=',
  '=>',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '??',
  '?.',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '<<',
  ...'+-*/%<>=!&|^~?:.,;()[]{}',
];

const byFirstCharacter = new Map<string, string[]>();
for (const operator of OPERATORS) {
  byFirstCharacter.set(operator[0]!, [...(byFirstCharacter.get(operator[0]!) ?? []), operator]);
}

const IDENTIFIER = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}\p{Cf}]*/uy;
const SPACE = /[\s\uFEFF]+/uy;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/**
 * The tokens of a text, ended by one of kind `end`; comments and white space are dropped.
 *
 * @throws if a literal or comment is not closed or a character has no meaning, with its line and column
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const skipped = matchAt(SPACE, text, at)?.length ?? commentLength(text, at);
    if (skipped > 0) {
      at += skipped;
      continue;
    }
    const token = readToken(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}

function commentLength(text: string, at: number): number {
  if (text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return (end < 0 ? text.length : end) - at;
  }
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    if (end < 0) {
      throw literalUnterminated(text, at, 'the comment', '*/');
    }
    return end + 2 - at;
  }
  return 0;
}

function readToken(text: string, at: number): Token {
  const first = text[at]!;
  if (first === '"') {
    return readString(text, at);
  }
  if (first === "'") {
    return readCharacter(text, at);
  }
  if (text.startsWith('@"', at)) {
    return readVerbatimString(text, at);
  }
  if (first === '$' && /^(?:@?"|")/.test(text.slice(at + 1, at + 3))) {
    throw notSupported(text, at, 'string interpolation $"…"');
  }
  if ((first >= '0' && first <= '9') || (first === '.' && /[0-9]/.test(text[at + 1] ?? ''))) {
    return readNumber(text, at);
  }
  const word = matchAt(IDENTIFIER, text, first === '@' ? at + 1 : at);
  if (word !== undefined) {
    const escaped = first === '@';
    const literal = escaped ? undefined : wordLiterals.get(word);
    if (literal) {
      return { kind: 'literal', text: word, at, literal };
    }
    return { kind: !escaped && keywords.has(word) ? 'keyword' : 'identifier', text: escaped ? `@${word}` : word, at };
  }
  const operator = byFirstCharacter.get(first)?.find((candidate) => text.startsWith(candidate, at));
  if (operator === undefined) {
    throw characterUnexpected(text, at);
  }
  return { kind: 'operator', text: operator, at };
}

const wordLiterals = new Map<string, Token['literal']>([
  ['true', { type: 'bool', value: true }],
  ['false', { type: 'bool', value: false }],
  ['null', { type: 'null', value: null }],
]);

import { TokenStream } from './token-stream';

/** How tightly operators bind: a higher number binds tighter (ECMA-334, §12.4.2). */
export const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['||', 1],
  ['&&', 2],
  ['|', 3],
  ['^', 4],
  ['&', 5],
  ['==', 6],
  ['!=', 6],
  ['<', 7],
  ['>', 7],
  ['<=', 7],
  ['>=', 7],
  ['is', 7],
  ['as', 7],
  ['<<', 8],
  ['>>', 8],
  ['+', 9],
  ['-', 9],
  ['*', 10],
  ['/', 10],
  ['%', 10],
]);

/** Operators that assign. */
export const ASSIGNMENTS: ReadonlySet<string> = new Set('= += -= *= /= %= &= |= ^= <<='.split(' '));

/** The binary operator at this place, if there is one; `>>` is two tokens, of which the first is the current one. */
export function binaryOperator(stream: TokenStream): string | undefined {
  const { kind, text, at } = stream.current;
  if (kind !== 'operator' && kind !== 'keyword') {
    return undefined;
  }
  const following = stream.peek();
  if (text === '>' && following.at === at + 1 && following.text === '>=') {
    throw stream.unsupported("the operator '>>='");
  }
  return text === '>' && following.at === at + 1 && following.text === '>' ? '>>' : text;
}

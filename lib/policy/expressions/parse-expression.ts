import { expressionNotDelimited, tooLong } from './errors';
import { StatementParser } from './statement-parser';
import { ExpressionSyntax } from './syntax';
import { TokenStream } from './token-stream';
import { tokenize } from './tokenizer';

/** A policy fragment holds 512 KiB (learn.microsoft.com/azure/api-management/policy-fragments), so no expression is longer. */
const LONGEST = 512 * 1024;

/**
 * The syntax tree of a policy expression: `(value)` or `{ statements }`, with or without the `@` before it.
 *
 * @throws if the text is not C# that is supported here, with line, column and what was expected
 */
export function parseExpression(text: string): ExpressionSyntax {
  const code = text.trim().replace(/^@/, '');
  if (code.length > LONGEST) {
    throw tooLong(code.length, LONGEST);
  }
  if (!code.startsWith('(') && !code.startsWith('{')) {
    throw expressionNotDelimited(text);
  }
  const stream = new TokenStream(code, tokenize(code));
  const parser = new StatementParser(stream);
  if (stream.is('{')) {
    const block = parser.parseBlock();
    return { text: code, body: endOf(stream, block) };
  }
  stream.expect('(');
  const value = parser.expressions.parse();
  stream.expect(')');
  return { text: code, body: endOf(stream, value) };
}

function endOf<T>(stream: TokenStream, parsed: T): T {
  if (stream.current.kind !== 'end') {
    throw stream.expected('the end of the expression');
  }
  return parsed;
}

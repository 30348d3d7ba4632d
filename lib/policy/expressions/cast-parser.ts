import { TypeName } from './syntax';
import { TokenStream } from './token-stream';
import { tryType } from './type-parser';

/** `(type)` before an operand; `(x)` before anything else is an expression in brackets (ECMA-334, §12.9.7). */
export function tryCast(stream: TokenStream): TypeName | undefined {
  return stream.attempt(() => {
    stream.next();
    const keyword = stream.current.kind === 'keyword';
    const type = tryType(stream);
    if (type === undefined || !stream.take(')')) {
      return undefined;
    }
    const simple = keyword && type.rank === 0 && !type.nullable;
    const { kind, text } = stream.current;
    const operandFollows =
      kind === 'identifier' ||
      kind === 'literal' ||
      text === '(' ||
      text === '!' ||
      text === '~' ||
      (kind === 'keyword' && text !== 'is' && text !== 'as' && text !== 'in');
    return operandFollows || simple ? type : undefined;
  });
}

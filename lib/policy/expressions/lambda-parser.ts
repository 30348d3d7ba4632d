import { BlockStatement, Expression, LambdaExpression } from './syntax';
import { identifierName, TokenStream } from './token-stream';

/** What a lambda's body needs of the parser of expressions. */
interface BodyParser {
  parse(): Expression;
  parseBlock(): BlockStatement;
}

/** `x => …` or `(x, y) => …`; nothing (and nothing read) where none begins. */
export function tryLambda(stream: TokenStream, bodies: BodyParser): LambdaExpression | undefined {
  const { at } = stream.current;
  const parameters = stream.attempt(() => {
    const names = stream.current.kind === 'identifier' ? [identifierName(stream.next())] : tryParameterList(stream);
    return names !== undefined && stream.take('=>') ? names : undefined;
  });
  return parameters && { kind: 'lambda', at, parameters, body: stream.is('{') ? bodies.parseBlock() : bodies.parse() };
}

function tryParameterList(stream: TokenStream): string[] | undefined {
  const names: string[] = [];
  if (!stream.take('(')) {
    return undefined;
  }
  if (stream.take(')')) {
    return names;
  }
  do {
    if (stream.current.kind !== 'identifier') {
      return undefined;
    }
    names.push(identifierName(stream.next()));
  } while (stream.take(','));
  return stream.take(')') ? names : undefined;
}

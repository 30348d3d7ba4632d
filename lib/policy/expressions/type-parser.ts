import { TypeName } from './syntax';
import { typeKeywords } from './token';
import { identifierName, TokenStream } from './token-stream';

/** `Dictionary<string, List<JObject>>` has three; more is never needed and keeps a look-ahead short. */
const DEEPEST_TYPE = 8;

/** Tokens after `name<types>` which show that it is a generic name and not two comparisons (ECMA-334, §6.2.5). */
const AFTER_TYPE_ARGUMENTS: ReadonlySet<string> = new Set('( ) ] } : ; , . ?. ? == != | ^ && || & ['.split(' '));

/** Tokens after `type?` in `x is type?` which show that `?` belongs to the type and does not start `x is type ? a : b`. */
const AFTER_NULLABLE_OPERAND: ReadonlySet<string> = new Set(') ] } , ; ? : ?? && ||'.split(' '));

/** The type at this place, or nothing (and nothing read). */
export function tryType(stream: TokenStream, depth = 0, operand = false): TypeName | undefined {
  return stream.attempt(() => {
    const name = typeName(stream);
    if (name === undefined || depth > DEEPEST_TYPE) {
      return undefined;
    }
    const list = stream.is('<') ? typeArguments(stream, depth) : [];
    if (list === undefined) {
      return undefined;
    }
    const nullable = (!operand || AFTER_NULLABLE_OPERAND.has(stream.peek().text)) && stream.take('?');
    let rank = 0;
    while (stream.is('[') && stream.peek().text === ']') {
      stream.next();
      stream.next();
      rank += 1;
    }
    return { name, arguments: list, nullable, rank };
  });
}

/** The type at this place; `operand` says that it is the right side of `is` or `as`. */
export function parseType(stream: TokenStream, operand = false): TypeName {
  const type = tryType(stream, 0, operand);
  if (type === undefined) {
    throw stream.expected('a type');
  }
  return type;
}

/** `<types>` after a name in an expression, or an empty list where `<` compares. */
export function tryTypeArguments(stream: TokenStream): readonly TypeName[] {
  if (!stream.is('<')) {
    return [];
  }
  const list = stream.attempt(() => {
    const found = typeArguments(stream, 0);
    return found && AFTER_TYPE_ARGUMENTS.has(stream.current.text) ? found : undefined;
  });
  return list ?? [];
}

function typeName(stream: TokenStream): string | undefined {
  const keyword = stream.current.kind === 'keyword' ? typeKeywords.get(stream.current.text) : undefined;
  if (keyword !== undefined) {
    stream.next();
    return keyword;
  }
  if (stream.current.kind !== 'identifier') {
    return undefined;
  }
  let name = identifierName(stream.next());
  while (stream.is('.') && stream.peek().kind === 'identifier') {
    stream.next();
    name = identifierName(stream.next());
  }
  return name;
}

function typeArguments(stream: TokenStream, depth: number): TypeName[] | undefined {
  stream.next();
  const list: TypeName[] = [];
  do {
    const type = tryType(stream, depth + 1);
    if (type === undefined) {
      return undefined;
    }
    list.push(type);
  } while (stream.take(','));
  return stream.take('>') ? list : undefined;
}

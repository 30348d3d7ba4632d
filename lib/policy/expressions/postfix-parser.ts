import { ArgumentParser } from './argument-parser';
import { requireAssignable } from './assignment-target';
import { notSupported, numberMalformed } from './errors';
import { LARGEST_LONG_PLUS_ONE } from './number-literal';
import { ObjectCreationParser } from './object-creation-parser';
import { Expression, PostfixExpression, PostfixStep } from './syntax';
import { Token, typeKeywords } from './token';
import { identifierName, TokenStream } from './token-stream';
import { tryTypeArguments } from './type-parser';

const UNSUPPORTED_WORDS: ReadonlySet<string> = new Set(
  'base checked default delegate ref sizeof stackalloc this throw typeof unchecked'.split(' '),
);

/** Words of the namespaces in which API Management's allowed types lie. */
const NAMESPACES: ReadonlySet<string> = new Set(
  'System Collections Generic Globalization IO Linq Net Security Cryptography Text RegularExpressions'.split(' '),
);

/** Reads single values and the chains of steps behind them. */
export class PostfixParser {
  private readonly passed: ArgumentParser;
  private readonly creation: ObjectCreationParser;

  constructor(
    private readonly stream: TokenStream,
    private readonly values: { parse(): Expression },
  ) {
    this.passed = new ArgumentParser(stream, values);
    this.creation = new ObjectCreationParser(stream, values, this.passed);
  }

  /** A value with all that follows it: members, calls, indexers, `++`. */
  parse(): Expression {
    const { stream } = this;
    const target = this.parsePrimary();
    const steps: PostfixStep[] = [];
    let step = this.tryStep(steps);
    while (step) {
      steps.push(step);
      step = this.tryStep(steps);
    }
    const expression: Expression =
      steps.length === 0 ? target : ({ kind: 'postfix', at: target.at, target, steps } satisfies PostfixExpression);
    if (!stream.is('++') && !stream.is('--')) {
      return expression;
    }
    const { at, text } = stream.next();
    requireAssignable(stream, expression, at);
    return { kind: 'increment', at, target: expression, operator: text === '++' ? '+' : '-', prefix: false };
  }

  private tryStep(before: readonly PostfixStep[]): PostfixStep | undefined {
    const { stream } = this;
    const { at } = stream.current;
    if (stream.is('.') || (stream.is('?.') && stream.peek().kind === 'identifier')) {
      const conditional = stream.next().text === '?.';
      const name = stream.expectIdentifier('the name of a member');
      return {
        kind: 'member',
        at: name.at,
        name: identifierName(name),
        typeArguments: tryTypeArguments(stream),
        conditional,
      };
    }
    if (stream.is('[')) {
      return { kind: 'index', at, arguments: this.passed.parse(']'), conditional: false };
    }
    if (stream.is('?') && stream.peek().text === '[' && this.indexesConditionally()) {
      stream.next();
      return { kind: 'index', at, arguments: this.passed.parse(']'), conditional: true };
    }
    if (stream.is('(') && before[before.length - 1]?.kind !== 'index') {
      return { kind: 'call', at, arguments: this.passed.parse(')') };
    }
    return undefined;
  }

  /** No expression of C# starts with `[`, so `a?[` is always an access that null cuts short. */
  private indexesConditionally(): boolean {
    return this.stream.peek().at === this.stream.current.at + 1;
  }

  private parsePrimary(): Expression {
    const { stream } = this;
    const token = stream.current;
    if (token.kind === 'literal') {
      return this.parseLiteral(stream.next());
    }
    if (token.kind === 'identifier') {
      const type = this.withoutNamespace(stream.next());
      this.refuseSpecialName(type);
      return {
        kind: 'name',
        at: token.at,
        name: identifierName(type),
        typeArguments: tryTypeArguments(stream),
      };
    }
    if (stream.take('(')) {
      const inner = this.values.parse();
      if (stream.is(',')) {
        throw stream.unsupported('a tuple');
      }
      stream.expect(')');
      // Brackets end the reach of `?.`, so the inner chain must not be continued.
      return inner;
    }
    if (stream.is('new')) {
      return this.creation.parse();
    }
    const type = token.kind === 'keyword' ? typeKeywords.get(token.text) : undefined;
    if (type !== undefined && stream.peek().text === '.') {
      stream.next();
      return { kind: 'name', at: token.at, name: type, typeArguments: [] };
    }
    if (token.kind === 'keyword' && UNSUPPORTED_WORDS.has(token.text)) {
      throw stream.unsupported(`'${token.text}'`);
    }
    throw stream.expected('a value');
  }

  /** A type is told by its own name, as it is in `new` and in casts. */
  private withoutNamespace(first: Token): Token {
    const { stream } = this;
    let token = first;
    if (token.text === 'System') {
      while (NAMESPACES.has(token.text) && stream.is('.') && stream.peek().kind === 'identifier') {
        stream.next();
        token = stream.next();
      }
    }
    return token;
  }

  private parseLiteral(token: Token): Expression {
    const literal = token.literal!;
    if (literal.type === 'long' && literal.value === LARGEST_LONG_PLUS_ONE) {
      throw numberMalformed(this.stream.text, token.at, token.text);
    }
    return { kind: 'literal', at: token.at, literal };
  }

  private refuseSpecialName(token: Token): void {
    const next = this.stream.current;
    if (token.text === 'nameof' && next.text === '(') {
      throw notSupported(this.stream.text, token.at, "'nameof'");
    }
    if (token.text === 'await' && next.kind === 'identifier') {
      throw notSupported(this.stream.text, token.at, "'await'");
    }
    if (token.text === 'from' && next.kind === 'identifier' && this.stream.peek().text === 'in') {
      throw notSupported(this.stream.text, token.at, "a query ('from … in …')");
    }
  }
}

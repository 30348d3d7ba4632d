import { notAssignable, notSupported, numberMalformed, tooDeep } from './errors';
import { ObjectCreationParser } from './object-creation-parser';
import {
  Argument,
  BinaryOperator,
  BlockStatement,
  Expression,
  LambdaExpression,
  PostfixExpression,
  PostfixStep,
  TypeName,
} from './syntax';
import { Token, typeKeywords } from './token';
import { identifierName, TokenStream } from './token-stream';
import { parseType, tryType, tryTypeArguments } from './type-parser';

/** How tightly operators bind: a higher number binds tighter (ECMA-334, §12.4.2). */
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
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

const ASSIGNMENTS: ReadonlySet<string> = new Set('= += -= *= /= %= &= |= ^= <<='.split(' '));
const UNSUPPORTED_WORDS: ReadonlySet<string> = new Set(
  'base checked default delegate ref sizeof stackalloc this throw typeof unchecked'.split(' '),
);
/** `x as A as B`: each nests the one before it. */
const MOST_TYPE_TESTS = 20;
const LARGEST_INT_PLUS_ONE = 2_147_483_648n;
const LARGEST_LONG_PLUS_ONE = 9_223_372_036_854_775_808n;

/** Recursive descent over the expressions of C#; blocks of lambdas are read by the parser of statements. */
export class ExpressionParser {
  private readonly creation: ObjectCreationParser;

  constructor(
    private readonly stream: TokenStream,
    private readonly parseBlock: () => BlockStatement,
  ) {
    this.creation = new ObjectCreationParser(stream, this);
  }

  /** An expression of any kind. */
  parse(): Expression {
    return this.stream.nested(() => this.parseAssignment());
  }

  /** `(arguments)` or `[arguments]`, whose opening bracket is the current token. */
  parseArguments(close: ')' | ']'): Argument[] {
    this.stream.next();
    const list: Argument[] = [];
    if (this.stream.take(close)) {
      return list;
    }
    do {
      list.push(this.parseArgument());
    } while (this.stream.take(','));
    this.stream.expect(close);
    return list;
  }

  private parseArgument(): Argument {
    if (this.stream.is('ref') || this.stream.is('in')) {
      throw this.stream.unsupported(`an argument passed by '${this.stream.current.text}'`);
    }
    const named = this.stream.current.kind === 'identifier' && this.stream.peek().text === ':';
    const name = named ? identifierName(this.stream.next()) : undefined;
    if (named) {
      this.stream.next();
    }
    return this.stream.take('out') ? { name, out: this.parseOut() } : { name, value: this.parse() };
  }

  private parseOut(): { name: string; declares: boolean } {
    const { stream } = this;
    const type = stream.attempt(() => {
      const found = tryType(stream);
      return stream.current.kind === 'identifier' ? found : undefined;
    });
    const declares = type !== undefined;
    return { name: identifierName(stream.expectIdentifier('the name of a variable')), declares };
  }

  private parseAssignment(): Expression {
    const lambda = this.tryLambda();
    if (lambda) {
      return lambda;
    }
    const target = this.parseConditional();
    const { text, at, kind } = this.stream.current;
    if (kind !== 'operator' || !ASSIGNMENTS.has(text)) {
      return target;
    }
    this.requireAssignable(target, at);
    this.stream.next();
    const operator = text === '=' ? undefined : (text.slice(0, -1) as BinaryOperator);
    return { kind: 'assignment', at, target, operator, value: this.parse() };
  }

  private requireAssignable(target: Expression, at: number): void {
    const indexer = target.kind === 'postfix' && target.steps[target.steps.length - 1]!.kind === 'index';
    if (!indexer && !(target.kind === 'name' && target.typeArguments.length === 0)) {
      throw notAssignable(this.stream.text, at);
    }
  }

  private tryLambda(): LambdaExpression | undefined {
    const { stream } = this;
    const { at } = stream.current;
    const parameters = stream.attempt(() => {
      const names = stream.current.kind === 'identifier' ? [identifierName(stream.next())] : this.tryParameterList();
      return names !== undefined && stream.take('=>') ? names : undefined;
    });
    return parameters && { kind: 'lambda', at, parameters, body: stream.is('{') ? this.parseBlock() : this.parse() };
  }

  private tryParameterList(): string[] | undefined {
    const { stream } = this;
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

  private parseConditional(): Expression {
    const { at } = this.stream.current;
    const branches: { condition: Expression; value: Expression }[] = [];
    let tail = this.parseCoalesce();
    while (this.stream.take('?')) {
      const value = this.parse();
      this.stream.expect(':');
      branches.push({ condition: tail, value });
      tail = this.parseCoalesce();
    }
    return branches.length === 0 ? tail : { kind: 'conditional', at, branches, otherwise: tail };
  }

  private parseCoalesce(): Expression {
    const { at } = this.stream.current;
    const operands = [this.parseBinary(1)];
    while (this.stream.take('??')) {
      if (this.stream.is('throw')) {
        throw this.stream.unsupported("'throw' as an expression");
      }
      operands.push(this.parseBinary(1));
    }
    return operands.length === 1 ? operands[0]! : { kind: 'coalesce', at, operands };
  }

  private parseBinary(lowest: number): Expression {
    let left = this.parseUnary();
    for (let typeTests = 0; ;) {
      const { at, text } = this.stream.current;
      const operator = this.binaryOperator();
      const precedence = operator === undefined ? undefined : PRECEDENCE.get(operator);
      if (operator === undefined || precedence === undefined || precedence < lowest) {
        return left;
      }
      this.stream.next();
      typeTests += text === 'is' || text === 'as' ? 1 : 0;
      if (typeTests > MOST_TYPE_TESTS) {
        throw tooDeep(this.stream.text, at, MOST_TYPE_TESTS);
      }
      if (text === 'is') {
        left = this.parseTypeTest(left, at);
      } else if (text === 'as') {
        left = { kind: 'as', at, operand: left, type: parseType(this.stream, true) };
      } else {
        if (operator === '>>') {
          this.stream.next();
        }
        left = {
          kind: 'binary',
          at,
          operator: operator as BinaryOperator,
          left,
          right: this.parseBinary(precedence + 1),
        };
      }
    }
  }

  private binaryOperator(): string | undefined {
    const { kind, text, at } = this.stream.current;
    if (kind !== 'operator' && kind !== 'keyword') {
      return undefined;
    }
    const following = this.stream.peek();
    if (text === '>' && following.at === at + 1 && following.text === '>=') {
      throw this.stream.unsupported("the operator '>>='");
    }
    return text === '>' && following.at === at + 1 && following.text === '>' ? '>>' : text;
  }

  private parseTypeTest(operand: Expression, at: number): Expression {
    if (this.stream.current.kind === 'literal') {
      if (this.stream.next().literal!.type !== 'null') {
        throw notSupported(this.stream.text, at, "'is' with a constant other than null");
      }
      return { kind: 'is', at, operand };
    }
    const type = parseType(this.stream, true);
    const declares = this.stream.current.kind === 'identifier' ? identifierName(this.stream.next()) : undefined;
    return { kind: 'is', at, operand, type, declares };
  }

  private parseUnary(): Expression {
    const { stream } = this;
    const { at, text, kind } = stream.current;
    if (kind !== 'operator') {
      return this.parsePostfix();
    }
    if (text === '++' || text === '--') {
      stream.next();
      const target = stream.nested(() => this.parseUnary());
      this.requireAssignable(target, at);
      return { kind: 'increment', at, target, operator: text === '++' ? '+' : '-', prefix: true };
    }
    if (text === '-' || text === '+' || text === '!' || text === '~') {
      stream.next();
      const smallest = text === '-' ? this.trySmallest(at) : undefined;
      return smallest ?? { kind: 'unary', at, operator: text, operand: stream.nested(() => this.parseUnary()) };
    }
    const type = text === '(' ? this.tryCast() : undefined;
    return type ? { kind: 'cast', at, type, operand: stream.nested(() => this.parseUnary()) } : this.parsePostfix();
  }

  /** `-2147483648` is an int although `2147483648` is none; the same for long. */
  private trySmallest(at: number): Expression | undefined {
    const { literal, text } = this.stream.current;
    if (literal?.type !== 'long') {
      return undefined;
    }
    const integer = literal.value === LARGEST_INT_PLUS_ONE && !/l$/i.test(text);
    if (!integer && literal.value !== LARGEST_LONG_PLUS_ONE) {
      return undefined;
    }
    this.stream.next();
    return integer
      ? { kind: 'literal', at, literal: { type: 'int', value: -2_147_483_648 } }
      : { kind: 'literal', at, literal: { type: 'long', value: -literal.value } };
  }

  /** `(type)` before an operand; `(x)` before anything else is an expression in brackets (ECMA-334, §12.9.7). */
  private tryCast(): TypeName | undefined {
    const { stream } = this;
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

  private parsePostfix(): Expression {
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
    this.requireAssignable(expression, at);
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
      return { kind: 'index', at, arguments: this.parseArguments(']'), conditional: false };
    }
    if (stream.is('?') && stream.peek().text === '[' && this.indexesConditionally()) {
      stream.next();
      return { kind: 'index', at, arguments: this.parseArguments(']'), conditional: true };
    }
    if (stream.is('(') && before[before.length - 1]?.kind !== 'index') {
      return { kind: 'call', at, arguments: this.parseArguments(')') };
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
      stream.next();
      this.refuseSpecialName(token);
      return {
        kind: 'name',
        at: token.at,
        name: identifierName(token),
        typeArguments: tryTypeArguments(stream),
      };
    }
    if (stream.take('(')) {
      const inner = this.parse();
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

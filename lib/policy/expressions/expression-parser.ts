import { requireAssignable } from './assignment-target';
import { tryCast } from './cast-parser';
import { notSupported, tooDeep } from './errors';
import { tryLambda } from './lambda-parser';
import { LARGEST_LONG_PLUS_ONE } from './number-literal';
import { ASSIGNMENTS, binaryOperator, PRECEDENCE } from './operators';
import { PostfixParser } from './postfix-parser';
import { BinaryOperator, BlockStatement, Expression } from './syntax';
import { identifierName, TokenStream } from './token-stream';
import { parseType } from './type-parser';

/** `x as A as B`: each nests the one before it. */
const MOST_TYPE_TESTS = 20;
const LARGEST_INT_PLUS_ONE = 2_147_483_648n;

/** Recursive descent over the expressions of C#; blocks of lambdas are read by the parser of statements. */
export class ExpressionParser {
  private readonly postfix: PostfixParser;

  constructor(
    private readonly stream: TokenStream,
    readonly parseBlock: () => BlockStatement,
  ) {
    this.postfix = new PostfixParser(stream, this);
  }

  /** An expression of any kind. */
  parse(): Expression {
    return this.stream.nested(() => this.parseAssignment());
  }

  private parseAssignment(): Expression {
    const lambda = tryLambda(this.stream, this);
    if (lambda) {
      return lambda;
    }
    const target = this.parseConditional();
    const { text, at, kind } = this.stream.current;
    if (kind !== 'operator' || !ASSIGNMENTS.has(text)) {
      return target;
    }
    requireAssignable(this.stream, target, at);
    this.stream.next();
    const operator = text === '=' ? undefined : (text.slice(0, -1) as BinaryOperator);
    return { kind: 'assignment', at, target, operator, value: this.parse() };
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
      const operator = binaryOperator(this.stream);
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
      return this.postfix.parse();
    }
    if (text === '++' || text === '--') {
      stream.next();
      const target = stream.nested(() => this.parseUnary());
      requireAssignable(stream, target, at);
      return { kind: 'increment', at, target, operator: text === '++' ? '+' : '-', prefix: true };
    }
    if (text === '-' || text === '+' || text === '!' || text === '~') {
      stream.next();
      const smallest = text === '-' ? this.trySmallest(at) : undefined;
      return smallest ?? { kind: 'unary', at, operator: text, operand: stream.nested(() => this.parseUnary()) };
    }
    const type = text === '(' ? tryCast(stream) : undefined;
    return type ? { kind: 'cast', at, type, operand: stream.nested(() => this.parseUnary()) } : this.postfix.parse();
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
}

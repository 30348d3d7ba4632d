import { notSupported } from './errors';
import { ExpressionParser } from './expression-parser';
import { BlockStatement, DeclarationStatement, Expression, ExpressionStatement, Statement, TypeName } from './syntax';
import { identifierName, TokenStream } from './token-stream';
import { parseType, tryType } from './type-parser';

const UNSUPPORTED_STATEMENTS: ReadonlySet<string> = new Set(
  'checked const do fixed goto lock unchecked unsafe using yield'.split(' '),
);

/** Recursive descent over the statements of C#. */
export class StatementParser {
  readonly expressions: ExpressionParser;

  constructor(private readonly stream: TokenStream) {
    this.expressions = new ExpressionParser(stream, () => this.parseBlock());
  }

  parseBlock(): BlockStatement {
    const { at } = this.stream.expect('{');
    const statements: Statement[] = [];
    while (!this.stream.take('}')) {
      statements.push(this.parseStatement());
    }
    return { kind: 'block', at, statements };
  }

  private parseStatement(): Statement {
    return this.stream.nested(() => this.readStatement());
  }

  private readStatement(): Statement {
    const { stream } = this;
    const { at, text, kind } = stream.current;
    if (kind === 'operator' && text === '{') {
      return this.parseBlock();
    }
    if (stream.take(';')) {
      return { kind: 'block', at, statements: [] };
    }
    if (kind === 'keyword') {
      const statement = this.readKeywordStatement(text, at);
      if (statement) {
        return statement;
      }
    }
    const simple = this.readSimpleStatement();
    stream.expect(';');
    return simple;
  }

  private readKeywordStatement(keyword: string, at: number): Statement | undefined {
    switch (keyword) {
      case 'if':
        return this.readIf(at);
      case 'for':
        return this.readFor(at);
      case 'foreach':
        return this.readForEach(at);
      case 'while':
        return this.readWhile(at);
      case 'switch':
        return this.readSwitch(at);
      case 'try':
        return this.readTry(at);
      case 'return':
      case 'throw':
        return this.readExit(keyword, at);
      case 'break':
      case 'continue':
        this.stream.next();
        this.stream.expect(';');
        return { kind: keyword, at };
      default:
        if (UNSUPPORTED_STATEMENTS.has(keyword)) {
          throw notSupported(this.stream.text, at, `the statement '${keyword}'`);
        }
        return undefined;
    }
  }

  private readSimpleStatement(): DeclarationStatement | ExpressionStatement {
    const { at } = this.stream.current;
    const declaration = this.stream.attempt(() => this.tryDeclaration(at));
    if (declaration) {
      return declaration;
    }
    const expression = this.expressions.parse();
    const lastStep = expression.kind === 'postfix' ? expression.steps[expression.steps.length - 1]!.kind : undefined;
    if (expression.kind !== 'assignment' && expression.kind !== 'increment' && lastStep !== 'call') {
      throw notSupported(this.stream.text, at, 'a value that is not used (only assignments and calls are statements)');
    }
    return { kind: 'expression', at, expression };
  }

  private tryDeclaration(at: number): DeclarationStatement | undefined {
    const { stream } = this;
    const type = tryType(stream);
    if (type === undefined || type.name === 'await' || stream.current.kind !== 'identifier') {
      return undefined;
    }
    const following = stream.peek().text;
    if (following === '(') {
      throw stream.unsupported('a local function');
    }
    if (following !== '=' && following !== ';' && following !== ',') {
      stream.next();
      throw stream.expected("'=', ',' or ';'");
    }
    const variables: { at: number; name: string; value?: Expression }[] = [];
    do {
      const token = stream.expectIdentifier('the name of a variable');
      const variable = { at: token.at, name: identifierName(token) };
      variables.push(stream.take('=') ? { ...variable, value: this.expressions.parse() } : variable);
    } while (stream.take(','));
    return { kind: 'declaration', at, type: declaredType(type), variables };
  }

  private readIf(at: number): Statement {
    const { stream } = this;
    const branches: { condition: Expression; body: Statement }[] = [];
    do {
      stream.expect('if');
      branches.push({ condition: this.readCondition(), body: this.parseStatement() });
    } while (stream.is('else') && stream.peek().text === 'if' && stream.take('else'));
    return { kind: 'if', at, branches, otherwise: stream.take('else') ? this.parseStatement() : undefined };
  }

  private readCondition(): Expression {
    this.stream.expect('(');
    const condition = this.expressions.parse();
    this.stream.expect(')');
    return condition;
  }

  private readWhile(at: number): Statement {
    this.stream.next();
    return { kind: 'while', at, condition: this.readCondition(), body: this.parseStatement() };
  }

  private readForEach(at: number): Statement {
    const { stream } = this;
    stream.next();
    stream.expect('(');
    const type = declaredType(parseType(stream));
    const name = identifierName(stream.expectIdentifier('the name of a variable'));
    stream.expect('in');
    const source = this.expressions.parse();
    stream.expect(')');
    return { kind: 'foreach', at, type, name, source, body: this.parseStatement() };
  }

  private readFor(at: number): Statement {
    const { stream } = this;
    stream.next();
    stream.expect('(');
    const initializer = stream.is(';') ? undefined : this.readSimpleStatement();
    stream.expect(';');
    const condition = stream.is(';') ? undefined : this.expressions.parse();
    stream.expect(';');
    const updates: Expression[] = [];
    while (!stream.take(')')) {
      updates.push(this.expressions.parse());
      if (!stream.take(',') && !stream.is(')')) {
        throw stream.expected("',' or ')'");
      }
    }
    return { kind: 'for', at, initializer, condition, updates, body: this.parseStatement() };
  }

  private readSwitch(at: number): Statement {
    const { stream } = this;
    stream.next();
    const value = this.readCondition();
    stream.expect('{');
    const sections: { labels: (Expression | undefined)[]; body: BlockStatement }[] = [];
    while (!stream.take('}')) {
      const start = stream.current.at;
      const labels = this.readLabels();
      const statements: Statement[] = [];
      while (!stream.is('case') && !stream.is('default') && !stream.is('}')) {
        statements.push(this.parseStatement());
      }
      sections.push({ labels, body: { kind: 'block', at: start, statements } });
    }
    return { kind: 'switch', at, value, sections };
  }

  private readLabels(): (Expression | undefined)[] {
    const { stream } = this;
    const labels: (Expression | undefined)[] = [];
    while (stream.is('case') || stream.is('default')) {
      labels.push(stream.next().text === 'case' ? this.expressions.parse() : undefined);
      stream.expect(':');
    }
    if (labels.length === 0) {
      throw stream.expected("'case' or 'default'");
    }
    return labels;
  }

  private readTry(at: number): Statement {
    const { stream } = this;
    stream.next();
    const body = this.parseBlock();
    const catches: { type?: TypeName; name?: string; body: BlockStatement }[] = [];
    while (stream.take('catch')) {
      catches.push({ ...this.readCaught(), body: this.parseBlock() });
    }
    const finallyBody = stream.take('finally') ? this.parseBlock() : undefined;
    if (catches.length === 0 && finallyBody === undefined) {
      throw stream.expected("'catch' or 'finally'");
    }
    return { kind: 'try', at, body, catches, finallyBody };
  }

  private readCaught(): { type?: TypeName; name?: string } {
    const { stream } = this;
    if (!stream.take('(')) {
      return {};
    }
    const type = parseType(stream);
    const name = stream.current.kind === 'identifier' ? identifierName(stream.next()) : undefined;
    stream.expect(')');
    if (stream.current.text === 'when') {
      throw stream.unsupported("a filter ('catch … when')");
    }
    return { type, name };
  }

  private readExit(kind: 'return' | 'throw', at: number): Statement {
    this.stream.next();
    const value = this.stream.is(';') ? undefined : this.expressions.parse();
    this.stream.expect(';');
    return { kind, at, value };
  }
}

/** `var` is no type. */
function declaredType(type: TypeName): TypeName | undefined {
  return type.name === 'var' && type.arguments.length === 0 && type.rank === 0 ? undefined : type;
}

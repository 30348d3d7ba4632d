import { notSupported, tokenExpected, tooDeep } from './errors';
import { Token } from './token';

/** Deep enough for every error body and far from the stack's end. */
const DEEPEST = 200;

/** The tokens of an expression and how far they have been read. */
export class TokenStream {
  private position = 0;
  private depth = 0;

  constructor(
    readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  get current(): Token {
    return this.tokens[this.position]!;
  }

  /** The token a number of places ahead; the last one beyond the end. */
  peek(distance = 1): Token {
    return this.tokens[Math.min(this.position + distance, this.tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.current;
    if (token.kind !== 'end') {
      this.position += 1;
    }
    return token;
  }

  /** Whether the current token is this operator or keyword. */
  is(text: string): boolean {
    const { kind } = this.current;
    return (kind === 'operator' || kind === 'keyword') && this.current.text === text;
  }

  /** Reads the operator or keyword if it is there. */
  take(text: string): boolean {
    const found = this.is(text);
    if (found) {
      this.position += 1;
    }
    return found;
  }

  expect(text: string): Token {
    if (!this.is(text)) {
      throw this.expected(`'${text}'`);
    }
    return this.next();
  }

  /** Reads a name: of a variable, member or parameter. */
  expectIdentifier(what: string): Token {
    if (this.current.kind !== 'identifier') {
      throw this.expected(what);
    }
    return this.next();
  }

  expected(what: string): Error {
    return tokenExpected(this.text, this.current.at, what, this.current.text);
  }

  unsupported(what: string): Error {
    return notSupported(this.text, this.current.at, what);
  }

  /** What `read` finds; or `undefined` and nothing is read, if it finds nothing. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const start = this.position;
    const found = read();
    if (found === undefined) {
      this.position = start;
    }
    return found;
  }

  /** Reads one level deeper, within bounds: a hostile text must not end the process. */
  nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > DEEPEST) {
      throw tooDeep(this.text, this.current.at, DEEPEST);
    }
    const found = read();
    this.depth -= 1;
    return found;
  }
}

/** A name without the `@` that lets a keyword be one. */
export function identifierName(token: Token): string {
  return token.text.startsWith('@') ? token.text.slice(1) : token.text;
}

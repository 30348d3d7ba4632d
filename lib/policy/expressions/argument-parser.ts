import { Argument, Expression } from './syntax';
import { identifierName, TokenStream } from './token-stream';
import { tryType } from './type-parser';

/** Reads what is passed to methods, constructors and indexers. */
export class ArgumentParser {
  constructor(
    private readonly stream: TokenStream,
    private readonly values: { parse(): Expression },
  ) {}

  /** `(arguments)` or `[arguments]`, whose opening bracket is the current token. */
  parse(close: ')' | ']'): Argument[] {
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
    return this.stream.take('out') ? { name, out: this.parseOut() } : { name, value: this.values.parse() };
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
}

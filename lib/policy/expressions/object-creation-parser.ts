import { ArgumentParser } from './argument-parser';
import { Expression, InitializerElement, TypeName } from './syntax';
import { TokenStream } from './token-stream';
import { parseType } from './type-parser';

/** Reads `new …`. */
export class ObjectCreationParser {
  constructor(
    private readonly stream: TokenStream,
    private readonly values: { parse(): Expression },
    private readonly passed: ArgumentParser,
  ) {}

  /** An object or array with its initialiser; `new` is the current token. */
  parse(): Expression {
    const { stream } = this;
    const { at } = stream.next();
    if (stream.is('{')) {
      throw stream.unsupported('an anonymous type (new { … })');
    }
    if (stream.is('[') && stream.peek().text === ']') {
      stream.next();
      stream.next();
      return { kind: 'new-array', at, elements: this.parseElements() };
    }
    const type = parseType(stream);
    if (type.rank > 0) {
      return { kind: 'new-array', at, elementType: elementOf(type), elements: this.parseElements() };
    }
    if (stream.is('[')) {
      return this.parseSizedArray(type, at);
    }
    if (!stream.is('(') && !stream.is('{')) {
      throw stream.expected("'(', '[' or '{'");
    }
    const list = stream.is('(') ? this.passed.parse(')') : [];
    return { kind: 'new', at, type, arguments: list, initializer: stream.is('{') ? this.parseInitializer() : [] };
  }

  private parseSizedArray(elementType: TypeName, at: number): Expression {
    this.stream.next();
    const size = this.values.parse();
    if (this.stream.is(',')) {
      throw this.stream.unsupported('an array of several dimensions');
    }
    this.stream.expect(']');
    if (this.stream.is('{')) {
      throw this.stream.unsupported('a size together with elements');
    }
    return { kind: 'new-array', at, elementType, size, elements: [] };
  }

  private parseElements(): Expression[] {
    this.stream.expect('{');
    const elements: Expression[] = [];
    while (!this.stream.take('}')) {
      elements.push(this.values.parse());
      this.separate();
    }
    return elements;
  }

  private parseInitializer(): InitializerElement[] {
    this.stream.expect('{');
    const elements: InitializerElement[] = [];
    while (!this.stream.take('}')) {
      elements.push(this.parseInitializerElement());
      this.separate();
    }
    return elements;
  }

  private parseInitializerElement(): InitializerElement {
    const { stream, values } = this;
    if (stream.is('{')) {
      return { kind: 'element', values: this.parseElements() };
    }
    if (stream.is('[')) {
      const indices = this.passed.parse(']').map((argument) => argument.value!);
      stream.expect('=');
      return { kind: 'index', indices, value: values.parse() };
    }
    if (stream.current.kind === 'identifier' && stream.peek().text === '=') {
      throw stream.unsupported(`setting the property '${stream.current.text}' in an initialiser`);
    }
    return { kind: 'element', values: [values.parse()] };
  }

  /** A comma, or the closing bracket ahead. */
  private separate(): void {
    if (!this.stream.take(',') && !this.stream.is('}')) {
      throw this.stream.expected("',' or '}'");
    }
  }
}

function elementOf(type: TypeName): TypeName {
  return { ...type, rank: type.rank - 1 };
}

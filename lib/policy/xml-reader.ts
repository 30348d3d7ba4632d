import { scanExpression, wholeExpression } from './csharp-scanner';
import { PolicyAttribute, PolicyValue } from './policy-document';
import { XmlElement } from './xml-element';
import { resolveEntities, resolveEntitiesInCode } from './xml-entities';

/** Beyond any real policy; keeps whatever walks the tree afterwards within the call stack. */
const DEEPEST = 200;

/** Each search for the end of an expression may run to the end of the text: a few in vain are an oddity, more an attack. */
const MOST_VAIN_SEARCHES = 3;

const NAME = /[A-Za-z_][\w.:-]*/y;
const SPACE = /\s*/y;
const TEXT_STOP = /<|@[({]/g;
const EXPRESSION_START = /@[({]/g;

type Growing = { -readonly [Key in keyof XmlElement]: XmlElement[Key] } & {
  children: XmlElement[];
  attributes: PolicyAttribute[];
};

/** What stands behind the quote that ends an attribute: the next one, or the end of the tag. */
const ENDS_ATTRIBUTE: Readonly<Record<string, RegExp>> = {
  '"': /"(?=\s*\/?>|\s+[A-Za-z_][\w.:-]*\s*=\s*["'])/g,
  "'": /'(?=\s*\/?>|\s+[A-Za-z_][\w.:-]*\s*=\s*["'])/g,
};

/**
 * Whose text it is: `sent` to API Management, or `read-back` into a Terraform state, where azurerm has resolved the entities
 * of the whole text, so that literal values hold quotes as well.
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/apimanagement/api_management_api_policy_resource.go
 */
export type PolicyForm = 'sent' | 'read-back';

/** Why a text cannot be read, and where. */
export class UnreadableXml {
  constructor(
    readonly reason: string,
    readonly offset: number,
  ) {}
}

/**
 * Reads XML as API Management accepts it: well-formed, or raw, where C# stands unescaped (`@(a["b"] && c < 1)`).
 * A value that opens with `@(` or `@{` goes on to the bracket that closes it. One pass, whatever the text; the first
 * thing that cannot be read ends it.
 */
export class XmlReader {
  private position = 0;
  private vainSearches = 0;
  private readonly open: Growing[] = [];
  private root?: XmlElement;

  constructor(
    private readonly text: string,
    private readonly form: PolicyForm = 'sent',
  ) {}

  public read(): XmlElement | UnreadableXml {
    while (this.position < this.text.length) {
      const problem = this.readNext();
      if (problem !== undefined) {
        return problem;
      }
    }
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) {
      return new UnreadableXml(`<${unclosed.name}> is never closed`, unclosed.offset);
    }
    return this.root ?? new UnreadableXml('there is no element', 0);
  }

  private readNext(): UnreadableXml | undefined {
    if (!this.at('<')) {
      return this.readText();
    }
    if (this.at('<!--')) {
      return this.skipTo('-->', 'comment');
    }
    if (this.at('<![CDATA[')) {
      const content = this.position + '<![CDATA['.length;
      const problem = this.skipTo(']]>', 'CDATA section');
      return problem ?? this.addText(this.text.slice(content, this.position - ']]>'.length), content);
    }
    if (this.at('<?')) {
      return this.skipTo('?>', 'processing instruction');
    }
    if (this.at('<!')) {
      return this.skipTo('>', 'declaration');
    }
    return this.at('</') ? this.readEndTag() : this.readStartTag();
  }

  private readStartTag(): UnreadableXml | undefined {
    const offset = this.position;
    const name = this.match(NAME, offset + 1);
    if (name === '') {
      this.position += 1;
      return this.addText('<', offset);
    }
    if (this.open.length === 0 && this.root !== undefined) {
      return new UnreadableXml(`<${name}> stands after the end of <${this.root.name}>`, offset);
    }
    if (this.open.length === DEEPEST) {
      return new UnreadableXml(`<${name}> is nested more than ${DEEPEST} elements deep`, offset);
    }
    this.position = offset + 1 + name.length;
    const element: Growing = { name, attributes: [], children: [], text: '', offset };
    const problem = this.readAttributes(element);
    if (problem !== undefined) {
      return problem;
    }
    this.open.push(element);
    if (this.at('/>')) {
      this.position += 2;
      this.close();
    } else {
      this.position += 1;
    }
    return undefined;
  }

  private readAttributes(element: Growing): UnreadableXml | undefined {
    const names = new Set<string>();
    for (;;) {
      this.skipSpace();
      if (this.at('>') || this.at('/>')) {
        return undefined;
      }
      const offset = this.position;
      const name = this.match(NAME, offset);
      this.position += name.length;
      this.skipSpace();
      if (name === '' || !this.at('=')) {
        return new UnreadableXml(`<${element.name}> has something in its tag that is no attribute`, offset);
      }
      if (names.has(name)) {
        return new UnreadableXml(`<${element.name}> has two attributes ${name}`, offset);
      }
      names.add(name);
      this.position += 1;
      this.skipSpace();
      const value = this.readAttributeValue(`${name} of <${element.name}>`);
      if (value instanceof UnreadableXml) {
        return value;
      }
      element.attributes.push({ name, value });
    }
  }

  private readAttributeValue(what: string): PolicyValue | UnreadableXml {
    const quote = this.text[this.position];
    if (quote !== '"' && quote !== "'") {
      return new UnreadableXml(`${what} has no quotes around its value`, this.position);
    }
    const start = this.position + 1;
    const close = this.text.indexOf(quote, start);
    if (close < 0) {
      return new UnreadableXml(`${what} is never closed`, this.position);
    }
    const literal = resolveEntities(this.text.slice(start, close));
    if (expressionsAreClosed(literal)) {
      const end = this.form === 'sent' ? close : this.endOfAttribute(quote, close);
      this.position = end + 1;
      return asValue(end === close ? literal : resolveEntities(this.text.slice(start, end)));
    }
    return this.readRawAttributeValue(what, start, quote);
  }

  /** The quote that ends an attribute, at `close` or behind it. */
  private endOfAttribute(quote: '"' | "'", close: number): number {
    const end = ENDS_ATTRIBUTE[quote]!;
    end.lastIndex = close;
    return end.exec(this.text)?.index ?? close;
  }

  private readRawAttributeValue(what: string, start: number, quote: string): PolicyValue | UnreadableXml {
    const stop = quote === '"' ? /"|@[({]/g : /'|@[({]/g;
    stop.lastIndex = start;
    for (let found = stop.exec(this.text); found !== null; found = stop.exec(this.text)) {
      if (found[0] === quote) {
        this.position = found.index + 1;
        return asValue(resolveEntitiesInCode(this.text.slice(start, found.index)));
      }
      const end = this.expressionEnd(found.index + 1);
      if (end < 0 && this.text.slice(start, found.index).trim() === '') {
        return new UnreadableXml(`${what} opens an expression that is never closed`, found.index);
      }
      stop.lastIndex = end < 0 ? found.index + 2 : end;
    }
    return new UnreadableXml(`${what} is never closed`, start - 1);
  }

  private readEndTag(): UnreadableXml | undefined {
    const offset = this.position;
    const name = this.match(NAME, offset + 2);
    this.position = offset + 2 + name.length;
    this.skipSpace();
    const current = this.open.at(-1);
    if (current === undefined || current.name !== name || !this.at('>')) {
      const expected = current === undefined ? 'no element is open' : `</${current.name}> is due`;
      return new UnreadableXml(`</${name}> stands where ${expected}`, offset);
    }
    this.position += 1;
    this.close();
    return undefined;
  }

  private close(): void {
    const element = this.open.pop()!;
    const parent = this.open.at(-1);
    if (parent === undefined) {
      this.root = element;
    } else {
      parent.children.push(element);
    }
  }

  private readText(): UnreadableXml | undefined {
    const start = this.position;
    const tag = this.text.indexOf('<', start);
    const end = tag < 0 ? this.text.length : tag;
    const value = resolveEntities(this.text.slice(start, end));
    if (expressionsAreClosed(value)) {
      this.position = end;
      return this.addText(value, start);
    }
    return this.readRawText(start);
  }

  private readRawText(start: number): UnreadableXml | undefined {
    TEXT_STOP.lastIndex = start;
    let end = this.text.length;
    for (let found = TEXT_STOP.exec(this.text); found !== null; found = TEXT_STOP.exec(this.text)) {
      if (found[0] === '<') {
        end = found.index;
        break;
      }
      const expressionEnd = this.expressionEnd(found.index + 1);
      if (expressionEnd < 0 && this.text.slice(start, found.index).trim() === '') {
        const name = this.open.at(-1)?.name ?? 'document';
        return new UnreadableXml(`<${name}> opens an expression that is never closed`, found.index);
      }
      TEXT_STOP.lastIndex = expressionEnd < 0 ? found.index + 2 : expressionEnd;
    }
    this.position = end;
    return this.addText(resolveEntitiesInCode(this.text.slice(start, end)), start);
  }

  private expressionEnd(start: number): number {
    const end = this.vainSearches < MOST_VAIN_SEARCHES ? scanExpression(this.text, start).end : -1;
    this.vainSearches += end < 0 ? 1 : 0;
    return end;
  }

  private addText(text: string, offset: number): UnreadableXml | undefined {
    const current = this.open.at(-1);
    if (current !== undefined) {
      current.text += text;
      return undefined;
    }
    return text.trim() === '' ? undefined : new UnreadableXml('there is text outside the elements', offset);
  }

  private skipTo(ending: string, what: string): UnreadableXml | undefined {
    const end = this.text.indexOf(ending, this.position);
    if (end < 0) {
      return new UnreadableXml(`a ${what} is never closed`, this.position);
    }
    this.position = end + ending.length;
    return undefined;
  }

  private at(expected: string): boolean {
    return this.text.startsWith(expected, this.position);
  }

  private skipSpace(): void {
    this.position += this.match(SPACE, this.position).length;
  }

  private match(pattern: RegExp, at: number): string {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? '';
  }
}

/** The value that a text is: an expression when it is nothing else, white space around it aside. */
export function asValue(text: string): PolicyValue {
  const expression = wholeExpression(text);
  return expression === undefined ? text : { expression };
}

function expressionsAreClosed(text: string): boolean {
  EXPRESSION_START.lastIndex = 0;
  for (let found = EXPRESSION_START.exec(text); found !== null; found = EXPRESSION_START.exec(text)) {
    const end = scanExpression(text, found.index + 1).end;
    if (end < 0) {
      return false;
    }
    EXPRESSION_START.lastIndex = end;
  }
  return true;
}

const NAME = /[A-Za-z_][\w.:-]*/y;
const SPACE = /\s*/y;
const ENTITY = /&(?:(lt|gt|amp|apos|quot)|#(\d+)|#x([0-9a-fA-F]+));/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };

/** The text is not XML, or not to the taste of Go's strict decoder. */
class NotXml extends Error {}

/**
 * The tokens of a text as Go's `encoding/xml` reads them, one line for each; white space between elements and the kind
 * of quotes around an attribute leave no trace. `undefined` when that decoder refuses the text.
 */
export function xmlTokens(text: string): readonly string[] | undefined {
  try {
    return new Tokenizer(text).read();
  } catch (error) {
    if (error instanceof NotXml) {
      return undefined;
    }
    throw error;
  }
}

class Tokenizer {
  private position = 0;
  private readonly tokens: string[] = [];
  private readonly open: string[] = [];

  constructor(private readonly text: string) {}

  read(): readonly string[] {
    while (this.position < this.text.length) {
      this.readNext();
    }
    this.demand(this.open.length === 0);
    return this.tokens;
  }

  private readNext(): void {
    if (this.accept('<!--')) {
      this.tokens.push(`comment ${this.upTo('-->')}`);
    } else if (this.accept('<![CDATA[')) {
      this.addText(this.upTo(']]>'));
    } else if (this.accept('<?')) {
      this.tokens.push(`instruction ${this.upTo('?>')}`);
    } else if (this.accept('</')) {
      this.readEnd();
    } else if (this.accept('<')) {
      this.readStart();
    } else {
      const end = this.text.indexOf('<', this.position);
      const raw = this.text.slice(this.position, end < 0 ? undefined : end);
      this.demand(!raw.includes(']]>'));
      this.position += raw.length;
      this.addText(resolved(raw));
    }
  }

  private readStart(): void {
    const name = this.take(NAME);
    const attributes: [string, string][] = [];
    for (this.take(SPACE); !this.startsWith('>') && !this.startsWith('/>'); this.take(SPACE)) {
      const attribute = this.take(NAME);
      this.take(SPACE);
      this.demand(this.accept('='));
      this.take(SPACE);
      const quote = this.text[this.position];
      this.demand(quote === '"' || quote === "'");
      this.position += 1;
      const value = this.upTo(quote!);
      this.demand(!value.includes('<'));
      attributes.push([attribute, resolved(value)]);
    }
    this.tokens.push(`start ${JSON.stringify([name, ...attributes])}`);
    if (this.accept('/>')) {
      this.tokens.push(`end ${name}`);
    } else {
      this.position += 1;
      this.open.push(name);
    }
  }

  private readEnd(): void {
    const name = this.take(NAME);
    this.take(SPACE);
    this.demand(this.accept('>') && this.open.pop() === name);
    this.tokens.push(`end ${name}`);
  }

  private addText(text: string): void {
    if (text.trim() !== '') {
      this.tokens.push(`text ${text}`);
    }
  }

  private upTo(end: string): string {
    const found = this.text.indexOf(end, this.position);
    this.demand(found >= 0);
    const taken = this.text.slice(this.position, found);
    this.position = found + end.length;
    return taken;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    this.demand(match !== null);
    this.position += match![0].length;
    return match![0];
  }

  private accept(expected: string): boolean {
    const found = this.startsWith(expected);
    this.position += found ? expected.length : 0;
    return found;
  }

  private startsWith(expected: string): boolean {
    return this.text.startsWith(expected, this.position);
  }

  private demand(fact: boolean): void {
    if (!fact) {
      throw new NotXml();
    }
  }
}

/** @throws NotXml for an ampersand that begins no entity */
function resolved(raw: string): string {
  if (raw.replace(ENTITY, '').includes('&')) {
    throw new NotXml();
  }
  return unescaped(raw);
}

/** Entities as the characters that they stand for; anything else is left alone (`html.UnescapeString` in Go). */
export function unescaped(text: string): string {
  return text.replace(ENTITY, (whole, name?: string, decimal?: string, hexadecimal?: string) => {
    if (name !== undefined) {
      return NAMED[name]!;
    }
    const code = decimal === undefined ? parseInt(hexadecimal!, 16) : Number(decimal);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}

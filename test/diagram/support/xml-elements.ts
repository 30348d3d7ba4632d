/** An element of an XML text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text, entities read. */
  text: string;
}

const TOKEN = /<\/([a-z]+)>|<([a-z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>|([^<]+)/y;

/** The elements of XML that uses no more than elements, attributes, text and numeric entities. @throws where it is not well-formed */
export function elementsOf(xml: string): XmlElement[] {
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    if (token === null) {
      throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
    }
    const [, closed, opened, attributes, isEmpty, text] = token;
    if (closed !== undefined && open.pop()?.name !== closed) {
      throw new Error(`</${closed}> closes something else at ${at}`);
    }
    if (opened !== undefined) {
      const element: XmlElement = { name: opened, attributes: attributesOf(attributes!), text: '' };
      elements.push(element);
      if (isEmpty === '') {
        open.push(element);
      }
    }
    if (text !== undefined && open.length > 0) {
      open.at(-1)!.text += unescaped(text);
    }
  }
  if (open.length > 0) {
    throw new Error(`<${open.at(-1)!.name}> is not closed`);
  }
  return elements;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([a-zA-Z:-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, unescaped(value!)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

function unescaped(text: string): string {
  if (/&(?!#\d+;)/.test(text)) {
    throw new Error(`an ampersand is no entity: ${text}`);
  }
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

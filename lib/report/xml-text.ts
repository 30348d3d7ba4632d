import { printable } from '../contracts/printable';
import { withoutLogCommandsInMarkup } from './inert-text';

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that no XML 1.0 document may hold, not even as a reference, and that are no control characters. */
const FORBIDDEN = /[\ufffe\uffff]/gu;

/** An element with everything escaped that was given; its content is one text, or elements made by this function. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string | readonly XmlElement[] = [],
): XmlElement {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const start = `<${name}${written.join('')}`;
  if (content.length === 0) {
    return { lines: [`${start}/>`] };
  }
  if (typeof content === 'string') {
    return { lines: [`${start}>${content.split('\n').map(xmlText).join('\n')}</${name}>`] };
  }
  return { lines: [`${start}>`, ...content.flatMap(({ lines }) => lines.map((line) => `  ${line}`)), `</${name}>`] };
}

export interface XmlElement {
  readonly lines: readonly string[];
}

export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.lines.join('\n')}\n`;
}

/** Text of one line: what XML cannot hold or a reader must not meet is written as its code. */
function xmlText(text: string): string {
  const visible = printable(text).replace(FORBIDDEN, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
  return withoutLogCommandsInMarkup(visible.replace(/[&<>"']/gu, (character) => REFERENCES[character]!));
}

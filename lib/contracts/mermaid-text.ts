import { printable } from './printable';

/**
 * Characters that end a label, start markup or an entity, or are changed before Mermaid parses its text. They are written as
 * `#<code>;`, which Mermaid turns back (https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).
 * The colon is one because Mermaid cuts the semicolon off lines that look like `style…:…#…;`
 * (https://github.com/mermaid-js/mermaid/blob/develop/packages/mermaid/src/utils.ts, `encodeEntities`).
 */
const SPECIAL = /["#;:<>&`\\$[\]{}|]|%(?=%)/g;

/** Text fit to stand between the quotes of a Mermaid label: printable, on one line, without any markup. */
export function mermaidText(text: string): string {
  return printable(text).replace(SPECIAL, (character) => `#${character.codePointAt(0)!};`);
}

/** A label of several lines. */
export function mermaidLabel(lines: readonly string[]): string {
  return `"${lines.map(mermaidText).join('<br/>')}"`;
}

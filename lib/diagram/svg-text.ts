import { printable } from '../contracts/printable';

/** Text fit to stand in XML, in content and in attributes. */
export function xmlText(text: string): string {
  // Allowed in JavaScript's strings, never in XML: https://www.w3.org/TR/xml/#charsets
  const allowed = printable(text).replace(/[\ufffe\uffff]/g, '\ufffd');
  return allowed.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)!};`);
}

const NARROW = /[iIjlrtf.,:;|!'"`()[\]{}/\\ -]/;
const WIDE = /[mwMW@%]/;
const CAPITAL = /[A-Z0-9_+=<>~#$?&]/;

/**
 * Width of a text in units of its font size. There is no font to measure: the figures are those of the widest font that the
 * diagram may be drawn with (DejaVu Sans), so that text ends inside its box in every other one.
 */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width += widthOf(character);
  }
  return width;
}

function widthOf(character: string): number {
  if (character.codePointAt(0)! > 0x2e7f) {
    return 1.2;
  }
  return NARROW.test(character) ? 0.41 : WIDE.test(character) ? 0.98 : CAPITAL.test(character) ? 0.7 : 0.625;
}

/** The text, or as much of its start as fits. */
export function fitted(text: string, width: number): string {
  if (textWidth(text) <= width) {
    return text;
  }
  let kept = '';
  let used = widthOf('…');
  for (const character of text) {
    used += widthOf(character);
    if (used > width) {
      break;
    }
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

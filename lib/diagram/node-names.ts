import { createHash } from 'node:crypto';
import { abridged } from '../contracts/printable';
import { Attribute } from '../facts/attribute';

/** Digits of an id: two of 10,000 nodes have the same one in 100,000 diagrams at most once. */
const DIGITS_IN_ID = 12;

/** An id that changes only when what it is made from does, so that a diagram's text changes where the configuration did. */
export function nodeId(prefix: string, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${prefix}_${digest.slice(0, DIGITS_IN_ID)}`;
}

/** A value as people read it: expressions without their brackets where nothing else stands around them. */
export function shown(attribute: Attribute, absent: string): string {
  switch (attribute.state) {
    case 'absent':
      return absent;
    case 'known':
      return abridged(attribute.value);
    case 'unknown':
      return abridged(withoutBrackets(attribute.expression));
  }
}

/** An expression of Terraform that is the whole text, without the brackets around it. */
export function withoutBrackets(text: string): string {
  return text.replace(/^\$\{([^{}]*)\}$/, '$1');
}

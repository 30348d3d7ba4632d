import { GAP } from './terminal-table';
import { Line, painted } from './terminal-text';

/** A title and a line for each text; nothing where there are none. */
export function section(title: string, texts: readonly string[]): Line[] {
  return texts.length === 0 ? [] : [[painted(title, 'bold')], ...texts.map((text): Line => [GAP, text])];
}

/** Parts that have lines, an empty line between each two. */
export function joinedParts(parts: readonly (readonly Line[])[]): Line[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index): Line[] => [...(index === 0 ? [] : [['']]), ...part]);
}

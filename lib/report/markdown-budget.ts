/** A part of a document that may be shortened: whole items are left out, never a piece of one. */
export interface Section {
  /** Stands before the items where there are any. */
  readonly before: string;
  /** Written one by one as long as there is room: most of a long report never is. */
  readonly items: readonly (() => string)[];
  /** Stands behind the items and behind what is said of those left out. */
  readonly after: string;
  /** What is said of items left out. */
  readonly more: (left: number) => string;
  /** UTF-8 bytes that the section may have, besides what sections before it have left over. */
  readonly share: number;
}

/** Bytes in UTF-8: never fewer than characters, however a platform counts those. */
export function sizeOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** The sections one after the other, each within its share and what earlier ones left over. */
export function withinBudget(sections: readonly Section[]): string {
  let spare = 0;
  return sections
    .map((section) => {
      const text = fitted(section, section.share + spare);
      spare += section.share - sizeOf(text);
      return text;
    })
    .join('');
}

function fitted({ before, items, after, more }: Section, budget: number): string {
  if (items.length === 0) {
    return '';
  }
  let used = sizeOf(before) + sizeOf(after);
  const kept: string[] = [];
  const reserve = sizeOf(more(items.length));
  for (const write of items) {
    const item = write();
    const isLast = kept.length === items.length - 1;
    used += sizeOf(item);
    if (used + (isLast ? 0 : reserve) > budget) {
      break;
    }
    kept.push(item);
  }
  const left = items.length - kept.length;
  const text = [before, ...kept, ...(left === 0 ? [] : [more(left)]), after].join('');
  return sizeOf(text) <= budget ? text : '';
}

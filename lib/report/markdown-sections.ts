import { sentence } from './markdown-text';

const LONGEST_LIST = 7_000;

/** A title and a list below it, as much as has room; nothing where there are no texts. */
export function list(title: string, texts: readonly string[]): string[] {
  const { shown, left } = fitting(
    texts.map((text) => `- ${sentence(text)}`),
    LONGEST_LIST,
  );
  return texts.length === 0
    ? []
    : [`**${title}**`, ...(shown.length === 0 ? [] : [shown.join('\n')]), ...leftText(left)];
}

/** What is said of lines that have no room. */
export function leftText(left: number): string[] {
  return left === 0 ? [] : [`${left} more; \`--format json\` has all`];
}

/** The first lines, up to so many characters. */
export function fitting(
  lines: readonly string[],
  longest: number,
): { readonly shown: readonly string[]; readonly left: number } {
  let length = 0;
  const end = lines.findIndex((line) => (length += line.length + 1) > longest);
  const shown = end < 0 ? lines : lines.slice(0, end);
  return { shown, left: lines.length - shown.length };
}

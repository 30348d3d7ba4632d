/** Entities that stand for a character of a policy expression; `&amp;` comes last, so that nothing is decoded twice. */
const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&(?:quot|#34|#x22);/gi, '"'],
  [/&(?:apos|#39|#x27);/gi, "'"],
  [/&(?:lt|#60|#x3c);/gi, '<'],
  [/&(?:gt|#62|#x3e);/gi, '>'],
  [/&(?:amp|#38|#x26);/gi, '&'],
];

/**
 * The text as what reads it sees it: without comments, and with XML entities as the characters that they stand for.
 * Comments are `<!-- … -->`, block comments of code, lines that begin with `#` or `// `, and what follows ` # ` where no quote comes after it.
 */
export function readableText(text: string): string {
  const written = without('/* ', ' */', without('<!--', '-->', text));
  const seen = /#|\/\//.test(written) ? withoutLineComments(written) : written;
  return seen.includes('&') ? ENTITIES.reduce((decoded, [entity, to]) => decoded.replace(entity, to), seen) : seen;
}

function without(opening: string, closing: string, text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let start = text.indexOf(opening); start >= 0; start = text.indexOf(opening, from)) {
    const end = text.indexOf(closing, start + opening.length - 1);
    if (end < 0) {
      break;
    }
    pieces.push(text.slice(from, start), ' ');
    from = end + closing.length;
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(from);
}

function withoutLineComments(text: string): string {
  return text.split('\n').map(withoutComment).join('\n');
}

function withoutComment(line: string): string {
  if (/^\s*(?:#|\/\/[\s/])/.test(line)) {
    return '';
  }
  const lastQuote = Math.max(line.lastIndexOf('"'), line.lastIndexOf("'"));
  const start = line.indexOf(' # ', lastQuote + 1);
  return start < 0 ? line : line.slice(0, start);
}

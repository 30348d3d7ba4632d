import wrapAnsi from 'wrap-ansi';

/** Words of one column for each character, with one space between them: nothing in them has to be measured. */
const PLAIN_WORDS = /^[!-~]+(?: [!-~]+)*$/;

/**
 * The text in rows of at most so many columns, as `wrap-ansi` breaks them. That one measures each character several times,
 * so that plain words, which are nearly all of a report, are broken here.
 */
export function wrappedRows(text: string, columns: number): string[] {
  return PLAIN_WORDS.test(text)
    ? plainRows(text, columns)
    : wrapAnsi(text, columns, { hard: true, trim: true }).split('\n');
}

function plainRows(text: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    const joined = row === '' ? word : `${row} ${word}`;
    if (joined.length <= columns) {
      row = joined;
      continue;
    }
    if (word.length <= columns) {
      rows.push(row);
      row = word;
      continue;
    }
    const pieces = broken(row, word, columns);
    rows.push(...pieces.slice(0, -1));
    row = pieces.at(-1)!;
  }
  return [...rows, row];
}

/** A word that no row has room for begins in the row before it where that saves one. */
function broken(row: string, word: string, columns: number): string[] {
  const room = row === '' ? columns : Math.max(0, columns - row.length - 1);
  const rowsFromHere = 1 + Math.floor((word.length - room - 1) / columns);
  const startsHere = row === '' || (room > 0 && rowsFromHere <= Math.floor((word.length - 1) / columns));
  const text = startsHere && row !== '' ? `${row} ${word}` : word;
  const pieces = Array.from({ length: Math.ceil(text.length / columns) }, (_none, index) =>
    text.slice(index * columns, (index + 1) * columns),
  );
  return startsHere ? pieces : [row, ...pieces];
}

const INTEGER = /^[\t-\r ]*([+-]?)(\d+)[\t-\r ]*\0*$/;
const REAL = /^[\t-\r ]*([+-]?)((?:\d[\d,]*)?(?:\.\d*)?)(?:[eE]([+-]?\d+))?[\t-\r ]*\0*$/;

/** What `int.Parse` and `long.Parse` read (NumberStyles.Integer), of any size; undefined if it is no integer. */
export function parseInteger(text: string): bigint | undefined {
  const match = INTEGER.exec(text);
  if (!match) {
    return undefined;
  }
  const size = BigInt(match[2]!);
  return match[1] === '-' ? -size : size;
}

/** What `double.Parse` reads under the invariant culture; undefined if it is no number. */
export function parseDouble(text: string): number | undefined {
  const word = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, '-Infinity': Number.NEGATIVE_INFINITY };
  const trimmed = text.trim();
  if (Object.hasOwn(word, trimmed)) {
    return word[trimmed as keyof typeof word];
  }
  const match = REAL.exec(text);
  if (!match || !/\d/.test(match[2]!)) {
    return undefined;
  }
  return Number(`${match[1]}${match[2]!.replaceAll(',', '')}${match[3] === undefined ? '' : `e${match[3]}`}`);
}

/** What `bool.Parse` reads; undefined if it is neither. */
export function parseBoolean(text: string): boolean | undefined {
  const word = text.replace(/^[\s\0]+|[\s\0]+$/g, '').toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

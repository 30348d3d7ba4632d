/** Blanks, and then one token: punctuation, a string, or any other value. */
const BLANKS = /[ \t\r\n]*/y;
const TOKEN =
  /[{}[\],:]|"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[^"\\\u0000-\u001f]*)*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

type Expectation = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

/**
 * Where a text stops being JSON, for instance `syntax error at line 3, column 14`.
 *
 * The parser's own message quotes the text, which may hold secrets, and gives a position only in some versions of Node.
 */
export function describeJsonError(text: string): string {
  const offset = offsetOfError(text);
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  const place = `line ${before.length}, column ${before[before.length - 1]!.length + 1}`;
  return offset === text.length ? `the text ends too early, at ${place}` : `syntax error at ${place}`;
}

/** Index of the first token that cannot stand where it stands; the length of a text that ends too early. */
function offsetOfError(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expectation = 'value';
  let offset = 0;
  for (;;) {
    offset += matchAt(BLANKS, text, offset)!.length;
    const token = matchAt(TOKEN, text, offset);
    const next: Expectation | undefined = token === undefined ? undefined : after(token, expected, open);
    if (next === undefined) {
      return offset;
    }
    offset += token!.length;
    expected = next;
  }
}

/** What may follow a token, or nothing where the token itself may not stand. */
function after(token: string, expected: Expectation, open: ('{' | '[')[]): Expectation | undefined {
  const inside = open[open.length - 1];
  switch (token) {
    case ':':
      return expected === ':' ? 'value' : undefined;
    case ',':
      return expected === ', or end' ? (inside === '{' ? 'key' : 'value') : undefined;
    case '}':
    case ']': {
      const isEmpty = expected === (token === '}' ? 'key or }' : 'value or ]');
      const isEnd = expected === ', or end' && inside === (token === '}' ? '{' : '[');
      open.pop();
      return isEmpty || isEnd ? afterValue(open) : undefined;
    }
  }
  if (expected.startsWith('key')) {
    return token.startsWith('"') ? ':' : undefined;
  }
  if (!expected.startsWith('value')) {
    return undefined;
  }
  if (token === '{' || token === '[') {
    open.push(token);
    return token === '{' ? 'key or }' : 'value or ]';
  }
  return afterValue(open);
}

function afterValue(open: readonly string[]): Expectation {
  return open.length === 0 ? 'nothing' : ', or end';
}

function matchAt(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
}

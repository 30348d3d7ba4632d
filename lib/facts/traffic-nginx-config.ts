/** A directive of nginx: its name and parameters, and what stands in its braces. */
export interface NginxDirective {
  readonly words: readonly string[];
  /** From 1. */
  readonly line: number;
  readonly block?: readonly NginxDirective[];
}

/** A configuration that was read, or what stands in the way, as the end of a sentence. */
export type NginxReading = { readonly directives: readonly NginxDirective[] } | { readonly problem: string };

interface OpenBlock {
  readonly words: readonly string[];
  readonly line: number;
  readonly block: NginxDirective[];
}

const WORD_ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', '"': '"', "'": "'", '\\': '\\' };

/**
 * Takes a configuration of nginx apart as nginx itself does: words end at white space, `;` or `{`; quotes count where a
 * word begins; `${` opens no block; `#` where a word would begin is a comment. What directives mean is not looked at.
 * Source: `ngx_conf_read_token` in https://github.com/nginx/nginx/blob/master/src/core/ngx_conf_file.c
 */
export function readNginxConfig(text: string): NginxReading {
  const tokens = new NginxTokens(text);
  const open: OpenBlock[] = [{ words: [], line: 1, block: [] }];
  let words: string[] = [];
  let line = 1;
  for (let token = tokens.next(); token !== undefined; token = tokens.next()) {
    if (token.kind === 'problem') {
      return { problem: `${token.text} in line ${token.line}` };
    }
    if (token.kind === 'word') {
      line = words.length === 0 ? token.line : line;
      words.push(token.text);
      continue;
    }
    if ((token.kind === '}') !== (words.length === 0)) {
      return { problem: `unexpected "${token.kind}" in line ${token.line}` };
    }
    if (token.kind === '{') {
      open.push({ words, line, block: [] });
    } else if (token.kind === ';') {
      open.at(-1)!.block.push({ words, line });
    } else if (open.length === 1) {
      return { problem: `unexpected "}" in line ${token.line}` };
    } else {
      const closed = open.pop()!;
      open.at(-1)!.block.push(closed);
    }
    words = [];
  }
  return words.length > 0 || open.length > 1
    ? {
        problem: `unexpected end: "${words.length > 0 ? ';' : '}'}" is missing for line ${words.length > 0 ? line : open.at(-1)!.line}`,
      }
    : { directives: open[0]!.block };
}

/** Every directive, those in blocks included, in the order of the text. */
export function allDirectives(directives: readonly NginxDirective[]): NginxDirective[] {
  const all: NginxDirective[] = [];
  const waiting = [...directives].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    all.push(next);
    waiting.push(...[...(next.block ?? [])].reverse());
  }
  return all;
}

interface NginxToken {
  readonly kind: 'word' | ';' | '{' | '}' | 'problem';
  readonly text: string;
  readonly line: number;
}

class NginxTokens {
  private position = 0;
  private line = 1;
  private isBehindQuote = false;

  constructor(private readonly text: string) {}

  next(): NginxToken | undefined {
    this.skipBlanks();
    const character = this.text[this.position];
    if (character === undefined) {
      return undefined;
    }
    const { line } = this;
    if (character === ';' || character === '{' || (character === '}' && !this.isBehindQuote)) {
      this.position += 1;
      this.isBehindQuote = false;
      return { kind: character, text: character, line };
    }
    if (this.isBehindQuote && character !== ')') {
      return { kind: 'problem', text: `unexpected "${character}"`, line };
    }
    this.isBehindQuote = false;
    return character === '"' || character === "'" ? this.quotedWord(character, line) : this.plainWord(line);
  }

  /** Blanks and comments; a blank also ends what a quote has closed. */
  private skipBlanks(): void {
    for (;;) {
      const character = this.text[this.position];
      if (character !== undefined && ' \t\r\n'.includes(character)) {
        this.line += character === '\n' ? 1 : 0;
        this.position += 1;
        this.isBehindQuote = false;
      } else if (character === '#' && !this.isBehindQuote) {
        const end = this.text.indexOf('\n', this.position);
        this.position = end < 0 ? this.text.length : end;
      } else {
        return;
      }
    }
  }

  private quotedWord(quote: string, line: number): NginxToken {
    const start = this.position + 1;
    for (let index = start; index < this.text.length; index += 1) {
      const character = this.text[index];
      this.line += character === '\n' ? 1 : 0;
      if (character === '\\') {
        this.line += this.text[index + 1] === '\n' ? 1 : 0;
        index += 1;
      } else if (character === quote) {
        this.position = index + 1;
        this.isBehindQuote = true;
        return { kind: 'word', text: unescaped(this.text.slice(start, index)), line };
      }
    }
    this.position = this.text.length;
    return { kind: 'problem', text: `unexpected end: ${quote} is not closed`, line };
  }

  private plainWord(line: number): NginxToken {
    const start = this.position;
    let index = start;
    let isVariable = false;
    for (; index < this.text.length; index += 1) {
      const character = this.text[index]!;
      if (character === '{' && isVariable) {
        continue;
      }
      isVariable = character === '$';
      if (character === '\\') {
        this.line += this.text[index + 1] === '\n' ? 1 : 0;
        index += 1;
      } else if (' \t\r\n;{'.includes(character)) {
        break;
      }
    }
    this.position = Math.min(index, this.text.length);
    return { kind: 'word', text: unescaped(this.text.slice(start, this.position)), line };
  }
}

function unescaped(word: string): string {
  return word.includes('\\')
    ? word.replace(/\\([\s\S])/g, (whole, character: string) => WORD_ESCAPES[character] ?? whole)
    : word;
}

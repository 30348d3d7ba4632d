import { Trait } from './json-value';

/** What a byte is outside of texts. */
const enum Token {
  /** Blanks, commas and colons. */
  Punctuation,
  Quote,
  OpenObject,
  OpenList,
  CloseObject,
  CloseList,
  /** Stands in numbers, `true`, `false` and `null`. */
  Word,
  /** Stands in texts only. */
  Other,
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const SOLIDUS = 0x2f;
const LETTER_U = 0x75;

/** Escapes that Terraform writes for what HTML gives a meaning: `<`, `>` and `&`. */
const HTML_ESCAPE = /^u00(?:3c|3e|26)$/i;
const HTML_ESCAPE_LENGTH = 5;

const TOKENS = tokens();

/** Bytes behind which a value or key may begin: 1. */
const IS_BEFORE_VALUE = Uint8Array.from({ length: 256 }, (_, byte) =>
  Buffer.from('\t\n\r ,:{[').includes(byte) ? 1 : 0,
);

/** How a reader of inner values is set up. */
export interface InnerReading {
  /** Levels of objects and lists. */
  readonly deepestNesting: number;
  /** Member whose text is noted. */
  readonly label: string;
  /** The error of something at an index of the bytes. */
  fail(problem: string, index: number): Error;
  /** The error of a byte that may not stand there. */
  refuse(index: number): Error;
}

/**
 * Finds the end of an object or list that is taken or passed over. Nearly all of a plan is read here.
 *
 * What is kept of a plan is parsed once more, so that not the whole grammar is checked: brackets have to match, and what
 * stands at both sides of a text, word or number has to be punctuation. That is enough for a broken text not to swallow
 * what stands beside it, since the next key would then stand outside of texts.
 */
export class InnerReader {
  /** What is known of the bytes of the value that was read last. */
  traits = 0;
  private readonly nesting: Uint8Array;
  private readonly labelBytes: Buffer;
  private depth = 0;
  private deepest = 0;
  private isInText = false;
  private isBehindBackslash = false;
  private notesLabel = false;
  private isLabelNext = false;
  private labelText: string | undefined;
  private labels = 0;

  constructor(private readonly reading: InnerReading) {
    this.nesting = new Uint8Array(reading.deepestNesting + 1);
    this.labelBytes = Buffer.from(JSON.stringify(reading.label));
  }

  /** Whether a value is being read. */
  get isReading(): boolean {
    return this.depth > 0;
  }

  /** Text of the label; `undefined` where there is none, or more than one, or none in plain letters. */
  get label(): string | undefined {
    return this.labels === 1 ? this.labelText : undefined;
  }

  /**
   * An object or list begins, its bracket is read.
   *
   * @param outer levels around it
   * @param notesLabel whether its label is wanted
   */
  start(isObject: boolean, outer: number, notesLabel: boolean): void {
    this.nesting[0] = isObject ? 1 : 0;
    this.depth = 1;
    this.deepest = this.reading.deepestNesting - outer;
    this.isInText = false;
    this.isBehindBackslash = false;
    this.traits = 0;
    this.notesLabel = notesLabel && isObject;
    this.isLabelNext = false;
    this.labelText = undefined;
    this.labels = 0;
  }

  /**
   * Reads bytes. The one in front of them has been read, and behind them is room for another.
   *
   * @returns the index of the next byte, at least `enough` unless the value is over
   */
  read(bytes: Buffer, from: number, enough: number, end: number): number {
    const { nesting, deepest } = this;
    const tokens = TOKENS;
    const isBeforeValue = IS_BEFORE_VALUE;
    const labelDepth = this.notesLabel ? 1 : -1;
    const labelLength = this.labelBytes.length;
    let { depth, isInText } = this;
    let seen = 0;
    let start = -1;
    let index = this.isBehindBackslash ? this.passEscaped(from) : from;
    // Ends the loop over the bytes of a text, so that it does not have to look where the bytes end.
    bytes[end] = QUOTE;
    while (index < enough) {
      if (isInText) {
        let byte = bytes[index]!;
        while (byte !== QUOTE && byte !== BACKSLASH) {
          seen |= byte;
          byte = bytes[++index]!;
        }
        if (byte === BACKSLASH) {
          index = this.passEscape(bytes, index, end);
          continue;
        }
        if (index >= end) {
          break;
        }
        isInText = false;
        index++;
        if (depth === labelDepth && (this.isLabelNext || index - start === labelLength || start < 0)) {
          this.noteLabel(bytes, start, index, end);
        }
        // Nearly always the one punctuation follows at once.
        const next = bytes[index];
        if (next === COLON || next === COMMA) {
          index++;
        }
        continue;
      }
      const token = tokens[bytes[index]!]!;
      if (token === Token.Punctuation) {
        index++;
      } else if (token === Token.CloseObject || token === Token.CloseList) {
        if (nesting[depth - 1] !== (token === Token.CloseObject ? 1 : 0)) {
          throw this.reading.refuse(index);
        }
        index++;
        if (--depth === 0) {
          break;
        }
      } else if (token === Token.Word) {
        const before = bytes[index - 1]!;
        // A word that goes on from the bytes before stands behind its own letters.
        if (isBeforeValue[before] === 0 && tokens[before] !== Token.Word) {
          throw this.reading.refuse(index);
        }
        while (tokens[bytes[++index]!] === Token.Word);
      } else if (token === Token.Other || isBeforeValue[bytes[index - 1]!] === 0) {
        throw this.reading.refuse(index);
      } else if (token === Token.Quote) {
        isInText = true;
        start = index++;
      } else {
        if (depth === deepest) {
          throw this.reading.fail(`objects and lists nest deeper than ${this.reading.deepestNesting} levels`, index);
        }
        nesting[depth++] = token === Token.OpenObject ? 1 : 0;
        index++;
      }
    }
    this.depth = depth;
    this.isInText = isInText;
    this.traits |= seen > 0x7f ? Trait.NonAscii : 0;
    return index;
  }

  /** Passes over a backslash and what it stands before; of `\u` the digits are left, which look like letters. */
  private passEscape(bytes: Buffer, index: number, end: number): number {
    this.traits |= Trait.Escape;
    if (index + 1 === end) {
      this.isBehindBackslash = true;
      return end;
    }
    const escaped = bytes[index + 1];
    if (escaped === SOLIDUS || (escaped === LETTER_U && !isHtmlEscape(bytes, index + 1, end))) {
      this.traits |= Trait.Hiding;
    }
    return index + 2;
  }

  /** What is escaped came with later bytes than the backslash, and may be anything. */
  private passEscaped(index: number): number {
    this.isBehindBackslash = false;
    this.traits |= Trait.Hiding;
    return index + 1;
  }

  /** Looks whether a text is the key of the label, or the label; the start is -1 where it is in earlier bytes. */
  private noteLabel(bytes: Buffer, start: number, textEnd: number, end: number): void {
    let next = textEnd;
    while (next < end && isBlank(bytes[next]!)) {
      next++;
    }
    if (start < 0 || next === end) {
      // Whatever it is: a label that is not certain is none.
      this.labels += 2;
    } else if (bytes[next] === COLON) {
      this.isLabelNext = this.isLabelAt(bytes, start, textEnd);
      this.labels += this.isLabelNext ? 1 : 0;
    } else if (this.isLabelNext) {
      this.isLabelNext = false;
      const text = bytes.toString('utf8', start + 1, textEnd - 1);
      this.labelText = text.includes('\\') ? undefined : text;
    }
  }

  private isLabelAt(bytes: Uint8Array, start: number, end: number): boolean {
    const { labelBytes } = this;
    let length = end - start === labelBytes.length ? 0 : -1;
    while (length >= 0 && length < labelBytes.length) {
      length = bytes[start + length] === labelBytes[length] ? length + 1 : -1;
    }
    return length > 0;
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Whether `u` and the digits behind it, which begin at the index, are one of the escapes for HTML. */
function isHtmlEscape(bytes: Buffer, index: number, end: number): boolean {
  return (
    index + HTML_ESCAPE_LENGTH <= end &&
    HTML_ESCAPE.test(String.fromCharCode(...bytes.subarray(index, index + HTML_ESCAPE_LENGTH)))
  );
}

function tokens(): Uint8Array {
  const table = new Uint8Array(256).fill(Token.Other);
  const set = (characters: string, token: Token) => Buffer.from(characters).forEach((byte) => (table[byte] = token));
  set('\t\n\r ,:', Token.Punctuation);
  set('"', Token.Quote);
  set('{', Token.OpenObject);
  set('[', Token.OpenList);
  set('}', Token.CloseObject);
  set(']', Token.CloseList);
  set('0123456789-+.eEtruflasn', Token.Word);
  return table;
}

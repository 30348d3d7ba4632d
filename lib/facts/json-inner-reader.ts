import {
  BACKSLASH,
  COLON,
  COMMA,
  holdsNoEnd,
  IS_BEFORE_VALUE,
  isHtmlEscape,
  LETTER_U,
  NON_ASCII,
  QUOTE,
  SOLIDUS,
  standsAt,
  Token,
  TOKENS,
} from './json-bytes';
import { JsonLabel } from './json-label';
import { Trait } from './json-value';

/** Why bytes are looked at more closely than in the loop that nearly all of them run through. */
const enum Stop {
  None,
  /** A text ends at a backslash, or goes on in later bytes. */
  InText,
  /** A text that may be the key of the label is over. */
  Label,
  /** An object or list is over that stands so far outside that another one may repeat it, or the whole value. */
  Outer,
  /** A word stands behind something else than punctuation: the rest of itself, if it began in earlier bytes. */
  Word,
  TooDeep,
  Refused,
}

/** Levels around the object that may be repeated. */
const REPEATED_DEPTH = 2;

/** Index of the first letter of its key, behind comma and quote. */
const REPEATED_LETTER = 2;

/** Bytes behind those that are read which have to be there. */
export const ROOM_BEHIND = 4;

/** How a reader of inner values is set up. */
export interface InnerReading {
  /** Levels of objects and lists. */
  readonly deepestNesting: number;
  /** Member whose text is noted. */
  readonly label: string;
  /** Member of an inner object that often holds the same object as the member before it. */
  readonly repeated: string;
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
  /** Where an object begins that repeats, byte for byte, the one before it, and where it ends; -1 where none is known. */
  repeatedFrom = -1;
  repeatedTo = -1;
  private readonly nesting: Uint8Array;
  private readonly noted: JsonLabel;
  private readonly repeatedKey: Buffer;
  private bytes: Buffer = Buffer.alloc(0);
  /** The same bytes. */
  private words: DataView = new DataView(this.bytes.buffer);
  private depth = 0;
  private deepest = 0;
  private stop = Stop.None;
  /** Where the text begins that is being read; -1 where it is in earlier bytes. */
  private start = -1;
  /** Where the last object began that may be repeated; -1 where it is not known. */
  private opened = -1;
  private isInText = false;
  private isBehindBackslash = false;
  private labelDepth = -1;

  constructor(private readonly reading: InnerReading) {
    this.nesting = new Uint8Array(reading.deepestNesting + 1);
    this.noted = new JsonLabel(reading.label);
    this.repeatedKey = Buffer.from(`,${JSON.stringify(reading.repeated)}:`);
  }

  /** Whether a value is being read. */
  get isReading(): boolean {
    return this.depth > 0;
  }

  /** Text of the label; `undefined` where there is none, or more than one, or none in plain letters. */
  get label(): string | undefined {
    return this.noted.text;
  }

  /**
   * An object or list begins, its bracket is read.
   *
   * @param outer levels around it
   * @param notesLabel whether its label is wanted
   */
  begin(isObject: boolean, outer: number, notesLabel: boolean): void {
    this.nesting[0] = isObject ? Token.CloseObject : Token.CloseList;
    this.depth = 1;
    this.deepest = this.reading.deepestNesting - outer;
    this.isInText = false;
    this.isBehindBackslash = false;
    this.traits = 0;
    this.labelDepth = notesLabel && isObject ? 1 : -1;
    this.noted.forget();
  }

  /** What is read stands in these bytes from now on. */
  readIn(bytes: Buffer): void {
    this.bytes = bytes;
    this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.forgetPlaces();
  }

  /** Bytes that were read are at other indexes from now on, or gone. */
  forgetPlaces(): void {
    this.start = -1;
    this.opened = -1;
    this.repeatedFrom = -1;
    this.repeatedTo = -1;
  }

  /**
   * Reads bytes. The one in front of them has been read, and behind them is room for `ROOM_BEHIND` others.
   *
   * @returns the index of the next byte, at least `enough` unless the value is over
   */
  read(from: number, enough: number, end: number): number {
    const { bytes } = this;
    // Ends the loop over the bytes of a text, so that it does not have to look where the bytes end.
    bytes[end] = QUOTE;
    let index = this.isBehindBackslash ? this.passEscaped(from) : from;
    if (this.isInText) {
      index = this.readText(bytes, index, end);
    }
    while (index < enough && this.depth > 0) {
      index = this.run(bytes, index, enough, end);
      if (this.stop !== Stop.None) {
        index = this.lookAt(bytes, index, end);
      }
    }
    return index;
  }

  /**
   * Reads up to something that is looked at more closely. V8 optimises this loop for what it has seen of it and begins
   * again when something else comes: all that is rare is therefore left to others.
   */
  private run(bytes: Buffer, from: number, enough: number, end: number): number {
    const { nesting, words, deepest, labelDepth } = this;
    const tokens = TOKENS;
    const isBeforeValue = IS_BEFORE_VALUE;
    const labelLength = this.noted.key.length;
    const labelLetter = this.noted.key[1]!;
    const repeatedLetter = this.repeatedKey[REPEATED_LETTER]!;
    let { depth, opened, start } = this;
    let index = from;
    let seen = 0;
    let stop = Stop.None;
    while (index < enough) {
      const token = tokens[bytes[index]!]!;
      if (token === Token.Quote) {
        if (isBeforeValue[bytes[index - 1]!] === 0) {
          stop = Stop.Refused;
          break;
        }
        start = index++;
        // Four bytes at once, as long as none of them is a quote or a backslash.
        for (let word = words.getInt32(index, true); holdsNoEnd(word); word = words.getInt32(index, true)) {
          seen |= word;
          index += 4;
        }
        let byte = bytes[index]!;
        while (byte !== QUOTE && byte !== BACKSLASH) {
          seen |= byte;
          byte = bytes[++index]!;
        }
        if (byte === BACKSLASH || index >= end) {
          stop = Stop.InText;
          break;
        }
        index++;
        if (((depth ^ labelDepth) | ((index - start) ^ labelLength) | (bytes[start + 1]! ^ labelLetter)) === 0) {
          stop = Stop.Label;
          break;
        }
        // Nearly always the one punctuation follows at once.
        byte = bytes[index]!;
        if (byte === COLON || byte === COMMA) {
          index++;
        }
      } else if (token === Token.Punctuation) {
        index++;
      } else if (token === Token.CloseObject || token === Token.CloseList) {
        if (nesting[depth - 1] !== token) {
          stop = Stop.Refused;
          break;
        }
        index++;
        depth--;
        if (depth < REPEATED_DEPTH || ((depth ^ REPEATED_DEPTH) | (bytes[index + 2]! ^ repeatedLetter)) === 0) {
          stop = Stop.Outer;
          break;
        }
      } else if (token === Token.Word) {
        if (isBeforeValue[bytes[index - 1]!] === 0) {
          stop = Stop.Word;
          break;
        }
        while (tokens[bytes[++index]!] === Token.Word);
      } else if (token === Token.Other || isBeforeValue[bytes[index - 1]!] === 0) {
        stop = Stop.Refused;
        break;
      } else if (depth === deepest) {
        stop = Stop.TooDeep;
        break;
      } else {
        opened = depth === REPEATED_DEPTH ? index : opened;
        nesting[depth++] = token === Token.OpenObject ? Token.CloseObject : Token.CloseList;
        index++;
      }
    }
    this.depth = depth;
    this.opened = opened;
    this.start = start;
    this.stop = stop;
    this.traits |= (seen & NON_ASCII) === 0 ? 0 : Trait.NonAscii;
    return index;
  }

  private lookAt(bytes: Buffer, index: number, end: number): number {
    switch (this.stop) {
      case Stop.InText:
        return this.readText(bytes, index, end);
      case Stop.Label:
        this.noted.note(bytes, this.start, index, end);
        return index;
      case Stop.Outer:
        return this.depth === REPEATED_DEPTH ? this.passRepeated(bytes, index, end) : index;
      case Stop.Word:
        return this.passWord(bytes, index);
      case Stop.TooDeep:
        throw this.reading.fail(`objects and lists nest deeper than ${this.reading.deepestNesting} levels`, index);
      case Stop.Refused:
        throw this.reading.refuse(index);
      default:
        return index;
    }
  }

  /** Reads on inside a text, escapes included. */
  private readText(bytes: Buffer, from: number, end: number): number {
    this.isInText = true;
    let index = from;
    let seen = 0;
    while (index < end && this.isInText) {
      const byte = bytes[index]!;
      seen |= byte;
      if (byte === BACKSLASH) {
        index = this.passEscape(bytes, index, end);
      } else {
        index++;
        this.isInText = byte !== QUOTE;
      }
    }
    this.traits |= (seen & NON_ASCII) === 0 ? 0 : Trait.NonAscii;
    if (!this.isInText && this.depth === this.labelDepth) {
      this.noted.note(bytes, this.start, index, end);
    }
    return index;
  }

  /** Passes over an object that repeats the one which ends here: what holds for the one holds for the other. */
  private passRepeated(bytes: Buffer, index: number, end: number): number {
    const { opened, repeatedKey } = this;
    const from = index + repeatedKey.length;
    const to = from + index - opened;
    if (
      opened < 0 ||
      to > end ||
      !standsAt(bytes, index, repeatedKey) ||
      bytes.compare(bytes, opened, index, from, to) !== 0
    ) {
      return index;
    }
    this.repeatedFrom = from;
    this.repeatedTo = to;
    return to;
  }

  /** A word that goes on from the bytes before stands behind its own letters. */
  private passWord(bytes: Buffer, from: number): number {
    if (TOKENS[bytes[from - 1]!] !== Token.Word) {
      throw this.reading.refuse(from);
    }
    let index = from;
    while (TOKENS[bytes[index]!] === Token.Word) {
      index++;
    }
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
}

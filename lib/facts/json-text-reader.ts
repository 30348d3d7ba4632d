import { BACKSLASH, QUOTE } from './json-bytes';
import { IS_NOTABLE_IN_TEXT } from './json-grammar';
import { Trait } from './json-value';

/** Where a text stands; the four hexadecimal digits of `\u` count up from `Hexadecimal`. */
const enum Inside {
  Nothing,
  Text,
  Escape,
  Hexadecimal,
}

/** Reads the bytes of a key or of a text that is a value by itself, by the whole grammar. */
export class JsonTextReader {
  /** What is known of the bytes of the text that was read last. */
  traits = 0;
  private inside = Inside.Nothing;
  private codePoint = 0;

  /** @param fail the error of something at an index of the bytes */
  constructor(private readonly fail: (problem: string, index: number) => Error) {}

  get isReading(): boolean {
    return this.inside !== Inside.Nothing;
  }

  /** A text begins, its quote is read. */
  begin(): void {
    this.inside = Inside.Text;
    this.traits = 0;
  }

  /** @returns the index of the next byte, which is `end` unless the text is over */
  read(bytes: Uint8Array, from: number, end: number): number {
    let index = from;
    while (index < end) {
      if (this.inside !== Inside.Text) {
        this.escape(bytes[index]!, index);
        index++;
        continue;
      }
      while (index < end && IS_NOTABLE_IN_TEXT[bytes[index]!] === 0) {
        index++;
      }
      if (index === end) {
        break;
      }
      const byte = bytes[index++]!;
      if (byte === QUOTE) {
        this.inside = Inside.Nothing;
        break;
      } else if (byte === BACKSLASH) {
        this.inside = Inside.Escape;
        this.traits |= Trait.Escape;
      } else if (byte < 0x20) {
        throw this.fail(`${byteName(byte)} stands inside a text`, index - 1);
      } else {
        this.traits |= Trait.NonAscii;
      }
    }
    return index;
  }

  private escape(byte: number, index: number): void {
    if (this.inside === Inside.Escape) {
      const character = String.fromCharCode(byte);
      if (!'"\\/bfnrtu'.includes(character)) {
        throw this.fail(`a backslash stands before ${byteName(byte)}`, index);
      }
      this.inside = character === 'u' ? Inside.Hexadecimal : Inside.Text;
      this.traits |= character === '/' ? Trait.Hiding : 0;
      this.codePoint = 0;
      return;
    }
    const digit = parseInt(String.fromCharCode(byte), 16);
    if (Number.isNaN(digit)) {
      throw this.fail(`${byteName(byte)} stands among the four hexadecimal digits of an escape`, index);
    }
    this.codePoint = this.codePoint * 16 + digit;
    this.inside++;
    if (this.inside === Inside.Hexadecimal + 4) {
      this.inside = Inside.Text;
      this.traits |= '<>&'.includes(String.fromCharCode(this.codePoint)) ? 0 : Trait.Hiding;
    }
  }
}

/** A byte as messages name it. */
export function byteName(byte: number): string {
  return byte > 0x20 && byte < 0x7f
    ? `'${String.fromCharCode(byte)}'`
    : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
}

import { BACKSLASH, COLON, indexAfterBlanks, QUOTE, standsAt } from './json-bytes';
import { KnownTexts } from './known-texts';

/** Notes the text that an object's own member of one name has, while its bytes are passed over. */
export class JsonLabel {
  /** The key with its quotes. */
  readonly key: Buffer;
  private readonly texts = new KnownTexts();
  private found: string | undefined;
  /** How many members have the name; more than one where that cannot be told. */
  private members = 0;

  constructor(name: string) {
    this.key = Buffer.from(JSON.stringify(name));
  }

  /** Text of the label; `undefined` where there is none, or more than one, or none in plain letters. */
  get text(): string | undefined {
    return this.members === 1 ? this.found : undefined;
  }

  forget(): void {
    this.found = undefined;
    this.members = 0;
  }

  /**
   * Looks whether a text that is over is the key of the label; a label that is not certain is none.
   *
   * @param start index of the text's first quote; negative where it stands in earlier bytes
   * @param textEnd index behind the text's last quote
   * @param end index behind the bytes that are there
   */
  note(bytes: Buffer, start: number, textEnd: number, end: number): void {
    const { key } = this;
    if (start >= 0 && (textEnd - start !== key.length || !standsAt(bytes, start, key))) {
      return;
    }
    const next = indexAfterBlanks(bytes, textEnd, end);
    const from = indexAfterBlanks(bytes, next + 1, end) + 1;
    if (start < 0 || from > end) {
      this.members += 2;
    } else if (bytes[next] === COLON) {
      let to = from;
      while (bytes[to] !== QUOTE && bytes[to] !== BACKSLASH) {
        to++;
      }
      this.members += to < end ? 1 : 2;
      const isPlain = bytes[from - 1] === QUOTE && bytes[to] === QUOTE;
      this.found = isPlain ? this.texts.of(bytes, from, to) : undefined;
    }
  }
}

/** Letters, digits and everything beyond ASCII go on with a word, as for `ModelMentions`; a space that does not break is none. */
const IS_IN_WORD = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[0-9A-Za-z]/.test(character) || (code > 127 && code !== 160) ? 1 : 0;
});

/** Characters beyond ASCII whose lower case begins with an ASCII letter: `İ` and the Kelvin sign. */
const LOWER_CASE_IS_ASCII = /[\u0130\u212a]/;

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** How many characters are looked up at once. */
const START_LENGTH = 3;

/**
 * Says quickly that a long text names no model: it looks where words begin, and there at two and three characters first.
 * It finds every text that `ModelMentions` finds a name in, and some more.
 */
export class QuickNameSearch {
  /** By the low five bits of two characters, whether a name may begin so: small enough to stay close to the processor. */
  private readonly pairs = new Uint8Array(1 << 10);
  /** By the low five bits of three characters, in which upper and lower case are the same: 1 more than the index of a list of names. */
  private readonly starts = new Uint16Array(1 << 15);
  private readonly lists: Buffer[][] = [];
  /** False where some name is of another kind than those that are looked for here. */
  private readonly isUsable: boolean;
  private bytes = Buffer.alloc(1 << 14);

  /** @param names in lower case */
  constructor(names: Iterable<string>) {
    const distinct = [...new Set(names)];
    this.isUsable = distinct.every((name) => /^[a-z0-9][ -~]+$/.test(name));
    for (const name of distinct) {
      startsOf(name).forEach((start) => this.add(name, start));
    }
  }

  /** Whether a name may stand in the text. */
  mayAppearIn(text: string): boolean {
    return !this.isUsable || this.findsNameIn(text) || LOWER_CASE_IS_ASCII.test(text);
  }

  private add(name: string, start: number): void {
    this.pairs[start >> 5] = 1;
    if (this.starts[start] === 0) {
      this.starts[start] = this.lists.push([]);
    }
    this.lists[this.starts[start]! - 1]!.push(Buffer.from(name));
  }

  /**
   * Whether a name may stand in one of the texts of JSON, given by its bytes; `\u` escapes are not read, and each stands
   * between words. A number or word that reaches to the end must have another character behind it.
   */
  mayAppearInJson(json: Uint8Array, from: number, to: number): boolean {
    return !this.isUsable || this.findsName(json, from, to, BACKSLASH);
  }

  /**
   * Looks at bytes, which is several times faster than to look at the characters of a text. A character beyond Latin-1
   * loses its upper half; whatever it becomes, it hides no name that starts or ends at it.
   */
  private findsNameIn(text: string): boolean {
    if (this.bytes.length < text.length + START_LENGTH) {
      this.bytes = Buffer.alloc(2 * (text.length + START_LENGTH));
    }
    const length = this.bytes.write(text, 'latin1');
    // No word goes on behind the text.
    this.bytes.fill(0, length, length + START_LENGTH);
    return this.findsName(this.bytes, 0, length, -1);
  }

  /** @param escape the byte that begins an escape, which belongs to no word */
  private findsName(bytes: Uint8Array, from: number, to: number, escape: number): boolean {
    const { pairs } = this;
    const isInWord = IS_IN_WORD;
    let index = from;
    while (index < to) {
      const byte = bytes[index]!;
      if (isInWord[byte] === 0) {
        index += byte !== escape ? 1 : bytes[index + 1] === LETTER_U ? 6 : 2;
        continue;
      }
      if (pairs[((byte & 31) << 5) | (bytes[index + 1]! & 31)] === 1 && this.isNameAt(bytes, index)) {
        return true;
      }
      do {
        index++;
      } while (isInWord[bytes[index]!] === 1);
    }
    return false;
  }

  private isNameAt(bytes: Uint8Array, from: number): boolean {
    const start = ((bytes[from]! & 31) << 10) | ((bytes[from + 1]! & 31) << 5) | (bytes[from + 2]! & 31);
    const list = this.starts[start]!;
    if (list === 0) {
      return false;
    }
    for (const name of this.lists[list - 1]!) {
      let length = 0;
      while (length < name.length && lowerCase(bytes[from + length]!) === name[length]) {
        length++;
      }
      if (length === name.length) {
        return true;
      }
    }
    return false;
  }
}

function lowerCase(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}

/** Every beginning of a text that may go on as this name; a name of two characters has many. */
function startsOf(name: string): number[] {
  const start = (third: number) => ((name.charCodeAt(0) & 31) << 10) | ((name.charCodeAt(1) & 31) << 5) | (third & 31);
  return name.length < START_LENGTH
    ? Array.from({ length: 32 }, (_, third) => start(third))
    : [start(name.charCodeAt(2))];
}

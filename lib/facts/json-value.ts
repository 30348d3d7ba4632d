import { isObject } from './json';

/** What the bytes of a value hold, as far as one has to know to search them without parsing. */
export const enum Trait {
  /** Some byte is not ASCII. */
  NonAscii = 1,
  /** A backslash stands before something. */
  Escape = 2,
  /** `\u` escapes other than those of `<`, `>` and `&`, which Terraform writes, or `\/`: they may spell anything. */
  Hiding = 4,
}

/** Whether a text may hold a word that is looked for. */
export interface TextFilter {
  (text: string): boolean;
  /**
   * The same for the bytes of JSON from one index to another, not parsed; says yes whenever one of the texts in it may
   * hold a word. All of them are ASCII. Of `\u` escapes it has to know those of `<`, `>` and `&` only. @default - the text is looked at
   */
  readonly inJson?: (json: Uint8Array, from: number, to: number) => boolean;
}

/** Bytes from one index to another. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where a value stands in the bytes, and what is known of it. */
export interface JsonPlace extends Stretch {
  readonly traits: number;
  /** Value of the object's own member that the skimmer looks out for; `undefined` if it has none, or more than one, or no plain text. */
  readonly label: string | undefined;
  /** An object inside that repeats another one inside, byte for byte; before and behind it stands punctuation. Negative where none is known. */
  readonly repeated: Stretch;
}

/** One value of a JSON text, not parsed yet. Only valid while it is handed over: the bytes are used again. */
export class JsonValue {
  constructor(
    private readonly bytes: Buffer,
    private readonly place: JsonPlace,
    /** The error of a value that is not JSON. */
    private readonly fault: () => Error,
  ) {}

  /** Value of the object's own member that the skimmer looks out for; `undefined` if it has none, or more than one, or no plain text. */
  get label(): string | undefined {
    return this.place.label;
  }

  /** Whether escapes may spell anything. */
  get isHiding(): boolean {
    return (this.place.traits & Trait.Hiding) !== 0;
  }

  /** Whether a text in the value, or a key, may be one that the filter lets pass. */
  mayHold(filter: TextFilter): boolean {
    if (this.isHiding) {
      return true;
    }
    const isLikely =
      filter.inJson === undefined || (this.place.traits & Trait.NonAscii) !== 0 || this.mayHoldInJson(filter.inJson);
    return isLikely && filter(this.searchable());
  }

  private mayHoldInJson(inJson: NonNullable<TextFilter['inJson']>): boolean {
    const { from, to, repeated } = this.place;
    return repeated.from < 0
      ? inJson(this.bytes, from, to)
      : inJson(this.bytes, from, repeated.from) || inJson(this.bytes, repeated.to, to);
  }

  /** @throws where it is not JSON, with the place */
  parse(): unknown {
    try {
      return JSON.parse(this.text());
    } catch {
      throw this.fault();
    }
  }

  /** Whether some object in the value has a key twice; `JSON.parse` drops all but the last. */
  repeatsKey(value: unknown): boolean {
    return countColons(this.bytes, this.place) !== countMembers(value);
  }

  /** The text with escapes read as the characters that they stand for, as far as a search for words needs it. */
  private searchable(): string {
    const text = this.text();
    if ((this.place.traits & Trait.Escape) === 0) {
      return text;
    }
    // Doubled ones first: the second backslash of two begins no escape.
    return text.replaceAll('\\\\', '\u0001').replace(/\\(?:[bfnrt]|u00(?:3c|3e|26))/gi, ' ');
  }

  private text(): string {
    return this.bytes.toString(this.place.traits & Trait.NonAscii ? 'utf8' : 'latin1', this.place.from, this.place.to);
  }
}

function countColons(bytes: Buffer, { from, to }: Stretch): number {
  let colons = 0;
  for (let index = from; index < to; index++) {
    const byte = bytes[index]!;
    if (byte === 0x3a) {
      colons++;
    } else if (byte === 0x22) {
      for (index++; bytes[index] !== 0x22; index++) {
        if (bytes[index] === 0x5c) {
          index++;
        }
      }
    }
  }
  return colons;
}

function countMembers(value: unknown): number {
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      members += countMembers(item);
    }
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      members += 1 + countMembers(value[key]);
    }
  }
  return members;
}

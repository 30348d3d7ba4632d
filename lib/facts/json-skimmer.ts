import { BYTE_CLASS, ENDS_NUMBER, IS_NOTABLE_IN_TEXT, State, Step, TRANSITIONS } from './json-grammar';
import { JsonValue, Trait } from './json-value';

/** Says what becomes of a value. An object or list that is not entered and not taken is passed over. */
export interface JsonVisitor {
  /** Enters an object; the visitor of the member's value is returned, none to pass it over. */
  member?(key: string): JsonVisitor | undefined;
  /** Enters a list; the visitor of the next item is returned, none to pass it over. */
  item?(): JsonVisitor | undefined;
  /** Takes a value that is not entered, whole. */
  take?(value: JsonValue): void;
  /** The object or list that was entered is over. */
  leave?(): void;
}

export interface SkimmerOptions {
  /** Member of taken objects whose text is handed over with them. */
  readonly label: string;
  /** Largest value that may be taken, in bytes. */
  readonly largestValue: number;
  /** Levels of objects and lists. */
  readonly deepestNesting: number;
  /** The error of a text that cannot be read. `place` is the innermost value that was entered, for instance `resource_changes[3]`. */
  fail(problem: string, offset: number, place: string): Error;
}

interface Frame {
  readonly visitor: JsonVisitor;
  readonly isObject: boolean;
  /** Keys until now. */
  readonly keys: Set<string>;
  /** The key or index that is being read. */
  at: string | number;
  /** Visitor of the member that is being read. */
  next?: JsonVisitor;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const COLON = 0x3a;
const COMMA = 0x2c;

/** Escapes that need no closer look: 1. Others are the one with four digits, and that of `/`, which nobody has to write. */
const IS_SHORT_ESCAPE = Uint8Array.from({ length: 256 }, (_, byte) => (Buffer.from('"\\bfnrt').includes(byte) ? 1 : 0));

/** Byte behind those that were filled in, which ends the loop over the bytes of a text. */
const SENTINEL_LENGTH = 1;

/** How many bytes follow the first one of `true`, `false` and `null`, by the state after that one; 0 for numbers. */
const WORD_REST = new Uint8Array(64);
WORD_REST[State.T] = WORD_REST[State.N] = 3;
WORD_REST[State.F] = 4;

/** Where a text stands; the four hexadecimal digits of `\u` count up from `Hexadecimal`. */
const enum Inside {
  Nothing,
  Text,
  Escape,
  Hexadecimal,
}

/**
 * Reads JSON in chunks of bytes. All of it is checked against the grammar, and nothing is kept but the values that a
 * visitor takes; what is passed over costs one look at each byte.
 */
export class JsonSkimmer {
  private readonly frames: Frame[] = [];
  private readonly nesting: Uint8Array;
  private readonly labelBytes: Buffer;

  /** Bytes that are kept, and after them those of the chunk. */
  private window = Buffer.allocUnsafeSlow(1 << 16);
  private filled = 0;
  /** Offset in the whole text of the window's first byte. */
  private base = 0;

  private state = State.Value;
  private depth = 0;
  private inside = Inside.Nothing;
  private isKey = false;
  private textStart = 0;
  private codePoint = 0;

  private taking?: JsonVisitor;
  /** Index in the window of the value or key that is kept; -1 for none. */
  private keptFrom = -1;
  private traits = 0;
  private isLabelNext = false;
  private label: string | undefined;
  private labels = 0;

  constructor(
    private readonly root: JsonVisitor,
    private readonly options: SkimmerOptions,
  ) {
    this.nesting = new Uint8Array(options.deepestNesting + 1);
    this.labelBytes = Buffer.from(JSON.stringify(options.label));
  }

  /** Reads the next bytes; they may be changed afterwards. */
  push(chunk: Uint8Array): void {
    this.makeRoom(chunk.length + SENTINEL_LENGTH);
    const from = this.filled;
    this.window.set(chunk, from);
    this.filled = from + chunk.length;
    this.scan(from);
    if (this.keptFrom < 0) {
      this.base += this.filled;
      this.filled = 0;
    } else {
      this.requireSize(this.filled);
    }
  }

  /** Says that there are no more bytes. */
  end(): void {
    const isOver = this.state === State.AfterValue || ENDS_NUMBER.has(this.state);
    if (this.depth > 0 || this.inside !== Inside.Nothing || !isOver) {
      throw this.problem(this.base + this.filled === 0 ? 'there is nothing' : 'the text ends too early', this.filled);
    }
    this.deliver(this.filled);
  }

  /** Moves what is kept to the front of the window, or into a larger one, if there is no room behind it. */
  private makeRoom(length: number): void {
    if (this.filled + length <= this.window.length) {
      return;
    }
    const from = this.keptFrom < 0 ? this.filled : this.keptFrom;
    const needed = this.filled - from + length;
    // A window that is at most half full then does not have to be moved again at once.
    const window = 2 * needed > this.window.length ? Buffer.allocUnsafeSlow(2 * needed) : this.window;
    this.window.copy(window, 0, from, this.filled);
    this.window = window;
    this.filled -= from;
    this.base += from;
    this.textStart -= from;
    this.keptFrom = this.keptFrom < 0 ? -1 : 0;
  }

  private scan(from: number): void {
    const { window, filled } = this;
    let { state } = this;
    let index = from;
    while (index < filled) {
      if (this.inside !== Inside.Nothing) {
        index = this.scanText(index);
        state = this.state;
        continue;
      }
      const next = TRANSITIONS[(state << 5) | BYTE_CLASS[window[index]!]!]!;
      if (next < Step.Refuse) {
        state = next;
        index++;
        continue;
      }
      this.state = state;
      if (next >= Step.Begin) {
        this.begin(index);
        this.state = next - Step.Begin;
      } else {
        this.step(next, index);
      }
      index++;
      if (this.depth > this.frames.length && this.inside === Inside.Nothing) {
        index = this.scanInner(index);
      }
      state = this.state;
    }
    this.state = state;
  }

  /**
   * Reads on where nobody has to be told anything: inside what is taken or passed over. Nearly all of a
   * plan is read here, so that it holds everything in local variables. Stops where something else has to look.
   */
  private scanInner(from: number): number {
    const { window, filled, nesting } = this;
    const byteClass = BYTE_CLASS;
    const transitions = TRANSITIONS;
    const isNotable = IS_NOTABLE_IN_TEXT;
    const isShortEscape = IS_SHORT_ESCAPE;
    const outer = this.frames.length;
    // Only objects that are taken have a label, and it is long enough to be told by its length from most other keys.
    const labelDepth = this.taking === undefined ? -1 : outer + 1;
    const labelLength = this.labelBytes.length;
    const deepest = this.options.deepestNesting;
    let { state, depth } = this;
    let index = from;
    let traits = 0;
    // Ends the loop over the bytes of a text, so that it does not have to look where the bytes end.
    window[filled] = QUOTE;
    scan: while (index < filled) {
      const next = transitions[(state << 5) | byteClass[window[index]!]!]!;
      if (next < Step.Refuse) {
        state = next;
        index++;
      } else if (next === Step.OpenText || next === Step.OpenKey) {
        let isKey = next === Step.OpenKey;
        for (;;) {
          let end = index + 1;
          for (;;) {
            while (isNotable[window[end]!] === 0) {
              end++;
            }
            const byte = window[end]!;
            if (byte === QUOTE && end < filled) {
              break;
            } else if (byte > 0x7f) {
              traits |= Trait.NonAscii;
              end++;
            } else if (byte === BACKSLASH && end + 1 < filled && isShortEscape[window[end + 1]!] === 1) {
              traits |= Trait.Escape;
              end += 2;
            } else {
              // The text ends in the next chunk, or holds something rare.
              break scan;
            }
          }
          if (depth === labelDepth && (this.isLabelNext || end + 1 - index === labelLength)) {
            this.noteLabel(index, end + 1, isKey);
          }
          index = end + 1;
          // Nearly always the one punctuation follows at once, and the next text after it.
          if (isKey) {
            if (window[index] !== COLON || index === filled) {
              state = State.Colon;
              break;
            }
            state = State.Value;
          } else {
            if (window[index] !== COMMA || index === filled) {
              state = State.AfterValue;
              break;
            }
            state = nesting[depth - 1] === 1 ? State.Key : State.Value;
          }
          index++;
          if (window[index] !== QUOTE || index === filled) {
            break;
          }
          isKey = state === State.Key;
        }
      } else if (next === Step.Comma) {
        state = nesting[depth - 1] === 1 ? State.Key : State.Value;
        index++;
      } else if (next >= Step.Begin) {
        state = next - Step.Begin;
        index++;
        const rest = WORD_REST[state]!;
        if (rest !== 0 && index + 4 < filled && restAt(window, index, state)) {
          index += rest;
          state = State.AfterValue;
        } else {
          while (state === State.Digits && isDigit(window[index]!)) {
            index++;
          }
        }
      } else if (next === Step.OpenObject || next === Step.OpenList) {
        if (depth === deepest) {
          break;
        }
        nesting[depth++] = next === Step.OpenObject ? 1 : 0;
        state = next === Step.OpenObject ? State.FirstKey : State.FirstItem;
        index++;
      } else if (next !== Step.Refuse && nesting[depth - 1] === (next === Step.CloseObject ? 1 : 0)) {
        state = State.AfterValue;
        index++;
        if (--depth === outer) {
          break;
        }
      } else {
        break;
      }
    }
    this.state = state;
    this.depth = depth;
    this.traits |= traits;
    return index;
  }

  private step(step: Step, index: number): void {
    switch (step) {
      case Step.OpenObject:
      case Step.OpenList:
        this.open(step === Step.OpenObject, index);
        return;
      case Step.CloseObject:
      case Step.CloseList:
        this.close(step === Step.CloseObject, index);
        return;
      case Step.Comma:
        this.comma(index);
        return;
      case Step.OpenText:
        this.begin(index);
        this.openText(false, index);
        return;
      case Step.OpenKey:
        this.openText(true, index);
        return;
      default:
        throw this.refuse(index);
    }
  }

  private openText(isKey: boolean, index: number): void {
    this.inside = Inside.Text;
    this.isKey = isKey;
    this.textStart = index;
    if (isKey && this.isWatched()) {
      this.keptFrom = index;
      this.traits = 0;
    }
  }

  /** Whether what stands here is a part of the innermost object or list that was entered. */
  private isWatched(): boolean {
    return this.depth === this.frames.length;
  }

  /** A value begins; returns its visitor where it is one that is entered or taken. */
  private begin(index: number): JsonVisitor | undefined {
    if (!this.isWatched()) {
      return undefined;
    }
    const frame = this.frames[this.depth - 1];
    const visitor = frame === undefined ? this.root : frame.isObject ? frame.next : frame.visitor.item!();
    if (visitor?.take) {
      this.taking = visitor;
      this.keptFrom = index;
      this.traits = 0;
      this.label = undefined;
      this.labels = 0;
      this.isLabelNext = false;
    }
    return visitor;
  }

  private open(isObject: boolean, index: number): void {
    const visitor = this.begin(index);
    if (isObject ? visitor?.member : visitor?.item) {
      this.taking = undefined;
      this.keptFrom = -1;
      this.frames.push({ visitor: visitor!, isObject, keys: new Set(), at: isObject ? '' : 0 });
    }
    if (this.depth === this.options.deepestNesting) {
      throw this.problem(`objects and lists nest deeper than ${this.options.deepestNesting} levels`, index);
    }
    this.nesting[this.depth++] = isObject ? 1 : 0;
    this.state = isObject ? State.FirstKey : State.FirstItem;
  }

  private close(isObject: boolean, index: number): void {
    if (this.depth === 0 || this.nesting[this.depth - 1] !== (isObject ? 1 : 0)) {
      throw this.refuse(index);
    }
    if (this.isWatched()) {
      this.deliver(index);
      this.frames.pop()!.visitor.leave?.();
    }
    this.depth--;
    this.state = State.AfterValue;
  }

  private comma(index: number): void {
    if (this.depth === 0) {
      throw this.refuse(index);
    }
    const isObject = this.nesting[this.depth - 1] === 1;
    if (this.isWatched()) {
      this.deliver(index);
      const frame = this.frames[this.depth - 1]!;
      if (typeof frame.at === 'number') {
        frame.at++;
      }
    }
    this.state = isObject ? State.Key : State.Value;
  }

  private deliver(end: number): void {
    const { taking } = this;
    if (taking === undefined) {
      return;
    }
    this.requireSize(end);
    const label = this.labels === 1 ? this.label : undefined;
    const value = new JsonValue(this.window, this.keptFrom, end, this.traits, label);
    this.taking = undefined;
    this.keptFrom = -1;
    taking.take!(value);
  }

  private requireSize(end: number): void {
    const { largestValue } = this.options;
    if (end - this.keptFrom > largestValue) {
      throw this.problem(`a value is larger than ${largestValue} bytes`, this.keptFrom);
    }
  }

  /** Reads on inside a text, and returns the index after what was read. */
  private scanText(from: number): number {
    const { window, filled } = this;
    let index = from;
    while (index < filled) {
      if (this.inside !== Inside.Text) {
        this.escape(window[index]!, index);
        index++;
        continue;
      }
      while (index < filled && IS_NOTABLE_IN_TEXT[window[index]!] === 0) {
        index++;
      }
      if (index === filled) {
        break;
      }
      const byte = window[index++]!;
      if (byte === QUOTE) {
        this.endText(index);
        break;
      } else if (byte === BACKSLASH) {
        this.inside = Inside.Escape;
        this.traits |= Trait.Escape;
      } else if (byte < 0x20) {
        throw this.problem(`${nameOf(byte)} stands inside a text`, index - 1);
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
        throw this.problem(`a backslash stands before ${nameOf(byte)}`, index);
      }
      this.inside = character === 'u' ? Inside.Hexadecimal : Inside.Text;
      this.traits |= character === '/' ? Trait.Hiding : 0;
      this.codePoint = 0;
      return;
    }
    const digit = parseInt(String.fromCharCode(byte), 16);
    if (Number.isNaN(digit)) {
      throw this.problem(`${nameOf(byte)} stands among the four hexadecimal digits of an escape`, index);
    }
    this.codePoint = this.codePoint * 16 + digit;
    this.inside++;
    if (this.inside === Inside.Hexadecimal + 4) {
      this.inside = Inside.Text;
      this.traits |= '<>&'.includes(String.fromCharCode(this.codePoint)) ? 0 : Trait.Hiding;
    }
  }

  private endText(end: number): void {
    this.inside = Inside.Nothing;
    this.state = this.isKey ? State.Colon : State.AfterValue;
    if (this.taking !== undefined) {
      if (this.depth === this.frames.length + 1) {
        this.noteLabel(this.textStart, end, this.isKey);
      }
    } else if (this.isKey && this.isWatched()) {
      this.enterMember(end);
    }
  }

  /** Looks whether a text of a taken object is the key of its label, or the label. */
  private noteLabel(start: number, end: number, isKey: boolean): void {
    const { window, labelBytes } = this;
    if (isKey) {
      let index = end - start === labelBytes.length ? 0 : -1;
      while (index >= 0 && index < labelBytes.length) {
        index = window[start + index] === labelBytes[index] ? index + 1 : -1;
      }
      this.isLabelNext = index > 0;
      this.labels += this.isLabelNext ? 1 : 0;
    } else if (this.isLabelNext) {
      this.isLabelNext = false;
      const text = window.toString('utf8', start + 1, end - 1);
      this.label = text.includes('\\') ? undefined : text;
    }
  }

  private enterMember(end: number): void {
    const key = JSON.parse(this.window.toString('utf8', this.keptFrom, end)) as string;
    this.keptFrom = -1;
    const frame = this.frames[this.depth - 1]!;
    if (frame.keys.has(key)) {
      throw this.problem(`the key ${JSON.stringify(key)} stands there twice`, this.textStart);
    }
    frame.keys.add(key);
    frame.at = key;
    frame.next = frame.visitor.member!(key);
  }

  private refuse(index: number): Error {
    const isAfterEnd = this.depth === 0 && this.base + index > 0 && this.state === State.AfterValue;
    const what = nameOf(this.window[index]!);
    return this.problem(isAfterEnd ? `${what} stands after the end` : `${what} cannot stand there`, index);
  }

  private problem(problem: string, index: number): Error {
    return this.options.fail(problem, this.base + index, placeOf(this.frames));
  }
}

/** Whether the rest of a word stands here, whose first letter led to the state; four bytes can be read. */
function restAt(bytes: Uint8Array, at: number, state: State): boolean {
  const a = bytes[at];
  const b = bytes[at + 1];
  const c = bytes[at + 2];
  switch (state) {
    case State.T:
      return a === 0x72 && b === 0x75 && c === 0x65;
    case State.N:
      return a === 0x75 && b === 0x6c && c === 0x6c;
    default:
      return a === 0x61 && b === 0x6c && c === 0x73 && bytes[at + 3] === 0x65;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function placeOf(frames: readonly Frame[]): string {
  return frames.reduce((place, { at }) => {
    return typeof at === 'number' ? `${place}[${at}]` : place === '' || at === '' ? place + at : `${place}.${at}`;
  }, '');
}

function nameOf(byte: number): string {
  return byte > 0x20 && byte < 0x7f
    ? `'${String.fromCharCode(byte)}'`
    : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
}

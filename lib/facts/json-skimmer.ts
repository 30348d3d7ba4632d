import { BYTE_CLASS, CLASS_BITS, ENDS_NUMBER, State, Step, TRANSITIONS } from './json-grammar';
import { InnerReader, ROOM_BEHIND } from './json-inner-reader';
import { byteName, JsonTextReader } from './json-text-reader';
import { JsonValue } from './json-value';
import { ENTERING, JsonVisitor } from './json-visitor';

export interface SkimmerOptions {
  /** Member of taken objects whose text is handed over with them. */
  readonly label: string;
  /** Member of an inner object that often repeats the object before it, byte for byte: it is then read and searched once. */
  readonly repeated: string;
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

/** The byte before a chunk, which the reader of inner values asks for. */
const ROOM_BEFORE = 1;

/**
 * Bytes of an inner value that are read at once. V8 optimises a loop for what it has seen of it: one that has ended before
 * is not thrown away when it ends.
 */
const STRETCH = 1 << 13;

/**
 * Reads JSON in chunks of bytes, and keeps nothing but the values that a visitor takes. What is entered is checked against
 * the grammar; what is taken is checked when it is parsed, and what is passed over as far as `InnerReader` says.
 */
export class JsonSkimmer {
  private readonly frames: Frame[] = [];
  private readonly inner: InnerReader;
  private readonly text = new JsonTextReader((problem, index) => this.problem(problem, index));

  /** A byte that has been read, bytes that are kept, and after them those of the chunk. */
  private window = Buffer.allocUnsafeSlow(1 << 12);
  private filled = ROOM_BEFORE;
  /** Offset in the whole text of the window's first byte. */
  private base = -ROOM_BEFORE;

  private state = State.Value;
  private isKey = false;
  private textStart = 0;

  private taking?: JsonVisitor;
  /** Index in the window of the value or key that is kept; -1 for none. */
  private keptFrom = -1;
  private traits = 0;
  private label: string | undefined;

  constructor(
    private readonly root: JsonVisitor,
    private readonly options: SkimmerOptions,
  ) {
    const { deepestNesting, label, repeated } = options;
    this.inner = new InnerReader({
      deepestNesting,
      label,
      repeated,
      fail: (problem, index) => this.problem(problem, index),
      refuse: (index) => this.refuse(index),
    });
    this.inner.readIn(this.window);
  }

  /** Reads the next bytes; they may be changed afterwards. */
  push(chunk: Uint8Array): void {
    this.makeRoom(chunk.length + ROOM_BEHIND);
    const from = this.filled;
    this.window.set(chunk, from);
    this.filled = from + chunk.length;
    this.scan(from);
    if (this.keptFrom < 0) {
      this.inner.forgetPlaces();
      this.window[0] = this.window[this.filled - 1]!;
      this.base += this.filled - ROOM_BEFORE;
      this.filled = ROOM_BEFORE;
    } else {
      this.requireSize(this.filled);
    }
  }

  /** Says that there are no more bytes. */
  end(): void {
    const isOver = this.state === State.AfterValue || ENDS_NUMBER.has(this.state);
    if (this.frames.length > 0 || this.inner.isReading || this.text.isReading || !isOver) {
      throw this.problem(this.base + this.filled === 0 ? 'there is nothing' : 'the text ends too early', this.filled);
    }
    this.deliver(this.filled);
  }

  /** Moves what is kept to the front of the window, or into a larger one, if there is no room behind it. */
  private makeRoom(length: number): void {
    if (this.filled + length <= this.window.length) {
      return;
    }
    const from = (this.keptFrom < 0 ? this.filled : this.keptFrom) - ROOM_BEFORE;
    const needed = this.filled - from + length;
    // A window that is at most half full then does not have to be moved again at once.
    const window = 2 * needed > this.window.length ? Buffer.allocUnsafeSlow(2 * needed) : this.window;
    this.window.copy(window, 0, from, this.filled);
    this.window = window;
    this.inner.readIn(window);
    this.filled -= from;
    this.base += from;
    this.textStart -= from;
    this.keptFrom = this.keptFrom < 0 ? -1 : ROOM_BEFORE;
  }

  private scan(from: number): void {
    const { window, filled } = this;
    let index = from;
    while (index < filled) {
      if (this.inner.isReading) {
        index = this.readInner(index);
        continue;
      }
      if (this.text.isReading) {
        index = this.readText(index);
        continue;
      }
      const next = TRANSITIONS[(this.state << CLASS_BITS) | BYTE_CLASS[window[index]!]!]!;
      if (next < Step.Refuse) {
        this.state = next;
      } else if (next >= Step.Begin) {
        this.begin(index);
        this.state = next - Step.Begin;
      } else {
        this.step(next, index);
      }
      index++;
    }
  }

  private readInner(from: number): number {
    const enough = Math.min(this.filled, from + STRETCH);
    const index = this.inner.read(from, enough, this.filled);
    if (!this.inner.isReading) {
      this.traits = this.inner.traits;
      this.label = this.inner.label;
      this.state = State.AfterValue;
    }
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
    this.text.begin();
    this.isKey = isKey;
    this.textStart = index;
    if (isKey) {
      this.keptFrom = index;
    }
  }

  /** A value begins; returns its visitor where it is one that is entered or taken. */
  private begin(index: number): JsonVisitor | undefined {
    const frame = this.frames[this.frames.length - 1];
    const visitor = frame === undefined ? this.root : frame.isObject ? frame.next : frame.visitor.item!();
    this.label = undefined;
    this.inner.forgetPlaces();
    if (visitor?.take) {
      this.taking = visitor;
      this.keptFrom = index;
      this.traits = 0;
    }
    return visitor;
  }

  private open(isObject: boolean, index: number): void {
    const visitor = this.begin(index);
    const levels = this.frames.length;
    if (levels === this.options.deepestNesting) {
      throw this.problem(`objects and lists nest deeper than ${levels} levels`, index);
    }
    if (isObject ? visitor?.member : visitor?.item) {
      this.taking = undefined;
      this.keptFrom = -1;
      this.frames.push({ visitor: visitor!, isObject, keys: new Set(), at: isObject ? '' : 0 });
      this.state = isObject ? State.FirstKey : State.FirstItem;
    } else {
      this.inner.begin(isObject, levels, this.taking !== undefined);
    }
  }

  private close(isObject: boolean, index: number): void {
    if (this.frames[this.frames.length - 1]?.isObject !== isObject) {
      throw this.refuse(index);
    }
    this.deliver(index);
    this.frames.pop()!.visitor.leave?.();
    this.state = State.AfterValue;
  }

  private comma(index: number): void {
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined) {
      throw this.refuse(index);
    }
    this.deliver(index);
    if (typeof frame.at === 'number') {
      frame.at++;
    }
    this.state = frame.isObject ? State.Key : State.Value;
  }

  private deliver(end: number): void {
    const { taking } = this;
    if (taking === undefined) {
      return;
    }
    this.requireSize(end);
    const from = this.keptFrom;
    const { traits, label, inner } = this;
    const repeated = { from: inner.repeatedFrom, to: inner.repeatedTo };
    const value = new JsonValue(this.window, { from, to: end, traits, label, repeated }, () => this.fault(from, end));
    this.taking = undefined;
    this.keptFrom = -1;
    taking.take!(value);
  }

  /** The error of a value that the parser does not accept, with the place that the parser does not tell. */
  private fault(from: number, end: number): Error {
    const { deepestNesting, label, repeated } = this.options;
    const fail = (problem: string, offset: number) => this.problem(problem, from + offset);
    const strict = new JsonSkimmer(ENTERING, { deepestNesting, label, repeated, largestValue: end - from, fail });
    try {
      strict.push(this.window.subarray(from, end));
      strict.end();
    } catch (error) {
      return error as Error;
    }
    return this.problem('a value cannot be parsed', from);
  }

  private requireSize(end: number): void {
    const { largestValue } = this.options;
    if (end - this.keptFrom > largestValue) {
      throw this.problem(`a value is larger than ${largestValue} bytes`, this.keptFrom);
    }
  }

  /** Reads on inside a text, and returns the index after what was read. */
  private readText(from: number): number {
    const index = this.text.read(this.window, from, this.filled);
    if (!this.text.isReading) {
      this.traits |= this.text.traits;
      this.endText(index);
    }
    return index;
  }

  private endText(end: number): void {
    this.state = this.isKey ? State.Colon : State.AfterValue;
    if (this.isKey) {
      this.enterMember(end);
    }
  }

  private enterMember(end: number): void {
    const key = JSON.parse(this.window.toString('utf8', this.keptFrom, end)) as string;
    this.keptFrom = -1;
    const frame = this.frames[this.frames.length - 1]!;
    if (frame.keys.has(key)) {
      throw this.problem(`the key ${JSON.stringify(key)} stands there twice`, this.textStart);
    }
    frame.keys.add(key);
    frame.at = key;
    frame.next = frame.visitor.member!(key);
  }

  private refuse(index: number): Error {
    const isAfterEnd = this.frames.length === 0 && !this.inner.isReading && this.state === State.AfterValue;
    const what = byteName(this.window[index]!);
    return this.problem(isAfterEnd ? `${what} stands after the end` : `${what} cannot stand there`, index);
  }

  private problem(problem: string, index: number): Error {
    return this.options.fail(problem, this.base + index, placeOf(this.frames));
  }
}

function placeOf(frames: readonly Frame[]): string {
  return frames.reduce((place, { at }) => {
    return typeof at === 'number' ? `${place}[${at}]` : place === '' || at === '' ? place + at : `${place}.${at}`;
  }, '');
}

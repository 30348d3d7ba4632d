/** What a reader of JSON waits for between two texts; the grammar is RFC 8259's. */
export const enum State {
  Value,
  FirstItem,
  Key,
  FirstKey,
  Colon,
  AfterValue,
  T,
  Tr,
  Tru,
  F,
  Fa,
  Fal,
  Fals,
  N,
  Nu,
  Nul,
  Minus,
  Zero,
  Digits,
  Point,
  Fraction,
  Exponent,
  ExponentSign,
  ExponentDigits,
}

/** What a byte does that does more than lead to another state. */
export const enum Step {
  /** The byte cannot stand here. Every entry below it is a `State`. */
  Refuse = 32,
  OpenObject,
  OpenList,
  CloseObject,
  CloseList,
  Comma,
  OpenKey,
  OpenText,
  /** A number, `true`, `false` or `null` begins; what is above it is the `State` that follows. */
  Begin = 64,
}

/** Bytes that the grammar does not tell apart. */
const CLASSES = ['\t\n\r ', '{', '}', '[', ']', ':', ',', '"', '-', '0', '123456789', '.', '+', ...'eEtruflasn'];

/** Classes are powers of two apart, so that a state and a class make an index. */
export const CLASS_BITS = 5;

/** States in which a document may end that is a number. */
export const ENDS_NUMBER: ReadonlySet<State> = new Set([
  State.Zero,
  State.Digits,
  State.Fraction,
  State.ExponentDigits,
]);

/** Class of each byte; 0 is every byte that stands in texts only. */
export const BYTE_CLASS: Uint8Array = byteClasses();

/** By state and class of the next byte: a `State`, a `Step`, or `Step.Begin` plus a `State`. */
export const TRANSITIONS: Uint8Array = transitions();

/** Bytes that go on inside a text with nothing to note: 0. Quotes, backslashes, control characters and non-ASCII: 1. */
export const IS_NOTABLE_IN_TEXT: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte > 0x7f || byte === 0x22 || byte === 0x5c ? 1 : 0,
);

function byteClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  CLASSES.forEach((characters, index) => {
    [...characters].forEach((character) => (classes[character.charCodeAt(0)] = index + 1));
  });
  return classes;
}

function transitions(): Uint8Array {
  const table = new Uint8Array((State.ExponentDigits + 1) << CLASS_BITS).fill(Step.Refuse);
  const set = (state: State, characters: string, next: number) => {
    [...characters].forEach((character) => {
      table[(state << CLASS_BITS) | BYTE_CLASS[character.charCodeAt(0)]!] = next;
    });
  };
  const endValue = (state: State) => {
    set(state, ' ', State.AfterValue);
    set(state, ',', Step.Comma);
    set(state, '}', Step.CloseObject);
    set(state, ']', Step.CloseList);
  };
  for (const state of [State.Value, State.FirstItem]) {
    set(state, ' ', state);
    set(state, '{', Step.OpenObject);
    set(state, '[', Step.OpenList);
    set(state, '"', Step.OpenText);
    set(state, '-', Step.Begin + State.Minus);
    set(state, '0', Step.Begin + State.Zero);
    set(state, '1', Step.Begin + State.Digits);
    set(state, 't', Step.Begin + State.T);
    set(state, 'f', Step.Begin + State.F);
    set(state, 'n', Step.Begin + State.N);
  }
  set(State.FirstItem, ']', Step.CloseList);
  for (const state of [State.Key, State.FirstKey]) {
    set(state, ' ', state);
    set(state, '"', Step.OpenKey);
  }
  set(State.FirstKey, '}', Step.CloseObject);
  set(State.Colon, ' ', State.Colon);
  set(State.Colon, ':', State.Value);
  endValue(State.AfterValue);
  word(set, 'rue', [State.T, State.Tr, State.Tru]);
  word(set, 'alse', [State.F, State.Fa, State.Fal, State.Fals]);
  word(set, 'ull', [State.N, State.Nu, State.Nul]);
  numbers(set, endValue);
  return table;
}

type SetTransition = (state: State, characters: string, next: number) => void;

function word(set: SetTransition, rest: string, states: readonly State[]): void {
  states.forEach((state, index) => set(state, rest[index]!, states[index + 1] ?? State.AfterValue));
}

function numbers(set: SetTransition, endValue: (state: State) => void): void {
  set(State.Minus, '0', State.Zero);
  set(State.Minus, '1', State.Digits);
  set(State.Digits, '01', State.Digits);
  set(State.Point, '01', State.Fraction);
  set(State.Fraction, '01', State.Fraction);
  set(State.Exponent, '+-', State.ExponentSign);
  for (const state of [State.Exponent, State.ExponentSign, State.ExponentDigits]) {
    set(state, '01', State.ExponentDigits);
  }
  for (const state of [State.Zero, State.Digits]) {
    set(state, '.', State.Point);
  }
  for (const state of [State.Zero, State.Digits, State.Fraction]) {
    set(state, 'eE', State.Exponent);
  }
  ENDS_NUMBER.forEach(endValue);
}

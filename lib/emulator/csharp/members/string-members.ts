import { argumentOutOfRange, argumentNull, indexOutOfRange } from '../exceptions';
import { compositeText, textOf } from '../format';
import { Invocation } from '../invocation';
import { typeNameOf } from '../type-names';
import { Boxed, Char, EnumValue, Int32, Sequence, Value } from '../values';
import { instanceMembers, staticMembers } from './member-table';

const LARGEST_WIDTH = 16 * 1024 * 1024;

/** Case folding of `StringComparison.OrdinalIgnoreCase`: each UTF-16 unit by itself. */
function foldCase(text: string): string {
  return text.replace(/./gsu, (character) => {
    const upper = character.toUpperCase();
    return upper.length === character.length ? upper : character;
  });
}

/** Comparisons by culture are taken as ordinal: under the invariant culture they differ only in characters that are not written. */
function comparable(call: Invocation, index: number): (text: string) => string {
  const ignoreCase =
    call.has(index) &&
    (typeof call.value(index) === 'boolean'
      ? call.boolean(index)
      : call.enumeration(index, 'StringComparison').name.endsWith('IgnoreCase'));
  return ignoreCase ? foldCase : (text) => text;
}

function sought(call: Invocation, index = 0): string {
  const value = call.value(index);
  return value instanceof Char ? value.value : call.text(index);
}

function indexOf(text: string, call: Invocation, last: boolean): Value {
  const start = call.has(1) && call.value(1) instanceof Int32 ? call.integer(1) : undefined;
  const rule = comparable(call, start === undefined ? 1 : 2);
  if (start !== undefined && (start < 0 || start > text.length || last)) {
    throw last ? call.overloadMissing() : argumentOutOfRange('startIndex');
  }
  const found = last ? rule(text).lastIndexOf(rule(sought(call))) : rule(text).indexOf(rule(sought(call)), start ?? 0);
  return new Int32(found);
}

function indexOfAny(text: string, call: Invocation): Value {
  const start = call.has(1) ? call.integer(1) : 0;
  if (start < 0 || start > text.length) {
    throw argumentOutOfRange('startIndex');
  }
  const marks = new Set(characters(call, 0, 1));
  for (let index = start; index < text.length; index += 1) {
    if (marks.has(text[index]!)) {
      return new Int32(index);
    }
  }
  return new Int32(-1);
}

function substring(text: string, call: Invocation): string {
  const start = call.integer(0);
  const length = call.has(1) ? call.integer(1) : text.length - start;
  if (start < 0 || start > text.length || length < 0 || start + length > text.length) {
    throw argumentOutOfRange(start < 0 || start > text.length ? 'startIndex' : 'length');
  }
  return text.slice(start, start + length);
}

function characters(call: Invocation, from: number, to: number): string[] {
  const list: string[] = [];
  for (let index = from; index < to; index += 1) {
    const value = call.value(index);
    if (value instanceof Char) {
      list.push(value.value);
    } else if (value instanceof Sequence) {
      list.push(...value.items.map(textOf));
    } else if (typeof value === 'string') {
      list.push(value);
    } else {
      throw call.mismatch(index, value, 'char');
    }
  }
  return list;
}

function split(text: string, call: Invocation): Value {
  const last = call.has(0) ? call.value(call.count - 1) : null;
  const options = last instanceof EnumValue && last.type === 'StringSplitOptions' ? last.number : 0;
  const end = last instanceof EnumValue ? call.count - 1 : call.count;
  const limited = end >= 2 && call.value(end - 1) instanceof Int32;
  const limit = limited ? call.integer(end - 1) : Number.MAX_SAFE_INTEGER;
  const separators = characters(call, 0, limited ? end - 1 : end).filter((separator) => separator !== '');
  const parts = splitBy(text, separators, limit, (options & 1) === 1);
  return new Sequence(parts, 'array', 'String');
}

function splitBy(text: string, separators: readonly string[], limit: number, dropEmpty: boolean): string[] {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length && parts.length < limit - 1) {
    const found =
      separators.length === 0
        ? /\s/.test(text[at]!) && text[at]
        : separators.find((separator) => text.startsWith(separator, at));
    if (!found) {
      at += 1;
      continue;
    }
    if (!dropEmpty || at > from) {
      parts.push(text.slice(from, at));
    }
    at += found.length;
    from = at;
  }
  const rest = text.slice(from);
  return limit === 0 || (dropEmpty && rest === '') ? parts : [...parts, rest];
}

function trim(text: string, call: Invocation, start: boolean, end: boolean): string {
  const set = new Set(characters(call, 0, call.count));
  const drops = (character: string | undefined): boolean =>
    character !== undefined &&
    (set.size === 0 ? /[\s\u0085]/.test(character) && character !== '\uFEFF' : set.has(character));
  let from = 0;
  let to = text.length;
  while (start && from < to && drops(text[from])) {
    from += 1;
  }
  while (end && to > from && drops(text[to - 1])) {
    to -= 1;
  }
  return text.slice(from, to);
}

function pad(text: string, call: Invocation, left: boolean): string {
  const width = call.integer(0);
  if (width < 0 || width > LARGEST_WIDTH) {
    throw argumentOutOfRange('totalWidth');
  }
  const fill = call.has(1) ? sought(call, 1) : ' ';
  return left ? text.padStart(width, fill) : text.padEnd(width, fill);
}

function replace(text: string, call: Invocation): string {
  const from = sought(call);
  const value = call.value(1);
  const to = value === null ? '' : sought(call, 1);
  if (from === '') {
    throw argumentOutOfRange('oldValue');
  }
  return text.split(from).join(to);
}

function remove(text: string, call: Invocation): string {
  const start = call.integer(0);
  const count = call.has(1) ? call.integer(1) : text.length - start;
  if (
    start < 0 ||
    start > text.length ||
    count < 0 ||
    start + count > text.length ||
    (!call.has(1) && start === text.length)
  ) {
    throw argumentOutOfRange('startIndex');
  }
  return text.slice(0, start) + text.slice(start + count);
}

function equals(text: string, call: Invocation): boolean {
  const other = call.value(0);
  const value = other instanceof Boxed ? other.value : other;
  const rule = comparable(call, 1);
  return typeof value === 'string' && rule(text) === rule(value);
}

/** Upper or lower case of each character by itself: `ß` stays `ß`. */
function changeCase(text: string, upper: boolean): string {
  return text.replace(/./gsu, (character) => {
    const changed = upper ? character.toUpperCase() : character.toLowerCase();
    return changed.length === character.length ? changed : character;
  });
}

export const stringMembers = instanceMembers<string>({
  properties: { Length: (text) => new Int32(text.length) },
  methods: {
    Contains: (text, call) => comparable(call, 1)(text).includes(comparable(call, 1)(sought(call))),
    StartsWith: (text, call) => comparable(call, 1)(text).startsWith(comparable(call, 1)(call.text(0))),
    EndsWith: (text, call) => comparable(call, 1)(text).endsWith(comparable(call, 1)(call.text(0))),
    IndexOf: (text, call) => indexOf(text, call, false),
    LastIndexOf: (text, call) => indexOf(text, call, true),
    IndexOfAny: indexOfAny,
    Substring: substring,
    Split: split,
    Trim: (text, call) => trim(text, call, true, true),
    TrimStart: (text, call) => trim(text, call, true, false),
    TrimEnd: (text, call) => trim(text, call, false, true),
    ToLower: (text) => changeCase(text, false),
    ToLowerInvariant: (text) => changeCase(text, false),
    ToUpper: (text) => changeCase(text, true),
    ToUpperInvariant: (text) => changeCase(text, true),
    Replace: replace,
    PadLeft: (text, call) => pad(text, call, true),
    PadRight: (text, call) => pad(text, call, false),
    Insert: (text, call) => {
      const at = call.integer(0);
      if (at < 0 || at > text.length) {
        throw argumentOutOfRange('startIndex');
      }
      return text.slice(0, at) + call.text(1) + text.slice(at);
    },
    Remove: remove,
    Equals: equals,
    ToString: (text) => text,
    ToCharArray: (text) =>
      new Sequence(
        [...Array(text.length).keys()].map((at) => new Char(text[at]!)),
        'array',
        'Char',
      ),
  },
  index: (text, call) => {
    const character = text[call.integer(0)];
    if (character === undefined) {
      throw indexOutOfRange();
    }
    return new Char(character);
  },
});

/** The values of `params object[]`, of an array or of any sequence. */
function spread(call: Invocation, from: number): Value[] {
  const first = call.has(from) ? call.value(from) : null;
  if (call.count === from + 1 && first instanceof Sequence) {
    return first.items;
  }
  return call.passed.slice(from).map((_, index) => call.value(from + index));
}

export const stringStatics = staticMembers({
  properties: { Empty: () => '' },
  methods: {
    IsNullOrEmpty: (call) => (call.textOrNull(0) ?? '') === '',
    IsNullOrWhiteSpace: (call) => (call.textOrNull(0) ?? '').trim() === '',
    Join: (call) =>
      spread(call, 1)
        .map(textOf)
        .join(textOf(call.value(0))),
    Concat: (call) => spread(call, 0).map(textOf).join(''),
    Format: (call) => compositeText(call.text(0), spread(call, 1)),
    Equals: (call) => {
      const rule = comparable(call, 2);
      const left = call.textOrNull(0);
      const right = call.textOrNull(1);
      return left === null || right === null ? left === right : rule(left) === rule(right);
    },
    CompareOrdinal: (call) => {
      const [left, right] = [call.text(0), call.text(1)];
      return new Int32(left < right ? -1 : left > right ? 1 : 0);
    },
  },
});

function letter(pattern: RegExp): (call: Invocation) => Value {
  return (call) => {
    const value = call.value(0);
    if (!(value instanceof Char)) {
      throw typeNameOf(value) === 'null' ? argumentNull('c') : call.mismatch(0, value, 'char');
    }
    return pattern.test(value.value);
  };
}

export const charStatics = staticMembers({
  methods: {
    IsDigit: letter(/^\p{Nd}$/u),
    IsLetter: letter(/^\p{L}$/u),
    IsLetterOrDigit: letter(/^[\p{L}\p{Nd}]$/u),
    IsWhiteSpace: letter(/^[\s\u0085]$/),
    IsUpper: letter(/^\p{Lu}$/u),
    IsLower: letter(/^\p{Ll}$/u),
    ToLowerInvariant: (call) => new Char(changeCase(sought(call), false)),
    ToUpperInvariant: (call) => new Char(changeCase(sought(call), true)),
  },
});

import { objectsEqual } from '../arithmetic';
import { argumentOutOfRange, indexOutOfRange, keyNotFound } from '../exceptions';
import { Invocation } from '../invocation';
import { compareValues } from '../ordering';
import { boxed, Dictionary, Int32, KeyValuePair, Sequence, Value } from '../values';
import { instanceMembers, staticMembers } from './member-table';

function itemAt(sequence: Sequence, call: Invocation): number {
  const index = call.integer(0);
  if (sequence.kind === 'query') {
    throw call.overloadMissing();
  }
  if (index < 0 || index >= sequence.items.length) {
    throw sequence.kind === 'array' ? indexOutOfRange() : argumentOutOfRange('index');
  }
  return index;
}

function list(sequence: Sequence, call: Invocation): Value[] {
  if (sequence.kind !== 'list') {
    throw call.overloadMissing();
  }
  return sequence.items;
}

export const sequenceMembers = instanceMembers<Sequence>({
  properties: {
    Length: (sequence) => new Int32(sequence.items.length),
    Count: (sequence) => new Int32(sequence.items.length),
  },
  methods: {
    Add: (sequence, call) => {
      list(sequence, call).push(call.value(0));
      return null;
    },
    Clear: (sequence, call) => {
      list(sequence, call).length = 0;
      return null;
    },
    RemoveAt: (sequence, call) => {
      list(sequence, call).splice(itemAt(sequence, call), 1);
      return null;
    },
    Remove: (sequence, call) => {
      const at = list(sequence, call).findIndex((item) => objectsEqual(item, call.value(0)));
      sequence.items.splice(at < 0 ? sequence.items.length : at, 1);
      return at >= 0;
    },
    IndexOf: (sequence, call) => new Int32(list(sequence, call).findIndex((item) => objectsEqual(item, call.value(0)))),
    Sort: (sequence, call) => {
      list(sequence, call).sort(compareValues);
      return null;
    },
  },
  index: (sequence, call) => sequence.items[itemAt(sequence, call)]!,
  setIndex: (sequence, call, value) => {
    sequence.items[itemAt(sequence, call)] = value;
  },
});

function found(dictionary: Dictionary, key: Value): Value | undefined {
  const value = dictionary.entries.get(dictionary.comparedAs(key))?.value;
  return value !== undefined && dictionary.boxes ? boxed(value) : value;
}

function put(dictionary: Dictionary, call: Invocation, key: Value, value: Value): void {
  if (dictionary.readOnly) {
    throw call.overloadMissing();
  }
  dictionary.entries.set(dictionary.comparedAs(key), { key, value });
}

export const dictionaryMembers = instanceMembers<Dictionary>({
  properties: {
    Keys: (dictionary) =>
      new Sequence(
        [...dictionary.entries.values()].map(({ key }) => key),
        'query',
      ),
    Values: (dictionary) =>
      new Sequence(
        [...dictionary.entries.values()].map(({ value }) => (dictionary.boxes ? boxed(value) : value)),
        'query',
      ),
    Count: (dictionary) => new Int32(dictionary.entries.size),
  },
  methods: {
    ContainsKey: (dictionary, call) => found(dictionary, call.value(0)) !== undefined,
    TryGetValue: (dictionary, call) => {
      const value = found(dictionary, call.value(0));
      call.assign(1, value ?? null);
      return value !== undefined;
    },
    Add: (dictionary, call) => {
      put(dictionary, call, call.value(0), call.value(1));
      return null;
    },
    Remove: (dictionary, call) => {
      if (dictionary.readOnly) {
        throw call.overloadMissing();
      }
      return dictionary.entries.delete(dictionary.comparedAs(call.value(0)));
    },
  },
  index: (dictionary, call) => {
    const value = found(dictionary, call.value(0));
    if (value === undefined) {
      throw keyNotFound();
    }
    return value;
  },
  setIndex: (dictionary, call, value) => put(dictionary, call, call.value(0), value),
});

export const pairMembers = instanceMembers<KeyValuePair>({
  properties: { Key: (pair) => pair.key, Value: (pair) => pair.value },
});

/** How `Dictionary<TKey, …>` and the set operations of LINQ tell keys apart. */
export function keyText(key: Value): string {
  if (typeof key === 'string') {
    return `text ${key}`;
  }
  return key !== null && typeof key === 'object' && 'value' in key
    ? `${key.constructor.name} ${String(key.value)}`
    : `value ${String(key)}`;
}

export const dictionaryStatics = staticMembers({
  construct: (call) => {
    if (call.count > 0) {
      throw call.overloadMissing();
    }
    return new Dictionary('Dictionary', keyText, false, call.typeArguments[1]?.name === 'Object');
  },
});

export const listStatics = staticMembers({
  construct: (call) => {
    const source = call.has(0) ? call.value(0) : new Sequence([], 'list');
    if (!(source instanceof Sequence)) {
      throw call.overloadMissing();
    }
    return new Sequence([...source.items], 'list', call.typeArgument);
  },
});

export const arrayStatics = staticMembers({
  methods: {
    IndexOf: (call) => {
      const source = call.value(0);
      if (!(source instanceof Sequence)) {
        throw call.overloadMissing();
      }
      return new Int32(source.items.findIndex((item) => objectsEqual(item, call.value(1))));
    },
  },
});

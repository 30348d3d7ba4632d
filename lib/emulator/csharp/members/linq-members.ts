import { applyBinary, objectsEqual } from '../arithmetic';
import { castTo } from '../conversion';
import { argumentOutOfRange, sequenceAmbiguous, sequenceEmpty, unsupportedUse } from '../exceptions';
import { Invocation } from '../invocation';
import { JArray, JObject, JProperty } from '../json';
import { compareValues } from '../ordering';
import { typeNameOf } from '../type-names';
import { defaultOf, isInstance } from '../type-tests';
import { Boxed, Char, Dictionary, Double, Int32, KeyValuePair, Sequence, Value, boxed } from '../values';
import { keyText } from './collection-members';
import { staticMembers } from './member-table';

/** The items of whatever can be enumerated; undefined for anything else. */
export function itemsOf(value: Value): Value[] | undefined {
  if (value instanceof Sequence) {
    return value.items;
  }
  if (typeof value === 'string') {
    return Array.from({ length: value.length }, (_, at) => new Char(value[at]!));
  }
  if (value instanceof JArray) {
    return value.items;
  }
  if (value instanceof JObject) {
    return [...value.properties].map(([name, token]) => new JProperty(name, token));
  }
  if (value instanceof Dictionary) {
    return [...value.entries.values()].map(
      (entry) => new KeyValuePair(entry.key, value.boxes ? boxed(entry.value) : entry.value),
    );
  }
  return undefined;
}

/** `elementType` is the type of the items, where it is known. */
type Operation = (items: Value[], call: Invocation, elementType: string) => Value;

function query(items: Value[], elementType = 'Object'): Sequence {
  return new Sequence(items, 'query', elementType);
}

function filtered(items: Value[], call: Invocation): Value[] {
  return call.has(0) ? items.filter(call.predicate(0)) : items;
}

function required(value: Value | undefined): Value {
  if (value === undefined) {
    throw sequenceEmpty();
  }
  return value;
}

/** `default(T)` where there is no such item. */
function orDefault(value: Value | undefined, elementType: string): Value {
  return value === undefined ? defaultOf({ name: elementType, arguments: [], nullable: false, rank: 0 }) : value;
}

function single(items: Value[]): Value | undefined {
  if (items.length > 1) {
    throw sequenceAmbiguous();
  }
  return items[0];
}

function distinct(items: readonly Value[]): Value[] {
  const seen = new Map<string, Value>();
  items.forEach((item) => {
    if (!seen.has(keyText(item))) {
      seen.set(keyText(item), item);
    }
  });
  return [...seen.values()];
}

function ordered(items: Value[], call: Invocation, direction: 1 | -1, type: string): Value {
  const key = call.lambda(0);
  const keyed = items.map((item) => ({ item, key: key(item) }));
  return query(
    keyed.sort((left, right) => direction * compareValues(left.key, right.key)).map(({ item }) => item),
    type,
  );
}

function selected(items: Value[], call: Invocation): Value[] {
  return call.has(0) ? items.map((item) => call.lambda(0)(item)) : items;
}

function extreme(items: Value[], call: Invocation, direction: 1 | -1): Value {
  const values = selected(items, call);
  return required(
    values
      .slice(1)
      .reduce<Value | undefined>(
        (best, value) => (direction * compareValues(value, best!) < 0 ? value : best),
        values[0],
      ),
  );
}

function second(call: Invocation): Value[] {
  const items = itemsOf(call.value(0));
  if (items === undefined) {
    throw call.mismatch(0, call.value(0), 'a sequence');
  }
  return items;
}

const operations: Record<string, Operation> = {
  Where: (items, call, type) => query(items.filter(call.predicate(0)), type),
  Select: (items, call) => projected(selected(items, call)),
  SelectMany: (items, call) =>
    query(
      items.flatMap((item) => {
        const inner = itemsOf(call.lambda(0)(item));
        if (inner === undefined) {
          throw unsupportedUse('SelectMany over what is no sequence');
        }
        return inner;
      }),
    ),
  Any: (items, call) => filtered(items, call).length > 0,
  All: (items, call) => items.every(call.predicate(0)),
  Count: (items, call) => new Int32(filtered(items, call).length),
  First: (items, call) => required(filtered(items, call)[0]),
  FirstOrDefault: (items, call, type) => orDefault(filtered(items, call)[0], type),
  Last: (items, call) => required(filtered(items, call).at(-1)),
  LastOrDefault: (items, call, type) => orDefault(filtered(items, call).at(-1), type),
  Single: (items, call) => required(single(filtered(items, call))),
  SingleOrDefault: (items, call, type) => orDefault(single(filtered(items, call)), type),
  ElementAt: (items, call) => {
    const item = items[call.integer(0)];
    if (item === undefined) {
      throw argumentOutOfRange('index');
    }
    return item;
  },
  ElementAtOrDefault: (items, call, type) => orDefault(items[call.integer(0)], type),
  Skip: (items, call, type) => query(items.slice(Math.max(0, call.integer(0))), type),
  Take: (items, call, type) => query(items.slice(0, Math.max(0, call.integer(0))), type),
  Reverse: (items, _call, type) => query([...items].reverse(), type),
  Concat: (items, call, type) => query([...items, ...second(call)], type),
  Union: (items, call) => query(distinct([...items, ...second(call)])),
  Except: (items, call) => {
    const excluded = new Set(second(call).map(keyText));
    return query(distinct(items).filter((item) => !excluded.has(keyText(item))));
  },
  Intersect: (items, call) => {
    const wanted = new Set(second(call).map(keyText));
    return query(distinct(items).filter((item) => wanted.has(keyText(item))));
  },
  Distinct: (items, _call, type) => query(distinct(items), type),
  OrderBy: (items, call, type) => ordered(items, call, 1, type),
  OrderByDescending: (items, call, type) => ordered(items, call, -1, type),
  Contains: (items, call) => items.some((item) => objectsEqual(item, call.value(0))),
  SequenceEqual: (items, call) => {
    const others = second(call);
    return items.length === others.length && items.every((item, at) => objectsEqual(item, others[at]!));
  },
  ToArray: (items, _call, type) => new Sequence([...items], 'array', elementTypeOf(items, type)),
  ToList: (items, _call, type) => new Sequence([...items], 'list', elementTypeOf(items, type)),
  ToDictionary: (items, call) => {
    const dictionary = new Dictionary('Dictionary', keyText);
    items.forEach((item) => {
      const key = call.lambda(0)(item);
      dictionary.entries.set(keyText(key), { key, value: call.has(1) ? call.lambda(1)(item) : item });
    });
    return dictionary;
  },
  Cast: (items, call) => query(items.map((item) => castTo(call.typeArguments[0]!, item))),
  OfType: (items, call) => query(items.filter((item) => isInstance(call.typeArguments[0]!, item))),
  Sum: (items, call) => {
    const values = selected(items, call);
    return values.slice(1).reduce<Value>((sum, value) => applyBinary('+', sum, value), values[0] ?? new Int32(0));
  },
  Average: (items, call) => {
    const values = selected(items, call);
    required(values[0]);
    const sum = values.reduce<Value>((total, value) => applyBinary('+', total, value), new Double(0));
    return new Double((sum as Double).value / values.length);
  },
  Min: (items, call) => extreme(items, call, 1),
  Max: (items, call) => extreme(items, call, -1),
  Aggregate: (items, call) => {
    const seeded = call.count === 2;
    const combine = call.lambda(seeded ? 1 : 0, 2);
    const start = seeded ? call.value(0) : required(items[0]);
    return items.slice(seeded ? 0 : 1).reduce((total, item) => combine(total, item), start);
  },
};

/** The type that the items say they have, else the one that is known without them. */
function elementTypeOf(items: readonly Value[], known: string): string {
  const sample = items.find((item) => item !== null);
  return known === 'Object' && sample !== undefined && !(sample instanceof Boxed) ? typeNameOf(sample) : known;
}

function projected(items: Value[]): Sequence {
  return query(items, elementTypeOf(items, 'Object'));
}

/** The extension methods of `System.Linq.Enumerable`. They run at once, not when their result is read. */
export const linqOperations: ReadonlyMap<string, Operation> = new Map(Object.entries(operations));

const LONGEST_RANGE = 1_000_000;

export const enumerableStatics = staticMembers({
  methods: {
    Range: (call) => {
      const [start, count] = [call.integer(0), call.integer(1)];
      if (count < 0 || count > LONGEST_RANGE) {
        throw argumentOutOfRange('count');
      }
      return query(Array.from({ length: count }, (_, at) => new Int32(start + at)));
    },
    Repeat: (call) => {
      const count = call.integer(1);
      if (count < 0 || count > LONGEST_RANGE) {
        throw argumentOutOfRange('count');
      }
      return query(Array.from({ length: count }, () => call.value(0)));
    },
    Empty: () => query([]),
  },
});

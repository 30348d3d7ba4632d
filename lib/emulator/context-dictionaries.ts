import { castTo } from './csharp/conversion';
import { invalidCast } from './csharp/exceptions';
import { typeNameOf } from './csharp/type-names';
import { defaultOf } from './csharp/type-tests';
import { boxed, Dictionary, Sequence, Value } from './csharp/values';

/** A key that is told apart by its letters' case. */
export function exactly(key: Value): string {
  return String(key);
}

function strings(values: readonly string[]): Sequence {
  return new Sequence([...values], 'array', 'String');
}

/** `IReadOnlyDictionary<string, string[]>` whose `GetValueOrDefault` answers one text with commas. */
export function multiValued(
  entries: readonly (readonly [string, readonly string[]])[],
  comparedAs: (key: Value) => string = (key) => String(key).toLowerCase(),
): Dictionary {
  const dictionary = new Dictionary('IReadOnlyDictionary', comparedAs, true, false, (found, call) => {
    // "string GetValueOrDefault(headerName: string, defaultValue: string)": with another default it does not compile.
    const otherwise = call.has(1) ? call.textOrNull(1) : null;
    return found instanceof Sequence ? found.items.join(',') : otherwise;
  });
  const merged = new Map<string, { key: string; values: string[] }>();
  entries.forEach(([key, values]) => {
    const known = merged.get(comparedAs(key));
    merged.set(comparedAs(key), { key: known?.key ?? key, values: [...(known?.values ?? []), ...values] });
  });
  merged.forEach(({ key, values }, compared) => dictionary.entries.set(compared, { key, value: strings(values) }));
  return dictionary;
}

/** `IReadOnlyDictionary<string, string>`. */
export function textDictionary(entries: ReadonlyMap<string, string>): Value {
  const dictionary = new Dictionary('IReadOnlyDictionary', exactly, true);
  entries.forEach((value, key) => dictionary.entries.set(key, { key, value }));
  return dictionary;
}

/** The variables: values are of static type `object`; `GetValueOrDefault<T>` casts to T. */
export function variablesValue(variables: ReadonlyMap<string, Value>): Value {
  const dictionary = new Dictionary('IReadOnlyDictionary', exactly, true, true, (found, call) => {
    const type = call.typeArguments[0];
    const fallback = call.has(1) ? call.value(1) : type ? defaultOf(type) : null;
    if (found === undefined) {
      return fallback;
    }
    if (type) {
      return castTo(type, boxed(found));
    }
    // Without a type argument it is that of the default value.
    return fallback === null ? boxed(found) : sameType(found, fallback);
  });
  variables.forEach((value, key) => dictionary.entries.set(key, { key, value }));
  return dictionary;
}

function sameType(found: Value, fallback: Value): Value {
  const [given, expected] = [typeNameOf(found), typeNameOf(fallback)];
  if (found !== null && given !== expected) {
    throw invalidCast(given, expected);
  }
  return found;
}

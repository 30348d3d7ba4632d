/** Newtonsoft's JSON tree, as far as policies use it (newtonsoft.com/json/help, namespace Newtonsoft.Json.Linq). */

export class JObject {
  declare private readonly clr: 'JObject';
  readonly properties = new Map<string, JToken>();
  parent: JContainer | undefined;
}

export class JArray {
  declare private readonly clr: 'JArray';
  readonly items: JToken[] = [];
  parent: JContainer | undefined;
}

/** A property that stands for itself, as in `new JObject(new JProperty("a", 1))`. */
export class JProperty {
  declare private readonly clr: 'JProperty';
  parent: JContainer | undefined;
  constructor(
    readonly name: string,
    readonly value: JToken,
  ) {}
}

export type JsonScalar = null | boolean | string | bigint | number;

/** Integers are bigints, floating point numbers are numbers. */
export class JValue {
  declare private readonly clr: 'JValue';
  parent: JContainer | undefined;
  constructor(readonly value: JsonScalar) {}
}

export type JContainer = JObject | JArray;
export type JToken = JObject | JArray | JProperty | JValue;

export function isJToken(value: unknown): value is JToken {
  return value instanceof JObject || value instanceof JArray || value instanceof JProperty || value instanceof JValue;
}

/** `Newtonsoft.Json.Linq.JTokenType` of a token, with its number. */
export function tokenType(token: JToken): { name: string; number: number } {
  if (token instanceof JObject) {
    return { name: 'Object', number: 1 };
  }
  if (token instanceof JArray) {
    return { name: 'Array', number: 2 };
  }
  if (token instanceof JProperty) {
    return { name: 'Property', number: 4 };
  }
  switch (typeof token.value) {
    case 'bigint':
      return { name: 'Integer', number: 6 };
    case 'number':
      return { name: 'Float', number: 7 };
    case 'string':
      return { name: 'String', number: 8 };
    case 'boolean':
      return { name: 'Boolean', number: 9 };
    default:
      return { name: 'Null', number: 10 };
  }
}

/** Puts a token below another: one that already stands somewhere is copied, as Newtonsoft does. */
export function attach(token: JToken, parent: JContainer): JToken {
  const attached = token.parent === undefined && token !== parent ? token : deepClone(token);
  attached.parent = parent;
  return attached;
}

export function setProperty(target: JObject, name: string, token: JToken): void {
  target.properties.set(name, attach(token, target));
}

export function deepClone(token: JToken): JToken {
  if (token instanceof JObject) {
    const copy = new JObject();
    token.properties.forEach((value, name) => setProperty(copy, name, deepClone(value)));
    return copy;
  }
  if (token instanceof JArray) {
    const copy = new JArray();
    token.items.forEach((item) => copy.items.push(attach(deepClone(item), copy)));
    return copy;
  }
  return token instanceof JProperty ? new JProperty(token.name, deepClone(token.value)) : new JValue(token.value);
}

export function deepEquals(left: JToken, right: JToken): boolean {
  return jsonText(sorted(left), false) === jsonText(sorted(right), false);
}

function sorted(token: JToken): JToken {
  const copy = deepClone(token);
  if (copy instanceof JObject) {
    const entries = [...copy.properties].sort(([left], [right]) => (left < right ? -1 : 1));
    copy.properties.clear();
    entries.forEach(([name, value]) => copy.properties.set(name, sorted(value)));
  } else if (copy instanceof JArray) {
    copy.items.forEach((item, index) => (copy.items[index] = sorted(item)));
  }
  return copy;
}

/** The text of a token as Newtonsoft writes it, indented by two spaces or on one line. */
export function jsonText(token: JToken, indented: boolean): string {
  return writeToken(token, indented ? '\n' : '');
}

function writeToken(token: JToken, lineStart: string): string {
  if (token instanceof JValue) {
    return scalarText(token.value);
  }
  if (token instanceof JProperty) {
    return `${quoted(token.name)}:${lineStart === '' ? '' : ' '}${writeToken(token.value, lineStart)}`;
  }
  const inner = lineStart === '' ? '' : `${lineStart}  `;
  const members =
    token instanceof JArray
      ? token.items.map((item) => writeToken(item, inner))
      : [...token.properties].map(
          ([name, value]) => `${quoted(name)}:${lineStart === '' ? '' : ' '}${writeToken(value, inner)}`,
        );
  const [open, close] = token instanceof JArray ? ['[', ']'] : ['{', '}'];
  return members.length === 0 ? `${open}${close}` : `${open}${inner}${members.join(`,${inner}`)}${lineStart}${close}`;
}

function scalarText(value: JsonScalar): string {
  if (typeof value === 'string') {
    return quoted(value);
  }
  if (typeof value === 'number') {
    const text = roundTripText(value);
    return /^-?\d+$/.test(text) ? `${text}.0` : text;
  }
  return String(value);
}

/** The shortest text that reads back as the same number, with the exponent written as .NET does. */
export function roundTripText(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  }
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power > -5 && power < 15) {
    return power < 0 ? value.toFixed(Math.max(0, mantissa.replace(/^-?\d\.?/, '').length - power)) : String(value);
  }
  return `${mantissa}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

export function quoted(text: string): string {
  const escaped = text.replace(
    /["\\\u0000-\u001f\u0085\u2028\u2029]/g,
    (character) => ESCAPES.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

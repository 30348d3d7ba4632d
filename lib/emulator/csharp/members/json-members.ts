import { castTo, defaultOf, tokenOf } from '../conversion';
import { argumentInvalid, argumentOutOfRange, childAccessInvalid, malformedJson, unsupportedUse } from '../exceptions';
import { textOf } from '../format';
import { Invocation } from '../invocation';
import {
  attach,
  deepClone,
  deepEquals,
  isJToken,
  JArray,
  JObject,
  JProperty,
  jsonText,
  JToken,
  JValue,
  setProperty,
  tokenType,
} from '../json';
import { parseJson } from '../json-parser';
import { Dictionary, EnumValue, Int32, Int64, Double, Sequence, Value, unboxed } from '../values';
import { InstanceMembers, instanceMembers, StaticMembers, staticMembers } from './member-table';

function text(token: JToken, call: Invocation): string {
  return call.has(0) ? jsonText(token, call.enumeration(0, 'Formatting').number === 1) : textOf(token);
}

function child(token: JToken, key: Value): Value {
  const name = unboxed(key);
  if (token instanceof JObject && typeof name === 'string') {
    return token.properties.get(name) ?? null;
  }
  if (token instanceof JArray && name instanceof Int32) {
    const item = token.items[name.value];
    if (item === undefined) {
      throw argumentOutOfRange('index');
    }
    return item;
  }
  if (token instanceof JValue) {
    throw childAccessInvalid();
  }
  throw argumentInvalid(`Accessed ${tokenType(token).name} values with invalid key value.`);
}

function setChild(token: JToken, call: Invocation, value: Value): void {
  const key = call.value(0);
  if (token instanceof JObject && typeof key === 'string') {
    setProperty(token, key, tokenOf(value));
  } else if (token instanceof JArray && key instanceof Int32 && token.items[key.value] !== undefined) {
    token.items[key.value] = attach(tokenOf(value), token);
  } else {
    child(token, key);
    throw call.overloadMissing();
  }
}

const PATH_PART = /\.?([A-Za-z_$][\w$-]*)|\[(\d+)\]|\['([^']*)'\]/y;

/** `SelectToken` for paths of names and positions: `choices[0].message.content`. */
function selectToken(start: JToken, call: Invocation): Value {
  const path = call.text(0);
  let token: JToken | undefined = start;
  let at = path.startsWith('$') ? 1 : 0;
  while (at < path.length) {
    PATH_PART.lastIndex = at;
    const part = PATH_PART.exec(path);
    if (!part) {
      throw unsupportedUse(`the JSON path '${path}'`);
    }
    const [whole, name, position, quotedName] = part;
    at += whole.length;
    const key = name ?? quotedName;
    if (key === undefined) {
      token = token instanceof JArray ? token.items[Number(position)] : undefined;
    } else {
      token = token instanceof JObject ? token.properties.get(key) : undefined;
    }
    if (token === undefined) {
      return null;
    }
  }
  return token;
}

/** `Value<T>(key)` and, of a single value, `Value<T>()`. */
function valueAs(token: JToken, call: Invocation): Value {
  const type = call.typeArguments[0];
  if (type === undefined) {
    throw call.overloadMissing();
  }
  const found = call.has(0) ? child(token, call.value(0)) : token;
  return found === null ? defaultOf(type) : castTo(type, found);
}

function replaceToken(token: JToken, call: Invocation): null {
  const replacement = tokenOf(call.value(0));
  const { parent } = token;
  if (parent instanceof JArray) {
    parent.items[parent.items.indexOf(token)] = attach(replacement, parent);
  } else if (parent instanceof JObject) {
    const name = [...parent.properties].find(([, value]) => value === token)![0];
    setProperty(parent, name, replacement);
  } else {
    throw unsupportedUse('Replace on a JSON value that stands nowhere');
  }
  token.parent = undefined;
  return null;
}

const shared = {
  properties: {
    Type: (token: JToken) => {
      const type = tokenType(token);
      return new EnumValue('JTokenType', type.name, type.number);
    },
    HasValues: (token: JToken) =>
      token instanceof JObject
        ? token.properties.size > 0
        : token instanceof JArray
          ? token.items.length > 0
          : token instanceof JProperty,
    Parent: (token: JToken) => token.parent ?? null,
  },
  methods: {
    ToString: text,
    SelectToken: selectToken,
    Value: valueAs,
    DeepClone: (token: JToken) => deepClone(token),
    Replace: replaceToken,
    Equals: (token: JToken, call: Invocation) => token === unboxed(call.value(0)),
    ToObject: (token: JToken, call: Invocation) => castTo(call.typeArguments[0]!, token),
  },
  index: (token: JToken, call: Invocation) => child(token, call.value(0)),
  setIndex: setChild,
};

function propertyOf(call: Invocation, index: number): JProperty {
  const value = call.value(index);
  if (!(value instanceof JProperty)) {
    throw call.mismatch(index, value, 'JProperty');
  }
  return value;
}

function addProperty(target: JObject, name: string, token: JToken): void {
  if (target.properties.has(name)) {
    throw argumentInvalid(
      `Can not add property ${name} to Newtonsoft.Json.Linq.JObject. Property with the same name already exists on object.`,
    );
  }
  setProperty(target, name, token);
}

export const objectMembers: InstanceMembers<JObject> = instanceMembers<JObject>({
  ...shared,
  properties: { ...shared.properties, Count: (object) => new Int32(object.properties.size) },
  methods: {
    ...shared.methods,
    Add: (object, call) => {
      if (call.count === 2) {
        addProperty(object, call.text(0), tokenOf(call.value(1)));
      } else {
        const property = propertyOf(call, 0);
        addProperty(object, property.name, property.value);
      }
      return null;
    },
    Remove: (object, call) => {
      if (!call.has(0)) {
        throw unsupportedUse('JObject.Remove without a name');
      }
      return object.properties.delete(call.text(0));
    },
    ContainsKey: (object, call) => object.properties.has(call.text(0)),
    GetValue: (object, call) => {
      if (call.count === 1) {
        return object.properties.get(call.text(0)) ?? null;
      }
      const wanted = call.text(0).toUpperCase();
      const rule = call.enumeration(1, 'StringComparison').name;
      const names = [...object.properties.keys()];
      const name = rule.endsWith('IgnoreCase') ? names.find((key) => key.toUpperCase() === wanted) : call.text(0);
      return name === undefined ? null : (object.properties.get(name) ?? null);
    },
    TryGetValue: (object, call) => {
      const found = object.properties.get(call.text(0));
      call.assign(1, found ?? null);
      return found !== undefined;
    },
    Property: (object, call) => {
      const found = object.properties.get(call.text(0));
      return found === undefined ? null : new JProperty(call.text(0), found);
    },
    Properties: (object) =>
      new Sequence(
        [...object.properties].map(([name, token]) => new JProperty(name, token)),
        'query',
      ),
  },
});

export const arrayMembers: InstanceMembers<JArray> = instanceMembers<JArray>({
  ...shared,
  properties: { ...shared.properties, Count: (array) => new Int32(array.items.length) },
  methods: {
    ...shared.methods,
    Add: (array, call) => {
      array.items.push(attach(tokenOf(call.value(0)), array));
      return null;
    },
    RemoveAt: (array, call) => {
      child(array, call.value(0));
      array.items.splice(call.integer(0), 1);
      return null;
    },
    Clear: (array) => {
      array.items.length = 0;
      return null;
    },
    Children: (array) => new Sequence([...array.items], 'query'),
  },
});

export const propertyMembers: InstanceMembers<JProperty> = instanceMembers<JProperty>({
  ...shared,
  properties: { ...shared.properties, Name: (property) => property.name, Value: (property) => property.value },
});

export const valueMembers: InstanceMembers<JValue> = instanceMembers<JValue>({
  ...shared,
  properties: {
    ...shared.properties,
    Value: (token) => {
      const { value } = token;
      return typeof value === 'bigint' ? new Int64(value) : typeof value === 'number' ? new Double(value) : value;
    },
  },
});

function parsed(type: 'JToken' | 'JObject' | 'JArray'): (call: Invocation) => Value {
  return (call) => {
    const token = parseJson(call.text(0));
    const expected = type === 'JToken' || (type === 'JObject' ? token instanceof JObject : token instanceof JArray);
    if (!expected) {
      throw malformedJson(`Error reading ${type} from JsonReader. Current JsonReader item is not of that type.`, 0);
    }
    return token;
  };
}

export const tokenStatics: StaticMembers = staticMembers({
  methods: {
    Parse: parsed('JToken'),
    FromObject: (call) => fromObject(call.value(0)),
    DeepEquals: (call) => {
      const [left, right] = [tokenOf(call.value(0)), tokenOf(call.value(1))];
      return deepEquals(left, right);
    },
  },
});

/** The JSON of a basic value, a sequence or a dictionary. */
function fromObject(given: Value): JToken {
  const value = unboxed(given);
  if (value instanceof Sequence) {
    const array = new JArray();
    value.items.forEach((item) => array.items.push(attach(fromObject(item), array)));
    return array;
  }
  if (value instanceof Dictionary) {
    const object = new JObject();
    value.entries.forEach(({ key, value: item }) => setProperty(object, textOf(key), fromObject(item)));
    return object;
  }
  return tokenOf(value);
}

function contentsInto(array: JArray, value: Value): void {
  if (value instanceof Sequence) {
    value.items.forEach((item) => contentsInto(array, item));
  } else {
    array.items.push(attach(tokenOf(value), array));
  }
}

export const objectStatics: StaticMembers = staticMembers({
  methods: { Parse: parsed('JObject'), FromObject: (call) => fromObject(call.value(0)) },
  construct: (call) => {
    const object = new JObject();
    call.passed.forEach((_, index) => {
      const property = propertyOf(call, index);
      addProperty(object, property.name, property.value);
    });
    return object;
  },
});

export const jsonArrayStatics: StaticMembers = staticMembers({
  methods: { Parse: parsed('JArray'), FromObject: (call) => fromObject(call.value(0)) },
  construct: (call) => {
    const array = new JArray();
    const [only] = call.passed;
    if (call.count === 1 && isJToken(only!.value) && only!.value instanceof JArray) {
      // `new JArray(other)` copies: this is the constructor that takes a JArray.
      return deepClone(only!.value);
    }
    call.passed.forEach((_, index) => contentsInto(array, call.value(index)));
    return array;
  },
});

export const jsonPropertyStatics: StaticMembers = staticMembers({
  construct: (call) => {
    if (call.count !== 2) {
      throw call.overloadMissing();
    }
    const content = call.value(1);
    return new JProperty(call.text(0), content instanceof Sequence ? fromObject(content) : tokenOf(content));
  },
});

export const jsonValueStatics: StaticMembers = staticMembers({ construct: (call) => tokenOf(call.value(0)) });

export const jsonConvertStatics: StaticMembers = staticMembers({
  methods: {
    SerializeObject: (call) =>
      jsonText(fromObject(call.value(0)), call.has(1) && call.enumeration(1, 'Formatting').number === 1),
    DeserializeObject: (call) => {
      const type = call.typeArguments[0];
      const token = parseJson(call.text(0));
      return type === undefined ? token : castTo(type, token);
    },
  },
});

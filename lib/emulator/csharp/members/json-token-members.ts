import { castTo } from '../conversion';
import { argumentInvalid, argumentOutOfRange, childAccessInvalid, unsupportedUse } from '../exceptions';
import { textOf } from '../format';
import { Invocation } from '../invocation';
import {
  attach,
  deepClone,
  JArray,
  JObject,
  JProperty,
  jsonText,
  JToken,
  JValue,
  setProperty,
  tokenType,
} from '../json';
import { tokenOf } from '../token-conversion';
import { defaultOf } from '../type-tests';
import { EnumValue, Int32, unboxed, Value } from '../values';
import { selectToken } from './json-path';

function text(token: JToken, call: Invocation): string {
  return call.has(0) ? jsonText(token, call.enumeration(0, 'Formatting').number === 1) : textOf(token);
}

/** `token[key]`. */
export function child(token: JToken, key: Value): Value {
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

/** What every kind of JSON has. */
export const sharedMembers = {
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

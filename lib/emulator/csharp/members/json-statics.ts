import { castTo } from '../conversion';
import { malformedJson } from '../exceptions';
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
  setProperty,
} from '../json';
import { parseJson } from '../json-parser';
import { tokenOf } from '../token-conversion';
import { Dictionary, Sequence, unboxed, Value } from '../values';
import { addProperty, propertyOf } from './json-property';
import { StaticMembers, staticMembers } from './member-table';

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

import { unsupportedUse } from '../exceptions';
import { attach, JArray, JObject, JProperty, JValue } from '../json';
import { tokenOf } from '../token-conversion';
import { Double, Int32, Int64, Sequence } from '../values';
import { addProperty, propertyOf } from './json-property';
import { child, sharedMembers } from './json-token-members';
import { InstanceMembers, instanceMembers } from './member-table';

export const objectMembers: InstanceMembers<JObject> = instanceMembers<JObject>({
  ...sharedMembers,
  properties: { ...sharedMembers.properties, Count: (object) => new Int32(object.properties.size) },
  methods: {
    ...sharedMembers.methods,
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
  ...sharedMembers,
  properties: { ...sharedMembers.properties, Count: (array) => new Int32(array.items.length) },
  methods: {
    ...sharedMembers.methods,
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
  ...sharedMembers,
  properties: { ...sharedMembers.properties, Name: (property) => property.name, Value: (property) => property.value },
});

export const valueMembers: InstanceMembers<JValue> = instanceMembers<JValue>({
  ...sharedMembers,
  properties: {
    ...sharedMembers.properties,
    Value: (token) => {
      const { value } = token;
      return typeof value === 'bigint' ? new Int64(value) : typeof value === 'number' ? new Double(value) : value;
    },
  },
});

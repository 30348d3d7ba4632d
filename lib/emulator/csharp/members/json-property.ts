import { argumentInvalid } from '../exceptions';
import { Invocation } from '../invocation';
import { JObject, JProperty, JToken, setProperty } from '../json';

/** An argument that is a property. */
export function propertyOf(call: Invocation, index: number): JProperty {
  const value = call.value(index);
  if (!(value instanceof JProperty)) {
    throw call.mismatch(index, value, 'JProperty');
  }
  return value;
}

/** `Add`: a name that is there already is an error. */
export function addProperty(target: JObject, name: string, token: JToken): void {
  if (target.properties.has(name)) {
    throw argumentInvalid(
      `Can not add property ${name} to Newtonsoft.Json.Linq.JObject. Property with the same name already exists on object.`,
    );
  }
  setProperty(target, name, token);
}

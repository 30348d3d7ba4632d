import { objectsEqual } from './arithmetic';
import { memberMissing, nullReference, objectNeedsCast } from './exceptions';
import { textOf } from './format';
import { Invocation } from './invocation';
import { itemsOf, linqOperations } from './members/linq-members';
import { membersOf } from './members/registry';
import { typeNameOf } from './type-names';
import { Boxed, ContextObject, Dictionary, Sequence, Value } from './values';

/** `target.name`. */
export function readProperty(target: Value, name: string): Value {
  requireObject(target, name);
  if (target instanceof ContextObject) {
    const property = target.properties.get(name);
    if (!property) {
      throw memberMissing(target.typeName, name);
    }
    return property();
  }
  const property = membersOf(target)?.properties.get(name);
  if (!property) {
    throw memberMissing(typeNameOf(target), name);
  }
  return property(target);
}

/** `target.name(…)`: a method of the type, else one of LINQ for what can be enumerated. */
export function callMethod(target: Value, name: string, call: Invocation): Value {
  if (target === null) {
    throw nullReference();
  }
  if (target instanceof Boxed) {
    return callOnObject(target, name, call);
  }
  if (target instanceof ContextObject) {
    return callOnContext(target, name, call);
  }
  if (target instanceof Dictionary && name === 'GetValueOrDefault') {
    return valueOrDefault(target, call);
  }
  const method = membersOf(target)?.methods.get(name);
  if (method) {
    return method(target, call);
  }
  const operation = linqOperations.get(name);
  const items = operation && itemsOf(target);
  if (!operation || !items) {
    throw memberMissing(typeNameOf(target), name);
  }
  return operation(items, call, target instanceof Sequence ? target.elementType : 'Object');
}

/** What every object has. */
function callOnObject(target: Boxed, name: string, call: Invocation): Value {
  if (name === 'ToString' && call.count === 0) {
    return textOf(target);
  }
  if (name === 'Equals' && call.count === 1) {
    return objectsEqual(target, call.value(0));
  }
  throw objectNeedsCast(`'.${name}'`);
}

function callOnContext(target: ContextObject, name: string, call: Invocation): Value {
  const method = target.methods.get(name);
  if (!method) {
    throw memberMissing(target.typeName, name);
  }
  return method(call);
}

/** Dictionaries of the context: `GetValueOrDefault` is API Management's own. */
function valueOrDefault(target: Dictionary, call: Invocation): Value {
  const found = target.entries.get(target.comparedAs(call.value(0)))?.value;
  if (target.valueOrDefault) {
    return target.valueOrDefault(found, call);
  }
  return found ?? (call.has(1) ? call.value(1) : null);
}

/** `target[…]`. */
export function readIndex(target: Value, call: Invocation): Value {
  requireObject(target, '[]');
  const read = membersOf(target)?.index;
  if (!read) {
    throw memberMissing(typeNameOf(target), '[]');
  }
  return read(target, call);
}

/** `target[…] = value`. */
export function writeIndex(target: Value, call: Invocation, value: Value): void {
  requireObject(target, '[]');
  const write = membersOf(target)?.setIndex;
  if (!write) {
    throw memberMissing(typeNameOf(target), '[] =');
  }
  write(target, call, value);
}

function requireObject(target: Value, name: string): void {
  if (target === null) {
    throw nullReference();
  }
  if (target instanceof Boxed) {
    throw objectNeedsCast(`'.${name}'`);
  }
}

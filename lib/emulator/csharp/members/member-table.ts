import { Environment, Invocation } from '../invocation';
import { Value } from '../values';

/** The members of a type's instances that are implemented. */
export interface InstanceMembers<T> {
  readonly properties: ReadonlyMap<string, (target: T) => Value>;
  readonly methods: ReadonlyMap<string, (target: T, call: Invocation) => Value>;
  /** `target[…]`. */
  readonly index?: (target: T, call: Invocation) => Value;
  /** `target[…] = value`. */
  readonly setIndex?: (target: T, call: Invocation, value: Value) => void;
}

/** The static members and constructor of a type that are implemented. */
export interface StaticMembers {
  readonly properties: ReadonlyMap<string, (environment: Environment) => Value>;
  readonly methods: ReadonlyMap<string, (call: Invocation) => Value>;
  readonly construct?: (call: Invocation) => Value;
}

export function instanceMembers<T>(members: {
  properties?: Record<string, (target: T) => Value>;
  methods?: Record<string, (target: T, call: Invocation) => Value>;
  index?: (target: T, call: Invocation) => Value;
  setIndex?: (target: T, call: Invocation, value: Value) => void;
}): InstanceMembers<T> {
  return {
    properties: new Map(Object.entries(members.properties ?? {})),
    methods: new Map(Object.entries(members.methods ?? {})),
    index: members.index,
    setIndex: members.setIndex,
  };
}

export function staticMembers(members: {
  properties?: Record<string, (environment: Environment) => Value>;
  methods?: Record<string, (call: Invocation) => Value>;
  construct?: (call: Invocation) => Value;
}): StaticMembers {
  return {
    properties: new Map(Object.entries(members.properties ?? {})),
    methods: new Map(Object.entries(members.methods ?? {})),
    construct: members.construct,
  };
}

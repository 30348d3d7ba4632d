import { isObject } from './json';
import { Unresolved } from './unresolved';

/** One step into a value: the key of an object or the index of a list. */
export type Step = string | number;

/** Names that an expression may refer to where it stands: locals, `each`, and iterators of dynamic blocks and `for`. */
export class Scope {
  private constructor(
    private readonly values: ReadonlyMap<string, unknown>,
    private readonly readLocal: (steps: readonly Step[]) => unknown,
  ) {}

  /** The scope that every block of a configuration shares. */
  static ofLocals(readLocal: (steps: readonly Step[]) => unknown): Scope {
    return new Scope(new Map(), readLocal);
  }

  /** This scope with one more name. */
  with(name: string, value: unknown): Scope {
    return new Scope(new Map(this.values).set(name, value), this.readLocal);
  }

  /** The value at the end of `root.step.step…`, or `undefined` where this scope does not hold it. */
  read(root: string, steps: readonly Step[]): unknown {
    if (root === 'local') {
      return this.readLocal(steps);
    }
    return this.values.has(root) ? descend(this.values.get(root), steps) : undefined;
  }
}

/** The value at the end of the steps, or `undefined`; only own keys count. */
export function descend(value: unknown, steps: readonly Step[]): unknown {
  let inner = value;
  for (const step of steps) {
    if (inner instanceof Unresolved) {
      return undefined;
    }
    if (Array.isArray(inner) && Number.isInteger(Number(step))) {
      inner = inner[Number(step)];
    } else if (isObject(inner) && Object.hasOwn(inner, String(step))) {
      inner = inner[String(step)];
    } else {
      return undefined;
    }
  }
  return inner;
}

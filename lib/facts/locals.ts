import { resolveValue } from './expression';
import { JsonObject } from './json';
import { descend, Scope, Step } from './scope';

/**
 * The `locals` of a configuration: resolved where something refers to them, and remembering what was referred to,
 * because a text is judged where it is used and where it stands only if nothing uses it.
 */
export class Locals {
  /** The scope that refers to these locals and to nothing else. */
  readonly scope: Scope = Scope.ofLocals((steps) => this.read(steps));
  private readonly resolved = new Map<string, unknown>();
  private readonly resolving = new Set<string>();
  private readonly used = new Set<string>();
  private remembers = true;

  constructor(private readonly values: JsonObject) {}

  /** Whether some expression that was resolved reads this place or one above it. */
  isUsed(steps: readonly Step[]): boolean {
    return steps.some((_step, index) => this.used.has(JSON.stringify(steps.slice(0, index + 1).map(String))));
  }

  /** Runs without counting what is read as used. */
  withoutUse<T>(read: () => T): T {
    this.remembers = false;
    try {
      return read();
    } finally {
      this.remembers = true;
    }
  }

  private read(steps: readonly Step[]): unknown {
    const [name, ...inner] = steps;
    if (typeof name !== 'string' || !Object.hasOwn(this.values, name) || this.resolving.has(name)) {
      return undefined;
    }
    if (!this.resolved.has(name)) {
      this.resolving.add(name);
      this.resolved.set(name, resolveValue(this.values[name], this.scope));
      this.resolving.delete(name);
    }
    const value = descend(this.resolved.get(name), inner);
    if (value !== undefined && this.remembers) {
      this.used.add(JSON.stringify(steps.map(String)));
    }
    return value;
  }
}

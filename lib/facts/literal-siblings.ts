import { resolveText } from './expression';
import { isObject, property } from './json';
import { Scope, Step } from './scope';
import { Unresolved } from './unresolved';

/** Siblings that one literal carries at most: those nearest to it, so that huge maps cost linear time and memory. */
const MOST_SIBLINGS = 32;

const NAME_KEYS = ['name', 'key'];

/** What stands around the texts of one list or object. */
export interface Outside {
  /** The list that the object is an item of. */
  readonly list?: readonly unknown[];
  readonly index?: number;
  /** Where the list itself stands. */
  readonly around?: Siblings;
  readonly step?: Step;
}

/** The texts that stand beside each text of one list or object. */
export class Siblings {
  private keys?: readonly string[];
  private positions?: ReadonlyMap<string, number>;
  /** The texts of the entries, carried out once for each instance: each of them stands beside all others. */
  private readonly texts = new WeakMap<Scope, Map<Step, string | undefined>>();

  constructor(
    private readonly container: unknown,
    private readonly outside: Outside = {},
  ) {}

  /**
   * The texts beside the one at `step`: the other entries of its object; in a list of `{ name, value }`, the other names
   * and their values as well (`env` of a container); in a list of texts, its neighbours as `[0]`, `[1]`, …, and what
   * stands beside the list.
   */
  of(step: Step, scope: Scope): Readonly<Record<string, string>> {
    const { container, outside } = this;
    if (Array.isArray(container)) {
      const neighbours = nearest(container.length, Number(step)).map(
        (index) => [`[${index}]`, this.textAt(index, scope)] as const,
      );
      const beside = outside.around && outside.step !== undefined ? outside.around.of(outside.step, scope) : {};
      return { ...beside, ...asRecord(neighbours) };
    }
    if (!isObject(container)) {
      return {};
    }
    const keys = (this.keys ??= Object.keys(container));
    this.positions ??= new Map(keys.map((key, index) => [key, index]));
    const own = nearest(keys.length, this.positions.get(String(step)) ?? 0)
      .filter((index) => keys[index] !== step)
      .map((index) => [keys[index]!, this.textAt(keys[index]!, scope)] as const);
    return asRecord([...this.namedValues(scope), ...own]);
  }

  private textAt(step: Step, scope: Scope): string | undefined {
    const known = this.texts.get(scope) ?? new Map<Step, string | undefined>();
    this.texts.set(scope, known);
    if (!known.has(step)) {
      known.set(step, textOf((this.container as Record<Step, unknown>)[step], scope));
    }
    return known.get(step);
  }

  private namedValues(scope: Scope): (readonly [string, string?])[] {
    const { list = [], index = 0 } = this.outside;
    if (nameOf(this.container, scope) === undefined) {
      return [];
    }
    return nearest(list.length, index).flatMap((other) => {
      const name = nameOf(list[other], scope);
      return name === undefined ? [] : [[name, textOf(property(list[other], 'value'), scope)] as const];
    });
  }
}

/** Indexes around one of them, without it. */
function nearest(length: number, index: number): number[] {
  const from = Math.max(0, Math.min(index - MOST_SIBLINGS / 2, length - MOST_SIBLINGS));
  const count = Math.min(MOST_SIBLINGS, length - from);
  return Array.from({ length: count }, (_, offset) => from + offset).filter((other) => other !== index);
}

function nameOf(item: unknown, scope: Scope): string | undefined {
  return NAME_KEYS.map((key) => textOf(property(item, key), scope)).find((name) => name !== undefined);
}

function textOf(value: unknown, scope: Scope): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const resolved = typeof value === 'string' ? resolveText(value, scope) : value;
  return resolved instanceof Unresolved ? resolved.expression : typeof resolved === 'string' ? resolved : undefined;
}

function asRecord(entries: readonly (readonly [string, string?])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

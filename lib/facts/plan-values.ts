import { terraformTemplate } from '../contracts/terraform-template';
import { isObject, property } from './json';
import { Step } from './scope';

/** Values that nest deeper than any schema are not read: they cannot be walked without end. */
const DEEPEST_VALUE = 200;

/** How what cannot be read of a plan is written into a configuration. */
export interface UnreadValues {
  /** What stands for a value that is known only after the apply; `undefined` leaves it out. */
  unknown(steps: readonly Step[]): unknown;
  /** What stands for a value that nobody may see. */
  readonly sensitive: string;
  /** What stands for a value that nests too deep. */
  readonly tooDeep: string;
}

/** The marks that a plan sets beside a value: `true` where they hold, in the shape of the value. */
export interface ValueMarks {
  readonly unknown: unknown;
  readonly sensitive: readonly unknown[];
}

/**
 * A value of a plan as a configuration would write it: texts mean themselves, what is secret is left out, and what is
 * known only after the apply is an expression. The value itself where nothing of that is needed.
 */
export function writtenValue(value: unknown, marks: ValueMarks, unread: UnreadValues): unknown {
  return new ValueWriter(unread).write(value, marks.unknown, marks.sensitive, []);
}

class ValueWriter {
  constructor(private readonly unread: UnreadValues) {}

  write(value: unknown, unknown: unknown, sensitive: readonly unknown[], steps: Step[]): unknown {
    if (sensitive.some((mark) => hides(mark, value)) && (unknown === true || !isNothing(value))) {
      return this.unread.sensitive;
    }
    if (unknown === true) {
      return this.unread.unknown([...steps]);
    }
    if (typeof value === 'string') {
      return value.includes('{') ? terraformTemplate(value) : value;
    }
    if (typeof value === 'object' && value !== null && steps.length >= DEEPEST_VALUE) {
      return this.unread.tooDeep;
    }
    if (Array.isArray(value) || (Array.isArray(unknown) && !isObject(value))) {
      return this.writeList(Array.isArray(value) ? value : [], unknown, sensitive, steps);
    }
    return isObject(value) || (isObject(unknown) && holdsTrue(unknown))
      ? this.writeObject(value, unknown, sensitive, steps)
      : value;
  }

  private writeList(
    list: readonly unknown[],
    unknown: unknown,
    sensitive: readonly unknown[],
    steps: Step[],
  ): readonly unknown[] {
    const unknowns: readonly unknown[] = Array.isArray(unknown) ? unknown : [];
    const more = unknowns.slice(list.length).map(holdsTrue).lastIndexOf(true) + 1;
    const length = list.length + more;
    const items = Array.from({ length }, (_, index) => {
      const marks = sensitive.map((mark: unknown) => (Array.isArray(mark) ? (mark[index] as unknown) : undefined));
      return this.inside(list[index], unknowns[index], marks, steps, index);
    });
    return items.length === list.length && items.every((item, index) => item === list[index]) ? list : items;
  }

  private writeObject(value: unknown, unknown: unknown, sensitive: readonly unknown[], steps: Step[]): unknown {
    const object = isObject(value) ? value : {};
    const more = isObject(unknown)
      ? Object.keys(unknown).filter((key) => !Object.hasOwn(object, key) && holdsTrue(unknown[key]))
      : [];
    let isSame = isObject(value) && more.length === 0;
    const entries = [...Object.keys(object), ...more].map((key): [string, unknown] => {
      const marks = sensitive.map((mark) => property(mark, key));
      const inner = property(object, key);
      const written = this.inside(inner, property(unknown, key), marks, steps, key);
      isSame &&= written === inner;
      return [key, written];
    });
    return isSame ? value : Object.fromEntries(entries.filter(([, written]) => written !== undefined));
  }

  private inside(value: unknown, unknown: unknown, sensitive: readonly unknown[], steps: Step[], step: Step): unknown {
    steps.push(step);
    const written = this.write(value, unknown, sensitive, steps);
    steps.pop();
    return written;
  }
}

/** A mark of another shape than the value hides all of it: it does not say which part is meant. */
function hides(mark: unknown, value: unknown): boolean {
  return mark === true || (typeof mark === 'object' && shapeOf(mark) !== shapeOf(value) && holdsTrue(mark));
}

function shapeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Whether a mark is set anywhere inside. */
export function holdsTrue(marks: unknown): boolean {
  const waiting: unknown[] = [marks];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === true) {
      return true;
    }
    if (typeof next === 'object' && next !== null) {
      for (const inner of Object.values(next)) {
        waiting.push(inner);
      }
    }
  }
  return false;
}

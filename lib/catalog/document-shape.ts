import { isCalendarDate } from '../contracts/calendar-date';
import { isJsonObject } from '../contracts/json-file';
import { quoted } from '../contracts/printable';
import { nearestNames } from './nearest-names';

/** Receives one sentence per problem. */
export type Report = (problem: string) => void;

/** What a value in a file has to look like, in words and as a check. */
export interface Shape {
  readonly allowed: string;
  check(value: unknown, at: string, report: Report): void;
}

/** A single line without blanks at its ends. */
const LINE = /^\S(.*\S)?$/u;

export const text: Shape = simple('a text on one line, without blanks at its ends', isLine);

export const textOrNull: Shape = simple('a text on one line, or null for every version', (value) => {
  return value === null || isLine(value);
});

export const prose: Shape = simple('a text', (value) => typeof value === 'string');

export const date: Shape = simple('a calendar day as YYYY-MM-DD', isCalendarDate);

export const flag: Shape = simple('true or false', (value) => typeof value === 'boolean');

export const region: Shape = simple('a region in lower case without blanks, for instance eastus2', (value) => {
  return typeof value === 'string' && /^[a-z][a-z0-9-]*$/.test(value);
});

/** A whole number from `least` on. */
export function wholeNumber(least: number): Shape {
  return simple(`a whole number, ${least} or more`, (value) => Number.isInteger(value) && (value as number) >= least);
}

export function oneOf(values: readonly (string | number)[]): Shape {
  return simple(listed(values), (value) => values.includes(value as string | number));
}

/** A list; `name` says in a problem which item is meant. */
export function listOf(item: Shape, name: (value: unknown) => string | undefined = () => undefined): Shape {
  return {
    allowed: `a list, each item ${item.allowed}`,
    check(value, at, report) {
      if (!Array.isArray(value)) {
        report(`${at} is ${quoted(value)}; write ${this.allowed}`);
        return;
      }
      value.forEach((element, index) => {
        const label = name(element);
        item.check(element, `${at}[${index}]${label === undefined ? '' : ` (${label})`}`, report);
      });
    },
  };
}

/** An object used as a table: any key, every value of the same shape. */
export function tableOf(entry: Shape): Shape {
  return {
    allowed: `an object, each value ${entry.allowed}`,
    check(value, at, report) {
      if (!isJsonObject(value)) {
        report(`${at} is ${quoted(value)}; write ${this.allowed}`);
        return;
      }
      for (const [key, element] of Object.entries(value)) {
        entry.check(element, `${at}.${key}`, report);
      }
    },
  };
}

/** An object with exactly these fields. */
export function fields(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  const shapes = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return {
    allowed: `an object with ${[...shapes.keys()].join(', ')}`,
    check(value, at, report) {
      if (!isJsonObject(value)) {
        report(`${at} is ${quoted(value)}; write ${this.allowed}`);
        return;
      }
      for (const [name, shape] of Object.entries(required)) {
        if (!Object.hasOwn(value, name)) {
          report(`${at} has no ${name}; write ${shape.allowed}`);
        }
      }
      for (const [name, element] of Object.entries(value)) {
        const shape = shapes.get(name);
        if (shape === undefined) {
          report(`${at} has the unknown field ${quoted(name)}; ${suggestion(name, [...shapes.keys()])}`);
        } else {
          shape.check(element, fieldPath(at, name), report);
        }
      }
    },
  };
}

/** How problems name the document itself. */
export const WHOLE_FILE = 'the file';

function fieldPath(at: string, name: string): string {
  if (at === WHOLE_FILE) {
    return name;
  }
  return at.endsWith(')') ? `${at}: ${name}` : `${at}.${name}`;
}

function simple(allowed: string, accepts: (value: unknown) => boolean): Shape {
  return {
    allowed,
    check(value, at, report) {
      if (!accepts(value)) {
        report(`${at} is ${quoted(value)}; write ${allowed}`);
      }
    },
  };
}

function isLine(value: unknown): boolean {
  return typeof value === 'string' && LINE.test(value);
}

function suggestion(name: string, known: readonly string[]): string {
  const [nearest] = nearestNames(name, known);
  return nearest === undefined ? `known are ${known.join(', ')}` : `did you mean ${nearest}?`;
}

function listed(values: readonly (string | number)[]): string {
  const words = values.map(quoted);
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

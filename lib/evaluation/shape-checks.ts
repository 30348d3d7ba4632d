import { isJsonObject } from '../contracts/json-file';
import { quoted } from '../contracts/printable';
import { isReleaseWord, ReleaseWord } from '../contracts/release-words';
import { nearestKey } from './nearest-key';

/** Reports one sentence for everything in a value that is not as it should be; `at` is the value's place, empty for the whole. */
export type ShapeCheck = (value: unknown, at: string, report: (problem: string) => void) => void;

/** An object with these members and no others. A member that is `undefined` is one that is not there. */
export function fields(
  required: Readonly<Record<string, ShapeCheck>>,
  optional: Readonly<Record<string, ShapeCheck>> = {},
): ShapeCheck {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)]);
  const names = [...checks.keys()];
  return (value, at, report) => {
    if (!isJsonObject(value)) {
      report(`${named(at)} is ${quoted(value)}; write an object with ${names.join(', ')}`);
      return;
    }
    const members = new Map(Object.entries(value).filter(([, member]) => member !== undefined));
    for (const name of Object.keys(required)) {
      if (!members.has(name)) {
        report(`${named(at)} has no ${name}`);
      }
    }
    for (const [name, member] of members) {
      const check = checks.get(name);
      if (check === undefined) {
        report(`${named(at)} has the unknown field ${quoted(name)}; ${suggestion(name, names)}`);
      } else {
        check(member, at === '' ? name : `${at}.${name}`, report);
      }
    }
  };
}

/** An object whose keys are words of one kind. */
export function table(key: ReleaseWord, entry: ShapeCheck, least = 0): ShapeCheck {
  return (value, at, report) => {
    if (!isJsonObject(value)) {
      report(`${at} is ${quoted(value)}; write an object`);
      return;
    }
    const entries = Object.entries(value);
    if (entries.length < least) {
      report(`${at} is empty; write at least ${least} entry`);
    }
    for (const [name, element] of entries) {
      if (isReleaseWord(key, name)) {
        entry(element, `${at}.${name}`, report);
      } else {
        report(`${at} has the key ${quoted(name)}; write ${key.allowed}`);
      }
    }
  };
}

/** A list of at least one item. */
export function filledList(item: ShapeCheck): ShapeCheck {
  return (value, at, report) => {
    if (!Array.isArray(value) || value.length === 0) {
      report(`${at} is ${quoted(value)}; write a list of at least one`);
      return;
    }
    Array.from(value, (element, index) => item(element, `${at}[${index}]`, report));
  };
}

/** Two numbers. */
export const numberPair: ShapeCheck = simple('two numbers, for instance [0.81, 0.94]', (value) => {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
});

export const anyNumber: ShapeCheck = number('a number', () => true);

export function number(allowed: string, accepts: (value: number) => boolean): ShapeCheck {
  return simple(allowed, (value) => Number.isFinite(value) && accepts(value as number));
}

export function wholeNumber(least: number): ShapeCheck {
  return number(`a whole number from ${least} on`, (value) => Number.isSafeInteger(value) && value >= least);
}

export function word(expected: ReleaseWord): ShapeCheck {
  return simple(expected.allowed, (value) => isReleaseWord(expected, value));
}

export function oneOf(...values: readonly string[]): ShapeCheck {
  return simple(values.map(quoted).join(' or '), (value) => values.includes(value as string));
}

function simple(allowed: string, accepts: (value: unknown) => boolean): ShapeCheck {
  return (value, at, report) => {
    if (!accepts(value)) {
      report(`${at} is ${quoted(value)}; write ${allowed}`);
    }
  };
}

function suggestion(name: string, known: readonly string[]): string {
  const nearest = nearestKey(name, known);
  return nearest === undefined ? `known are ${known.join(', ')}` : `did you mean ${nearest}?`;
}

function named(at: string): string {
  return at === '' ? 'the record' : at;
}

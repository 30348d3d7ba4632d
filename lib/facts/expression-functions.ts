import { DEEPEST_NESTING, isObject, parseJsonDocument } from './json';
import { Unresolved } from './unresolved';

/** Deployments for each region and model are a few dozen. */
const MOST_COMBINATIONS = 10_000;

type TerraformFunction = (...inputs: unknown[]) => unknown;

/**
 * The Terraform functions that cdktf writes around literal values (`Fn.*`, iterators), as far as they can be
 * carried out on partly resolved values. Each gives `undefined` where it cannot.
 * Source: https://developer.hashicorp.com/terraform/language/functions
 */
const FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map<string, TerraformFunction>([
  ['tolist', (value) => (Array.isArray(value) ? value : undefined)],
  ['tomap', (value) => (isObject(value) ? value : undefined)],
  ['toset', (value) => (Array.isArray(value) ? [...new Set(value)] : undefined)],
  ['tostring', (value) => (isScalar(value) ? String(value) : undefined)],
  ['tonumber', (value) => (isScalar(value) && Number.isFinite(Number(value)) ? Number(value) : undefined)],
  ['lower', (value) => (typeof value === 'string' ? value.toLowerCase() : undefined)],
  ['upper', (value) => (typeof value === 'string' ? value.toUpperCase() : undefined)],
  ['trimspace', (value) => (typeof value === 'string' ? value.trim() : undefined)],
  ['join', join],
  ['split', split],
  ['coalesce', coalesce],
  ['concat', (...lists) => (lists.every(Array.isArray) ? lists.flat(1) : undefined)],
  ['flatten', flatten],
  ['setproduct', setProduct],
  ['element', element],
  [
    'length',
    (value) => (Array.isArray(value) ? value.length : isResolvedObject(value) ? Object.keys(value).length : undefined),
  ],
  ['keys', (map) => (isResolvedObject(map) ? Object.keys(map).sort() : undefined)],
  [
    'values',
    (map) =>
      isResolvedObject(map)
        ? Object.keys(map)
            .sort()
            .map((key) => map[key])
        : undefined,
  ],
  ['merge', merge],
  ['lookup', lookup],
  ['jsonencode', encode],
  ['jsondecode', decode],
]);

/** Carries out a Terraform function; `undefined` where the function or its inputs are beyond reading. */
export function applyFunction(name: string, inputs: readonly unknown[]): unknown {
  return FUNCTIONS.get(name)?.(...inputs);
}

function join(separator: unknown, ...lists: readonly unknown[]): unknown {
  const pieces = lists.flat(1);
  return typeof separator === 'string' && pieces.every(isScalar) ? pieces.map(String).join(separator) : undefined;
}

function split(separator: unknown, text: unknown): unknown {
  return typeof separator === 'string' && typeof text === 'string' && separator !== ''
    ? text.split(separator)
    : undefined;
}

/** The first value that is neither null nor empty; behind one that is not known nothing counts. */
function coalesce(...values: readonly unknown[]): unknown {
  const first = values.find((value) => value !== null && value !== '');
  return first instanceof Unresolved ? undefined : first;
}

function flatten(list: unknown): unknown {
  if (!Array.isArray(list)) {
    return undefined;
  }
  const flat: unknown[] = list.flat(DEEPEST_NESTING);
  return flat.some((item) => item instanceof Unresolved) ? undefined : flat;
}

function setProduct(...lists: readonly unknown[]): unknown {
  if (lists.length < 2 || !lists.every(Array.isArray)) {
    return undefined;
  }
  const size = lists.reduce((product, list) => product * list.length, 1);
  return size > MOST_COMBINATIONS
    ? undefined
    : lists.reduce<unknown[][]>((all, list) => all.flatMap((some) => list.map((item) => [...some, item])), [[]]);
}

/** Indexes beyond the end begin again. */
function element(list: unknown, index: unknown): unknown {
  return Array.isArray(list) && typeof index === 'number' && index >= 0 && Number.isInteger(index)
    ? list[index % list.length]
    : undefined;
}

function merge(...maps: readonly unknown[]): unknown {
  return maps.every(isResolvedObject) ? Object.fromEntries(maps.flatMap((map) => Object.entries(map))) : undefined;
}

function lookup(map: unknown, key: unknown, fallback?: unknown): unknown {
  if (!isResolvedObject(map) || typeof key !== 'string') {
    return undefined;
  }
  return Object.hasOwn(map, key) ? map[key] : fallback;
}

/** Keeps the value beside its text, so that the parts which are known stay readable where others are not. */
function encode(value: unknown): unknown {
  return value === undefined ? undefined : new Unresolved('${jsonencode(…)}', value);
}

function decode(text: unknown): unknown {
  if (text instanceof Unresolved) {
    return text.encoded;
  }
  return typeof text === 'string' ? parseJsonDocument(text) : undefined;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isResolvedObject(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !(value instanceof Unresolved);
}

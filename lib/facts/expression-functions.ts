import { isObject, parseJsonDocument } from './json';
import { Unresolved } from './unresolved';

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
  ['concat', (...lists) => (lists.every(Array.isArray) ? lists.flat(1) : undefined)],
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

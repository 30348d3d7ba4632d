import { resolveValue } from './expression';
import { iteratorItems } from './instances';
import { blocksOf, DEEPEST_NESTING, isObject, JsonObject, property } from './json';
import { Scope } from './scope';

/** Blocks that one dynamic block may be written out into; dynamic blocks inside it multiply. */
const MOST_BLOCKS = 10_000;

/**
 * The block with its `dynamic` blocks written out, as far as their collections are literal. Where one is not, or
 * makes too many blocks, its content stands once, and `dynamic` keeps the collection.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks; cdktf names the iterator `each`.
 */
export function withDynamicBlocks(block: JsonObject, scope: Scope): JsonObject {
  if (!Object.hasOwn(block, 'dynamic')) {
    return block;
  }
  const labels = blocksOf(property(block, 'dynamic')).flatMap((dynamic) => Object.entries(dynamic));
  const declarations = labels.flatMap(([label, value]) => blocksOf(value).map((body) => ({ label, body })));
  if (declarations.length === 0 || !declarations.every(({ body }) => isObject(firstContent(body)))) {
    return block;
  }
  const written = new Map<string, unknown>(Object.entries(block).filter(([key]) => key !== 'dynamic'));
  const unread: [string, unknown][] = [];
  for (const { label, body } of declarations) {
    const blocks = contentsOf(label, body, scope);
    if (blocks === undefined) {
      unread.push([label, { for_each: property(body, 'for_each') }]);
    }
    const present = written.get(label);
    written.set(label, [
      ...(Array.isArray(present) ? present : present === undefined ? [] : [present]),
      ...(blocks ?? [firstContent(body)]),
    ]);
  }
  if (unread.length > 0) {
    written.set('dynamic', Object.fromEntries(unread));
  }
  return Object.fromEntries(written);
}

function contentsOf(label: string, body: JsonObject, scope: Scope): unknown[] | undefined {
  return blocksLeft({ [label]: body }, scope, MOST_BLOCKS) < 0
    ? undefined
    : scopesOf(label, body, scope)?.map((inner) => resolveValue(firstContent(body), inner));
}

/** The scope of every block that the declaration makes. */
function scopesOf(label: string, body: JsonObject, scope: Scope): Scope[] | undefined {
  const iterator = property(body, 'iterator');
  const name = typeof iterator === 'string' ? iterator : label;
  const items = iteratorItems(resolveValue(property(body, 'for_each'), scope));
  return items?.map((item) => scope.with(name, item));
}

/** What is left of a number of blocks when all of `dynamic` is written out, inner ones included; negative if it is too much. */
function blocksLeft(dynamic: unknown, scope: Scope, blocks: number): number {
  let left = blocks;
  for (const [label, value] of blocksOf(dynamic).flatMap((labels) => Object.entries(labels))) {
    for (const body of blocksOf(value)) {
      for (const inner of scopesOf(label, body, scope) ?? [scope]) {
        left = blocksLeftInside(firstContent(body), inner, left - 1, 0);
        if (left < 0) {
          return left;
        }
      }
    }
  }
  return left;
}

function blocksLeftInside(value: unknown, scope: Scope, blocks: number, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > DEEPEST_NESTING) {
    return blocks;
  }
  let left = blocks;
  for (const [key, inner] of Object.entries(value)) {
    left = key === 'dynamic' ? blocksLeft(inner, scope, left) : blocksLeftInside(inner, scope, left, depth + 1);
    if (left < 0) {
      return left;
    }
  }
  return left;
}

function firstContent(body: JsonObject): JsonObject | undefined {
  return blocksOf(property(body, 'content'))[0];
}

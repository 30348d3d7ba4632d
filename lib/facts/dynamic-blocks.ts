import { resolveValue } from './expression';
import { iteratorItems } from './instances';
import { blocksOf, isObject, JsonObject, property } from './json';
import { Scope } from './scope';

/**
 * The block with its `dynamic` blocks written out, as far as their collections are literal. Where one is not, its
 * content stands once, and `dynamic` keeps the collection.
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
  const iterator = property(body, 'iterator');
  const name = typeof iterator === 'string' ? iterator : label;
  return iteratorItems(resolveValue(property(body, 'for_each'), scope))?.map((item) =>
    resolveValue(firstContent(body), scope.with(name, item)),
  );
}

function firstContent(body: JsonObject): JsonObject | undefined {
  return blocksOf(property(body, 'content'))[0];
}

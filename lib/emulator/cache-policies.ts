import { CacheLookupValueNode, CacheRemoveValueNode, CacheStoreValueNode } from '../policy/message-nodes';
import { RequestValues } from './policy-runtime';

/** `cache-lookup-value`, `cache-store-value` and `cache-remove-value`; answers the key. */
export async function cacheValue(
  values: RequestValues,
  node: CacheLookupValueNode | CacheStoreValueNode | CacheRemoveValueNode,
): Promise<string> {
  const { cache } = values.runtime;
  const key = await values.requiredText(node.kind, 'key', node.key);
  if (node.kind === 'cache-remove-value') {
    cache.remove(key);
  } else if (node.kind === 'cache-store-value') {
    const seconds = await values.number(node.kind, 'duration', node.duration, 0);
    cache.store(key, await values.value(node.kind, node.value), seconds);
  } else {
    const found = cache.lookup(key) ?? (node.defaultValue && (await values.value(node.kind, node.defaultValue)));
    if (found !== undefined) {
      values.state.variables.set(await values.requiredText(node.kind, 'variable-name', node.variableName), found);
    }
  }
  return key;
}

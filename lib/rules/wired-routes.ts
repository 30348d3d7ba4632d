import { ManifestModel } from '../contracts/release-manifest';
import { parseRouteKey } from '../contracts/route-key';
import { RouteFact } from '../facts/gateway-facts';
import { identityOf } from './model-identity';
import { RuleContext } from './rule';

const indexes = new WeakMap<RuleContext, WeakMap<readonly RouteFact[], ReadonlyMap<string, readonly RouteFact[]>>>();

/** The routes among those given whose key names the model version; a list is gone through once in each context. */
export function routesTo(
  context: RuleContext,
  routes: readonly RouteFact[],
  { name, version }: Pick<ManifestModel, 'name' | 'version'>,
): readonly RouteFact[] {
  const known = indexes.get(context) ?? new WeakMap<readonly RouteFact[], ReadonlyMap<string, readonly RouteFact[]>>();
  indexes.set(context, known);
  const index = known.get(routes) ?? indexOf(context, routes);
  known.set(routes, index);
  return index.get(identityOf(context, { name, version })) ?? [];
}

/** Keys do not say the format. */
function indexOf(context: RuleContext, routes: readonly RouteFact[]): ReadonlyMap<string, readonly RouteFact[]> {
  const index = new Map<string, RouteFact[]>();
  for (const route of routes) {
    const parts = parseRouteKey(route.key);
    if (parts !== undefined) {
      const identity = identityOf(context, parts);
      const same = index.get(identity) ?? [];
      same.push(route);
      index.set(identity, same);
    }
  }
  return index;
}

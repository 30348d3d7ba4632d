import { ModelVersion } from '../accounts/model-version';
import { LIFECYCLE_STAGES } from '../catalog/catalog-document';
import { LifecycleAnswer, Replacement } from '../catalog/lifecycle';
import { formatRouteKey, parseRouteKey, RouteKey } from '../contracts/route-key';
import { LifecycleKnowledgeOfConstruct } from '../guard/lifecycle-knowledge';
import { RouteLifecycle } from './policy/routing-table';

/** The version of a route, and what its deployments decide about its end. */
export interface VersionInUse {
  readonly model: ModelVersion;
  /** Deployment types that serve it; retirement may differ among them. */
  readonly skus: readonly string[];
  /** Named by the user, whatever the catalogue says. */
  readonly successor?: ModelVersion;
}

/** What the catalogue says of a version, with the retirement of the deployment type that ends first. */
export function routeLifecycle(
  { model, skus, successor }: VersionInUse,
  { catalog, asOf }: LifecycleKnowledgeOfConstruct,
  liveKeys: readonly RouteKey[],
): RouteLifecycle {
  const { format, name, version } = model;
  const answers = (skus.length === 0 ? [undefined] : skus).flatMap((sku): LifecycleAnswer[] => {
    const lookup = catalog.lookup({ format, name, version, sku }, asOf);
    return lookup.kind === 'known' ? [lookup.answer] : [];
  });
  const first = answers.sort(byEnd)[0];
  const key = successor?.key ?? replacementKey(first?.replacements ?? [], model.key, liveKeys);
  return {
    ...(first !== undefined && { stage: first.stage }),
    ...(first?.deprecationDate !== undefined && { deprecatedOn: first.deprecationDate }),
    ...(first?.retirementDate !== undefined && { retiresOn: first.retirementDate }),
    ...(key !== undefined && { successor: key }),
  };
}

/** The earliest date first; without dates the stage that is furthest. */
function byEnd(one: LifecycleAnswer, other: LifecycleAnswer): number {
  const [end, otherEnd] = [one.retirementDate ?? '9999-12-31', other.retirementDate ?? '9999-12-31'];
  return end === otherEnd
    ? LIFECYCLE_STAGES.indexOf(other.stage) - LIFECYCLE_STAGES.indexOf(one.stage)
    : end < otherEnd
      ? -1
      : 1;
}

/** A replacement that callers find at this gateway, else one that is named with its version. */
function replacementKey(
  replacements: readonly Replacement[],
  own: RouteKey,
  liveKeys: readonly RouteKey[],
): RouteKey | undefined {
  const others = liveKeys.filter((key) => key !== own);
  const named = ({ name, version }: Replacement, key: RouteKey): boolean => {
    const parts = parseRouteKey(key)!;
    return same(parts.name, name) && (version === undefined || same(parts.version, version));
  };
  const live = replacements.flatMap((replacement) =>
    others
      .filter((key) => named(replacement, key))
      .sort()
      .reverse(),
  );
  const stated = replacements.flatMap(({ name, version }) =>
    version === undefined ? [] : formatRouteKey({ name, version }),
  );
  return live[0] ?? stated.find((key) => parseRouteKey(key) !== undefined && key !== own);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

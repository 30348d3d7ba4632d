import { GatewayBackend, GatewayDefinition } from '../gateway-definition';
import { targetNotWritten, targetsContradict, targetUnknown } from './errors';
import { RouteTable } from './route-table';

/** Where calls go instead of to Azure. */
export interface Target {
  /** A route key or alias, a backend's id, or the start of a URL. */
  readonly name: string;
  readonly url: URL;
}

/** URLs that begin with `from` are sent to `to`. */
export interface Redirect {
  readonly from: string;
  readonly to: URL;
}

/** A gateway whose backends are local, and what its transport has to know. */
export interface TargetedGateway {
  readonly definition: GatewayDefinition;
  readonly table: RouteTable;
  readonly redirects: readonly Redirect[];
  /** Origins that may be called. */
  readonly origins: ReadonlySet<string>;
  /** What each backend was given, by id. */
  readonly targets: ReadonlyMap<string, Target>;
}

/** The host of backends that have no target, with the backend's id as first part of the path. Nothing is ever sent there. */
export const NO_TARGET_HOST = 'backend-without-target.invalid';

/** A target as written on a command line, `NAME=URL`. @throws if it is no such text */
export function parseTarget(text: string): Target {
  const match = /^(.+?)=(https?:\/\/[^=]+)$/i.exec(text);
  const url = match && URL.canParse(match[2]!) ? new URL(match[2]!) : undefined;
  if (!url || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw targetNotWritten(text);
  }
  return { name: match![1]!, url };
}

/**
 * The gateway with its backends at their targets: the path of a backend's URL goes behind the target's. Backends without
 * target lead nowhere, so that nothing reaches Azure by accident.
 *
 * @throws if a target names nothing of the gateway, or two targets contradict each other
 */
export function withTargets(definition: GatewayDefinition, given: readonly Target[]): TargetedGateway {
  const table = new RouteTable(definition);
  const known = definition.backends ?? new Map<string, GatewayBackend>();
  const targets = new Map<string, Target>();
  const redirects: Redirect[] = [];
  for (const target of given.filter(({ name }) => !known.has(name))) {
    if (/^https?:\/\//i.test(target.name)) {
      redirects.push({ from: target.name, to: target.url });
      continue;
    }
    const route = table.find(target.name);
    if (!route) {
      throw targetUnknown(target.name, {
        releases: table.releases(),
        routes: table.routes.filter(isServed).map(({ key }) => key),
        backends: [...known.keys()],
      });
    }
    route.urls.forEach((url) => redirects.push({ from: url, to: withPath(target.url, url) }));
    for (const backend of route.backends) {
      const other = targets.get(backend);
      if (other && other.url.href !== target.url.href && !given.some(({ name }) => name === backend)) {
        throw targetsContradict(backend, other.name, target.name);
      }
      targets.set(backend, target);
    }
  }
  given.filter(({ name }) => known.has(name)).forEach((target) => targets.set(target.name, target));
  const backends = [...known].map(([id, backend]): [string, GatewayBackend] => {
    const base = targets.get(id)?.url ?? new URL(`http://${NO_TARGET_HOST}/${encodeURIComponent(id)}`);
    return [id, { ...backend, url: withPath(base, backend.url).href }];
  });
  return {
    definition: { ...definition, backends: new Map(backends) },
    table,
    redirects: redirects.sort((left, right) => right.from.length - left.from.length),
    origins: new Set(given.map(({ url }) => url.origin)),
    targets,
  };
}

function isServed({
  backends,
  urls,
}: {
  readonly backends: readonly string[];
  readonly urls: readonly string[];
}): boolean {
  return backends.length + urls.length > 0;
}

/** The base with the path of a URL behind its own. */
function withPath(base: URL, original: string): URL {
  const url = new URL(base);
  const path = URL.canParse(original) ? new URL(original).pathname : '/';
  url.pathname = `${base.pathname.replace(/\/+$/, '')}${path.replace(/\/+$/, '')}`;
  return url;
}

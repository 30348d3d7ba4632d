import { parseRouteKey, RouteKey } from '../../contracts/route-key';
import { parseTrafficRows, ROUTER_VARIABLES, TrafficRow } from '../../contracts/traffic-row';
import { GatewayDefinition } from '../gateway-definition';
import { PolicyBranch, policyBranches } from './policy-branches';

/** A route that the policies name, as far as their text tells. */
export interface GatewayRoute {
  readonly key: RouteKey;
  /** Backends that its branches name; none for a route that is answered without a model, a retired one for instance. */
  readonly backends: readonly string[];
  /** URLs that its branches name instead of backends. */
  readonly urls: readonly string[];
  /** Names that stand for it. */
  readonly aliases: readonly string[];
}

/** The routes of a gateway, read from the conditions of its policies. */
export class RouteTable {
  readonly routes: readonly GatewayRoute[];
  private readonly branches: readonly PolicyBranch[];
  private readonly branchesOn = new Map<string, PolicyBranch[]>();

  constructor(private readonly gateway: GatewayDefinition) {
    this.branches = policyBranches(gateway);
    for (const branch of this.branches) {
      for (const text of new Set(branch.compared)) {
        const others = this.branchesOn.get(text);
        if (others) {
          others.push(branch);
        } else {
          this.branchesOn.set(text, [branch]);
        }
      }
    }
    const aliases = this.aliases();
    const keys = [...this.branchesOn.keys()].filter(isRouteKey);
    this.routes = keys.map((key) => ({ key, ...this.destinationsOf(key), aliases: [...(aliases.get(key) ?? [])] }));
  }

  /** The route of a key or alias; also one whose name and version are compared apart. */
  find(name: string): GatewayRoute | undefined {
    const listed = this.routes.find(({ key, aliases }) => key === name || aliases.includes(name));
    const route = listed ?? { key: name, ...this.destinationsOf(name), aliases: [] };
    return route.backends.length + route.urls.length > 0 ? route : undefined;
  }

  /** What a backend serves: keys of routes, and labels of releases. */
  servedBy(backend: string): string[] {
    const labels = this.releases().map(({ label }) => label);
    return [
      ...this.routes.filter(({ backends }) => backends.includes(backend)).map(({ key }) => key),
      ...labels.filter((label) => this.find(label)?.backends.includes(backend)),
    ];
  }

  /** Literal values of a variable, one for each branch that sets it. */
  valuesOf(variable: string): string[] {
    return this.branches.flatMap(({ assigned }) =>
      assigned.filter(({ name }) => name === variable).map(({ value }) => value),
    );
  }

  /** The releases between which routers of the gateway split users. */
  releases(): TrafficRow[] {
    return this.valuesOf(ROUTER_VARIABLES.rows).flatMap((text) => parseTrafficRows(text) ?? []);
  }

  private destinationsOf(key: string): Pick<GatewayRoute, 'backends' | 'urls'> {
    const parts = parseRouteKey(key);
    const apart = parts === undefined ? [] : (this.branchesOn.get(parts.name) ?? []);
    const own = [
      ...(this.branchesOn.get(key) ?? []),
      ...apart.filter(({ compared }) => compared.includes(parts!.version)),
    ];
    return {
      backends: [...new Set(own.flatMap((branch) => this.backendsOf(branch)))],
      urls: [...new Set(own.flatMap(({ urls }) => urls))],
    };
  }

  /** A branch sets a backend, or a variable to the id of one for later. */
  private backendsOf({ backends, assigned }: PolicyBranch): string[] {
    const named = assigned.map(({ value }) => value).filter((value) => this.gateway.backends?.has(value));
    return [...backends, ...named];
  }

  /** A branch on one name that sets a variable to a key says that the name stands for the key. */
  private aliases(): Map<RouteKey, Set<string>> {
    const aliases = new Map<RouteKey, Set<string>>();
    for (const { compared, assigned } of this.branches) {
      const [name] = compared;
      if (compared.length === 1 && !isRouteKey(name!)) {
        assigned.forEach(({ value }) => aliases.set(value, (aliases.get(value) ?? new Set<string>()).add(name!)));
      }
    }
    return aliases;
  }
}

function isRouteKey(text: string): boolean {
  return parseRouteKey(text) !== undefined;
}

import { Token } from 'cdktf';
import { ModelVersion } from '../accounts/model-version';
import { CalendarDate, isCalendarDate } from '../contracts/calendar-date';
import { RouteKey } from '../contracts/route-key';
import { LifecycleKnowledgeOfConstruct } from '../guard/lifecycle-knowledge';
import {
  aliasInvalid,
  aliasIsModelName,
  aliasOfRetiredRoute,
  aliasTaken,
  foreignRoute,
  grantOfNothing,
  liveRouteToRetire,
  retiredOnInvalid,
  routeDeclaredTwice,
  routeIsGone,
  successorIsItself,
} from './errors';
import { isAlias } from './gateway-names';
import type { ModelRoute } from './model-route';
import { RetiredRouteOptions } from './model-route-options';
import { LiveRoute, RetiredRoute, RouteAlias, RouteGrant, RoutingTable } from './policy/routing-table';
import { routeLifecycle } from './route-lifecycle';
import { requireResolvedModel } from './route-members';

interface GoneVersion {
  readonly model: ModelVersion;
  readonly successor?: ModelVersion;
  readonly retiredOn?: CalendarDate;
}

/** A table, and what it was made of: all that is declared is only ever added to, so its number tells whether it is the same. */
interface KnownTable {
  readonly knowledge: LifecycleKnowledgeOfConstruct;
  readonly declarations: number;
  readonly table: RoutingTable;
}

/** What a gateway was told to route, and the table that comes of it. */
export class GatewayRoutes {
  private readonly declared: ModelRoute[] = [];
  private readonly gone: GoneVersion[] = [];
  private readonly aliases: RouteAlias[] = [];
  private readonly grants: RouteGrant[] = [];
  private latest?: KnownTable;

  public constructor(private readonly path: string) {}

  public get all(): ModelRoute[] {
    return [...this.declared];
  }

  /** Whether there is nothing that a call could be for, not even a version that is gone. */
  public get isEmpty(): boolean {
    return this.declared.length === 0 && this.gone.length === 0;
  }

  public get live(): ModelRoute[] {
    return this.declared.filter(({ isRetired }) => !isRetired);
  }

  /** @throws if the gateway has a route of that name and version; formats do not tell them apart */
  public requireNew(key: RouteKey): void {
    const existing = this.declared.find((route) => isSame(route.key, key));
    if (existing !== undefined) {
      throw routeDeclaredTwice(this.path, key, existing.key);
    }
    if (this.isGone(key)) {
      throw routeIsGone(this.path, key);
    }
  }

  /** Whether the version is declared with `addRetiredRoute`. */
  public isGone(key: RouteKey): boolean {
    return this.gone.some(({ model }) => isSame(model.key, key));
  }

  /** @throws if it is known only to Terraform, or the version itself */
  public requireSuccessor(key: RouteKey, successor: ModelVersion | undefined): void {
    if (successor === undefined) {
      return;
    }
    requireResolvedModel(this.path, `the successor of ${key}`, successor);
    if (successor.key.toLowerCase() === key.toLowerCase()) {
      throw successorIsItself(this.path, key);
    }
  }

  public add(route: ModelRoute): void {
    this.declared.push(route);
  }

  public addGone(model: ModelVersion, { successor, retiredOn }: RetiredRouteOptions): void {
    requireResolvedModel(this.path, 'a retired route', model);
    if (this.declared.some(({ key }) => isSame(key, model.key))) {
      throw liveRouteToRetire(this.path, model.key);
    }
    this.requireNew(model.key);
    this.requireSuccessor(model.key, successor);
    if (retiredOn !== undefined && !isCalendarDate(retiredOn)) {
      throw retiredOnInvalid(this.path, model.key, retiredOn);
    }
    this.gone.push({ model, successor, retiredOn });
  }

  public addAlias(name: string, route: ModelRoute): void {
    if (Token.isUnresolved(name) || !isAlias(name)) {
      throw aliasInvalid(this.path, name);
    }
    this.requireOwn([route]);
    const taken = this.aliases.find((alias) => alias.name.toLowerCase() === name.toLowerCase());
    if (taken !== undefined) {
      throw aliasTaken(this.path, name, taken.key);
    }
    if (route.isRetired) {
      throw aliasOfRetiredRoute(this.path, name, route.key);
    }
    this.aliases.push({ name, key: route.key });
  }

  /**
   * A sentence for each alias that is the name of a model or a deployment: a caller that leaves out the version, or asks for
   * the other model, would get what the alias stands for.
   */
  public misleadingAliases({ catalog, asOf }: LifecycleKnowledgeOfConstruct): string[] {
    const names = this.declared.flatMap(({ model, deployments }) => [
      model.name,
      ...deployments.map(({ deploymentName }) => deploymentName),
    ]);
    return this.aliases.flatMap(({ name, key }) => {
      const isKnown = catalog.lookup({ name, version: '' }, asOf).kind !== 'unknown-model';
      return isKnown || names.some((other) => isSame(other, name)) ? [aliasIsModelName(this.path, name, key)] : [];
    });
  }

  /** @throws if the list is empty, or a route is another gateway's */
  public requireGrantable(callerId: string, routes: readonly ModelRoute[] | undefined): void {
    if (routes?.length === 0) {
      throw grantOfNothing(this.path, callerId);
    }
    this.requireOwn(routes ?? []);
  }

  public grant(callerId: string, routes: readonly ModelRoute[] | undefined): void {
    this.requireGrantable(callerId, routes);
    this.grants.push({ callerId, ...(routes !== undefined && { keys: routes.map(({ key }) => key) }) });
  }

  /**
   * The same object for as long as nothing else is declared or known: one synthesis asks for it dozens of times.
   *
   * @param knowledge what is known of models when the app is synthesised
   */
  public table(knowledge: LifecycleKnowledgeOfConstruct): RoutingTable {
    const declarations = this.declared.length + this.gone.length + this.aliases.length + this.grants.length;
    const { latest } = this;
    const isCurrent =
      latest?.declarations === declarations &&
      latest.knowledge.catalog === knowledge.catalog &&
      latest.knowledge.asOf === knowledge.asOf;
    const table = isCurrent ? latest.table : this.tableOf(knowledge);
    this.latest = { knowledge, declarations, table };
    return table;
  }

  private tableOf(knowledge: LifecycleKnowledgeOfConstruct): RoutingTable {
    const liveKeys = this.live.map(({ key }) => key);
    const retiredRow = ({ model, successor, retiredOn }: GoneVersion): RetiredRoute => {
      const known = routeLifecycle({ model, skus: [], successor }, knowledge, liveKeys);
      // A version may be taken from callers before Azure retires it: no day is better than one to come.
      const isOver = known.retiresOn !== undefined && known.retiresOn <= knowledge.asOf;
      const day = retiredOn ?? (isOver ? known.retiresOn : undefined);
      return {
        key: model.key,
        ...(day !== undefined && { retiredOn: day }),
        ...(known.successor !== undefined && { successor: known.successor }),
      };
    };
    const liveRow = (route: ModelRoute): LiveRoute => ({
      key: route.key,
      members: route._members,
      appRole: route.appRole,
      dated: route._isDated,
      policies: route._policies,
      ...routeLifecycle(
        { model: route.model, skus: route.deployments.map(({ sku }) => sku.name), successor: route._successor },
        knowledge,
        liveKeys,
      ),
    });
    const marked = this.declared.filter(({ isRetired }) => isRetired);
    return {
      routes: this.live.map(liveRow),
      retired: [...marked.map(({ model, _successor }) => ({ model, successor: _successor })), ...this.gone].map(
        retiredRow,
      ),
      aliases: [...this.aliases],
      grants: [...this.grants],
    };
  }

  private requireOwn(routes: readonly ModelRoute[]): void {
    for (const route of routes) {
      if (!this.declared.includes(route)) {
        throw foreignRoute(this.path, route.node.path);
      }
    }
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

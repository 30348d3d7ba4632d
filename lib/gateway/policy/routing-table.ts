import { CalendarDate } from '../../contracts/calendar-date';
import { RouteKey } from '../../contracts/route-key';
import { RoutePolicies } from './route-policies';

/** What the policies are generated from: plain data, names already checked. */
export interface RoutingTable {
  readonly routes: readonly LiveRoute[];
  readonly retired: readonly RetiredRoute[];
  readonly aliases: readonly RouteAlias[];
  readonly grants: readonly RouteGrant[];
}

/** One exact model version and the deployments that serve it. */
export interface LiveRoute extends RouteLifecycle {
  readonly key: RouteKey;
  /** In the order of failover; all of the same model version. */
  readonly members: readonly RouteMember[];
  /** App role that a caller's token has to carry. */
  readonly appRole: string;
  /** Whether its deployments answer on the dated surface; models of other formats than OpenAI do not. */
  readonly dated: boolean;
  readonly policies: RoutePolicies;
}

/** What the catalogue says of a version, where it says anything. */
export interface RouteLifecycle {
  readonly stage?: string;
  /** First day on which the version is deprecated. */
  readonly deprecatedOn?: CalendarDate;
  /** First day on which the version does not answer any more. */
  readonly retiresOn?: CalendarDate;
  readonly successor?: RouteKey;
}

/** A deployment that serves a route. */
export interface RouteMember {
  /** The backend whose URL ends in the deployment. */
  readonly datedBackendId: string;
  /** The backend whose URL ends in `/openai/v1`. */
  readonly v1BackendId: string;
  readonly deploymentName: string;
  /** Members of a lower tier are tried first. */
  readonly tier: number;
  /** Share of calls among the members of a tier; at least 1. */
  readonly weight: number;
}

/** A version that is gone and kept so that its callers are told where to go. */
export interface RetiredRoute {
  readonly key: RouteKey;
  readonly retiredOn?: CalendarDate;
  readonly successor?: RouteKey;
}

/** A name that stands for exactly one route. */
export interface RouteAlias {
  readonly name: string;
  readonly key: RouteKey;
}

/** A caller that may use routes without their app role. */
export interface RouteGrant {
  /** Client id of an application, or id of a product; may be a token of cdktf. */
  readonly callerId: string;
  /** The routes it may use; all of them where absent. */
  readonly keys?: readonly RouteKey[];
}

/** The two forms of Azure's inference API. */
export type Surface = 'dated' | 'v1';

/** The tiers of a route from the first on, each with the positions of its members and their weights. */
export function tiersOf(members: readonly RouteMember[]): { position: number; weight: number }[][] {
  const tiers = [...new Set(members.map(({ tier }) => tier))].sort((a, b) => a - b);
  return tiers.map((tier) =>
    members.flatMap((member, position) => (member.tier === tier ? [{ position, weight: member.weight }] : [])),
  );
}

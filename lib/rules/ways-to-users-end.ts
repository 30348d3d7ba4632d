import { abridged } from '../contracts/printable';
import { ResourceOrigin } from '../facts/facts';
import { RouteFact } from '../facts/gateway-facts';
import { PlanFacts } from '../facts/plan-facts';
import { rowsInEffect } from '../facts/traffic-dealing';
import { RouterFact } from '../facts/traffic-facts';
import { EndedContainers, endsWith } from './ended-containers';
import { Finding } from './finding';
import { actionOn, thisPlan } from './planned-changes';
import { routeText } from './route-finding';
import { usersText } from './routed-traffic';
import { RuleContext, RuleDescription } from './rule';
import { findingOf, nameList, UNKNOWN } from './statement';

const FIX =
  'lead its callers elsewhere and apply that first; destroy this in a later plan, when nobody calls it any more';

const FIX_OF_STAYING =
  'lead its callers elsewhere and apply that first; take the router out of it in a later plan, when nobody calls it any more';

/** Routers and gateway policies that answer somebody before the plan and are gone after it. */
export function waysToUsersEnd(rule: RuleDescription, context: RuleContext, plan: PlanFacts): Finding[] {
  return [...routersEnd(rule, context, plan), ...gatewaysEnd(rule, context, plan)];
}

function routersEnd(rule: RuleDescription, context: RuleContext, plan: PlanFacts): Finding[] {
  const before = plan.before.traffic?.routers ?? [];
  const standing = new Set(before.map(({ origin }) => placeAfter(plan, origin)));
  const successor = (context.facts.traffic?.routers ?? []).find(
    (router) => !standing.has(router.origin.address) && hasUsers(router),
  );
  const seen = new Set<string>();
  return before.flatMap((router) => {
    const { address } = router.origin;
    const how =
      seen.has(address) || !mayHaveUsers(router)
        ? undefined
        : (howItEnds(context, plan, router.origin) ?? endsAsRouter(context, plan, router.origin));
    seen.add(address);
    if (how === undefined) {
      return [];
    }
    const users = rowsInEffect(router).filter(({ from, to }) => to > from);
    const who = users.map((row) => `${usersText(row)} of users to release ${abridged(row.label)}`);
    if (router.unread !== undefined) {
      const message = `${how.text}, and whom this router sends where cannot be read`;
      return [findingOf(rule, router, { ...UNKNOWN, message, fix: FIX })];
    }
    const sends = `this router sends ${nameList(who)}`;
    if (how.staysAs !== undefined) {
      const status = successor !== undefined || how.staysAs === 'unread' ? UNKNOWN : {};
      const other =
        successor &&
        `; whether ${abridged(successor.origin.address)} takes its place, for the same callers, cannot be told`;
      return [
        findingOf(rule, router, {
          ...status,
          message: `${sends}, and ${how.text}${other ?? ''}`,
          fix: FIX_OF_STAYING,
          subject: 'router',
        }),
      ];
    }
    return successor !== undefined && how.isOwn
      ? [
          findingOf(rule, router, {
            ...UNKNOWN,
            message: `${sends}, and ${how.text}; whether ${abridged(successor.origin.address)} takes its place before that, for the same callers, cannot be told`,
            fix: FIX,
          }),
        ]
      : [findingOf(rule, router, { message: `${sends}, and ${how.text}`, fix: FIX })];
  });
}

function hasUsers({ rows }: RouterFact): boolean {
  return rows.some(({ from, to }) => to > from);
}

function mayHaveUsers(router: RouterFact): boolean {
  return router.unread !== undefined || hasUsers(router);
}

/** Policies whose routes lead to models; those of routers are judged by their users. */
function gatewaysEnd(rule: RuleDescription, context: RuleContext, plan: PlanFacts): Finding[] {
  const routers = new Set((plan.before.traffic?.routers ?? []).map(({ origin }) => origin.address));
  const policies = new Map<string, RouteFact[]>();
  for (const route of plan.before.gateway?.routes ?? []) {
    const { address } = route.origin;
    if (route.targets.length > 0 && route.retired === undefined && !routers.has(address)) {
      const routes = policies.get(address);
      if (routes === undefined) {
        policies.set(address, [route]);
      } else {
        routes.push(route);
      }
    }
  }
  const later = new Set((context.facts.gateway?.routes ?? []).map(({ key }) => key));
  return [...policies.values()].flatMap((routes) => {
    const { origin, path } = routes[0]!;
    const how = howItEnds(context, plan, origin);
    const ending = how?.isOwn && how.isForGood ? routes.filter(({ key }) => !later.has(key)) : routes;
    if (how === undefined || ending.length === 0) {
      return [];
    }
    const names = [...new Set(ending.map(routeText))];
    return [
      findingOf(
        rule,
        { origin, path },
        { message: `this policy answers calls by ${nameList(names)}, and ${how.text}`, fix: FIX },
      ),
    ];
  });
}

interface WayToEnd {
  readonly text: string;
  /** Whether the resource itself is destroyed, and not what it is part of. */
  readonly isOwn: boolean;
  /** Whether nothing is created in its place at its address. */
  readonly isForGood: boolean;
  /** Set where the resource of a router stays: as something else, or as what cannot be read. */
  readonly staysAs?: 'other' | 'unread';
}

/** A policy or an app that stays, with other contents than a router's. */
function endsAsRouter({ facts }: RuleContext, plan: PlanFacts, origin: ResourceOrigin): WayToEnd | undefined {
  const planned = actionOn(plan, origin);
  const stays = planned === undefined ? plan.isForetold === true : planned.action !== 'forget';
  const address = placeAfter(plan, origin);
  const { routers = [], mayRoute = [] } = facts.traffic ?? {};
  if (!stays || routers.some((router) => router.origin.address === address)) {
    return undefined;
  }
  const own = { isOwn: true, isForGood: true } as const;
  return mayRoute.includes(address)
    ? { ...own, text: `whether it still is a router after ${thisPlan(plan)} cannot be read`, staysAs: 'unread' }
    : { ...own, text: `after ${thisPlan(plan)} it is no router any more`, staysAs: 'other' };
}

function howItEnds(context: RuleContext, plan: PlanFacts, origin: ResourceOrigin): WayToEnd | undefined {
  const planned = actionOn(plan, origin);
  if (planned?.action === 'delete' || (planned === undefined && isGoneWithoutActions(context, plan, origin))) {
    return { text: `${thisPlan(plan)} destroys it`, isOwn: true, isForGood: true };
  }
  if (planned?.action === 'replace') {
    return planned.replaceOrder === 'create-first'
      ? undefined
      : { text: `${thisPlan(plan)} destroys it before it creates the new one`, isOwn: true, isForGood: false };
  }
  const containers = EndedContainers.of(context);
  const container = containers.around(planned?.id) ?? containers.around(planned?.environment);
  return container && { text: endsWith(plan, container), isOwn: false, isForGood: false };
}

/** A comparison of two configurations lists no actions on what is no deployment. */
function isGoneWithoutActions({ facts }: RuleContext, { isForetold }: PlanFacts, { address }: ResourceOrigin): boolean {
  return (
    isForetold === true &&
    !(facts.traffic?.mayRoute ?? []).includes(address) &&
    !(facts.traffic?.routers ?? []).some(({ origin }) => origin.address === address) &&
    !(facts.gateway?.routes ?? []).some(({ origin }) => origin.address === address)
  );
}

function placeAfter(plan: PlanFacts, origin: ResourceOrigin): string {
  return actionOn(plan, origin)?.address ?? origin.address;
}

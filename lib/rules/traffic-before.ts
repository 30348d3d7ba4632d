import { abridged } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { accountAddress } from '../facts/deployment-coordinates';
import { ConfigurationFacts, DeploymentFact } from '../facts/facts';
import { RouteTarget } from '../facts/gateway-facts';
import { modelAddress } from '../facts/model-address';
import { PlanFacts } from '../facts/plan-facts';
import { OrchestratorFact } from '../facts/release-facts';
import { rowsInEffect } from '../facts/traffic-dealing';
import { RoutedRow } from '../facts/traffic-facts';
import { accountNameOf, declarationOf } from './coordinates';
import { labelOf } from './release-text';
import { routeText } from './route-finding';

/** What sends calls to a deployment, each as `route gpt-4o@2024-08-06 (address)`. */
export interface Callers {
  readonly certain: readonly string[];
  /** They call a deployment of that name, and whether it is this one cannot be read. */
  readonly possible: readonly string[];
}

interface NamedTarget {
  readonly subdomain?: string;
  readonly caller: string;
}

const known = new WeakMap<PlanFacts, TrafficBefore>();

/** Where calls and users go before a plan is applied. Each list is gone through once for a plan. */
export class TrafficBefore {
  static of(plan: PlanFacts): TrafficBefore {
    const traffic = known.get(plan) ?? new TrafficBefore(plan);
    known.set(plan, traffic);
    return traffic;
  }

  /** Whether the configuration declares anything that sends calls, whether it can be read or not. */
  readonly hasCallers: boolean;

  /** Whether everything that sends calls in the configuration can be read, and something does. */
  readonly showsCalls: boolean;

  /** Whether everything that sends users to releases can be read, and something does. */
  readonly showsUsers: boolean;

  /** Accounts that calls reach: id or expression, name or subdomain, and address, each in lower case. */
  private readonly accounts = new Set<string>();
  private readonly served = new Map<string, string[]>();
  private readonly named = new Map<string, NamedTarget[]>();
  private readonly byApp = new Map<string, RoutedRow[]>();
  private readonly byLabel = new Map<string, RoutedRow[]>();
  private readonly apps = new Map<string, string[]>();

  private constructor({ before, resources }: PlanFacts) {
    const calls = callsOf(before);
    for (const { target, caller } of calls) {
      this.add(target, caller);
      const id = target.account === undefined ? undefined : resources.get(target.account)?.id;
      const texts = [target.account, id, subdomainOf(target), ...(target.serves ? accountTexts(target.serves) : [])];
      texts.forEach((text) => text !== undefined && this.accounts.add(text.toLowerCase()));
    }
    const routers = before.traffic?.routers ?? [];
    for (const row of routers.flatMap(rowsInEffect)) {
      if (row.app === undefined) {
        append(this.byLabel, row.label, row);
      } else {
        append(this.byApp, row.app, row);
        append(this.apps, row.label, row.app);
      }
    }
    for (const orchestrator of before.releases?.orchestrators ?? []) {
      append(this.apps, labelOf(orchestrator) ?? '', orchestrator.origin.address);
    }
    this.hasCallers = before.gateway !== undefined || (before.releases?.orchestrators ?? []).length > 0;
    this.showsCalls = calls.length > 0 && calls.every(({ target }) => isRead(target)) && !hasUnreadCalls(before);
    this.showsUsers = routers.length > 0 && routers.every(({ unread }) => unread === undefined);
  }

  callersOf(fact: DeploymentFact): Callers {
    const name = valueOf(fact.deployment)?.toLowerCase() ?? '';
    const account = accountNameOf(fact);
    const mentions = this.named.get(name) ?? [];
    const isHere = ({ subdomain }: NamedTarget) => subdomain !== undefined && subdomain === account;
    const textsOf = (targets: readonly NamedTarget[]) => [...new Set(targets.map(({ caller }) => caller))];
    return {
      certain: [...new Set([...(this.served.get(declarationOf(fact)) ?? []), ...textsOf(mentions.filter(isHere))])],
      possible: textsOf(mentions.filter((one) => !isHere(one))),
    };
  }

  /** Whether anything that can be read sends calls to the deployment's account. */
  reachesAccountOf(fact: DeploymentFact): boolean {
    return accountTexts(fact).some((text) => text !== undefined && this.accounts.has(text.toLowerCase()));
  }

  /** The rows that lead to an app: by its address, or by the label of the release that it runs. */
  rowsOf(app: string, orchestrator: OrchestratorFact | undefined): readonly RoutedRow[] {
    const label = orchestrator && labelOf(orchestrator);
    return [...(this.byApp.get(app) ?? []), ...((label !== undefined && this.byLabel.get(label)) || [])];
  }

  /** Addresses of the apps that ran the release of a label. */
  appsOf(label: string): readonly string[] {
    return this.apps.get(label) ?? [];
  }

  private add(target: RouteTarget, caller: string): void {
    if (target.serves !== undefined) {
      append(this.served, declarationOf(target.serves), caller);
    } else if (target.deployment !== undefined && target.account === undefined) {
      append(this.named, target.deployment.toLowerCase(), { subdomain: subdomainOf(target), caller });
    }
  }
}

function callsOf({ gateway, releases }: ConfigurationFacts): { target: RouteTarget; caller: string }[] {
  const routes = (gateway?.routes ?? []).flatMap((route) =>
    route.targets.map((target) => ({ target, caller: `${routeText(route)} (${abridged(route.origin.address)})` })),
  );
  const wired = (releases?.orchestrators ?? []).flatMap(({ origin, wiring }) =>
    wiring.flatMap(({ target, variablePart }) =>
      target === undefined
        ? []
        : [{ target, caller: `the role ${abridged(variablePart)} of ${abridged(origin.address)}` }],
    ),
  );
  return [...routes, ...wired];
}

function isRead({ serves, deployment, url }: RouteTarget): boolean {
  return serves !== undefined || deployment !== undefined || url !== undefined;
}

function hasUnreadCalls({ gateway, releases }: ConfigurationFacts): boolean {
  return (
    (gateway?.unread ?? []).length > 0 ||
    (gateway?.routes ?? []).some(({ mayHaveOtherTargets }) => mayHaveOtherTargets) ||
    (releases?.orchestrators ?? []).some(
      ({ hasUnreadVariables, wiring }) =>
        hasUnreadVariables || wiring.some(({ target, gateway: wired }) => target === undefined && wired === undefined),
    )
  );
}

function subdomainOf({ url }: RouteTarget): string | undefined {
  return url === undefined ? undefined : modelAddress(url)?.subdomain;
}

function accountTexts(fact: DeploymentFact): readonly (string | undefined)[] {
  const { account } = fact;
  const text = account.state === 'unknown' ? account.expression : valueOf(account);
  return [text, accountNameOf(fact), accountAddress(account)];
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}

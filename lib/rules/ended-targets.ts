import { abridged } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { ConfigurationFacts } from '../facts/facts';
import { RouteTarget } from '../facts/gateway-facts';
import { modelAddress } from '../facts/model-address';
import { PlanFacts, PlannedAction } from '../facts/plan-facts';
import { accountNameOf, coordinatesKey, declarationOf } from './coordinates';
import { deploymentText } from './deployment-text';
import { actionOn, actionOnApp, keepsCoordinates } from './planned-changes';
import { RuleContext } from './rule';

/** Something that a plan puts an end to. */
export interface Ended {
  /** For instance `deployment 'chat' (azurerm_cognitive_deployment.chat)`. */
  readonly what: string;
  /** `forgotten`: it lives on at Azure, and no configuration speaks of it. */
  readonly how: 'destroyed' | 'forgotten';
}

const ended = new WeakMap<PlanFacts, EndedTargets>();

/** Deployments, backends and apps that a plan destroys or lets go of. */
export class EndedTargets {
  static of({ facts: { plan } }: RuleContext): EndedTargets | undefined {
    if (plan === undefined) {
      return undefined;
    }
    const targets = ended.get(plan) ?? new EndedTargets(plan);
    ended.set(plan, targets);
    return targets;
  }

  private readonly deployments = new Map<string, Ended>();
  private readonly backends = new Map<string, Ended>();

  private constructor(readonly plan: PlanFacts) {
    const facts = new Map<string, Ended>();
    for (const change of plan.deployments) {
      const { before, outcome } = change;
      const isEnded = outcome === 'destroyed' || outcome === 'forgotten' || outcome === 'replaced';
      if (before !== undefined && isEnded && !keepsCoordinates(change)) {
        const one: Ended = {
          what: `${deploymentText(before)} (${abridged(before.origin.address)})`,
          how: outcome === 'forgotten' ? 'forgotten' : 'destroyed',
        };
        facts.set(declarationOf(before), one);
        const account = accountNameOf(before);
        if (account !== undefined) {
          this.deployments.set(coordinatesKey(account, valueOf(before.deployment) ?? ''), one);
        }
      }
    }
    for (const target of targetsOf(plan.before)) {
      this.learn(target, facts);
    }
  }

  /** What a target of the configuration after the plan leads to, if that is gone. */
  target({ serves, deployment, account, url }: RouteTarget): Ended | undefined {
    if (serves !== undefined || deployment === undefined) {
      return undefined;
    }
    const places = [account, url && modelAddress(url)?.host, url && modelAddress(url)?.subdomain];
    return firstOf(
      places.map((place) => (place ? this.deployments.get(coordinatesKey(place, deployment)) : undefined)),
    );
  }

  /** The backend of that name. */
  backend(name: string): Ended | undefined {
    return this.backends.get(name.toLowerCase());
  }

  /** The app at an address, which ran the release of a label. */
  app(context: RuleContext, address: string, label: string): Ended | undefined {
    return endedAt(address, actionOnApp(context, { origin: { address }, label })?.action);
  }

  /** How the configuration before the plan called what ends: the same words lead nowhere afterwards. */
  private learn({ serves, deployment, account, url, backendId, backend }: RouteTarget, facts: Map<string, Ended>) {
    const one = serves && facts.get(declarationOf(serves));
    if (one !== undefined && deployment !== undefined) {
      const places = [account, url && modelAddress(url)?.host];
      places.forEach((place) => place && this.deployments.set(coordinatesKey(place, deployment), one));
    }
    const gone =
      backend === undefined ? undefined : endedAt(backend, actionOn(this.plan, { address: backend })?.action);
    if (gone !== undefined && backendId !== undefined) {
      this.backends.set(backendId.toLowerCase(), gone);
    }
  }
}

function endedAt(address: string, action: PlannedAction['action'] | undefined): Ended | undefined {
  return action === 'delete' || action === 'forget'
    ? { what: abridged(address), how: action === 'forget' ? 'forgotten' : 'destroyed' }
    : undefined;
}

function targetsOf({ gateway, releases }: ConfigurationFacts): RouteTarget[] {
  return [
    ...(gateway?.routes ?? []).flatMap(({ targets }) => targets),
    ...(releases?.orchestrators ?? []).flatMap(({ wiring }) => wiring.flatMap(({ target }) => target ?? [])),
  ];
}

function firstOf<Value>(values: readonly (Value | undefined)[]): Value | undefined {
  return values.find((value) => value !== undefined);
}

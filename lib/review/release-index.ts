import { roleVariablePart } from '../contracts/orchestrator-environment';
import { ReleaseManifest } from '../contracts/release-manifest';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { RouteFact, RouteTarget } from '../facts/gateway-facts';
import { leadsToModels, modelAddress } from '../facts/model-address';
import { OrchestratorFact } from '../facts/release-facts';
import { RoutedRow } from '../facts/traffic-facts';
import { accountNameOf, coordinatesKey } from '../rules/coordinates';
import { BoundModel, boundModels } from '../rules/release-lifecycle';
import { labelOf } from '../rules/release-text';
import { orchestratorOf } from '../rules/routed-traffic';
import { RuleContext } from '../rules/rule';
import { routesTo } from '../rules/wired-routes';
import { JudgedModel, judgedVersion } from './judged-model';
import { placeKey, ReviewedStack } from './reviewed-stack';

/** A release that stands before or after the plans. */
export interface PlacedRelease {
  readonly stack: ReviewedStack;
  readonly context: RuleContext;
  readonly orchestrator: OrchestratorFact;
  /** Its label; the address of its app where none can be read. */
  readonly label: string;
  readonly manifest?: ReleaseManifest;
}

/** A role of a release, and what it leads to. */
export interface Binding {
  readonly release: PlacedRelease;
  readonly role: string;
}

/** All releases of one side, before or after, of all inputs. */
export class ReleaseIndex {
  readonly all: readonly PlacedRelease[];
  private readonly byLabel: ReadonlyMap<string, readonly PlacedRelease[]>;
  private readonly byFact: ReadonlyMap<OrchestratorFact, PlacedRelease>;
  private readonly models = new Map<PlacedRelease, ReadonlyMap<string, JudgedModel>>();
  private readonly bound = new Map<PlacedRelease, readonly BoundModel[]>();
  private byIdentity?: ReadonlyMap<string, readonly Binding[]>;
  private byDeployment?: ReadonlyMap<string, readonly Binding[]>;
  private byRoute?: ReadonlyMap<string, readonly PlacedRelease[]>;
  private byAddress?: ReadonlyMap<string, readonly PlacedRelease[]>;

  constructor(stacks: readonly ReviewedStack[], side: 'before' | 'after') {
    this.all = stacks.flatMap((stack) => releasesOf(stack, stack[side]));
    this.byLabel = grouped(this.all.map((release) => [release.label, release]));
    this.byFact = new Map(this.all.map((release) => [release.orchestrator, release]));
  }

  /** The release of a label in a stack; `undefined` where that stack declares none. */
  inStack({ input }: ReviewedStack, label: string): PlacedRelease | undefined {
    return this.byLabel.get(label)?.find(({ stack }) => stack.input === input);
  }

  /** The release that an app of a stack runs. */
  atAddress({ input }: ReviewedStack, address: string): PlacedRelease | undefined {
    this.byAddress ??= grouped(
      this.all.map((release) => [placeKey(release.stack, release.orchestrator.origin.address), release]),
    );
    return this.byAddress.get(placeKey({ input }, address))?.[0];
  }

  /** The release that a row of a router leads to, in its own stack or in another one. */
  ofRow(context: RuleContext | undefined, row: RoutedRow): PlacedRelease | undefined {
    const own = context && orchestratorOf(context, row);
    return (own && this.byFact.get(own)) ?? this.byLabel.get(row.label)?.[0];
  }

  /** Models by role; empty where the manifest cannot be read. */
  modelsOf(release: PlacedRelease): ReadonlyMap<string, JudgedModel> {
    let models = this.models.get(release);
    if (models === undefined) {
      const bound = new Map(this.boundOf(release).flatMap((one) => one.roles.map((role) => [role, one] as const)));
      models = new Map(
        Object.entries(release.manifest?.models ?? {}).map(([role, model]) => [
          role,
          judgedVersion(release.context, model, bound.get(role)?.verdict),
        ]),
      );
      this.models.set(release, models);
    }
    return models;
  }

  /** The models of the release that the catalogue knows. */
  boundOf(release: PlacedRelease): readonly BoundModel[] {
    const bound = this.bound.get(release) ?? boundModels(release.context, release.orchestrator);
    this.bound.set(release, bound);
    return bound;
  }

  /** Roles whose manifest names the model version. */
  bindingTo(identity: string): readonly Binding[] {
    this.byIdentity ??= grouped(
      this.all.flatMap((release) =>
        [...this.modelsOf(release)].map(([role, model]) => [model.identity, { release, role }] as const),
      ),
    );
    return this.byIdentity.get(identity) ?? [];
  }

  /**
   * Roles that are wired to a deployment, directly or through a route of a gateway of their stack. One that their stack
   * does not declare is told by its name and the account's, which is the account's subdomain unless another one is given.
   */
  callersOf({ input }: ReviewedStack, fact: DeploymentFact): readonly Binding[] {
    this.byDeployment ??= grouped(
      this.all.flatMap((release) =>
        servedBy(release).flatMap(({ role, addresses, elsewhere }) =>
          [...addresses.map((at) => placeKey(release.stack, at)), ...elsewhere].map(
            (key) => [key, { release, role }] as const,
          ),
        ),
      ),
    );
    const keys = [placeKey({ input }, fact.origin.address), azureKey(accountNameOf(fact), valueOf(fact.deployment))];
    return keys.flatMap((key) => (key === undefined ? [] : (this.byDeployment!.get(key) ?? [])));
  }

  /** Releases that call a route of a gateway of their stack. */
  callersOfRoute({ input }: ReviewedStack, route: Pick<RouteFact, 'service' | 'key'>): readonly PlacedRelease[] {
    this.byRoute ??= grouped(
      this.all.flatMap((release) => {
        const keys = servedBy(release).flatMap(({ routes }) => routes.map((one) => routeKey(release.stack, one)));
        return [...new Set(keys)].map((key) => [key, release] as const);
      }),
    );
    return this.byRoute.get(routeKey({ input }, route)) ?? [];
  }
}

function releasesOf(stack: ReviewedStack, context: RuleContext | undefined): PlacedRelease[] {
  const placed = new Map<string, PlacedRelease>();
  for (const orchestrator of context?.facts.releases?.orchestrators ?? []) {
    const { manifest, origin } = orchestrator;
    const label = labelOf(orchestrator) ?? origin.address;
    if (!placed.has(label)) {
      const content = manifest.state === 'read' ? { manifest: manifest.manifest } : {};
      placed.set(label, { stack, context: context!, orchestrator, label, ...content });
    }
  }
  return [...placed.values()];
}

/** Addresses of the deployments that answer a release, in its stack. */
export function deploymentsOf(release: PlacedRelease): readonly string[] {
  return servedBy(release).flatMap(({ addresses }) => addresses);
}

/** What answers a role of a release. */
interface ServedRole {
  readonly role: string;
  /** Of deployments. */
  readonly addresses: readonly string[];
  /** Deployments that its stack does not declare, as `azureKey` has them. */
  readonly elsewhere: readonly string[];
  /** Through which it is called; empty where it calls deployments itself. */
  readonly routes: readonly RouteFact[];
}

function servedBy({ context, orchestrator, manifest }: PlacedRelease): ServedRole[] {
  const roles = new Map(Object.keys(manifest?.models ?? {}).map((role) => [roleVariablePart(role), role]));
  return orchestrator.wiring.map(({ variablePart, target, gateway }) => {
    const role = roles.get(variablePart) ?? variablePart.toLowerCase();
    const model = manifest?.models[role];
    const routes = gateway === undefined || model === undefined ? [] : routesTo(context, gateway.routes, model);
    const targets = [...(target ? [target] : []), ...routes.flatMap((route) => route.targets)];
    const addresses = new Set(targets.flatMap(({ serves }) => serves?.origin.address ?? []));
    const elsewhere = new Set(targets.flatMap((one) => elsewhereKey(one) ?? []));
    return { role, addresses: [...addresses], elsewhere: [...elsewhere], routes };
  });
}

function elsewhereKey({ serves, url, deployment }: RouteTarget): string | undefined {
  return serves === undefined && url !== undefined && leadsToModels(url)
    ? azureKey(modelAddress(url)?.subdomain, deployment)
    : undefined;
}

/** Where a deployment is on Azure, as those see it who call it. */
function azureKey(subdomain: string | undefined, deployment: string | undefined): string | undefined {
  return subdomain === undefined || deployment === undefined
    ? undefined
    : `on Azure ${coordinatesKey(subdomain, deployment)}`;
}

function routeKey(
  { input }: Pick<ReviewedStack, 'input'>,
  { service, key }: Pick<RouteFact, 'service' | 'key'>,
): string {
  return JSON.stringify([input, service, key.toLowerCase()]);
}

function grouped<T>(entries: readonly (readonly [string | undefined, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    if (key !== undefined) {
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, [value]);
      } else {
        group.push(value);
      }
    }
  }
  return groups;
}

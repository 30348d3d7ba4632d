import { roleVariablePart } from '../contracts/orchestrator-environment';
import { ReleaseManifest } from '../contracts/release-manifest';
import { OrchestratorFact } from '../facts/release-facts';
import { RoutedRow } from '../facts/traffic-facts';
import { BoundModel, boundModels } from '../rules/release-lifecycle';
import { labelOf } from '../rules/release-text';
import { orchestratorOf } from '../rules/routed-traffic';
import { RuleContext } from '../rules/rule';
import { routesTo } from '../rules/wired-routes';
import { JudgedModel, judgedVersion } from './judged-model';
import { ReviewedStack } from './reviewed-stack';

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

  constructor(stacks: readonly ReviewedStack[], side: 'before' | 'after') {
    this.all = stacks.flatMap((stack) => releasesOf(stack, stack[side]));
    this.byLabel = grouped(this.all.map((release) => [release.label, release]));
    this.byFact = new Map(this.all.map((release) => [release.orchestrator, release]));
  }

  /** The release of a label in a stack; `undefined` where that stack declares none. */
  inStack({ input }: ReviewedStack, label: string): PlacedRelease | undefined {
    return this.byLabel.get(label)?.find(({ stack }) => stack.input === input);
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

  /** Roles that are wired to a deployment of a stack, directly or through a route of a gateway. */
  callersOf({ input }: ReviewedStack, address: string): readonly Binding[] {
    this.byDeployment ??= grouped(
      this.all.flatMap((release) =>
        servedBy(release).map(({ role, at }) => [deploymentKey(release.stack, at), { release, role }] as const),
      ),
    );
    return this.byDeployment.get(deploymentKey({ input }, address)) ?? [];
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
  return servedBy(release).map(({ at }) => at);
}

/** The roles of a release with the addresses of the deployments that answer them. */
function servedBy({
  context,
  orchestrator,
  manifest,
}: PlacedRelease): { readonly role: string; readonly at: string }[] {
  const roles = new Map(Object.keys(manifest?.models ?? {}).map((role) => [roleVariablePart(role), role]));
  return orchestrator.wiring.flatMap(({ variablePart, target, gateway }) => {
    const role = roles.get(variablePart) ?? variablePart.toLowerCase();
    const model = manifest?.models[role];
    const routes = gateway === undefined || model === undefined ? [] : routesTo(context, gateway.routes, model);
    const targets = [...(target ? [target] : []), ...routes.flatMap((route) => route.targets)];
    const addresses = new Set(targets.flatMap(({ serves }) => serves?.origin.address ?? []));
    return [...addresses].map((at) => ({ role, at }));
  });
}

function deploymentKey({ input }: Pick<ReviewedStack, 'input'>, address: string): string {
  return JSON.stringify([input, address]);
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

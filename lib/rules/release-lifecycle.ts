import { roleVariablePart } from '../contracts/orchestrator-environment';
import { ManifestModel } from '../contracts/release-manifest';
import { formatRouteKey } from '../contracts/route-key';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { RouteFact } from '../facts/gateway-facts';
import { OrchestratorFact, WiringFact } from '../facts/release-facts';
import { assumedDeployment } from './assumed-deployment';
import { LifecycleVerdict, deploymentVerdict } from './deployment-verdict';
import { identityOf } from './model-identity';
import { RuleContext } from './rule';
import { routesTo } from './wired-routes';

/** A model version that a release binds, and what the catalogue says of it. */
export interface BoundModel {
  readonly roles: readonly string[];
  readonly model: ManifestModel;
  readonly verdict: LifecycleVerdict;
  /** True where a deployment or route of the app has the model, which is judged itself. */
  readonly isJudgedElsewhere: boolean;
}

/** A release and one of its models. */
export interface JudgedRelease {
  readonly orchestrator: OrchestratorFact;
  readonly bound: BoundModel;
}

const judged = new WeakMap<RuleContext, readonly JudgedRelease[]>();

/** Models of releases that nothing else in the configuration has, so that only the release shows them. */
export function judgedReleases(context: RuleContext): readonly JudgedRelease[] {
  const releases =
    judged.get(context) ??
    (context.facts.releases?.orchestrators ?? []).flatMap((orchestrator) =>
      boundModels(context, orchestrator)
        .filter(({ isJudgedElsewhere }) => !isJudgedElsewhere)
        .map((bound) => ({ orchestrator, bound })),
    );
  judged.set(context, releases);
  return releases;
}

/** The models of a release that the catalogue knows, each once however many roles it has. */
export function boundModels(context: RuleContext, { manifest, wiring }: OrchestratorFact): BoundModel[] {
  if (manifest.state !== 'read') {
    return [];
  }
  const byPart = new Map(wiring.map((wired) => [wired.variablePart, wired]));
  const byIdentity = new Map<string, { roles: string[]; model: ManifestModel; wired: (WiringFact | undefined)[] }>();
  for (const [role, model] of Object.entries(manifest.manifest.models)) {
    const identity = identityOf(context, model);
    const entry = byIdentity.get(identity) ?? { roles: [], model, wired: [] };
    entry.roles.push(role);
    entry.wired.push(byPart.get(roleVariablePart(role)));
    byIdentity.set(identity, entry);
  }
  return [...byIdentity.values()].flatMap(({ roles, model, wired }): BoundModel[] => {
    const serving = servingDeployments(context, model, wired);
    const verdict = deploymentVerdict(context, serving[0] ?? elsewhere(context, model));
    const isJudgedElsewhere =
      serving.length > 0 ||
      routesTo(context, context.facts.gateway?.routes ?? NO_ROUTES, model).length > 0 ||
      wired.some((one) => context.isDeployed(nameIn(one).toLowerCase()));
    return 'answer' in verdict ? [{ roles, model, verdict, isJudgedElsewhere }] : [];
  });
}

/** The deployments of this stack that serve the bound version, directly or behind a route. */
function servingDeployments(
  context: RuleContext,
  model: ManifestModel,
  wired: readonly (WiringFact | undefined)[],
): DeploymentFact[] {
  const identity = identityOf(context, model);
  const targets = wired.flatMap((one) => [
    ...(one?.target ? [one.target] : []),
    ...(one?.gateway ? routesTo(context, one.gateway.routes, model) : []).flatMap((route) => route.targets),
  ]);
  return targets.flatMap(({ serves }) => {
    const name = serves && valueOf(serves.model);
    const version = serves && valueOf(serves.version);
    return name !== undefined &&
      version !== undefined &&
      identityOf(context, { format: valueOf(serves!.format), name, version }) === identity
      ? [serves!]
      : [];
  });
}

const NO_ROUTES: readonly RouteFact[] = [];

const pseudo = new WeakMap<RuleContext, Map<string, DeploymentFact>>();

/** A deployment somewhere else, of which the release says model and version; one for all releases that bind them. */
function elsewhere(context: RuleContext, { format, name, version }: ManifestModel): DeploymentFact {
  const facts = pseudo.get(context) ?? new Map<string, DeploymentFact>();
  pseudo.set(context, facts);
  const key = `${format} ${formatRouteKey({ name, version })}`;
  const fact =
    facts.get(key) ?? assumedDeployment({ format, name, version }, { address: 'elsewhere', type: 'elsewhere' });
  facts.set(key, fact);
  return fact;
}

function nameIn(wired: WiringFact | undefined): string {
  return (wired && valueOf(wired.deployment.value)) ?? '';
}

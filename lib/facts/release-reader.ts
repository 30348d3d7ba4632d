import { modelDeploymentVariable, ORCHESTRATOR_ENVIRONMENT } from '../contracts/orchestrator-environment';
import { ConfigurationBlock } from './configuration-block';
import { resolveValue } from './expression';
import { DeploymentFact } from './facts';
import { TargetFinder } from './gateway-targets';
import { JsonObject, property } from './json';
import { Container, ContainerApp, containerApps } from './release-container';
import { OrchestratorFact, ReleaseFacts } from './release-facts';
import { manifestOf } from './release-manifests';
import { NameFact, RefusedNames } from './release-names';
import { OrchestratorReader } from './release-orchestrators';
import { isTagged } from './release-tags';
import { WiredGateways, WiringFinder } from './release-wiring';
import { Scope } from './scope';
import { StackReferences } from './stack-references';
import { AppFinder, AppPlace } from './traffic-apps';
import { RevisionSplitFact, TrafficFacts } from './traffic-facts';
import { hidesNginx, nginxRouters } from './traffic-nginx';
import { policyRouters } from './traffic-policies';
import { revisionSplit } from './traffic-revisions';

/** What is known of the stack besides its container apps. */
export interface ReleaseSurroundings {
  readonly references: StackReferences;
  readonly deployments: readonly DeploymentFact[];
  /** Whether a part of the stack that cannot be read may declare deployments. */
  readonly mayDeclareMore: boolean;
  readonly gateways?: WiredGateways;
}

/** What the stack declares of each; left out where there is nothing. */
export interface ReleaseReading {
  readonly releases?: ReleaseFacts;
  readonly traffic?: TrafficFacts;
  readonly names?: readonly NameFact[];
}

/** Collects container apps while a stack is read, and makes facts of releases and traffic once all of it is. */
export class ReleaseReader {
  /** Those that may run a release or a router; most apps of a stack run something else. */
  private readonly apps: ContainerApp[] = [];
  private readonly revisions: RevisionSplitFact[] = [];
  private readonly places: AppPlace[] = [];
  /** Apps of which not all containers or variables can be read. */
  private readonly partlyRead: string[] = [];

  /** @param names takes those that are inside of apps */
  constructor(private readonly names: RefusedNames) {}

  /** Holds manifests and what belongs to them, so that model names in prompts are no literals. */
  read(block: ConfigurationBlock, body: JsonObject): void {
    if (block.origin.type === 'azurerm_storage_blob' && isManifest(block, body)) {
      block.held.hold(body, 'source_content');
    }
    const apps = containerApps(block, body);
    for (const { containers, instance } of apps) {
      containers.forEach((container) => holdManifest(block, container, instance.scope));
    }
    for (const app of apps) {
      const { origin, name } = app;
      this.names.inApp(app);
      this.revisions.push(...revisionSplit(app));
      this.places.push({ origin, name, instance: app.instance });
      if (
        app.hasUnreadContainers ||
        app.containers.some((container) => container.hasUnread || hidesNginx(container, app.instance))
      ) {
        this.partlyRead.push(origin.address);
      }
      if (app.containers.some(({ variables }) => variables.size > 0) || isTagged(app)) {
        this.apps.push(app);
      }
    }
  }

  facts(surroundings: ReleaseSurroundings): ReleaseReading {
    const { references, gateways } = surroundings;
    const names = this.names.all;
    if (this.places.length === 0 && gateways === undefined) {
      return names.length > 0 ? { names } : {};
    }
    const orchestrators = this.orchestrators(surroundings);
    const apps = new AppFinder(this.places, references);
    const nginx = { references, apps, hasReleases: orchestrators.length > 0 };
    const policies = gateways === undefined ? undefined : policyRouters(gateways.parts, references, apps);
    const routers = [...(policies?.routers ?? []), ...this.apps.flatMap((app) => nginxRouters(app, nginx))];
    const known = new Set(routers.map(({ origin }) => origin.address));
    const mayRoute = [...(policies?.mayRoute ?? []), ...this.partlyRead.filter((address) => !known.has(address))];
    const { revisions } = this;
    const hidden = policies?.hidden ?? [];
    return {
      ...(orchestrators.length > 0 && { releases: { orchestrators } }),
      ...(names.length > 0 && { names }),
      ...(routers.length + revisions.length + mayRoute.length + hidden.length > 0 && {
        traffic: {
          routers,
          revisions,
          ...(mayRoute.length > 0 && { mayRoute }),
          ...(hidden.length > 0 && { hidden }),
        },
      }),
    };
  }

  private orchestrators(surroundings: ReleaseSurroundings): OrchestratorFact[] {
    if (this.apps.length === 0) {
      return [];
    }
    const { references, deployments, mayDeclareMore, gateways } = surroundings;
    const targets = new TargetFinder(references, deployments, mayDeclareMore);
    const reader = new OrchestratorReader(references, new WiringFinder(references, targets, gateways));
    return this.apps.flatMap((app) => reader.read(app));
  }
}

function isManifest(block: ConfigurationBlock, body: JsonObject): boolean {
  const { scope } = block.instances.all[0] ?? block;
  return manifestOf(resolveValue(property(body, 'source_content'), scope)) !== undefined;
}

function holdManifest(block: ConfigurationBlock, { variables }: Container, scope: Scope): void {
  const variable = variables.get(ORCHESTRATOR_ENVIRONMENT.manifest);
  const manifest = variable && manifestOf(resolveValue(variable.value, scope));
  if (manifest !== undefined) {
    block.held.hold(variable!.holder, 'value');
    Object.keys(manifest.models).forEach((role) =>
      block.held.hold(variables.get(modelDeploymentVariable(role))?.holder, 'value'),
    );
  }
}

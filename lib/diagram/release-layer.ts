import { counted } from '../contracts/counted';
import { roleVariablePart } from '../contracts/orchestrator-environment';
import { abridged } from '../contracts/printable';
import { ManifestModel, ReleaseManifest } from '../contracts/release-manifest';
import { formatRouteKey } from '../contracts/route-key';
import { compareText } from '../contracts/text-order';
import { ReleaseStageWord } from '../contracts/traffic-row';
import { OrchestratorFact } from '../facts/release-facts';
import { RoutedRow } from '../facts/traffic-facts';
import { DeploymentLayer } from './deployment-layer';
import { DiagramStack } from './diagram-stack';
import { EdgeList } from './edge-list';
import { nodeId, shown } from './node-names';
import { RouteLayer } from './route-layer';
import { TopologyNode } from './topology';

/** An orchestrator that a stack declares, or a label that a router alone knows. */
interface Release {
  readonly id: string;
  readonly label: string;
  readonly stack?: DiagramStack;
  readonly fact?: OrchestratorFact;
  /** What routers do with it. */
  readonly rows: RoutedRow[];
}

/** The releases of all stacks: orchestrators, and labels to which routers send somebody. */
export class ReleaseLayer {
  private readonly releases = new Map<string, Release>();

  constructor(stacks: readonly DiagramStack[]) {
    for (const stack of stacks) {
      stack.context.facts.releases?.orchestrators.forEach((fact) => this.declare(stack, fact));
    }
  }

  get isEmpty(): boolean {
    return this.releases.size === 0;
  }

  nodes(): TopologyNode[] {
    return this.sorted().map((release) => nodeOf(release));
  }

  /** The release that a row of a router names; its orchestrator may stand in another stack. */
  routedTo(stack: DiagramStack, row: RoutedRow): string {
    const candidates = [...this.releases.values()];
    const own = candidates.filter((release) => release.stack === stack && release.fact !== undefined);
    const declared =
      own.find(({ fact }) => fact!.origin.address === row.app) ??
      own.find(({ label }) => label === row.label) ??
      candidates.find(({ label }) => label === row.label);
    const release = declared ?? this.known({ id: nodeId('release', row.label), label: row.label, rows: [] });
    release.rows.push(row);
    return release.id;
  }

  /** Draws which models each release calls, and by which way. */
  connect(routes: RouteLayer, deployments: DeploymentLayer, edges: EdgeList): void {
    for (const { id, stack, fact } of this.sorted()) {
      for (const [role, model] of fact === undefined ? [] : modelsOf(manifestOf(fact))) {
        const to = destination(fact!, role, model, { stack: stack!, routes, deployments });
        if (to !== undefined) {
          edges.add({ from: id, to, label: abridged(role) });
        }
      }
    }
  }

  /** Orchestrators with their stacks, for what else they call. */
  orchestrators(): { readonly id: string; readonly stack: DiagramStack; readonly fact: OrchestratorFact }[] {
    return this.sorted().flatMap(({ id, stack, fact }) =>
      stack === undefined || fact === undefined ? [] : [{ id, stack, fact }],
    );
  }

  private declare(stack: DiagramStack, fact: OrchestratorFact): void {
    const id = nodeId('release', stack.name, fact.origin.address, fact.path);
    this.known({ id, label: shown(fact.label.value, fact.origin.address), stack, fact, rows: [] });
  }

  private known(release: Release): Release {
    const known = this.releases.get(release.id) ?? release;
    this.releases.set(release.id, known);
    return known;
  }

  private sorted(): Release[] {
    return [...this.releases.values()].sort(
      (left, right) => compareText(left.label, right.label) || compareText(left.id, right.id),
    );
  }
}

/** The manifest of an orchestrator, where it can be read. */
export function manifestOf({ manifest }: OrchestratorFact): ReleaseManifest | undefined {
  return manifest.state === 'read' ? manifest.manifest : undefined;
}

function modelsOf(manifest: ReleaseManifest | undefined): [string, ManifestModel][] {
  return Object.entries(manifest?.models ?? {}).sort(([left], [right]) => compareText(left, right));
}

function destination(
  { wiring, origin }: OrchestratorFact,
  role: string,
  model: ManifestModel,
  { stack, routes, deployments }: { stack: DiagramStack; routes: RouteLayer; deployments: DeploymentLayer },
): string | undefined {
  const key = formatRouteKey(model);
  const variable = roleVariablePart(role);
  const told = wiring.find(({ variablePart }) => variablePart === variable);
  if (told === undefined) {
    return undefined;
  }
  return told.deployment.value.state === 'absent'
    ? routes.find(key, told.gateway?.routes)
    : told.target && deployments.nodeOf(told.target, key, stack, origin);
}

function nodeOf({ id, label, fact, rows }: Release): TopologyNode {
  const manifest = fact && manifestOf(fact);
  const stages = [...new Set(rows.flatMap(({ stage }) => stage ?? []))];
  const isGone = fact === undefined && stages.includes('retired');
  const hasTraffic = rows.some(({ from, to }) => to > from);
  const details = [
    ...(stages.length > 0 ? [stages.join(', ')] : []),
    ...(manifest === undefined ? [] : contentOf(manifest)),
    ...(manifest === undefined && fact !== undefined ? ['manifest cannot be read'] : []),
    ...(fact === undefined && !isGone ? ['no orchestrator in these stacks'] : []),
  ];
  return {
    id,
    layer: 'release',
    title: abridged(label),
    details,
    ...(fact && { address: fact.origin.address }),
    ...(rows.length > 0 && !hasTraffic && { isIdle: true }),
  };
}

/** What the edge from a router to a release says where it gets no share of the users. */
export const SHARELESS: Readonly<Record<ReleaseStageWord, string>> = {
  candidate: 'override only',
  canary: '0 %',
  stable: '0 %',
  draining: 'pinned only',
  retired: '410 Gone',
};

function contentOf(manifest: ReleaseManifest): string[] {
  const prompts = counted(Object.keys(manifest.prompts).length, 'prompt');
  return [
    abridged(`orchestration ${manifest.orchestration}, ${prompts}`),
    ...modelsOf(manifest).map(([role, model]) => abridged(`${role}: ${formatRouteKey(model)}`)),
  ];
}

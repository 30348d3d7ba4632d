import { CalendarDate } from '../contracts/calendar-date';
import { ConfigurationFacts } from '../facts/facts';
import { cachedKnowledge } from '../rules/cached-knowledge';
import { LifecycleKnowledge } from '../rules/rule';
import { resolveSettings } from '../rules/settings';
import { DeclaredNames } from './declared-names';
import { DeploymentLayer } from './deployment-layer';
import { DiagramStack } from './diagram-stack';
import { EdgeList } from './edge-list';
import { KnowledgeLayer } from './knowledge-layer';
import { nodeId } from './node-names';
import { ReleaseLayer } from './release-layer';
import { RouteLayer } from './route-layer';
import { RouterLayer } from './router-layer';
import { Topology, TopologyNode } from './topology';

/** What a topology is made from. */
export interface TopologyRequest {
  readonly stacks: readonly {
    readonly facts: ConfigurationFacts;
    readonly names: DeclaredNames;
    readonly file?: string;
  }[];
  readonly catalog: LifecycleKnowledge;
  readonly asOf: CalendarDate;
}

/** The way of calls through all stacks together: what one stack declares and another one calls is one node. */
export function topologyOf(request: TopologyRequest): Topology {
  const stacks = stacksOf(request);
  const deployments = new DeploymentLayer(stacks);
  const routes = new RouteLayer(stacks);
  const releases = new ReleaseLayer(stacks);
  const routers = new RouterLayer(stacks);
  const knowledge = new KnowledgeLayer(releases);
  const edges = new EdgeList();
  routers.connect(releases, edges);
  releases.connect(routes, deployments, edges);
  knowledge.connect(routes, deployments, edges);
  routes.connect(deployments, edges);
  const inner = [
    ...routers.nodes(),
    ...releases.nodes(),
    ...knowledge.nodes(),
    ...routes.nodes(),
    ...deployments.nodes(),
  ];
  const entries = entriesOf(inner, edges);
  const entered = new Set([...entries.map(({ id }) => id), ...edges.all().map(({ to }) => to)]);
  const application = applicationNode();
  return {
    asOf: request.asOf,
    catalogAsOf: request.catalog.asOf,
    stacks: request.stacks.flatMap(({ facts }) => facts.stack ?? []),
    groups: [...routes.groups(), ...deployments.groups()],
    nodes: [...(entries.length > 0 ? [application] : []), ...inner.map((node) => withCallers(node, entered))],
    edges: [...entries.map(({ id }) => ({ from: application.id, to: id })), ...edges.all()],
    notes: [
      ...(inner.length === 0 ? ['No stack declares a model deployment, a route to one or a release.'] : []),
      ...notesOf(request.stacks.map(({ facts }) => facts)),
    ],
  };
}

/** Applications call what comes first: routers; without one, orchestrators; without those, gateways; else the models. */
function entriesOf(nodes: readonly TopologyNode[], edges: EdgeList): readonly TopologyNode[] {
  for (const layer of ['router', 'release', 'route', 'deployment'] as const) {
    const ofLayer = nodes.filter((node) => node.layer === layer);
    if (ofLayer.length > 0) {
      return ofLayer.filter((node) => !node.isIdle && !edges.leadsTo(node.id));
    }
  }
  return [];
}

/** A deployment that costs and that nothing calls is worth a word. */
function withCallers(node: TopologyNode, entered: ReadonlySet<string>): TopologyNode {
  return node.layer === 'deployment' && !entered.has(node.id)
    ? { ...node, details: [...node.details, 'no caller in these stacks'] }
    : node;
}

function applicationNode(): TopologyNode {
  return { id: nodeId('application'), layer: 'application', title: 'Application', details: [] };
}

function stacksOf({ stacks, catalog, asOf }: TopologyRequest): DiagramStack[] {
  const knowledge = cachedKnowledge(catalog);
  const settings = resolveSettings();
  return stacks.map(({ facts, names, file }, index) => ({
    name: facts.stack ?? file ?? String(index),
    names,
    context: { facts, catalog: knowledge, asOf, settings, isDeployed: () => false },
  }));
}

function notesOf(facts: readonly ConfigurationFacts[]): string[] {
  const opaque = facts.flatMap((one) => one.opaque).length;
  const unread = facts.flatMap((one) => one.gateway?.unread ?? []).length;
  return [
    ...(opaque > 0 ? [`${parts(opaque)} that may declare deployments cannot be read before Terraform runs.`] : []),
    ...(unread > 0 ? [`${parts(unread)} of policies that choose where calls go cannot be read.`] : []),
  ];
}

function parts(count: number): string {
  return count === 1 ? 'One part' : `${count} parts`;
}

import { ORCHESTRATOR_ENVIRONMENT } from '../contracts/orchestrator-environment';
import { abridged } from '../contracts/printable';
import { ManifestKnowledge } from '../contracts/release-manifest';
import { RouteKey } from '../contracts/route-key';
import { compareText } from '../contracts/text-order';
import { DeclaredApp } from './declared-names';
import { DeploymentLayer } from './deployment-layer';
import { DiagramStack } from './diagram-stack';
import { EdgeList } from './edge-list';
import { nodeId } from './node-names';
import { manifestOf, ReleaseLayer } from './release-layer';
import { RouteLayer } from './route-layer';
import { TopologyNode } from './topology';

/** An API in front of a knowledge store, as releases call it. */
interface KnowledgeApi {
  readonly id: string;
  readonly name: string;
  readonly stack: DiagramStack;
  readonly app?: DeclaredApp;
  readonly indexes: ManifestKnowledge[];
}

const APP_REFERENCE = /azurerm_container_app\.[A-Za-z_][\w-]*(?:\[[^[\]]*\])?/;

/** The APIs through which releases reach what their answers are grounded on. */
export class KnowledgeLayer {
  private readonly apis = new Map<string, KnowledgeApi>();
  private readonly callers = new Map<string, string>();

  constructor(releases: ReleaseLayer) {
    for (const { id, stack, fact } of releases.orchestrators()) {
      const own = stack.names.apps.find(({ address }) => address === fact.origin.address);
      const url = own?.variables.get(ORCHESTRATOR_ENVIRONMENT.knowledgeUrl);
      const index = manifestOf(fact)?.knowledge;
      if (url !== undefined) {
        const api = this.apiAt(stack, url.written);
        this.callers.set(id, api.id);
        if (index !== undefined && !api.indexes.some((known) => known.index === index.index)) {
          api.indexes.push(index);
        }
      }
    }
  }

  nodes(): TopologyNode[] {
    return this.sorted().map(({ id, name, app, indexes }) => ({
      id,
      layer: 'knowledge',
      title: 'Knowledge API',
      details: [
        abridged(name),
        ...indexes.map(({ index }) => abridged(`index ${index}`)),
        ...[...new Set(indexes.map(({ embeddingModel }) => abridged(embeddingModel)))],
      ],
      ...(app && { address: app.address }),
    }));
  }

  connect(routes: RouteLayer, deployments: DeploymentLayer, edges: EdgeList): void {
    this.callers.forEach((to, from) => edges.add({ from, to }));
    for (const { id, stack, app, indexes } of this.sorted()) {
      const key = indexes[0]?.embeddingModel;
      const to = key && app && modelOf(key, app, { stack, routes, deployments });
      if (to !== undefined) {
        edges.add({ from: id, to, label: 'embeddings' });
      }
    }
  }

  private apiAt(stack: DiagramStack, url: string): KnowledgeApi {
    const address = APP_REFERENCE.exec(url)?.[0];
    const app = stack.names.apps.find((candidate) => candidate.address === address);
    const id = app === undefined ? nodeId('knowledge', url) : nodeId('knowledge', stack.name, app.address);
    const isNamed = app?.name !== undefined && !app.name.includes('${');
    const api = this.apis.get(id) ?? { id, name: isNamed ? app.name! : (address ?? url), stack, app, indexes: [] };
    this.apis.set(id, api);
    return api;
  }

  private sorted(): KnowledgeApi[] {
    return [...this.apis.values()].sort(
      (left, right) => compareText(left.name, right.name) || compareText(left.id, right.id),
    );
  }
}

/** The embedding model that the API calls: through a gateway, unless it is told a deployment. */
function modelOf(
  key: RouteKey,
  { address, variables }: DeclaredApp,
  { stack, routes, deployments }: { stack: DiagramStack; routes: RouteLayer; deployments: DeploymentLayer },
): string | undefined {
  const [urlVariable, url] = [...variables].find(([name]) => /^MODEL_.*_URL$/.test(name)) ?? [];
  if (urlVariable === undefined || url === undefined) {
    return undefined;
  }
  const deployment = variables.get(urlVariable.replace(/URL$/, 'DEPLOYMENT'));
  const origin = { address, type: 'azurerm_container_app' };
  return deployment === undefined
    ? routes.find(key)
    : deployments.nodeOf({ place: urlVariable, url: url.text, deployment: deployment.text }, key, stack, origin);
}

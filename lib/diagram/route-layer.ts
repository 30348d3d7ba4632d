import { abridged } from '../contracts/printable';
import { shareText } from '../contracts/share-text';
import { compareText } from '../contracts/text-order';
import { RouteFact, RouteTarget } from '../facts/gateway-facts';
import { DeploymentLayer } from './deployment-layer';
import { DiagramStack } from './diagram-stack';
import { EdgeList } from './edge-list';
import { nodeId, withoutBrackets } from './node-names';
import { TopologyGroup, TopologyNode } from './topology';

/** One route of one service: a gateway repeats its routes in several policies. */
interface MergedRoute {
  readonly id: string;
  readonly group: string;
  readonly key: string;
  readonly stack: DiagramStack;
  readonly facts: RouteFact[];
}

/** The routes of all gateways, by API Management service. */
export class RouteLayer {
  private readonly services = new Map<string, TopologyGroup>();
  private readonly routes = new Map<string, MergedRoute>();

  constructor(stacks: readonly DiagramStack[]) {
    for (const stack of stacks) {
      stack.context.facts.gateway?.routes.forEach((fact) => this.add(stack, fact));
    }
  }

  groups(): TopologyGroup[] {
    return [...this.services.values()].sort(
      (left, right) => compareText(left.title, right.title) || compareText(left.id, right.id),
    );
  }

  nodes(): TopologyNode[] {
    return this.sorted().map((route) => this.nodeOf(route));
  }

  /** Draws what the routes lead to. */
  connect(deployments: DeploymentLayer, edges: EdgeList): void {
    for (const { id, key, stack, facts } of this.sorted()) {
      // Policies of single operations repeat the targets without their order.
      const ordered = facts.filter(({ targets }) => targets.some(({ tier }) => tier !== undefined));
      const own = new EdgeList();
      for (const fact of ordered.length > 0 ? ordered : facts) {
        for (const { target, label, isSecondary } of withOrder(fact.targets)) {
          const to = deployments.nodeOf(target, key, stack, fact.origin);
          if (to !== undefined) {
            own.add({ from: id, to, ...(label !== undefined && { label }), ...(isSecondary && { isSecondary }) });
          }
        }
      }
      own.all().forEach((edge) => edges.add(edge));
    }
  }

  /** The route of a key, among given facts or, where there are none, the only one that any gateway has. */
  find(key: string, among: readonly RouteFact[] = []): string | undefined {
    const asked = key.toLowerCase();
    const own = [...this.routes.values()].filter((route) => route.key.toLowerCase() === asked);
    const wired = own.find(({ facts }) => facts.some((fact) => among.includes(fact)));
    return (wired ?? (own.length === 1 ? own[0] : undefined))?.id;
  }

  private add(stack: DiagramStack, fact: RouteFact): void {
    const group = this.serviceOf(stack, fact);
    const id = nodeId('route', group.id, fact.key);
    const known = this.routes.get(id) ?? { id, group: group.id, key: fact.key, stack, facts: [] };
    known.facts.push(fact);
    this.routes.set(id, known);
  }

  private serviceOf(stack: DiagramStack, { service }: RouteFact): TopologyGroup {
    const declared = stack.names.services.find(({ address }) => address === service);
    const name = declared?.name?.includes('${') ? undefined : declared?.name;
    const isAnywhere = declared === undefined && service !== '' && !service.includes('${');
    const id = isAnywhere ? nodeId('gateway', service) : nodeId('gateway', stack.name, service);
    const title = name ?? (withoutBrackets(service) || 'service that is not known');
    const group: TopologyGroup = this.services.get(id) ?? { id, layer: 'route', title: abridged(`Gateway ${title}`) };
    this.services.set(id, group);
    return group;
  }

  private nodeOf({ id, group, key, facts }: MergedRoute): TopologyNode {
    const aliases = [...new Set(facts.flatMap((fact) => fact.aliases))].sort(compareText);
    const isServed = facts.some(({ targets }) => targets.length > 0);
    const retired = isServed ? undefined : facts.find((fact) => fact.retired !== undefined)?.retired;
    const answersItself = !isServed && facts.some((fact) => fact.answersItself);
    const details = [
      ...(aliases.length > 0 ? [abridged(`alias ${aliases.join(', ')}`)] : []),
      ...(retired !== undefined
        ? [`410 Gone${retired.successor === undefined ? '' : `, use ${abridged(retired.successor)}`}`]
        : answersItself
          ? ['answered without a model']
          : !isServed
            ? ['target not known before Terraform runs']
            : []),
    ];
    return {
      id,
      layer: 'route',
      group,
      title: abridged(key),
      details,
      address: facts[0]!.origin.address,
      ...(answersItself && { isIdle: true }),
    };
  }

  private sorted(): MergedRoute[] {
    return [...this.routes.values()].sort(
      (left, right) => compareText(left.key, right.key) || compareText(left.id, right.id),
    );
  }
}

interface OrderedTarget {
  readonly target: RouteTarget;
  readonly label?: string;
  readonly isSecondary: boolean;
}

/** First come those of the first tier; what is divided between several of one tier is said in percent. */
function withOrder(targets: readonly RouteTarget[]): OrderedTarget[] {
  const tiers = [...new Set(targets.map(({ tier = 0 }) => tier))].sort((left, right) => left - right);
  return targets.map((target) => {
    const { tier = 0, weight = 1 } = target;
    const rank = tiers.indexOf(tier);
    const beside = targets.filter((other) => (other.tier ?? 0) === tier);
    const total = beside.reduce((sum, other) => sum + (other.weight ?? 1), 0);
    const isWeighed = target.weight !== undefined && beside.length > 1 && total > 0;
    const parts = [...(rank > 0 ? [`failover ${rank}`] : []), ...(isWeighed ? [shareText(weight / total)] : [])];
    return { target, isSecondary: rank > 0, ...(parts.length > 0 && { label: parts.join(', ') }) };
  });
}

import { abridged } from '../contracts/printable';
import { shareText } from '../contracts/share-text';
import { compareText } from '../contracts/text-order';
import { BUCKETS } from '../contracts/traffic-bucket';
import { RoutedRow, RouterFact } from '../facts/traffic-facts';
import { DiagramStack } from './diagram-stack';
import { EdgeList } from './edge-list';
import { nodeId } from './node-names';
import { ReleaseLayer, SHARELESS } from './release-layer';
import { TopologyNode } from './topology';

const KINDS: Readonly<Record<RouterFact['kind'], string>> = { 'api-management': 'API Management', nginx: 'nginx' };

/** The routers of all stacks, and what share of users each gives to which release. */
export class RouterLayer {
  private readonly routers: readonly { readonly id: string; readonly stack: DiagramStack; readonly fact: RouterFact }[];

  constructor(stacks: readonly DiagramStack[]) {
    this.routers = stacks
      .flatMap((stack) =>
        (stack.context.facts.traffic?.routers ?? []).map((fact) => ({
          id: nodeId('router', stack.name, fact.origin.address, fact.path),
          stack,
          fact,
        })),
      )
      .sort((left, right) => compareText(left.fact.origin.address, right.fact.origin.address));
  }

  nodes(): TopologyNode[] {
    return this.routers.map(({ id, fact }) => ({
      id,
      layer: 'router',
      title: 'Router',
      details: [
        `${KINDS[fact.kind]}, ${abridged(nameOf(fact))}`,
        ...(fact.unread === undefined ? [] : ['releases cannot be read']),
      ],
      address: fact.origin.address,
    }));
  }

  connect(releases: ReleaseLayer, edges: EdgeList): void {
    for (const { id, stack, fact } of this.routers) {
      const byLabel = new Map<string, RoutedRow[]>();
      fact.rows.forEach((row) => byLabel.set(row.label, [...(byLabel.get(row.label) ?? []), row]));
      for (const rows of byLabel.values()) {
        const to = rows.map((row) => releases.routedTo(stack, row))[0]!;
        const share = rows.reduce((sum, row) => sum + row.to - row.from, 0) / BUCKETS;
        const label = share > 0 ? shareText(share) : SHARELESS[rows[0]!.stage ?? 'canary'];
        edges.add({ from: id, to, label, ...(share === 0 && { isSecondary: true }) });
      }
    }
  }
}

/** The construct that made it, or what its address says. */
function nameOf({ origin }: RouterFact): string {
  const path = origin.constructPath?.split('/').slice(1, -1).join('/');
  return path || origin.address.slice(origin.address.indexOf('.') + 1);
}

import { TopologyEdge } from './topology';

/** Edges, each pair of nodes once: what several say of one pair is said together. */
export class EdgeList {
  private readonly edges = new Map<string, TopologyEdge>();

  add(edge: TopologyEdge): void {
    const pair = `${edge.from} ${edge.to}`;
    const known = this.edges.get(pair);
    this.edges.set(pair, known === undefined ? edge : joined(known, edge));
  }

  leadsTo(node: string): boolean {
    return this.all().some(({ to }) => to === node);
  }

  all(): TopologyEdge[] {
    return [...this.edges.values()];
  }
}

function joined(known: TopologyEdge, added: TopologyEdge): TopologyEdge {
  const labels = [known.label, added.label]
    .filter((label) => label !== undefined)
    .flatMap((label) => label.split(' / '));
  const label = [...new Set(labels)].join(' / ');
  return {
    from: known.from,
    to: known.to,
    ...(label !== '' && { label }),
    ...(known.isSecondary && added.isSecondary && { isSecondary: true }),
  };
}

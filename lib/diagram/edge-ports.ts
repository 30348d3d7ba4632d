import { RoutedEdge } from './layered-graph';
import { EdgeEnd, labelEnd } from './svg-measures';

/**
 * Places at which edges leave and enter boxes. Edges with labels need one of their own each; without any, all edges share
 * the middle.
 */
export class EdgePorts {
  private readonly edges = { from: new Map<string, RoutedEdge[]>(), to: new Map<string, RoutedEdge[]>() };

  constructor(edges: readonly RoutedEdge[]) {
    for (const routed of edges) {
      this.remember('from', routed.path[0]!.id, routed);
      this.remember('to', routed.path.at(-1)!.id, routed);
    }
  }

  count(id: string, end: EdgeEnd): number {
    const edges = this.edges[end].get(id) ?? [];
    return edges.some((routed) => routed.edge.label !== undefined && labelEnd(routed) === end) ? edges.length : 1;
  }

  /**
   * Place of an edge at its box, from 0 to 1. Ports lie in the order in which the edges go on, so that they do not cross in
   * front of the box.
   *
   * @param heightOf where a vertex is
   */
  share(routed: RoutedEdge, end: EdgeEnd, heightOf: (id: RoutedEdge['path'][number]) => number): number {
    const vertex = end === 'from' ? routed.path[0]! : routed.path.at(-1)!;
    if (this.count(vertex.id, end) < 2) {
      return 0.5;
    }
    const next = ({ path }: RoutedEdge) => heightOf(end === 'from' ? path[1]! : path.at(-2)!);
    const edges = this.edges[end].get(vertex.id)!;
    const index = [...edges].sort((left, right) => next(left) - next(right)).indexOf(routed);
    return (index + 0.5) / edges.length;
  }

  private remember(end: EdgeEnd, id: string, routed: RoutedEdge): void {
    const known = this.edges[end].get(id);
    if (known === undefined) {
      this.edges[end].set(id, [routed]);
    } else {
      known.push(routed);
    }
  }
}

import { EdgePorts } from './edge-ports';
import { ColumnItem, LayeredGraph, Vertex } from './layered-graph';
import { GROUP_HEADER, GROUP_PADDING, textHeight } from './svg-measures';
import { placed } from './vertical-places';

const PORT_DISTANCE = 17;
const PASSAGE = 12;
const GAPS = { node: 18, group: 24, passage: 8 };
const RELAXATIONS = 4;

/** Heights and upper edges of everything that stands in columns. */
export class ColumnPlaces {
  private readonly tops = new Map<string, number>();
  private readonly adjacent = new Map<string, Vertex[]>();

  constructor(
    private readonly graph: LayeredGraph,
    private readonly ports: EdgePorts,
  ) {
    for (const { path } of graph.edges) {
      path.slice(1).forEach((vertex, index) => {
        this.meet(vertex, path[index]!);
        this.meet(path[index]!, vertex);
      });
    }
    this.placeColumns();
  }

  topOf(vertex: Vertex): number {
    return this.tops.get(vertex.id)!;
  }

  heightOf({ id, node }: Vertex): number {
    if (node === undefined) {
      return PASSAGE;
    }
    const ports = Math.max(this.ports.count(id, 'from'), this.ports.count(id, 'to'));
    return Math.max(textHeight(node), ports > 1 ? (ports + 0.5) * PORT_DISTANCE : 0);
  }

  centreOf(vertex: Vertex): number {
    return this.topOf(vertex) + this.heightOf(vertex) / 2;
  }

  /** The tallest column first, packed; the others follow their neighbours, and a few rounds later all have settled. */
  private placeColumns(): void {
    const heights = this.graph.columns.map((items) => this.packed(items));
    const tallest = heights.indexOf(Math.max(0, ...heights));
    const order = this.graph.columns
      .map((_, index) => index)
      .sort((left, right) => Math.abs(left - tallest) - Math.abs(right - tallest) || left - right)
      .filter((index) => index !== tallest);
    for (let round = 0; round < RELAXATIONS; round += 1) {
      order.forEach((column) =>
        this.follow(this.graph.columns[column]!, round === 0 ? Math.sign(tallest - column) : 0),
      );
    }
    const top = Math.min(0, ...this.graph.columns.flat().map((item) => this.itemTop(item)));
    this.tops.forEach((y, id) => this.tops.set(id, y - top));
  }

  private packed(items: readonly ColumnItem[]): number {
    let y = 0;
    items.forEach((item, index) => {
      y += index === 0 ? 0 : this.gap(items[index - 1]!, item);
      this.put(item, y);
      y += this.itemHeight(item);
    });
    return y;
  }

  /** @param side -1 to follow the column before, 1 the one after, 0 both */
  private follow(items: readonly ColumnItem[], side: number): void {
    const wishes = items.map((item, index) => ({
      height: this.itemHeight(item),
      gap: index === 0 ? 0 : this.gap(items[index - 1]!, item),
      top: this.wishedTop(item, side),
    }));
    placed(wishes).forEach((y, index) => this.put(items[index]!, y));
  }

  private wishedTop(item: ColumnItem, side: number): number {
    const top = this.itemTop(item);
    const wishes = item.vertices.flatMap((vertex) => {
      const within = this.centreOf(vertex) - top;
      const related = (this.adjacent.get(vertex.id) ?? []).filter(
        (other) => side === 0 || Math.sign(other.column - vertex.column) === side,
      );
      return related.map((other) => this.centreOf(other) - within);
    });
    return wishes.length === 0 ? top : wishes.reduce((sum, wish) => sum + wish, 0) / wishes.length;
  }

  private put({ group, vertices }: ColumnItem, top: number): void {
    let y = top + (group === undefined ? 0 : GROUP_HEADER);
    for (const vertex of vertices) {
      this.tops.set(vertex.id, y);
      y += this.heightOf(vertex) + GROUP_PADDING;
    }
  }

  itemTop({ group, vertices }: ColumnItem): number {
    return (this.tops.get(vertices[0]?.id ?? '') ?? 0) - (group === undefined ? 0 : GROUP_HEADER);
  }

  itemHeight({ group, vertices }: ColumnItem): number {
    const content = vertices.reduce((sum, vertex) => sum + this.heightOf(vertex), 0);
    const between = Math.max(0, vertices.length - 1) * GROUP_PADDING;
    return content + between + (group === undefined ? 0 : GROUP_HEADER + GROUP_PADDING);
  }

  private gap(above: ColumnItem, below: ColumnItem): number {
    const kinds = [above, below].map(({ group, vertices }) =>
      group !== undefined ? 'group' : vertices[0]?.node === undefined ? 'passage' : 'node',
    );
    return kinds.every((kind) => kind === 'passage') ? GAPS.passage : kinds.includes('group') ? GAPS.group : GAPS.node;
  }

  private meet(vertex: Vertex, other: Vertex): void {
    const known = this.adjacent.get(vertex.id);
    if (known === undefined) {
      this.adjacent.set(vertex.id, [other]);
    } else {
      known.push(other);
    }
  }
}

import { ColumnPlaces } from './column-places';
import { EdgePorts } from './edge-ports';
import { ColumnItem, layeredGraph, RoutedEdge, untangle, Vertex } from './layered-graph';
import {
  BOLD,
  GROUP_PADDING,
  LABEL_SIZE,
  labelEnd,
  MeasuredColumn,
  measuredColumns,
  MOST_LABEL,
  PADDING,
  TEXT_SIZE,
  TITLE_SIZE,
} from './svg-measures';
import { fitted } from './svg-text';
import { Topology, TopologyGroup, TopologyLayer, TopologyNode } from './topology';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Box {
  readonly node: TopologyNode;
  readonly title: string;
  readonly lines: readonly string[];
}

export interface PlacedGroup extends Box {
  readonly group: TopologyGroup;
  readonly title: string;
}

export interface PlacedEdge {
  readonly routed: RoutedEdge;
  /** SVG path data. */
  readonly path: string;
  readonly label?: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end'; readonly text: string };
}

export interface DiagramLayout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly { readonly layer: TopologyLayer; readonly x: number; readonly width: number }[];
  readonly nodes: readonly PlacedNode[];
  readonly groups: readonly PlacedGroup[];
  readonly edges: readonly PlacedEdge[];
}

/** Places for everything: columns by layer, groups kept together, edges only between columns and through free passages. */
export function layoutOf(topology: Topology): DiagramLayout {
  const graph = layeredGraph(topology);
  untangle(graph);
  const columns = measuredColumns(graph);
  const ports = new EdgePorts(graph.edges);
  const drawing = new Drawing(columns, ports, new ColumnPlaces(graph, ports));
  const nodes = graph.columns.flatMap((items) =>
    items.flatMap(({ vertices }) => vertices.flatMap((vertex) => drawing.node(vertex) ?? [])),
  );
  const groups = graph.columns.flatMap((items, column) => items.flatMap((item) => drawing.group(item, column) ?? []));
  const last = columns.at(-1);
  return {
    width: last === undefined ? 0 : last.x + last.width,
    height: [...nodes, ...groups].reduce((most, { y, height }) => Math.max(most, y + height), 0),
    columns: graph.layers.map((layer, index) => ({ layer, x: columns[index]!.x, width: columns[index]!.width })),
    nodes,
    groups,
    edges: graph.edges.map((routed) => drawing.edge(routed)),
  };
}

class Drawing {
  constructor(
    private readonly columns: readonly MeasuredColumn[],
    private readonly ports: EdgePorts,
    private readonly places: ColumnPlaces,
  ) {}

  node(vertex: Vertex): PlacedNode | undefined {
    const { node, column } = vertex;
    const { boxX: x, boxWidth: width } = this.columns[column]!;
    const room = width - 2 * PADDING;
    return (
      node && {
        node,
        x,
        y: this.places.topOf(vertex),
        width,
        height: this.places.heightOf(vertex),
        title: fitted(node.title, room / (TITLE_SIZE * BOLD)),
        lines: node.details.map((line) => fitted(line, room / TEXT_SIZE)),
      }
    );
  }

  group(item: ColumnItem, column: number): PlacedGroup | undefined {
    const { x, width } = this.columns[column]!;
    const { group } = item;
    return (
      group && {
        group,
        title: fitted(group.title, (width - 2 * GROUP_PADDING) / (TEXT_SIZE * BOLD)),
        x,
        y: this.places.itemTop(item),
        width,
        height: this.places.itemHeight(item),
      }
    );
  }

  edge(routed: RoutedEdge): PlacedEdge {
    const { path, edge } = routed;
    const [first, last] = [path[0]!, path.at(-1)!];
    const [start, end] = [this.columns[first.column]!, this.columns[last.column]!];
    const [startY, endY] = [this.portY(routed, 'from'), this.portY(routed, 'to')];
    const commands = [`M${round(start.boxX + start.boxWidth)} ${round(startY)}`];
    let y = startY;
    for (const vertex of path.slice(1)) {
      const nextY = vertex === last ? endY : this.places.centreOf(vertex);
      const here = this.columns[vertex.column]!;
      commands.push(this.throughGutter(vertex.column - 1, y, nextY));
      commands.push(`H${round(vertex === last ? end.boxX - 1 : here.x + here.width)}`);
      y = nextY;
    }
    const label =
      labelEnd(routed) === 'from'
        ? { x: round(start.x + start.width + 5), y: round(startY - 4), anchor: 'start' as const }
        : { x: round(end.x - 12), y: round(endY - 4), anchor: 'end' as const };
    return {
      routed,
      path: commands.join(''),
      ...(edge.label !== undefined && { label: { ...label, text: fitted(edge.label, MOST_LABEL / LABEL_SIZE) } }),
    };
  }

  /** Straight beside the labels, bent between them. */
  private throughGutter(column: number, from: number, to: number): string {
    const { x, width, labelsAfter, labelsBeforeNext } = this.columns[column]!;
    const left = x + width + labelsAfter;
    const right = this.columns[column + 1]!.x - labelsBeforeNext;
    const middle = round((left + right) / 2);
    return Math.abs(to - from) < 0.05
      ? ''
      : `H${round(left)}C${middle} ${round(from)} ${middle} ${round(to)} ${round(right)} ${round(to)}`;
  }

  private portY(routed: RoutedEdge, end: 'from' | 'to'): number {
    const vertex = end === 'from' ? routed.path[0]! : routed.path.at(-1)!;
    const share = this.ports.share(routed, end, (other) => this.places.centreOf(other));
    return this.places.topOf(vertex) + this.places.heightOf(vertex) * share;
  }
}

/** Two decimals are finer than any screen, and the same on every machine. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

import { Topology, TOPOLOGY_LAYERS, TopologyEdge, TopologyGroup, TopologyNode } from './topology';

/** A node, or a place in a column that an edge passes through on its way to a later one. */
export interface Vertex {
  readonly id: string;
  readonly column: number;
  /** Left out for a place that an edge passes through. */
  readonly node?: TopologyNode;
}

/** What is kept together in a column: a group with its nodes, or one vertex. */
export interface ColumnItem {
  readonly group?: TopologyGroup;
  vertices: Vertex[];
}

/** An edge with the vertices that it passes, its ends included; each lies one column after the one before. */
export interface RoutedEdge {
  readonly edge: TopologyEdge;
  readonly path: readonly Vertex[];
}

export interface LayeredGraph {
  /** Layers that have nodes, in order. */
  readonly layers: readonly (typeof TOPOLOGY_LAYERS)[number][];
  readonly columns: ColumnItem[][];
  readonly edges: readonly RoutedEdge[];
}

/** The topology in columns. Edges lead from left to right; one that does not is left out, and none does. */
export function layeredGraph(topology: Topology): LayeredGraph {
  const layers = TOPOLOGY_LAYERS.filter((layer) => topology.nodes.some((node) => node.layer === layer));
  const vertices = new Map(
    topology.nodes.map((node): [string, Vertex] => [
      node.id,
      { id: node.id, column: layers.indexOf(node.layer), node },
    ]),
  );
  const columns = layers.map((layer, column) => [
    ...topology.groups
      .filter((group) => group.layer === layer)
      .map((group): ColumnItem => ({ group, vertices: of(vertices, ({ node }) => node?.group === group.id) })),
    ...of(vertices, (vertex) => vertex.column === column && vertex.node?.group === undefined).map(
      (vertex): ColumnItem => ({ vertices: [vertex] }),
    ),
  ]);
  const edges = topology.edges.flatMap((edge): RoutedEdge[] => {
    const [from, to] = [vertices.get(edge.from), vertices.get(edge.to)];
    if (from === undefined || to === undefined || from.column >= to.column) {
      return [];
    }
    const passed = Array.from({ length: to.column - from.column - 1 }, (_, index): Vertex => {
      const column = from.column + index + 1;
      return { id: `${edge.from} ${edge.to} ${column}`, column };
    });
    passed.forEach((vertex) => columns[vertex.column]!.push({ vertices: [vertex] }));
    return [{ edge, path: [from, ...passed, to] }];
  });
  return { layers, columns, edges };
}

function of(vertices: ReadonlyMap<string, Vertex>, isMeant: (vertex: Vertex) => boolean): Vertex[] {
  return [...vertices.values()].filter(isMeant);
}

const SWEEPS = 6;

/** Brings what is connected to the same height, so that few edges cross: each column follows the mean of its neighbours. */
export function untangle({ columns, edges }: LayeredGraph): void {
  const before = neighbours(edges, 1);
  const after = neighbours(edges, -1);
  const connected = new Set([...before.keys(), ...after.keys()]);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isForward = sweep % 2 === 0;
    const order = columns.map((_, index) => (isForward ? index : columns.length - 1 - index));
    for (const column of order) {
      sortColumn(columns, column, isForward ? before : after, (isForward ? -1 : 1) + column, connected);
    }
  }
}

function neighbours(edges: readonly RoutedEdge[], direction: 1 | -1): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path } of edges) {
    path.slice(1).forEach((vertex, index) => {
      const [of, other] = direction === 1 ? [vertex, path[index]!] : [path[index]!, vertex];
      found.set(of.id, [...(found.get(of.id) ?? []), other.id]);
    });
  }
  return found;
}

function sortColumn(
  columns: ColumnItem[][],
  column: number,
  related: ReadonlyMap<string, readonly string[]>,
  toward: number,
  connected: ReadonlySet<string>,
): void {
  const there = ranks(columns[toward] ?? []);
  const here = ranks(columns[column]!);
  const wish = (vertex: Vertex): number | undefined => {
    const others = (related.get(vertex.id) ?? []).flatMap((id) => there.get(id) ?? []);
    return others.length === 0 ? undefined : mean(others);
  };
  const isConnected = ({ id }: Vertex) => connected.has(id);
  for (const item of columns[column]!) {
    // What nothing leads to goes below what something does.
    item.vertices = [
      ...sorted(item.vertices.filter(isConnected), (vertex) => wish(vertex) ?? here.get(vertex.id)!),
      ...item.vertices.filter((vertex) => !isConnected(vertex)),
    ];
  }
  columns[column] = sorted(columns[column]!, ({ vertices }) => {
    const wishes = vertices.flatMap((vertex) => wish(vertex) ?? []);
    return wishes.length > 0
      ? mean(wishes)
      : vertices.some(isConnected)
        ? mean(vertices.map(({ id }) => here.get(id)!))
        : 1;
  });
}

/** Places from 0 to 1 from the top of the column. */
function ranks(items: readonly ColumnItem[]): ReadonlyMap<string, number> {
  const vertices = items.flatMap((item) => item.vertices);
  return new Map(vertices.map(({ id }, index) => [id, (index + 0.5) / vertices.length]));
}

function sorted<Value>(values: readonly Value[], wish: (value: Value) => number): Value[] {
  return values
    .map((value) => ({ value, at: wish(value) }))
    .sort((left, right) => left.at - right.at)
    .map(({ value }) => value);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

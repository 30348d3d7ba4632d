import { LayeredGraph, RoutedEdge } from './layered-graph';
import { STAGE_NAMES } from './model-stage';
import { textWidth } from './svg-text';
import { TopologyNode } from './topology';

// All lengths are pixels.
export const TITLE_SIZE = 13;
export const TEXT_SIZE = 11.5;
export const LABEL_SIZE = 11;
export const LINE_HEIGHT = 17;
export const PADDING = 12;
export const GROUP_HEADER = 26;
export const GROUP_PADDING = 12;
export const MOST_LABEL = 150;

/** How much wider semi-bold text is. */
export const BOLD = 1.06;

const NARROWEST = 110;
const WIDEST = 330;
const CURVE = 60;

/** One column: where it starts, and the room behind it for the labels of edges. */
export interface MeasuredColumn {
  readonly x: number;
  readonly width: number;
  readonly boxX: number;
  readonly boxWidth: number;
  /** Room for labels where edges start. */
  readonly labelsAfter: number;
  /** Room for labels where edges of the next column end. */
  readonly labelsBeforeNext: number;
}

export type EdgeEnd = 'from' | 'to';

/** Shares of users stand where the release is, everything else where the call starts. */
export function labelEnd({ path }: RoutedEdge): EdgeEnd {
  return path[0]!.node!.layer === 'router' ? 'to' : 'from';
}

/** Columns as wide as what stands in them, within limits. */
export function measuredColumns(graph: LayeredGraph): MeasuredColumn[] {
  let x = 0;
  return graph.columns.map((items, index) => {
    const nodes = items.flatMap(({ vertices }) => vertices.flatMap(({ node }) => node ?? []));
    const headers = items.flatMap(({ group }) => group ?? []).map(({ title }) => textWidth(title) * TEXT_SIZE * BOLD);
    const inner = items.some(({ group }) => group !== undefined) ? GROUP_PADDING : 0;
    const wanted = [...nodes.map(wantedWidth), ...headers].reduce((most, one) => Math.max(most, one), NARROWEST);
    const boxWidth = Math.ceil(Math.min(WIDEST, wanted));
    const width = boxWidth + 2 * inner;
    const [labelsAfter, labelsBeforeNext] = [labelRoom(graph, index, 'from'), labelRoom(graph, index, 'to')];
    const column = { x, width, boxX: x + inner, boxWidth, labelsAfter, labelsBeforeNext };
    x += width + labelsAfter + labelsBeforeNext + CURVE;
    return column;
  });
}

/** Height of a box that is as high as its text. */
export function textHeight({ details, stage }: TopologyNode): number {
  const lines = 1 + details.length + (stage === undefined ? 0 : 2);
  return 2 * PADDING + lines * LINE_HEIGHT - 4;
}

function labelRoom({ edges }: LayeredGraph, column: number, end: EdgeEnd): number {
  return edges
    .filter((routed) => labelEnd(routed) === end)
    .filter(({ path }) => (end === 'from' ? path[0]!.column : path.at(-1)!.column - 1) === column)
    .flatMap(({ edge }) => edge.label ?? [])
    .reduce((most, label) => Math.max(most, Math.min(MOST_LABEL, textWidth(label) * LABEL_SIZE) + 14), 0);
}

function wantedWidth({ title, details, stage }: TopologyNode): number {
  const staged = stage === undefined ? [] : [STAGE_NAMES[stage.stage], stage.remark];
  const texts = [
    textWidth(title) * TITLE_SIZE * BOLD,
    ...details.map((line) => textWidth(line) * TEXT_SIZE),
    ...staged.map((line) => textWidth(line) * BOLD * TEXT_SIZE),
  ];
  return Math.max(...texts) + 2 * PADDING;
}

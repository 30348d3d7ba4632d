import { andMore } from '../contracts/and-more';
import { counted } from '../contracts/counted';
import { STAGE_NAMES, ModelStage } from './model-stage';
import { nodeId } from './node-names';
import { layoutOf, PlacedEdge, PlacedGroup, PlacedNode, round } from './svg-layout';
import { LINE_HEIGHT, PADDING, TEXT_SIZE } from './svg-measures';
import { styleSheet } from './svg-style';
import { fitted, textWidth, xmlText } from './svg-text';
import { StagedModel, Topology, TopologyLayer } from './topology';

const MARGIN = 24;
const HEADER = 74;
const LEGEND = 44;
const LEAST_WIDTH = 560;
const MOST_DESCRIBED = 40;

const COLUMN_NAMES: Readonly<Record<TopologyLayer, string>> = {
  application: 'Application',
  router: 'Router',
  release: 'Releases',
  knowledge: 'Knowledge',
  route: 'Gateway routes',
  deployment: 'Model deployments',
};

/** The topology as a standalone SVG image, the same bytes for the same topology. */
export function svgDiagram(topology: Topology): string {
  const layout = layoutOf(topology);
  const width = Math.ceil(Math.max(LEAST_WIDTH, layout.width + 2 * MARGIN));
  const legend = legendOf(topology, width - 2 * MARGIN);
  const top = MARGIN + HEADER;
  const height = Math.ceil(top + layout.height + LEGEND / 2 + legend.height + MARGIN);
  const id = nodeId('topology', ...topology.nodes.map((node) => node.id));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="model-topology" role="img" aria-labelledby="${id}_title ${id}_description" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="${id}_title">${xmlText(headline(topology))}</title>`,
    `<desc id="${id}_description">${xmlText(description(topology))}</desc>`,
    `<style>${styleSheet()}</style>`,
    `<defs><marker id="${id}_arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="arrow" d="M0 0.5L8 4L0 7.5Z"/></marker></defs>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="headline" x="${MARGIN}" y="${MARGIN + 14}">${xmlText(fitted(headline(topology), (width - 2 * MARGIN) / 17))}</text>`,
    `<text class="remark" x="${MARGIN}" y="${MARGIN + 33}">${xmlText(subline(topology))}</text>`,
    `<g transform="translate(${MARGIN} ${top})">`,
    ...layout.columns.map(
      ({ layer, x, width: wide }) =>
        `<text class="column" x="${x + wide / 2}" y="-14" text-anchor="middle">${COLUMN_NAMES[layer]}</text>`,
    ),
    ...layout.groups.map(groupMarkup),
    ...layout.edges.map((edge) => edgeMarkup(edge, `${id}_arrow`)),
    ...layout.nodes.map(nodeMarkup),
    ...layout.edges.flatMap(labelMarkup),
    '</g>',
    `<g transform="translate(${MARGIN} ${round(top + layout.height + LEGEND / 2)})">`,
    ...legend.lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function headline({ stacks }: Topology): string {
  return stacks.length === 0 ? 'From application to models' : `From application to models: ${stacks.join(', ')}`;
}

function subline({ asOf, catalogAsOf }: Topology): string {
  return `Lifecycle stages on ${asOf}, catalogue of ${catalogAsOf}`;
}

/** For those who do not see the picture. */
function description(topology: Topology): string {
  const models = topology.nodes.filter(({ layer }) => layer === 'deployment');
  const described = models
    .slice(0, MOST_DESCRIBED)
    .map(({ title, details, stage }) => [title, ...details, ...stageLines(stage)].join(', '));
  const rest = models.length - described.length;
  const count = counted(models.length, 'model deployment');
  return `${subline(topology)}. ${[count, ...described, ...(rest > 0 ? [andMore(rest)] : [])].join('; ')}.`;
}

function groupMarkup({ x, y, width, height, title, group }: PlacedGroup): string {
  return `<g><title>${xmlText(group.title)}</title><rect class="frame" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="8"/><text class="header" x="${round(x + 12)}" y="${round(y + 17)}">${xmlText(title)}</text></g>`;
}

function nodeMarkup({ node, x, y, width, height, title, lines }: PlacedNode): string {
  const { stage, isIdle, address, details } = node;
  const painted = stage?.stage ?? 'plain';
  const staged = stageLines(stage);
  const radius = node.layer === 'application' ? Math.min(22, height / 2) : 6;
  const used = (lines.length + 1 + staged.length) * LINE_HEIGHT;
  const first = y + (height - used) / 2 + 12.5;
  const whole = [node.title, ...details, ...staged, ...(address === undefined ? [] : [address])];
  const row = (index: number) => round(first + index * LINE_HEIGHT);
  const left = round(x + PADDING);
  return [
    `<g class="${painted}${isIdle ? ' idle' : ''}"><title>${xmlText(whole.join('; '))}</title>`,
    `<rect class="box" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`,
    ...(stage === undefined
      ? []
      : [`<path class="stripe" d="M${round(x + 2.5)} ${round(y + 5)}V${round(y + height - 5)}"/>`]),
    `<text class="title" x="${left}" y="${row(0)}">${xmlText(title)}</text>`,
    ...lines.map((line, index) => `<text class="line" x="${left}" y="${row(index + 1)}">${xmlText(line)}</text>`),
    ...staged.map(
      (line, index) =>
        `<text class="${index === 0 ? 'stage' : 'line'}" x="${left}" y="${row(lines.length + 1 + index)}">${xmlText(fitted(line, (width - 2 * PADDING) / TEXT_SIZE))}</text>`,
    ),
    '</g>',
  ].join('');
}

function stageLines(stage: StagedModel | undefined): string[] {
  return stage === undefined ? [] : [STAGE_NAMES[stage.stage], stage.remark];
}

function edgeMarkup({ path, routed }: PlacedEdge, arrow: string): string {
  return `<path class="edge${routed.edge.isSecondary ? ' secondary' : ''}" d="${path}" marker-end="url(#${arrow})"/>`;
}

function labelMarkup({ label }: PlacedEdge): string[] {
  return label === undefined
    ? []
    : [`<text class="label" x="${label.x}" y="${label.y}" text-anchor="${label.anchor}">${xmlText(label.text)}</text>`];
}

interface Legend {
  readonly lines: readonly string[];
  readonly height: number;
}

/** Every stage that the diagram shows, what dashes mean, and the notes; entries flow into as many rows as they need. */
function legendOf(topology: Topology, width: number): Legend {
  const shown = (Object.keys(STAGE_NAMES) as ModelStage[]).filter((stage) =>
    topology.nodes.some((node) => node.stage?.stage === stage),
  );
  const entries = shown.map((stage) => ({
    text: STAGE_NAMES[stage],
    mark: (x: number, y: number) =>
      `<g class="${stage}"><rect class="box" x="${x}" y="${y - 10}" width="20" height="13" rx="3"/></g>`,
  }));
  if (topology.edges.some(({ isSecondary }) => isSecondary)) {
    entries.push({
      text: 'only on failure or on request',
      mark: (x: number, y: number) => `<path class="edge secondary" d="M${x} ${y - 4}H${x + 22}"/>`,
    });
  }
  const lines: string[] = [];
  let [x, y] = [0, 14];
  for (const { text, mark } of entries) {
    const wide = 28 + textWidth(text) * TEXT_SIZE + 22;
    if (x > 0 && x + wide > width) {
      [x, y] = [0, y + 22];
    }
    lines.push(mark(round(x), y), `<text class="remark" x="${round(x + 28)}" y="${y}">${xmlText(text)}</text>`);
    x += wide;
  }
  for (const note of topology.notes) {
    y += 20;
    lines.push(`<text class="remark" x="0" y="${y}">${xmlText(fitted(note, width / TEXT_SIZE))}</text>`);
  }
  return { lines, height: y };
}

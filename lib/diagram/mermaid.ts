import { mermaidLabel } from '../contracts/mermaid-text';
import { ModelStage, STAGE_NAMES } from './model-stage';
import { LIGHT, Painted } from './palette';
import { Topology, TOPOLOGY_LAYERS, TopologyEdge, TopologyNode } from './topology';

/** Mermaid's own limits, which GitHub and others keep: https://mermaid.js.org/config/schema-docs/config.html */
const MOST_EDGES = 500;
const LONGEST_TEXT = 50_000;

/** The topology as a Mermaid flowchart, ending with a line break. */
export function mermaidDiagram(topology: Topology): string {
  const lines = [
    'flowchart LR',
    '  accTitle: Application to models',
    `  accDescr: Calls of applications on their way to model deployments, with lifecycle stages on ${topology.asOf}`,
    ...nodeLines(topology),
    ...topology.notes.map((note, index) => `  note_${index}[${mermaidLabel([note])}]`),
    ...legendLines(topology),
    ...topology.edges.map(edgeLine),
    ...classLines(topology),
  ];
  const text = `${lines.join('\n')}\n`;
  const warnings = warningsOf(topology.edges.length, text.length);
  return warnings.map((warning) => `%% ${warning}\n`).join('') + text;
}

function nodeLines({ nodes, groups }: Topology): string[] {
  return TOPOLOGY_LAYERS.flatMap((layer) => [
    ...nodes.filter((node) => node.layer === layer && node.group === undefined).map((node) => `  ${nodeLine(node)}`),
    ...groups
      .filter((group) => group.layer === layer)
      .flatMap((group) => [
        `  subgraph ${group.id}[${mermaidLabel([group.title])}]`,
        ...nodes.filter((node) => node.group === group.id).map((node) => `    ${nodeLine(node)}`),
        '  end',
      ]),
  ]);
}

function nodeLine({ id, layer, title, details, stage }: TopologyNode): string {
  const label = mermaidLabel([
    title,
    ...details,
    ...(stage === undefined ? [] : [`${STAGE_NAMES[stage.stage]}, ${stage.remark}`]),
  ]);
  switch (layer) {
    case 'application':
      return `${id}([${label}])`;
    case 'router':
      return `${id}{{${label}}}`;
    case 'knowledge':
      return `${id}[(${label})]`;
    default:
      return `${id}[${label}]`;
  }
}

function edgeLine({ from, to, label, isSecondary }: TopologyEdge): string {
  const arrow = isSecondary ? '-.->' : '-->';
  return `  ${from} ${arrow}${label === undefined ? '' : `|${mermaidLabel([label])}|`} ${to}`;
}

/** Only stages that the diagram shows, so that small diagrams stay small. */
function legendLines(topology: Topology): string[] {
  const stages = stagesIn(topology);
  return stages.length === 0
    ? []
    : [
        `  subgraph legend[${mermaidLabel([`Stages on ${topology.asOf}, catalogue of ${topology.catalogAsOf}`])}]`,
        ...stages.map((stage) => `    legend_${className(stage)}[${mermaidLabel([STAGE_NAMES[stage]])}]`),
        '  end',
      ];
}

function classLines(topology: Topology): string[] {
  const { nodes } = topology;
  const stages = stagesIn(topology);
  const idle = [
    ...nodes.filter(({ isIdle }) => isIdle).map(({ id }) => id),
    ...topology.notes.map((_note, index) => `note_${index}`),
  ];
  return [
    ...stages.flatMap((stage) => {
      const members = nodes.filter((node) => node.stage?.stage === stage).map(({ id }) => id);
      return [
        classDefinition(className(stage), stage, stage === 'unknown' ? ',stroke-dasharray:4 3' : ''),
        `  class ${[`legend_${className(stage)}`, ...members].join(',')} ${className(stage)}`,
      ];
    }),
    ...(idle.length === 0
      ? []
      : [classDefinition('idle', 'plain', ',stroke-dasharray:4 3'), `  class ${idle.join(',')} idle`]),
  ];
}

function classDefinition(name: string, painted: Painted, more: string): string {
  const { fill, line, text } = LIGHT[painted];
  return `  classDef ${name} fill:${fill},stroke:${line},color:${text}${more}`;
}

function stagesIn({ nodes }: Topology): ModelStage[] {
  const used = new Set(nodes.flatMap(({ stage }) => stage?.stage ?? []));
  return (Object.keys(STAGE_NAMES) as ModelStage[]).filter((stage) => used.has(stage));
}

/** A hyphen in the name of a class ends it for some versions of Mermaid. */
function className(stage: ModelStage): string {
  return `stage_${stage.replaceAll('-', '_')}`;
}

function warningsOf(edges: number, length: number): string[] {
  const remedy = 'raise it where Mermaid is set up, draw fewer stacks, or take the SVG';
  return [
    ...(edges > MOST_EDGES ? [`${edges} edges: Mermaid draws ${MOST_EDGES} unless maxEdges says more; ${remedy}`] : []),
    ...(length > LONGEST_TEXT
      ? [`${length} characters: Mermaid reads ${LONGEST_TEXT} unless maxTextSize says more; ${remedy}`]
      : []),
  ];
}

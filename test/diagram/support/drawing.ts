import { ModelCatalog } from '../../../lib/catalog';
import { topologyOf } from '../../../lib/diagram/build-topology';
import { declaredNames } from '../../../lib/diagram/declared-names';
import { Topology, TopologyNode } from '../../../lib/diagram/topology';
import { readStackConfiguration } from '../../../lib/facts/stack-configuration';

export const AS_OF = '2026-11-21';

const catalog = ModelCatalog.bundled();

export function topology(...configurations: readonly unknown[]): Topology {
  return topologyOf({
    catalog,
    asOf: AS_OF,
    stacks: configurations.map((configuration, index) => ({
      facts: readStackConfiguration(configuration, { literals: () => false }),
      names: declaredNames(configuration),
      file: `stack-${index}`,
    })),
  });
}

/** Nodes of a layer as text: title, details, stage. */
export function texts({ nodes }: Topology, layer: TopologyNode['layer']): string[] {
  return nodes
    .filter((node) => node.layer === layer)
    .map(({ title, details, stage }) =>
      [title, ...details, ...(stage === undefined ? [] : [`${stage.stage}: ${stage.remark}`])].join(' | '),
    );
}

/** Edges as text, `from -> to`, by titles; dashed ones `..>`. */
export function connections({ nodes, edges }: Topology): string[] {
  const titles = new Map(
    nodes.map(({ id, title, details }) => [id, `${title}${details[0] ? ` (${details[0]})` : ''}`]),
  );
  return edges.map(
    ({ from, to, label, isSecondary }) =>
      `${titles.get(from)} ${isSecondary ? '..>' : '-->'} ${titles.get(to)}${label === undefined ? '' : ` [${label}]`}`,
  );
}

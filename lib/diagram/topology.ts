import { CalendarDate } from '../contracts/calendar-date';
import { ModelStage } from './model-stage';

/** Layers in the order in which a call passes through them. */
export const TOPOLOGY_LAYERS = ['application', 'router', 'release', 'knowledge', 'route', 'deployment'] as const;

export type TopologyLayer = (typeof TOPOLOGY_LAYERS)[number];

/** What an application's calls pass through on their way to models, as the synthesised stacks say. */
export interface Topology {
  /** Day on which the stages are true. */
  readonly asOf: CalendarDate;
  /** Day of the knowledge that the stages come from. */
  readonly catalogAsOf: CalendarDate;
  /** Names of the stacks, as far as they have one. */
  readonly stacks: readonly string[];
  readonly groups: readonly TopologyGroup[];
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** What the diagram does not show, as sentences. */
  readonly notes: readonly string[];
}

/** Nodes of one layer that belong together: the routes of a gateway, the deployments of an account. */
export interface TopologyGroup {
  readonly id: string;
  readonly layer: TopologyLayer;
  readonly title: string;
}

export interface TopologyNode {
  /** Letters, digits and underscores; the same as long as the resource keeps its address. */
  readonly id: string;
  readonly layer: TopologyLayer;
  /** Id of its group. @default - it stands alone */
  readonly group?: string;
  readonly title: string;
  readonly details: readonly string[];
  /** Where its model stands. @default - it is no model */
  readonly stage?: StagedModel;
  /** Terraform address, where a resource of the stacks declares it. */
  readonly address?: string;
  /** True for what takes no calls: a retired route, a release without traffic. @default false */
  readonly isIdle?: boolean;
}

/** The stage of a model on the day, and in words what is known of its end, or why nothing is. */
export interface StagedModel {
  readonly stage: ModelStage;
  readonly remark: string;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  /** Share of the calls, or place in the order of failover. */
  readonly label?: string;
  /** True for calls that are made only when others fail, or only by those who ask for it. @default false */
  readonly isSecondary?: boolean;
}

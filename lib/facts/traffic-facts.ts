import { KillSwitchPosition } from '../contracts/kill-switch';
import { ReleaseStageWord } from '../contracts/traffic-row';
import { Attribute } from './attribute';
import { ResourceOrigin } from './facts';
import { UnreadPart } from './unread-parts';

/** What a configuration says about users and requests that are split between releases or revisions. */
export interface TrafficFacts {
  readonly routers: readonly RouterFact[];
  readonly revisions: readonly RevisionSplitFact[];
  /** Addresses of policies and apps of which nothing tells whether they are routers. @default - there are none */
  readonly mayRoute?: readonly string[];
  /** Policies and fragments that nobody can read, in an API Management that leads to models or releases. @default - there are none */
  readonly hidden?: readonly HiddenPolicy[];
}

/** A policy, or a part of one, that may be a router for all that can be read. */
export interface HiddenPolicy {
  readonly origin: ResourceOrigin;
  readonly path: string;
}

/** A router that splits users between releases. */
export interface RouterFact {
  readonly origin: ResourceOrigin;
  /** Attribute that holds the rows, for instance `xml_content`. */
  readonly path: string;
  readonly kind: 'api-management' | 'nginx';
  /** As they are written; while the kill switch is on, everybody is on stable instead. */
  readonly rows: readonly RoutedRow[];
  /** What is hashed together with a user's id: another one deals users anew. @default - absent */
  readonly salt?: Attribute;
  /** @default - nothing in the stack tells that there is one */
  readonly killSwitch?: KillSwitchFact;
  /** Why the rows cannot be read, as a sentence about the router; there are none then. */
  readonly unread?: string;
  /** Whether that is for Terraform alone to know, and not a mistake. */
  readonly isUncertain?: boolean;
  /** Named values that the rows are taken from and that cannot be read. @default - there are none */
  readonly rowsFrom?: readonly ResourceOrigin[];
  /** Named values that the salt is taken from and that cannot be read. @default - there are none */
  readonly saltFrom?: readonly ResourceOrigin[];
  /** What it consists of besides all that. @default - it cannot be taken apart */
  readonly unreadParts?: readonly UnreadPart[];
}

/** What sends all users of a router to its stable release. */
export interface KillSwitchFact {
  readonly position: KillSwitchPosition | 'unknown';
  /** Where the position is declared: a named value, or the router itself. */
  readonly origin: ResourceOrigin;
  readonly path: string;
}

/** What a router does with one release. */
export interface RoutedRow {
  readonly label: string;
  /** Absent where nothing says it. */
  readonly stage?: ReleaseStageWord;
  readonly from: number;
  readonly to: number;
  /** Where the release's calls go: known, known not to be anywhere, or not readable. */
  readonly target: 'declared' | 'missing' | 'unknown';
  /** Address of the container app that they go to, where the stack declares it. */
  readonly app?: string;
  /** Where they go instead, if neither an app of the stack is there nor a host that is named by the label. */
  readonly elsewhere?: string;
}

/** `ingress.traffic_weight` of a container app. */
export interface RevisionSplitFact {
  readonly origin: ResourceOrigin;
  readonly path: string;
  readonly revisionMode: Attribute;
  /** Suffix of the revision that the template declares. */
  readonly revisionSuffix: Attribute;
  readonly weights: readonly RevisionWeight[];
  /** True where more weights may be made by an expression. */
  readonly hasUnreadWeights: boolean;
}

export interface RevisionWeight {
  readonly path: string;
  readonly percentage: Attribute<number>;
  readonly latestRevision: Attribute;
  /** Suffix or name of the revision. */
  readonly revision: Attribute;
  readonly label: Attribute;
}

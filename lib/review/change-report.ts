import { BreadthNeed, UpdateBreadths, UpdateScope } from '../catalog/breadths';
import { LifecycleStage } from '../catalog/lifecycle';
import { UpdateDirection } from '../catalog/update-direction';
import { CalendarDate } from '../contracts/calendar-date';
import { DeploymentOutcome } from '../facts/plan-facts';

/** What plans change about models, for a reviewer: everything in it is text that somebody wrote, and not escaped for any format. */
export interface ChangeReport {
  readonly inputs: readonly ReviewedInput[];
  /** Deployments that are not just kept, the ones whose model changes first. */
  readonly deployments: readonly DeploymentReview[];
  /** Releases that appear, disappear or take the place of another. */
  readonly releases: readonly ReleaseReview[];
  /** Routers, gateway routes and revision splits whose shares or targets change, or that lead to what ends. */
  readonly traffic: readonly TrafficReview[];
  /** What retires next among everything that the plans leave behind, soonest first; what is retired already included. */
  readonly upcoming: readonly UpcomingRetirement[];
}

/** One plan, one pair of synthesised stacks, or one stack alone. */
export interface ReviewedInput {
  /** `comparison`: two syntheses of one stack, without a plan; `stack`: what stands, with nothing to compare it with. */
  readonly kind: 'plan' | 'comparison' | 'stack';
  /** File, `-` for standard input. */
  readonly input: string;
  readonly stack?: string;
  readonly terraformVersion?: string;
  readonly resourceCount?: number;
  readonly isComplete: boolean;
  readonly isErrored: boolean;
  /** Deployments by what becomes of them. */
  readonly outcomes: Readonly<Partial<Record<DeploymentOutcome, number>>>;
}

/** A model version on a SKU, and where it stands on the day of the review. */
export interface ReviewedModel {
  readonly format?: string;
  readonly name?: string;
  readonly version?: string;
  readonly sku?: string;
  readonly capacity?: number;
  /** Absent where the catalogue does not know the model, or what stands there cannot be read. */
  readonly stage?: LifecycleStage;
  readonly retirementDate?: CalendarDate;
  readonly retirementIsEarliest?: boolean;
  readonly daysLeft?: number;
  /** Attributes that are known only after the apply, for instance `version`. */
  readonly unread: readonly string[];
}

/** What an update amounts to and what has to change along with it. */
export interface UpdateReview {
  readonly scope: UpdateScope;
  readonly direction: UpdateDirection;
  /** Why it is this scope. */
  readonly reason: string;
  /** `required`: the old version is retired or retires within the warning days; nobody asked for the change otherwise. */
  readonly driver: 'required' | 'voluntary';
  readonly driverReason: string;
  readonly breadths: readonly BreadthReview[];
}

/** One of the article's five breadths, with what the same plan shows of it. */
export interface BreadthReview {
  readonly breadth: keyof UpdateBreadths;
  readonly need: BreadthNeed;
  /** `not-visible`: nothing in the plan tells, for instance because no release in it binds the model. */
  readonly evidence: 'changed' | 'unchanged' | 'not-visible';
  /** What was seen, for instance `prompt 'system' has another text`. */
  readonly detail: string;
}

export interface DeploymentReview {
  readonly input: string;
  readonly address: string;
  readonly previousAddress?: string;
  readonly constructPath?: string;
  /** Resource id, or the address that leads to it. */
  readonly account?: string;
  readonly deployment?: string;
  readonly outcome: DeploymentOutcome | 'superseded';
  /** Where it is destroyed: why, in Terraform's words, for instance `replace_because_cannot_update`. */
  readonly actionReason?: string;
  /** Attributes whose change makes Terraform destroy it, for instance `model.name`. */
  readonly replacePaths?: readonly string[];
  readonly from?: ReviewedModel;
  readonly to?: ReviewedModel;
  /** For `superseded`: the deployment that the plan creates in place of this one, which it destroys. */
  readonly successor?: { readonly address: string; readonly deployment?: string };
  /** For `created`: the deployment in whose place it comes, or beside which it is to take over. */
  readonly predecessor?: PredecessorReview;
  /**
   * Set where another model, version or SKU takes the place of the old one: of `from`; for a created deployment, of its
   * `predecessor`. A deployment that is `superseded` has none, as its successor does.
   */
  readonly update?: UpdateReview;
  /** What a reviewer should know, for instance that calls fail between destruction and creation; full sentences without a full stop. */
  readonly remarks: readonly string[];
}

export interface PredecessorReview {
  readonly address: string;
  readonly deployment?: string;
  readonly model: ReviewedModel;
  /** Whether it stays beside the new one for now. */
  readonly isKept: boolean;
}

export interface ReleaseReview {
  readonly input: string;
  /** Address of the container app. */
  readonly address: string;
  readonly constructPath?: string;
  readonly label: string;
  readonly releaseId?: string;
  readonly outcome: 'added' | 'removed' | 'edited';
  /** The release whose place an added one takes: the stable one before the plan. */
  readonly predecessor?: string;
  /** One entry for each role whose model differs from the predecessor's; all roles where there is none. */
  readonly models: readonly RoleReview[];
  /** What else differs from the predecessor, for instance `image`, `prompt 'system'`, `orchestration (2.3.0 to 2.4.0)`. */
  readonly differences: readonly string[];
  /** What it names as evidence of its evaluation; absent for one that is removed. */
  readonly evaluation?: EvaluationReview;
}

/** What a release names as evidence that it was evaluated. The evidence itself is not opened. */
export interface EvaluationReview {
  /**
   * - `named`: it names evidence;
   * - `none`: it names none;
   * - `of-another-release`: the evidence is the same that a release before it names, which is another one;
   * - `unknown`: the plan does not tell.
   */
  readonly evidence: 'named' | 'none' | 'of-another-release' | 'unknown';
  /** Set where the release stood before and named evidence then and not now, or the other way round, or one of them is unknown. */
  readonly evidenceBefore?: 'named' | 'none' | 'unknown';
  /** The evidence as it is named: an address, a digest or any other text. */
  readonly reference?: string;
  /** For `of-another-release`: label of the release that named it first. */
  readonly owner?: string;
}

export interface RoleReview {
  readonly role: string;
  readonly from?: ReviewedModel;
  readonly to?: ReviewedModel;
  readonly update?: UpdateReview;
}

export interface TrafficReview {
  readonly input: string;
  readonly kind: 'router' | 'route' | 'revisions';
  readonly address: string;
  /** Route key, or name of what splits the traffic. */
  readonly name: string;
  readonly rows: readonly TrafficRowReview[];
  /** Share of traffic, 0 to 1, that goes elsewhere than before; 0 for what is new, and where `unread` is set. */
  readonly moved: number;
  /** Shares of the traffic after the plan, 0 to 1. */
  readonly landing: {
    /** On a release or deployment that this plan creates or changes. */
    readonly changed: number;
    /** On models that retire within the warning days or have retired. */
    readonly retiring: number;
    /** On releases that name no evidence of their evaluation, or that of another release. */
    readonly unevaluated: number;
    /** Where the plan does not tell whether evidence is named; no part of `unevaluated`. */
    readonly evaluationUnknown: number;
  };
  /** Set where the salt changes, so that all users are dealt anew to the releases: `moved` is what is to be expected then. */
  readonly isDealtAnew?: true;
  /** Set where a router's kill switch is on, before or after: the shares are those of users, and not of its rows. */
  readonly killSwitch?: KillSwitchReview;
  /** Why shares before or after cannot be read, as a sentence. */
  readonly unread?: string;
}

/** What sends all users of a router to its stable release; a position is absent where it cannot be read. */
export interface KillSwitchReview {
  readonly before?: 'on' | 'off';
  readonly after?: 'on' | 'off';
  /**
   * Share of users, 0 to 1, to whom rows and salt give another release after the plan than before it, whatever the switch
   * does; absent where there are none, or where it is not known.
   */
  readonly hidden?: number;
  /** Share of users, 0 to 1, that leave the stable release once the switch is off; set where rows or salt change behind it. */
  readonly leaving?: number;
  /** Set where the salt changes behind the switch: all users are dealt anew, or may be, where a salt cannot be read. */
  readonly dealing?: 'anew' | 'unknown';
}

export interface TrafficRowReview {
  /** Label of the release, name of the deployment or revision. */
  readonly target: string;
  /** Stage of a release, or `failover 1` for a target of a route that is tried later. */
  readonly stageBefore?: string;
  readonly stageAfter?: string;
  /** Model versions that it leads to, `name@version`. */
  readonly models: readonly string[];
  /** Share 0 to 1; absent where the row is not there. */
  readonly before?: number;
  readonly after?: number;
  readonly marks: readonly ('new' | 'changed' | 'destroyed' | 'retired' | 'retiring')[];
  /**
   * Of the release that the traffic reaches after the plan, for a route of the releases that call it. Absent where none is
   * reached: the row ends, is answered with 410, or leads to an app that runs no release.
   */
  readonly evaluation?: EvaluationReview;
}

export interface UpcomingRetirement {
  readonly model: ReviewedModel;
  /** What to deploy instead, as findings say it: a phrase; absent where the catalogue names nothing that is not retired itself. */
  readonly replacement?: string;
  /** Addresses that use it. */
  readonly usedBy: readonly string[];
}

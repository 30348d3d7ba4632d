import type { InferenceReach } from '../contracts/inference-roles';
import type { Attribute } from './attribute';
import type { ResourceChange } from './plan-document';

/** Who may call models before and after a plan, as far as role assignments and identities in it tell. */
export interface AccessFacts {
  readonly assignments: readonly RoleAssignmentChange[];
  readonly holders: readonly IdentityHolder[];
}

/** What becomes of a role assignment. */
export interface RoleAssignmentChange extends Pick<ResourceChange, 'address' | 'type' | 'action' | 'replaceOrder'> {
  /** Absent where it did not exist. */
  readonly before?: RoleAssignmentFact;
  /** Absent where it is destroyed or let go of. */
  readonly after?: RoleAssignmentFact;
}

/** A role assignment on one side of a plan. */
export interface RoleAssignmentFact {
  /** Resource id that it holds for, with all that is in it. */
  readonly scope: Attribute;
  readonly principal: Attribute;
  /** Whether the principal is said to be a person, and no application. */
  readonly isPerson: boolean;
  /** What the role lets its holder call. */
  readonly reach: InferenceReach | 'unknown';
  /** What must be so for it to hold; absent where it always does. */
  readonly condition?: Attribute;
  /** True where there may be no such assignment. */
  readonly mayNotExist: boolean;
}

/** Something that has an identity of its own, or that acts by identities which are given to it. */
export interface IdentityHolder {
  /** Address before the plan, which the facts of what stands before it use. */
  readonly address: string;
  readonly type: string;
  /** Absent where it did not exist. */
  readonly before?: HeldIdentities;
  /** Absent where it is destroyed; what Terraform lets go of keeps what it has. */
  readonly after?: HeldIdentities;
}

/** Ids are in lower case. */
export interface HeldIdentities {
  /** Of an identity that is a resource of its own: its resource id. */
  readonly id?: string;
  /** Object ids of the identities that are the holder's own. */
  readonly principals: readonly string[];
  /** Resource ids of the identities that are given to it. */
  readonly assigned: readonly string[];
  /** True where a part cannot be read, so that it may hold what it held before. */
  readonly hasUnread: boolean;
}

import { JsonObject } from './json';
import { Step } from './scope';

/** A Terraform or OpenTofu plan as `show -json` writes it, as far as it can say something of models. */
export interface PlanDocument {
  readonly formatVersion: string;
  readonly terraformVersion?: string;
  /** When the plan was made, RFC 3339; Terraform writes it from version 1.5 on. */
  readonly timestamp?: string;
  /** False where the plan leaves something to a later run: `-target`, deferred changes. */
  readonly isComplete: boolean;
  /** True where planning failed; what is listed is what had been planned until then. */
  readonly isErrored: boolean;
  /** Entries of `resource_changes`, those included that were passed over. */
  readonly resourceCount: number;
  readonly changes: readonly ResourceChange[];
  /** What the refresh found changed outside of Terraform. */
  readonly drift: readonly ResourceChange[];
  /** Resources of `prior_state`; the ones that no change speaks about stay as they are. */
  readonly prior: readonly StateResource[];
  readonly configuration: ConfigurationModule;
}

/**
 * What happens to a resource. `replace` stands for `delete` and `create` in either order, `forget` removes it from the
 * state and leaves it on Azure.
 */
export type ChangeAction = 'no-op' | 'create' | 'read' | 'update' | 'replace' | 'delete' | 'forget';

/** An address and what stands beside it, as plans and states write it. */
export interface ResourceHead {
  /** For instance `module.openai["eu"].azurerm_cognitive_deployment.chat[0]`. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Key of `for_each` or `count`. */
  readonly index?: string | number;
}

/** One entry of `resource_changes`, `resource_drift` or `deferred_changes`. */
export interface ResourceChange extends ResourceHead {
  /** Address before a `moved` block. */
  readonly previousAddress?: string;
  readonly moduleAddress?: string;
  /** Set for an object that a failed replacement left behind; the address is then that of another object as well. */
  readonly deposed?: string;
  readonly action: ChangeAction;
  /** For `replace`. */
  readonly replaceOrder?: 'create-first' | 'destroy-first';
  /** Terraform's `action_reason`, for instance `replace_because_cannot_update`. */
  readonly reason?: string;
  /** Id that the resource is imported by; empty where it is not known yet. */
  readonly importId?: string;
  /** Why the change waits for a later run, where it does, for instance `instance_count_unknown`. */
  readonly deferredReason?: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly afterUnknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
  /** Attributes whose change makes Terraform replace the resource. */
  readonly replacePaths: readonly (readonly Step[])[];
}

/** A resource of a state. */
export interface StateResource extends ResourceHead {
  readonly moduleAddress?: string;
  /** Set for an object that a failed replacement left behind. */
  readonly deposed?: string;
  readonly values: unknown;
  readonly sensitiveValues: unknown;
}

/** A module of the configuration that the plan was made of: what refers to what. */
export interface ConfigurationModule {
  /** By address within the module: `type.name`, `data.type.name`. */
  readonly resources: ReadonlyMap<string, ConfigurationResource>;
  readonly calls: ReadonlyMap<string, ModuleCall>;
  /** What each output refers to, as Terraform lists it: `azurerm_cognitive_account.a.id`, `azurerm_cognitive_account.a`. */
  readonly outputs: ReadonlyMap<string, readonly string[]>;
}

export interface ConfigurationResource {
  /** Attributes and blocks, each `{ constant_value }` or `{ references }`. */
  readonly expressions: JsonObject;
  readonly forEach?: unknown;
  readonly count?: unknown;
}

export interface ModuleCall {
  readonly source?: string;
  readonly expressions: JsonObject;
  /** `for_each_expression`: what `each.value` in the expressions stands for. */
  readonly forEach?: unknown;
  readonly module: ConfigurationModule;
}

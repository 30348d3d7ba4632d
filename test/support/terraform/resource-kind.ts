import { Value, ValueObject } from './value-encoding';

/** What a resource type may ask of the subscription that it lives in. */
export interface AzureStore {
  readonly subscription: string;
  readonly tenant: string;
  /** Reads what exists, or `undefined`. */
  find(type: string, id: string): ValueObject | undefined;
  /** Everything of a type. */
  all(type: string): readonly ValueObject[];
  /** Changes attributes of what exists, without an operation of its own. */
  amend(type: string, id: string, attributes: ValueObject): void;
  /** Removes without an operation of its own. */
  forget(type: string, id: string): void;
  /** Since when (model, version, SKU) is retired, or `undefined`. */
  retiredSince(name: string, version: string, sku: string): string | undefined;
}

/** An attribute whose change makes the provider delete the resource and create another one. */
export type ReplacementTrigger = string | ConditionalReplacement;

/** A change that forces a replacement only in one direction. */
export interface ConditionalReplacement {
  readonly path: string;
  readonly when: (before: Value, after: Value) => boolean;
}

/** What happens to an operation while another one runs on the same Cognitive Services account. */
export type WhileAccountIsBusy =
  /** The provider makes it wait for its turn. */
  | 'queue'
  /** Azure refuses it, in whichever order the two began. */
  | 'RequestConflict'
  /** Azure refuses its creation; it does not make the account busy itself. */
  | 'AccountProvisioningStateInvalid';

/**
 * How the azurerm provider and Azure behind it treat one resource type. Paths are dotted and leave out the index of
 * the block: `model.name`.
 */
export interface ResourceKind {
  /** Azure resource id, with attributes in braces; `{subscription}` is the provider's. */
  readonly id: string;
  /** What cannot be changed in place (`ForceNew` in the provider's source). */
  readonly forcesReplacement: readonly ReplacementTrigger[];
  /** Values that the provider plans where the configuration has none (`Default` in the provider's source). */
  readonly providerDefaults?: Readonly<Record<string, Value>>;
  /** What the provider refuses at `validate` (its `ValidateFunc`s and the like); the configuration may hold unknowns. */
  readonly validate?: (config: ValueObject) => readonly string[];
  /** What the provider refuses at `plan` (its `CustomizeDiff`). */
  readonly refusePlan?: (planned: ValueObject, config: ValueObject) => readonly string[];
  /** Attributes whose difference does not count, by name (`DiffSuppressFunc` in the provider's source). */
  readonly suppressDifference?: Readonly<Record<string, (before: string, after: string) => boolean>>;
  /** Azure's refusals, thrown as `AzureError`. */
  readonly refuse?: (sent: ValueObject, azure: AzureStore) => void;
  /** Azure's refusals to delete, thrown as `AzureError`. */
  readonly refuseDeletion?: (existing: ValueObject, azure: AzureStore) => void;
  /** What Azure answers where the request had nothing, and what it computes. Runs at every create and update. */
  readonly azureAnswers?: (sent: ValueObject, azure: AzureStore) => ValueObject;
  /** Attribute that holds the id of the resource which this one is part of. */
  readonly parent?: string;
  /** The account that operations on this resource touch. */
  readonly account?: (attributes: ValueObject) => string | undefined;
  /** @default operations on an account do not matter */
  readonly whileAccountIsBusy?: WhileAccountIsBusy;
  /** Traces that the resource leaves on other resources, when it is written and when it is gone. */
  readonly afterWrite?: (attributes: ValueObject, azure: AzureStore) => void;
  readonly afterDelete?: (attributes: ValueObject, azure: AzureStore) => void;
}

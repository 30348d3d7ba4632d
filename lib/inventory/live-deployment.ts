/** A deployment as Azure has it. */
export interface LiveDeployment {
  /** ARM id. */
  readonly id: string;
  readonly subscriptionId: string;
  /** ARM id of the account. */
  readonly accountId: string;
  /** Name of the account. */
  readonly account: string;
  readonly name: string;
  /** Region of the account, as Azure writes it: `swedencentral`. */
  readonly location?: string;
  readonly model?: LiveModel;
  readonly sku?: LiveSku;
  /** `OnceNewDefaultVersionAvailable`, `OnceCurrentVersionExpired` or `NoAutoUpgrade`; Azure takes a missing one for the second. */
  readonly versionUpgradeOption?: string;
  /** Azure's word, for instance `Succeeded`, `Creating`, `Failed`, `Disabled`. */
  readonly provisioningState?: string;
  /** `Running` or `Paused`, where Azure says it. */
  readonly deploymentState?: string;
}

/** The model of a live deployment. */
export interface LiveModel {
  readonly format?: string;
  readonly name: string;
  readonly version?: string;
}

export interface LiveSku {
  readonly name: string;
  readonly capacity?: number;
}

/** A part of Azure that could not be read. */
export interface UnreadScope {
  /** ARM id of the account whose deployments could not be listed, or of the subscription. */
  readonly id: string;
  /** Why, in a sentence. */
  readonly reason: string;
}

/** What was read of Azure at one time. */
export interface LiveInventory {
  /** When reading began, ISO 8601 in UTC. */
  readonly readAt: string;
  readonly cloud: 'public' | 'usgovernment';
  /** Ids of the subscriptions that were read. */
  readonly subscriptions: readonly string[];
  /** Management groups that were asked for. @default - none */
  readonly managementGroups?: readonly string[];
  /** ARM ids of the accounts of Azure's AI services in these subscriptions, with and without deployments. */
  readonly accounts: readonly string[];
  readonly deployments: readonly LiveDeployment[];
  /** Accounts whose deployments are not among them, and subscriptions that are not, and why. */
  readonly unread: readonly UnreadScope[];
}

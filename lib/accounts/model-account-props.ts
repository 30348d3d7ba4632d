import { ModelAccountKind } from './model-account-kind';

/** Where an account sends its logs and metrics. */
export interface AccountDiagnostics {
  /** Resource id of the Log Analytics workspace. */
  readonly logAnalyticsWorkspaceId: string;

  /**
   * Log categories, for instance `Audit`, `RequestResponse`, `AzureOpenAIRequestUsage` and `Trace`.
   *
   * @default - all of them (category group `allLogs`)
   * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-cognitiveservices-accounts-logs
   */
  readonly logCategories?: string[];

  /**
   * Whether metrics are sent too.
   *
   * @default true
   */
  readonly metrics?: boolean;
}

/** The key in Azure Key Vault with which an account encrypts what it stores. */
export interface CustomerManagedKey {
  /** Id of the key with its version, for instance `https://vault.vault.azure.net/keys/models/<version>`. */
  readonly keyVaultKeyId: string;

  /**
   * Client id of a user-assigned identity that may use the key; its resource id has to be in `userAssignedIdentityIds`.
   *
   * @default - the account's system-assigned identity uses the key, which needs `keyVaultId`
   */
  readonly identityClientId?: string;

  /**
   * Resource id of the key vault, on which the system-assigned identity is given the role `Key Vault Crypto Service Encryption User`.
   *
   * @default - none: needed where `identityClientId` is left out
   */
  readonly keyVaultId?: string;
}

/** Properties of a `ModelAccount`. */
export interface ModelAccountProps {
  /** Name of the resource group in which the account is created. */
  readonly resourceGroupName: string;

  /** Azure region, for instance `swedencentral`. */
  readonly location: string;

  /**
   * Name of the account: 2 to 64 letters, digits and `-`, starting and ending with a letter or digit.
   *
   * In lower case it is the custom subdomain too, unless that is given, and has then to be unique in all of Azure.
   */
  readonly name: string;

  /**
   * Subdomain under which the account answers: 2 to 63 lower-case letters, digits and `-`, unique in all of Azure.
   *
   * Entra tokens and network rules need one. Changing it replaces the account.
   *
   * @default - the name in lower case
   */
  readonly customSubdomainName?: string;

  /**
   * Domain of `openAiEndpoint`, which differs between Azure's clouds: `openai.azure.us` in Azure Government.
   *
   * @default 'openai.azure.com'
   * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
   */
  readonly openAiEndpointSuffix?: string;

  /**
   * Kind of the account; changing it replaces the account.
   *
   * @default ModelAccountKind.AI_SERVICES
   */
  readonly kind?: ModelAccountKind;

  /**
   * Public IPv4 addresses (`203.0.113.7`) and blocks of /1 to /30 (`203.0.113.0/24`) that may call the account.
   *
   * @default - none; without any allow-list the public endpoint is off
   */
  readonly allowedIpRanges?: string[];

  /**
   * Resource ids of subnets that may call the account through the service endpoint `Microsoft.CognitiveServices`.
   *
   * @default - none; without any allow-list the public endpoint is off
   */
  readonly allowedSubnetIds?: string[];

  /**
   * Whether every network may reach the account; callers still need an Entra token.
   *
   * @default false
   */
  readonly allowAllNetworks?: boolean;

  /**
   * Whether trusted Azure services (https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks) pass the network rules.
   *
   * @default false
   */
  readonly allowTrustedServices?: boolean;

  /**
   * Whether callers may use the account's keys instead of Entra tokens.
   *
   * @default false
   */
  readonly localAuthEnabled?: boolean;

  /**
   * Whether the account has an identity of its own.
   *
   * @default - true unless there are user-assigned identities
   */
  readonly systemAssignedIdentity?: boolean;

  /**
   * Resource ids of user-assigned identities of the account.
   *
   * @default - none
   */
  readonly userAssignedIdentityIds?: string[];

  /**
   * Whether Foundry projects can be made in the account; turning it off replaces the account.
   *
   * @default false
   */
  readonly projectManagementEnabled?: boolean;

  /**
   * Where the account sends its logs and metrics.
   *
   * @default - nowhere
   */
  readonly diagnostics?: AccountDiagnostics;

  /**
   * Key with which the account encrypts what it stores.
   *
   * @default - a key of Microsoft's
   */
  readonly customerManagedKey?: CustomerManagedKey;

  /**
   * Tags of the account.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** What is known of an account that is referred to by its id. */
export interface ModelAccountAttributes {
  /**
   * Kind of the account.
   *
   * @default - unknown: formats of models are not checked
   */
  readonly kind?: ModelAccountKind;

  /**
   * Azure region of the account, for private endpoints.
   *
   * @default - unknown: a private endpoint needs a `location` of its own
   */
  readonly location?: string;

  /**
   * Subdomain under which the account answers: 2 to 63 lower-case letters, digits and `-`.
   *
   * @default - the account's name in lower case; where that is no subdomain, reading `openAiEndpoint` is an error
   */
  readonly customSubdomainName?: string;

  /**
   * Domain of `openAiEndpoint`, which differs between Azure's clouds: `openai.azure.us` in Azure Government.
   *
   * @default 'openai.azure.com'
   * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
   */
  readonly openAiEndpointSuffix?: string;
}

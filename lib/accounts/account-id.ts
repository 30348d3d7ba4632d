import { isDeploymentName, isExistingAccountName, isGuid, isResourceGroupName } from './resource-names';

/** The parts of a Cognitive Services account's resource id. */
export interface AccountIdParts {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly accountName: string;
}

/** The parts of a deployment's resource id. */
export interface DeploymentIdParts extends AccountIdParts {
  readonly deploymentName: string;
}

const ACCOUNT =
  '/subscriptions/(?<subscriptionId>[^/]+)/resourceGroups/(?<resourceGroupName>[^/]+)' +
  '/providers/Microsoft\\.CognitiveServices/accounts/(?<accountName>[^/]+)';

const ACCOUNT_PATTERN = new RegExp(`^${ACCOUNT}$`, 'i');
const DEPLOYMENT_PATTERN = new RegExp(`^${ACCOUNT}/deployments/(?<deploymentName>[^/]+)$`, 'i');

export function parseAccountId(text: unknown): AccountIdParts | undefined {
  const parts = partsOf<AccountIdParts>(ACCOUNT_PATTERN, text);
  return parts !== undefined && isAccount(parts) ? parts : undefined;
}

export function parseDeploymentId(text: unknown): DeploymentIdParts | undefined {
  const parts = partsOf<DeploymentIdParts>(DEPLOYMENT_PATTERN, text);
  return parts !== undefined && isAccount(parts) && isDeploymentName(parts.deploymentName) ? parts : undefined;
}

/**
 * The id as the azurerm provider writes it. Azure itself answers `resourcegroups` in places, the provider compares the
 * fixed words with regard to case, and another `cognitive_account_id` replaces a deployment.
 */
export function formatAccountId(parts: AccountIdParts): string {
  return (
    `/subscriptions/${parts.subscriptionId}/resourceGroups/${parts.resourceGroupName}` +
    `/providers/Microsoft.CognitiveServices/accounts/${parts.accountName}`
  );
}

export function formatDeploymentId(parts: DeploymentIdParts): string {
  return `${formatAccountId(parts)}/deployments/${parts.deploymentName}`;
}

function partsOf<Parts>(pattern: RegExp, text: unknown): Parts | undefined {
  return (typeof text === 'string' ? pattern.exec(text)?.groups : undefined) as Parts | undefined;
}

function isAccount({ subscriptionId, resourceGroupName, accountName }: AccountIdParts): boolean {
  return isGuid(subscriptionId) && isResourceGroupName(resourceGroupName) && isExistingAccountName(accountName);
}

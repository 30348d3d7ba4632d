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
  '/subscriptions/(?<subscriptionId>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})' +
  '/resourceGroups/(?<resourceGroupName>[^/\\s]{1,90})' +
  '/providers/Microsoft\\.CognitiveServices' +
  '/accounts/(?<accountName>[a-z0-9][a-z0-9_.-]{1,63})';

const ACCOUNT_PATTERN = new RegExp(`^${ACCOUNT}$`, 'i');
const DEPLOYMENT_PATTERN = new RegExp(`^${ACCOUNT}/deployments/(?<deploymentName>[a-z0-9][a-z0-9_.-]{1,63})$`, 'i');

export function parseAccountId(text: unknown): AccountIdParts | undefined {
  return (typeof text === 'string' ? ACCOUNT_PATTERN.exec(text)?.groups : undefined) as AccountIdParts | undefined;
}

export function parseDeploymentId(text: unknown): DeploymentIdParts | undefined {
  const groups = typeof text === 'string' ? DEPLOYMENT_PATTERN.exec(text)?.groups : undefined;
  return groups as DeploymentIdParts | undefined;
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

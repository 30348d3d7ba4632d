/** A refusal by Azure Resource Manager. */
export class AzureError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The words in which the azurerm provider passes a refusal on. */
  describe(doing: string): string {
    const reason = { 400: 'Bad Request', 404: 'Not Found', 409: 'Conflict' }[this.status];
    return `${doing}: unexpected status ${this.status} (${this.status} ${reason}) with error: ${this.code}: ${this.message}`;
  }
}

/** https://github.com/Azure-Samples/aks-store-demo/issues/203 shows it through azurerm. */
export function serviceModelDeprecated(model: string, since: string): AzureError {
  return new AzureError(400, 'ServiceModelDeprecated', `The model '${model}' has been deprecated since ${since}.`);
}

/** https://github.com/hashicorp/terraform-provider-azurerm/issues/31712 */
export function accountProvisioningStateInvalid(account: string): AzureError {
  return new AzureError(
    400,
    'AccountProvisioningStateInvalid',
    `Call to Microsoft.CognitiveServices/accounts failed. Error message: Account ${account} in state Accepted`,
  );
}

/** https://github.com/hashicorp/terraform-provider-azurerm/issues/22939 */
export function requestConflict(account: string): AzureError {
  return new AzureError(
    409,
    'RequestConflict',
    `Another operation is being performed on the parent resource '${account}'. Please try again later.`,
  );
}

/** https://github.com/Azure/terraform-provider-azapi/issues/894 */
export function cannotDeleteResource(nested: readonly string[]): AzureError {
  return new AzureError(
    409,
    'CannotDeleteResource',
    `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: ` +
      `'${nested.join(', ')}'. Please delete all nested resources before deleting this resource.`,
  );
}

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-parent-resource */
export function parentResourceNotFound(parent: string): AzureError {
  return new AzureError(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'write' on resource, because the parent resource '${parent}' could not be found.`,
  );
}

/** https://github.com/Azure/terraform-azurerm-avm-res-cognitiveservices-account/issues/115; the code is not on record. */
export function raiPolicyNotFound(policy: string): AzureError {
  return new AzureError(400, 'RaiPolicyNotFound', `The RAI policy '${policy}' was not found in the account.`);
}

/** https://github.com/Azure/apiops/issues/565 and https://github.com/Azure/apiops/issues/668 show it. */
export function policyRefused(problem: string): AzureError {
  return new AzureError(400, 'ValidationError', `One or more fields contain incorrect values: ${problem}`);
}

/**
 * https://github.com/Azure/apiops-cli/issues/261 shows it for a policy fragment, and that named values cannot be deleted
 * either is told in https://github.com/Azure/apiops/issues/326. That it is the same for backends, and in the same words
 * for both, is an assumption.
 */
export function usedByPolicies(what: string, name: string, users: readonly string[]): AzureError {
  return new AzureError(
    400,
    'ValidationError',
    `The ${what} '${name}' is used by the following entities:\r\n${users.map((user) => `${user}\r\n`).join('')}`,
  );
}

/** https://github.com/microsoft/azure-container-apps/issues/1012 shows it for builders; for apps it is an assumption. */
export function managedEnvironmentHasContainerApps(environment: string, count: number): AzureError {
  return new AzureError(
    409,
    'ManagedEnvironmentHasContainerApps',
    `The specified environment ${environment} cannot be deleted because it still contains ${count} ContainerApps.`,
  );
}

/** https://github.com/Azure/container-apps-deploy-action/issues/85 */
export function imagePullUnauthorized(container: string, image: string, server: string): AzureError {
  return new AzureError(
    400,
    'InvalidParameterValueInContainerTemplate',
    `The following field(s) are either invalid or missing. Field 'template.containers.${container}.image' is invalid ` +
      `with details: 'Invalid value: "${image}": GET https://${server}/oauth2/token: UNAUTHORIZED: authentication required'`,
  );
}

/** https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes */
export function containerNotFound(): AzureError {
  return new AzureError(404, 'ContainerNotFound', 'The specified container does not exist.');
}

/** https://learn.microsoft.com/azure/virtual-network/manage-network-security-group#delete-a-network-security-group */
export function networkSecurityGroupInUse(group: string, subnets: readonly string[]): AzureError {
  return new AzureError(
    400,
    'InUseNetworkSecurityGroupCannotBeDeleted',
    `Network security group ${group} cannot be deleted because it is in use by the following resources: ${subnets.join(', ')}.`,
  );
}

export function resourceNotFound(id: string): AzureError {
  return new AzureError(404, 'ResourceNotFound', `The Resource '${id}' was not found.`);
}

/** The azurerm provider's own refusal to take over what exists, https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/helpers/tf/import.go. */
export function alreadyExists(type: string, id: string): Error {
  return new Error(
    `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported ` +
      `into the State. Please see the resource documentation for "${type}" for more information.`,
  );
}

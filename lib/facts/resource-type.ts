/** ARM resource type of a model deployment. */
export const DEPLOYMENT_TYPE = 'Microsoft.CognitiveServices/accounts/deployments';

/** ARM resource type of the account that deployments belong to. */
export const ACCOUNT_TYPE = 'Microsoft.CognitiveServices/accounts';

/** Whether the text is the type of a model deployment, with or without `@` and an API version; case does not matter to ARM. */
export function isDeploymentType(type: unknown): boolean {
  return isType(type, DEPLOYMENT_TYPE);
}

/** Whether the text is the given ARM type, with or without `@` and an API version. */
export function isType(text: unknown, type: string): boolean {
  return typeof text === 'string' && text.trim().split('@', 1)[0]!.toLowerCase() === type.toLowerCase();
}

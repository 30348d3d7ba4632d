/** ARM id of an account: https://learn.microsoft.com/azure/templates/microsoft.cognitiveservices/accounts */
const ACCOUNT_ID =
  /^\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.CognitiveServices\/accounts\/(?<account>[^/]+)$/i;

const DEPLOYMENT_ID = /^(?<account>.+)\/deployments\/(?<name>[^/]+)$/i;

/** Where an account stands, its names as Azure writes them. */
export interface AccountPlace {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly account: string;
}

/** The parts of an account's id; `undefined` for any other text. */
export function accountPlace(text: string): AccountPlace | undefined {
  const id = trimmed(text);
  const { subscription, group, account } = ACCOUNT_ID.exec(id)?.groups ?? {};
  return subscription === undefined
    ? undefined
    : { id, subscriptionId: subscription, resourceGroup: group!, account: account! };
}

/** The account and the name of a deployment's id; `undefined` for any other text. */
export function deploymentPlace(text: string): { readonly account: AccountPlace; readonly name: string } | undefined {
  const { account: id, name } = DEPLOYMENT_ID.exec(trimmed(text))?.groups ?? {};
  const account = id === undefined ? undefined : accountPlace(id);
  return account && { account, name: name! };
}

/** Azure compares ids and names without case. */
export function idKey(id: string): string {
  return trimmed(id).toLowerCase();
}

function trimmed(id: string): string {
  return id.trim().replace(/\/+$/, '');
}

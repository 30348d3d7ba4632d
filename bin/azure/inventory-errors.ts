import { AzureFailure, brokenAnswer } from './errors';

/**
 * Resource Graph answers about the first 10,000 subscriptions only.
 *
 * @see https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export function notAllSubscriptions(): AzureFailure {
  return new AzureFailure(
    'bad-request',
    'whoever is signed in sees more than 10,000 subscriptions, and Resource Graph answers about the first 10,000 only; name some with --management-group or --subscription, in several runs',
  );
}

/** Rows are left out, and there is no way to the rest. */
export function resultTruncated(rows: number, total: number): AzureFailure {
  return brokenAnswer(`Resource Graph cut its result off at ${rows} of ${total} rows and gives no way to the rest`);
}

/** Why the deployments of an account are not there to be listed. */
export const ACCOUNT_GONE =
  'Azure does not find it any more (404): it was deleted after Resource Graph saw it; run again in some minutes';

/** Why a subscription that was asked for is not among the answers. */
export const SUBSCRIPTION_UNSEEN =
  'whoever is signed in does not see it; correct --subscription, or assign the role Reader on it';

/** Nothing at all can be seen. */
export function nothingToSee(): AzureFailure {
  return new AzureFailure(
    'forbidden',
    "whoever is signed in sees no subscription there; assign the role Reader, or sign in to the right tenant ('az login --tenant TENANT')",
  );
}

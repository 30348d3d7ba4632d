import { resourceIdPattern } from '../accounts/resource-id';
import { matches } from '../accounts/resource-names';

/**
 * Azure's limits for the names and ids that this folder reads and writes.
 *
 * Sources: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and, where it is stricter, the provider:
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/policy/management_group_policy_assignment_resource.go
 */

export const LONGEST_POLICY_NAME = 64;
/** Of an assignment to a management group. */
export const LONGEST_MANAGEMENT_GROUP_ASSIGNMENT_NAME = 24;
/** https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-policy-limits */
export const MOST_EXCLUDED_SCOPES = 400;

/** Ends the names of the definition and the assignment about upgrades. */
export const UPGRADE_SUFFIX = '-upgrade';

const POLICY_NAME = /^[^<>*%&:\\?.+/#\p{Cc}]{0,63}[^<>*%&:\\?.+/#\p{Cc}\s]$/u;

/** What both an alert rule and an action group may be called. */
const ALERT_NAME = /^[^<>*%{}&:\\?+/#\p{Cc}]{0,259}[^<>*%{}&:\\?+/#\p{Cc}\s.]$/u;

/** https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/monitor/monitor_action_group_resource.go */
const SHORT_NAME = /^[^\p{Cc}]{1,12}$/u;

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SUBSCRIPTION_ID = new RegExp(`^/subscriptions/${GUID}$`, 'i');
const RESOURCE_GROUP_ID = new RegExp(`^/subscriptions/${GUID}/resourceGroups/[\\p{L}\\p{N}._()-]{1,90}$`, 'iu');
const MANAGEMENT_GROUP_ID = /^\/providers\/Microsoft\.Management\/managementGroups\/[A-Za-z0-9_().-]{1,90}$/;
const RESOURCE_ID = new RegExp(
  `^/subscriptions/${GUID}/resourceGroups/[^/\\p{Cc}]+/providers/[^\\p{Cc}]+[^/\\p{Cc}]$`,
  'iu',
);
const ACTION_GROUP_ID = resourceIdPattern('Microsoft.Insights', 'actionGroups');

const EMAIL_ADDRESS = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;
const COUNTRY_CODE = /^[1-9]\d{0,3}$/;
const PHONE_NUMBER = /^\d(?:[ -]?\d){3,14}$/;
const HTTPS_URL = /^https:\/\/[^\s/?#\p{Cc}]+[^\s\p{Cc}]*$/u;
const TEXT = /^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u;

export function isPolicyName(text: unknown): text is string {
  return matches(POLICY_NAME, text);
}

export function isAlertName(text: unknown): boolean {
  return matches(ALERT_NAME, text);
}

export function isShortName(text: unknown): boolean {
  return matches(SHORT_NAME, text) && isText(text);
}

export function isSubscriptionId(text: unknown): boolean {
  return matches(SUBSCRIPTION_ID, text);
}

export function isResourceGroupId(text: unknown): boolean {
  return matches(RESOURCE_GROUP_ID, text);
}

export function isManagementGroupId(text: unknown): boolean {
  return matches(MANAGEMENT_GROUP_ID, text);
}

/** Whatever a policy is assigned to may be left out of it again. */
export function isScopeId(text: unknown): boolean {
  return [SUBSCRIPTION_ID, RESOURCE_GROUP_ID, MANAGEMENT_GROUP_ID, RESOURCE_ID].some((id) => matches(id, text));
}

export function isActionGroupId(text: unknown): boolean {
  return matches(ACTION_GROUP_ID, text);
}

export function isEmailAddress(text: unknown): boolean {
  return matches(EMAIL_ADDRESS, text);
}

export function isCountryCode(text: unknown): boolean {
  return matches(COUNTRY_CODE, text);
}

export function isPhoneNumber(text: unknown): boolean {
  return matches(PHONE_NUMBER, text);
}

export function isHttpsUrl(text: unknown): boolean {
  return matches(HTTPS_URL, text);
}

/** Text with something to read in it. */
export function isText(text: unknown): boolean {
  return matches(TEXT, text);
}

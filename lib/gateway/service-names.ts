import { resourceIdPattern } from '../accounts/resource-id';
import { matches } from '../accounts/resource-names';

/**
 * Azure's limits for the names and ids of an API Management service and its parts.
 *
 * Sources: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftapimanagement,
 * https://learn.microsoft.com/rest/api/apimanagement/api-management-service/create-or-update, and where it is stricter
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/apimanagement/validate/api_management.go
 */

export const LONGEST_SERVICE_NAME = 50;
const LONGEST_PUBLISHER = 100;
const LONGEST_PRODUCT_DISPLAY_NAME = 300;

const SERVICE_NAME = /^[a-zA-Z](?:[a-zA-Z0-9-]{0,48}[a-zA-Z0-9])?$/;

/** Loggers, named values, products: the provider calls them children. */
const CHILD_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9_-]{0,78}[a-zA-Z0-9])?$/;

const API_VERSION = /^\d{4}-\d{2}-\d{2}(?:-preview)?$/;

const PUBLISHER_EMAIL = /^[^\s@]+@[^\s@]+$/;

const GATEWAY_URL = /^https:\/\/[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d{1,5})?$/;

const APPLICATION_INSIGHTS_ID = resourceIdPattern('Microsoft.Insights', 'components');

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers */
const SECRET_NAME = /^[a-zA-Z0-9-]{1,127}$/;

/** A field name of HTTP: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const HEADER_NAME = /^[!#$%&'*+.^_`|~a-zA-Z0-9-]{1,256}$/;

export function isServiceName(text: unknown): boolean {
  return matches(SERVICE_NAME, text);
}

export function isChildName(text: unknown): boolean {
  return matches(CHILD_NAME, text);
}

export function isManagementApiVersion(text: unknown): boolean {
  return matches(API_VERSION, text);
}

export function isPublisherName(text: unknown): boolean {
  return isShortText(text, LONGEST_PUBLISHER);
}

export function isPublisherEmail(text: unknown): boolean {
  return isShortText(text, LONGEST_PUBLISHER) && matches(PUBLISHER_EMAIL, text);
}

export function isProductDisplayName(text: unknown): boolean {
  return isShortText(text, LONGEST_PRODUCT_DISPLAY_NAME);
}

export function isGatewayUrl(text: unknown): boolean {
  return matches(GATEWAY_URL, text);
}

export function isApplicationInsightsId(text: unknown): boolean {
  return matches(APPLICATION_INSIGHTS_ID, text);
}

export function isSecretName(text: unknown): boolean {
  return matches(SECRET_NAME, text);
}

export function isHeaderName(text: unknown): boolean {
  return matches(HEADER_NAME, text);
}

/** One line that says something. */
function isShortText(text: unknown, longest: number): boolean {
  return typeof text === 'string' && text.trim() !== '' && text.length <= longest && !/\p{Cc}/u.test(text);
}

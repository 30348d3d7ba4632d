import { policyRefused } from '../azure-error';
import { isSamePolicy, readBackUnescaped, rewritten } from '../policy-text';
import { ResourceKind } from '../resource-kind';
import { asBlocks } from '../schema';
import { Value, ValueObject } from '../value-encoding';
import { xmlTokens } from '../xml-tokens';
import {
  apiName,
  childName,
  demandApi,
  demandOperation,
  partOfService,
  SERVICE_ID,
  serviceName,
  serviceOf,
} from './api-management-service';
import { refuseMissingProperties, refuseMissingReferences, refuseTooLarge, refuseWhileUsed } from './policy-references';
import { atLeastOneOf, between, exactlyOneOf, matching, notBoth, oneOf } from './validation';

const BACKEND_NAME = /^\w+$|^\w[\w-]+\w$/;
const RULE_NAME = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,78}[a-zA-Z0-9])?$/;
const DISPLAY_NAME = /^[0-9a-zA-Z_.-]{1,256}$/;
const DURATION = /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?!$)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;

/**
 * Policies and what they name. Replacement, defaults and checks follow the provider's source,
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/internal/services/apimanagement.
 */
export const apiManagementPolicyKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_api_management_api_policy: {
    id: `${SERVICE_ID}/apis/{api_name}`,
    forcesReplacement: [...partOfService, 'api_name'],
    validate: (config) => [
      ...serviceName('api_management_name', config.api_management_name),
      ...apiName('api_name', config.api_name),
      ...notBoth(config, 'xml_content', 'xml_link'),
    ],
    suppressDifference: { xml_content: isSamePolicy },
    refuse: (sent, azure) => {
      demandApi(sent, azure);
      const service = serviceOf(sent, azure);
      refuseTooLarge(String(sent.xml_content), service);
      refuseMissingReferences(String(sent.xml_content), service, azure);
    },
    azureAnswers: ({ xml_content }) => ({ xml_content: readBackUnescaped(String(xml_content)) }),
  },

  azurerm_api_management_api_operation_policy: {
    id: `${SERVICE_ID}/apis/{api_name}/operations/{operation_id}`,
    forcesReplacement: [...partOfService, 'api_name', 'operation_id'],
    validate: (config) => [
      ...serviceName('api_management_name', config.api_management_name),
      ...apiName('api_name', config.api_name),
      ...childName('operation_id', config.operation_id),
      ...notBoth(config, 'xml_content', 'xml_link'),
    ],
    suppressDifference: { xml_content: isSamePolicy },
    refuse: (sent, azure) => {
      demandOperation(sent, azure);
      const service = serviceOf(sent, azure);
      refuseTooLarge(String(sent.xml_content), service);
      refuseMissingReferences(String(sent.xml_content), service, azure);
    },
    azureAnswers: ({ xml_content }) => ({ xml_content: readBackUnescaped(String(xml_content)) }),
  },

  azurerm_api_management_policy_fragment: {
    id: '{api_management_id}/policyFragments/{name}',
    forcesReplacement: ['name', 'api_management_id'],
    providerDefaults: { format: 'xml' },
    validate: (config) => [...childName('name', config.name), ...oneOf('format', config.format, ['rawxml', 'xml'])],
    suppressDifference: { value: isSamePolicy },
    refuse: (sent, azure) => {
      const value = String(sent.value);
      if (sent.format === 'xml' && xmlTokens(value) === undefined) {
        throw policyRefused('The policy fragment is not well-formed XML.');
      }
      refuseMissingReferences(value, serviceOf(sent, azure), azure);
    },
    refuseDeletion: (existing, azure) => refuseWhileUsed('Policy Fragment', String(existing.name), existing, azure),
    // Other than an API policy, a fragment is asked for in the format that it was sent in, and is not un-escaped.
    azureAnswers: ({ value }) => ({ value: rewritten(String(value)) }),
  },

  azurerm_api_management_backend: {
    id: `${SERVICE_ID}/backends/{name}`,
    forcesReplacement: ['name', ...partOfService],
    providerDefaults: { 'circuit_breaker_rule.accept_retry_after_enabled': false },
    validate: (config) => [
      ...serviceName('api_management_name', config.api_management_name),
      ...matching(
        config.name,
        BACKEND_NAME,
        '"name" may only contain alphanumeric characters and dashes up to 50 characters in length',
      ),
      ...oneOf('protocol', config.protocol, ['http', 'soap']),
      ...asBlocks(config.circuit_breaker_rule).flatMap(circuitBreakerProblems),
      ...asBlocks(config.tls).flatMap((tls) =>
        atLeastOneOf(tls, ['validate_certificate_chain', 'validate_certificate_name'], 'tls.0.'),
      ),
      ...asBlocks(config.credentials).flatMap((credentials) =>
        atLeastOneOf(credentials, ['authorization', 'certificate', 'header', 'query'], 'credentials.0.'),
      ),
    ],
    refuse: (sent, azure) => refuseMissingProperties(sent, serviceOf(sent, azure), azure),
    refuseDeletion: (existing, azure) => refuseWhileUsed('Backend', String(existing.name), existing, azure),
  },

  azurerm_api_management_named_value: {
    id: `${SERVICE_ID}/namedValues/{name}`,
    forcesReplacement: ['name', ...partOfService],
    providerDefaults: { secret: false },
    validate: (config) => [
      ...serviceName('api_management_name', config.api_management_name),
      ...childName('name', config.name),
      ...matching(
        config.display_name,
        DISPLAY_NAME,
        '"display_name" may only contain alphanumeric characters, periods, underscores and dashes',
      ),
      ...exactlyOneOf(config, ['value', 'value_from_key_vault']),
      ...(asBlocks(config.value_from_key_vault).length > 0 && config.secret === null
        ? ['"value_from_key_vault": all of `secret,value_from_key_vault` must be specified']
        : []),
    ],
    refuse: (sent, azure) => {
      serviceOf(sent, azure);
      if (asBlocks(sent.value_from_key_vault).length > 0 && sent.secret !== true) {
        throw new Error('`secret` must be true when `value_from_key_vault` is set');
      }
    },
    refuseDeletion: (existing, azure) => refuseWhileUsed('Named Value', String(existing.display_name), existing, azure),
  },
};

function circuitBreakerProblems(rule: ValueObject): string[] {
  const within = 'circuit_breaker_rule.0.';
  return [
    ...matching(
      rule.name,
      RULE_NAME,
      `invalid value for ${within}name (\`name\` must be between 1 and 80 characters in length and may contain only numbers, letters, and hyphens (-) sign when preceded and followed by number or a letter.)`,
    ),
    ...duration(`${within}trip_duration`, rule.trip_duration),
    ...asBlocks(rule.failure_condition).flatMap((condition) =>
      failureConditionProblems(condition, `${within}failure_condition.0.`),
    ),
  ];
}

function failureConditionProblems(condition: ValueObject, within: string): string[] {
  const reasons = Array.isArray(condition.error_reasons) ? condition.error_reasons : [];
  return [
    ...exactlyOneOf(condition, ['count', 'percentage'], within),
    ...atLeastOneOf(condition, ['error_reasons', 'status_code_range'], within),
    ...between(`${within}count`, condition.count, 1, 10_000),
    ...between(`${within}percentage`, condition.percentage, 1, 100),
    ...duration(`${within}interval_duration`, condition.interval_duration),
    ...(reasons.length > 10 ? [`Too many list items: ${within}error_reasons supports 10 item maximum`] : []),
    ...reasons.flatMap((reason, index) =>
      typeof reason === 'string' && (reason.length < 1 || reason.length > 200)
        ? [`expected length of ${within}error_reasons.${index} to be in the range (1 - 200), got ${reason}`]
        : [],
    ),
    ...asBlocks(condition.status_code_range).flatMap((range, index) =>
      ['min', 'max'].flatMap((end) => between(`${within}status_code_range.${index}.${end}`, range[end], 200, 599)),
    ),
  ];
}

/** The provider's own words come from a library; these are not they. */
function duration(name: string, value: Value | undefined): string[] {
  return matching(value, DURATION, `expected ${name} to be an ISO 8601 duration, got ${value}`);
}

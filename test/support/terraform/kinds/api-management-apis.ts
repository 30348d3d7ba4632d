import { policyRefused } from '../azure-error';
import { stableGuid } from '../computed-values';
import { AzureStore, ResourceKind } from '../resource-kind';
import { asBlocks } from '../schema';
import { UNKNOWN, Value, ValueObject } from '../value-encoding';
import {
  apiName,
  childName,
  demandApi,
  given,
  isPartOf,
  partOfService,
  SERVICE_ID,
  serviceOf,
} from './api-management-service';
import { matching, notBoth, oneOf } from './validation';

const API_PATH = /^(?:|[\w]|[\w.][\w\-/.:]{0,398}[\w-])$/;

/** Azure removes them together with their API, all revisions of which the provider deletes; read, not seen. */
const PARTS_OF_API = [
  'azurerm_api_management_api_operation',
  'azurerm_api_management_api_operation_policy',
  'azurerm_api_management_api_policy',
  'azurerm_api_management_api_diagnostic',
];

/**
 * APIs and who may call them. Replacement, defaults and checks follow the provider's source,
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/internal/services/apimanagement.
 */
export const apiManagementApiKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_api_management_api: {
    id: `${SERVICE_ID}/apis/{name};rev={revision}`,
    forcesReplacement: ['name', ...partOfService, 'revision'],
    providerDefaults: { subscription_required: true },
    validate: (config) => [
      ...apiName('name', config.name),
      ...matching(
        config.path,
        API_PATH,
        '"path" may only be up to 400 characters in length, not start or end with `/` and only contain valid url characters',
      ),
      ...notBoth(config, 'oauth2_authorization', 'openid_authentication'),
    ],
    refusePlan: refuseApiPlan,
    refuse: (sent, azure) => refuseTakenPath(sent, serviceOf(sent, azure), azure),
    azureAnswers: (sent) => ({
      api_type: given(sent.api_type) ?? 'http',
      is_current: true,
      is_online: true,
      path: given(sent.path) ?? '',
      service_url: given(sent.service_url) ?? '',
      version: given(sent.version) ?? '',
      version_set_id: given(sent.version_set_id) ?? '',
    }),
    afterDelete: (api, azure) => forgetParts(api, azure),
  },

  azurerm_api_management_api_operation: {
    id: `${SERVICE_ID}/apis/{api_name}/operations/{operation_id}`,
    forcesReplacement: ['operation_id', 'api_name', ...partOfService],
    validate: (config) => [...childName('operation_id', config.operation_id), ...apiName('api_name', config.api_name)],
    refuse: (sent, azure) => {
      demandApi(sent, azure);
      const declared = asBlocks(sent.template_parameter).map(({ name }) => name);
      const undeclared = [...String(sent.url_template).matchAll(/\{\*?(\w+)\}/g)]
        .map(([, name]) => name!)
        .filter((name) => !declared.includes(name));
      // https://github.com/hashicorp/terraform-provider-azurerm/issues/3962
      if (undeclared.length > 0) {
        throw policyRefused(
          `All template parameters used in the UriTemplate must be defined in the Operation, please ensure the ` +
            `following parameters are defined: '${undeclared.join(', ')}'.`,
        );
      }
    },
  },

  azurerm_api_management_api_version_set: {
    id: `${SERVICE_ID}/apiVersionSets/{name}`,
    forcesReplacement: ['name', ...partOfService],
    validate: (config) => [
      ...childName('name', config.name),
      ...oneOf('versioning_scheme', config.versioning_scheme, ['Header', 'Query', 'Segment']),
      ...notBoth(config, 'version_header_name', 'version_query_name'),
    ],
    refuse: (sent, azure) => {
      serviceOf(sent, azure);
      for (const [scheme, name] of [
        ['Header', 'version_header_name'],
        ['Query', 'version_query_name'],
      ] as const) {
        if ((sent.versioning_scheme === scheme) !== (given(sent[name]) !== undefined)) {
          const rule = sent.versioning_scheme === scheme ? 'must be set' : 'can not be set';
          throw new Error(`\`${name}\` ${rule} if \`versioning_schema\` is \`${sent.versioning_scheme}\``);
        }
      }
    },
  },

  azurerm_api_management_product: {
    id: `${SERVICE_ID}/products/{product_id}`,
    forcesReplacement: ['product_id', ...partOfService],
    providerDefaults: { subscription_required: true },
    validate: (config) => childName('product_id', config.product_id),
    refuse: (sent, azure) => {
      serviceOf(sent, azure);
      if (sent.approval_required === true && sent.subscription_required !== true) {
        throw new Error('`subscription_required` must be true to use `approval_required`');
      }
      if (sent.approval_required === true && !(Number(sent.subscriptions_limit) > 0)) {
        throw new Error('`subscriptions_limit` must be greater than 0 to use `approval_required`');
      }
    },
  },

  azurerm_api_management_product_api: {
    id: `${SERVICE_ID}/products/{product_id}/apis/{api_name}`,
    forcesReplacement: ['product_id', 'api_name', ...partOfService],
    refuse: (sent, azure) => demandApi(sent, azure),
  },

  azurerm_api_management_subscription: {
    id: `${SERVICE_ID}/subscriptions/{subscription_id}`,
    forcesReplacement: ['subscription_id', 'user_id', 'product_id', 'api_id', ...partOfService],
    providerDefaults: { allow_tracing: true, state: 'submitted' },
    validate: (config) => [
      ...oneOf('state', config.state, ['active', 'cancelled', 'expired', 'rejected', 'submitted', 'suspended']),
      ...notBoth(config, 'product_id', 'api_id'),
    ],
    refuse: (sent, azure) => void serviceOf(sent, azure),
    azureAnswers: ({ id, primary_key, secondary_key, api_id }) => ({
      primary_key: given(primary_key) ?? stableGuid(`${id}/primary`),
      secondary_key: given(secondary_key) ?? stableGuid(`${id}/secondary`),
      // Azure leaves the revision out: who passes an API's own id sees a replacement in every plan.
      api_id: given(api_id)?.replace(/;rev=\d+$/, '') ?? null,
    }),
  },

  azurerm_api_management_redis_cache: {
    id: '{api_management_id}/caches/{name}',
    forcesReplacement: ['name', 'api_management_id'],
    providerDefaults: { cache_location: 'default' },
    validate: (config) => childName('name', config.name),
    refuse: (sent, azure) => void serviceOf(sent, azure),
  },
};

function refuseApiPlan(planned: ValueObject, config: ValueObject): string[] {
  const isMissing = (value: Value | undefined) =>
    value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  const problems: string[] = [];
  if (planned.version !== UNKNOWN && given(planned.version) !== undefined && isMissing(config.version_set_id)) {
    problems.push('setting `version` without the required `version_set_id`');
  }
  if (isMissing(config.source_api_id) && (isMissing(config.display_name) || isMissing(config.protocols))) {
    problems.push('`display_name`, `protocols` are required when `source_api_id` is not set');
  }
  return problems;
}

/** https://github.com/Azure/azure-powershell/issues/11027; paths that differ in case alone are the same to callers. */
function refuseTakenPath(sent: ValueObject, service: ValueObject, azure: AzureStore): void {
  const path = (api: ValueObject) => String(api.path ?? '').toLowerCase();
  const other = azure
    .all('azurerm_api_management_api')
    .find((api) => isPartOf(service, api) && api.name !== sent.name && path(api) === path(sent));
  if (other !== undefined && given(sent.version_set_id) === undefined) {
    throw policyRefused(
      `Cannot create API '${sent.name}' with the same Path '${sent.path}' as API '${other.name}'  unless it's a part of the same version set`,
    );
  }
}

function forgetParts(api: ValueObject, azure: AzureStore): void {
  const id = String(api.id).replace(/;rev=\d+$/, '');
  for (const type of PARTS_OF_API) {
    for (const part of azure.all(type)) {
      if (String(part.id) === id || String(part.id).startsWith(`${id}/`)) {
        azure.forget(type, String(part.id));
      }
    }
  }
}

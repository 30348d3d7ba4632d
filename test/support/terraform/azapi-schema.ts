import { ProviderSchema } from './azurerm-schema';
import { AttributeSchema, ResourceSchema, TypeConstraint } from './schema';

const optional = (type: TypeConstraint): AttributeSchema => ({ type, optional: true });
const withDefault = (type: TypeConstraint): AttributeSchema => ({ type, optional: true, computed: true });
const texts: TypeConstraint = ['list', 'string'];
const textMap: TypeConstraint = ['map', 'string'];
const queries: TypeConstraint = ['map', texts];
const timeout = optional('string');

/**
 * `azapi_resource` as far as protocol 5 can say it: `retry`, whose attributes are nested there, is an object here, and
 * `sensitive_body`, which is write-only, is left out. `location` and `tags` are computed there, and planned as absent for
 * types that have neither, which model deployments are.
 * https://github.com/Azure/terraform-provider-azapi/blob/v2.7.0/internal/services/azapi_resource.go
 */
const azapiResource: ResourceSchema = {
  version: 2,
  block: {
    attributes: {
      id: { type: 'string', computed: true },
      name: withDefault('string'),
      parent_id: withDefault('string'),
      type: { type: 'string', required: true },
      location: optional('string'),
      body: withDefault('dynamic'),
      sensitive_body_version: optional(textMap),
      replace_triggers_external_values: optional('dynamic'),
      replace_triggers_refs: optional(texts),
      ignore_casing: withDefault('bool'),
      ignore_missing_property: withDefault('bool'),
      ignore_null_property: withDefault('bool'),
      response_export_values: optional('dynamic'),
      locks: optional(texts),
      schema_validation_enabled: withDefault('bool'),
      output: { type: 'dynamic', computed: true },
      tags: optional(textMap),
      retry: optional([
        'object',
        {
          error_message_regex: texts,
          interval_seconds: 'number',
          max_interval_seconds: 'number',
          multiplier: 'number',
          randomization_factor: 'number',
        },
      ]),
      create_headers: optional(textMap),
      create_query_parameters: optional(queries),
      update_headers: optional(textMap),
      update_query_parameters: optional(queries),
      delete_headers: optional(textMap),
      delete_query_parameters: optional(queries),
      read_headers: optional(textMap),
      read_query_parameters: optional(queries),
    },
    block_types: {
      identity: {
        nesting_mode: 'list',
        block: {
          attributes: {
            type: { type: 'string', required: true },
            identity_ids: optional(texts),
            principal_id: { type: 'string', computed: true },
            tenant_id: { type: 'string', computed: true },
          },
        },
      },
      timeouts: {
        nesting_mode: 'single',
        block: { attributes: { create: timeout, delete: timeout, read: timeout, update: timeout } },
      },
    },
  },
};

/** The azapi provider, cut to what writes model deployments. */
export const AZAPI_SCHEMA: ProviderSchema = {
  version: '2.7.0',
  provider: { block: { attributes: { subscription_id: optional('string') } } },
  resources: { azapi_resource: azapiResource },
};

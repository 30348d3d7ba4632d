import { AzureError } from '../azure-error';
import { AzureStore, ResourceKind } from '../resource-kind';
import { asBlocks } from '../schema';
import { Value, ValueObject } from '../value-encoding';
import { apiName, childName, demandApi, given, partOfService, SERVICE_ID, serviceOf } from './api-management-service';
import { atLeastOneOf, between, notBoth, oneOf } from './validation';

/** Both kinds of diagnostics are alike. Azure fills in what is left out, into attributes that are computed as well. */
const diagnostic = {
  providerDefaults: { operation_name_format: 'Name' },
  // `operation_name_format` has a default and may only stand where the identifier is another one, so `azuremonitor` is
  // refused always: https://github.com/hashicorp/terraform-provider-azurerm/issues/28547
  refusePlan: ({ identifier, operation_name_format }: ValueObject) =>
    identifier !== 'applicationinsights' && given(operation_name_format) !== undefined
      ? ['`operation_name_format` cannot be set when `identifier` is not `applicationinsights`']
      : [],
  azureAnswers: (sent: ValueObject) => ({
    always_log_errors: sent.always_log_errors === true,
    http_correlation_protocol: given(sent.http_correlation_protocol) ?? 'Legacy',
    log_client_ip: sent.log_client_ip === true,
    sampling_percentage: typeof sent.sampling_percentage === 'number' ? sent.sampling_percentage : 100,
    verbosity: given(sent.verbosity) ?? 'information',
  }),
};

/**
 * Loggers and diagnostics. Replacement, defaults and checks follow the provider's source,
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/internal/services/apimanagement.
 */
export const apiManagementTelemetryKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_api_management_logger: {
    id: `${SERVICE_ID}/loggers/{name}`,
    forcesReplacement: [
      'name',
      ...partOfService,
      'resource_id',
      'application_insights.connection_string',
      'application_insights.instrumentation_key',
      'eventhub.connection_string',
      'eventhub.endpoint_uri',
      'eventhub.name',
      'eventhub.user_assigned_identity_client_id',
    ],
    providerDefaults: { buffered: true },
    validate: (config) => [
      ...childName('name', config.name),
      ...notBoth(config, 'application_insights', 'eventhub'),
      ...asBlocks(config.application_insights).flatMap((insights) => [
        ...atLeastOneOf(insights, ['connection_string', 'instrumentation_key'], 'application_insights.0.'),
        ...notBoth(insights, 'connection_string', 'instrumentation_key', 'application_insights.0.'),
      ]),
    ],
    refuse: (sent, azure) => {
      serviceOf(sent, azure);
      if (asBlocks(sent.application_insights).length === 0 && asBlocks(sent.eventhub).length === 0) {
        throw new Error('either `eventhub` or `application_insights` is required');
      }
    },
  },

  azurerm_api_management_diagnostic: {
    ...diagnostic,
    id: `${SERVICE_ID}/diagnostics/{identifier}`,
    forcesReplacement: ['identifier', ...partOfService],
    validate: diagnosticProblems,
    refuse: (sent, azure) => {
      serviceOf(sent, azure);
      demandLogger(sent, azure);
    },
  },

  azurerm_api_management_api_diagnostic: {
    ...diagnostic,
    id: `${SERVICE_ID}/apis/{api_name}/diagnostics/{identifier}`,
    forcesReplacement: ['identifier', 'api_name', ...partOfService],
    validate: (config) => [...apiName('api_name', config.api_name), ...diagnosticProblems(config)],
    refuse: (sent, azure) => {
      demandApi(sent, azure);
      demandLogger(sent, azure);
    },
  },
};

function diagnosticProblems(config: ValueObject): string[] {
  const bodies = ['backend_request', 'backend_response', 'frontend_request', 'frontend_response'];
  return [
    ...oneOf('identifier', config.identifier, ['applicationinsights', 'azuremonitor']),
    ...oneOf('verbosity', config.verbosity, ['error', 'information', 'verbose']),
    ...oneOf('http_correlation_protocol', config.http_correlation_protocol, ['Legacy', 'None', 'W3C']),
    ...oneOf('operation_name_format', config.operation_name_format, ['Name', 'Url']),
    ...between('sampling_percentage', config.sampling_percentage, 0, 100),
    ...bodies.flatMap((body) =>
      asBlocks(config[body]).flatMap(({ body_bytes }: { body_bytes?: Value }) =>
        between(`${body}.0.body_bytes`, body_bytes, 0, 8192),
      ),
    ),
  ];
}

function demandLogger({ api_management_logger_id: id }: ValueObject, azure: AzureStore): void {
  if (azure.find('azurerm_api_management_logger', String(id)) === undefined) {
    throw new AzureError(404, 'ResourceNotFound', 'Logger not found.');
  }
}

import { createHash } from 'node:crypto';
import { ApiManagementApiDiagnostic } from '@cdktf/provider-azurerm/lib/api-management-api-diagnostic';
import { ApiManagementLogger } from '@cdktf/provider-azurerm/lib/api-management-logger';
import { ApiManagementNamedValue } from '@cdktf/provider-azurerm/lib/api-management-named-value';
import { ResourceGroupTemplateDeployment } from '@cdktf/provider-azurerm/lib/resource-group-template-deployment';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { expressionDigest } from '../accounts/expression-digest';
import { azurermSettings, DiagnosticSettings, templateWithMetrics } from './api-diagnostic-settings';
import type { IApiManagementService } from './api-management-service-interface';
import { GatewayTelemetry } from './gateway-telemetry';
import { telemetryNameInvalid } from './service-errors';
import { isChildName } from './service-names';
import { loggableHeaders, requireTelemetry } from './telemetry-checks';

export interface TelemetryOptions {
  readonly service: IApiManagementService;
  /** Names of the APIs; as tokens (`api.name`) they let the diagnostics wait for the APIs. */
  readonly apiNames: readonly string[];
  /** Headers of callers that are logged, in requests and answers. */
  readonly headersToLog: readonly string[];
  /** Begins the names of what is made in the service; text. */
  readonly namePrefix: string;
  readonly telemetry: GatewayTelemetry;
}

const DIGEST_LENGTH = 8;
const LONGEST_TEMPLATE_PREFIX = 40;

/**
 * Everything of a diagnostic that can change in place. Where a template writes it, the provider must not: it would leave
 * out the metrics, and the template, unchanged, would not be applied again.
 */
const WRITTEN_BY_TEMPLATE = [
  'always_log_errors',
  'api_management_logger_id',
  'backend_request',
  'backend_response',
  'frontend_request',
  'frontend_response',
  'http_correlation_protocol',
  'log_client_ip',
  'operation_name_format',
  'sampling_percentage',
  'verbosity',
];

/** Makes the APIs of a gateway report to Application Insights. */
export function installTelemetry(scope: Construct, options: TelemetryOptions): void {
  const { service, apiNames, telemetry } = options;
  requireTelemetry(scope.node.path, telemetry);
  const settings: DiagnosticSettings = {
    headers: loggableHeaders(scope.node.path, options.headersToLog),
    samplingPercentage: telemetry.samplingPercentage ?? 100,
  };
  const parent = new Construct(scope, 'Telemetry');
  const logger = addLogger(parent, options);
  for (const apiName of apiNames) {
    const key = Token.isUnresolved(apiName) ? expressionDigest(parent, [apiName], DIGEST_LENGTH) : apiName;
    const diagnostic = new ApiManagementApiDiagnostic(parent, `Diagnostic-${key}`, {
      ...azurermSettings(settings),
      identifier: 'applicationinsights',
      apiManagementName: service.serviceName,
      resourceGroupName: service.resourceGroupName,
      apiName,
      apiManagementLoggerId: logger.id,
    });
    if (telemetry.tokenMetricsNamespace !== undefined) {
      diagnostic.lifecycle = { ignoreChanges: WRITTEN_BY_TEMPLATE };
      addMetrics(parent, `Metrics-${key}`, { options, apiName, settings, logger, diagnostic });
    }
  }
}

/**
 * The credentials of a logger cannot change in place, and Azure refuses to delete a logger that diagnostics use: the
 * logger names the value instead of holding it, so that a new connection string changes the value alone.
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/apimanagement/api_management_logger_resource.go
 */
function addLogger(parent: Construct, { service, namePrefix, telemetry }: TelemetryOptions): ApiManagementLogger {
  const secretName = `${namePrefix}-application-insights`;
  if (!isChildName(secretName)) {
    throw telemetryNameInvalid(parent.node.scope!.node.path, secretName);
  }
  const secretId = telemetry.connectionStringSecretId;
  const connectionString = new ApiManagementNamedValue(parent, 'ConnectionString', {
    name: secretName,
    displayName: secretName,
    apiManagementName: service.serviceName,
    resourceGroupName: service.resourceGroupName,
    secret: true,
    value: telemetry.connectionString,
    valueFromKeyVault: secretId === undefined ? undefined : { secretId, identityClientId: service.identityClientId },
    lifecycle: { createBeforeDestroy: true },
  });
  return new ApiManagementLogger(parent, 'Logger', {
    name: `${namePrefix}-${componentDigest(telemetry.applicationInsightsId)}`,
    apiManagementName: service.serviceName,
    resourceGroupName: service.resourceGroupName,
    resourceId: telemetry.applicationInsightsId,
    applicationInsights: { connectionString: `{{${secretName}}}` },
    buffered: true,
    lifecycle: { createBeforeDestroy: true },
    dependsOn: [connectionString],
  });
}

/** Another component replaces the logger, so the name holds it; Terraform computes the same digits for an id it alone knows. */
function componentDigest(applicationInsightsId: string): string {
  return Token.isUnresolved(applicationInsightsId)
    ? Token.asString(Fn.substr(Fn.sha256(applicationInsightsId), 0, DIGEST_LENGTH))
    : createHash('sha256').update(applicationInsightsId).digest('hex').slice(0, DIGEST_LENGTH);
}

interface MetricsOptions {
  readonly options: TelemetryOptions;
  readonly apiName: string;
  readonly settings: DiagnosticSettings;
  readonly logger: ApiManagementLogger;
  readonly diagnostic: ApiManagementApiDiagnostic;
}

/**
 * The provider knows no `metrics` of a diagnostic, without which API Management drops the token metrics, and whenever it
 * writes one it takes them away: https://github.com/hashicorp/terraform-provider-azurerm/issues/27541,
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/28487. So a template writes the diagnostic once more, with
 * metrics. The provider's own stays beside it: were it removed when metrics are turned on, Terraform could delete the
 * diagnostic after the template has written it.
 */
function addMetrics(parent: Construct, id: string, metrics: MetricsOptions): void {
  const { options, apiName, settings, logger, diagnostic } = metrics;
  const { service, namePrefix } = options;
  const digest = expressionDigest(parent, [parent.node.path, service.serviceName, apiName], DIGEST_LENGTH);
  new ResourceGroupTemplateDeployment(parent, id, {
    name: `${namePrefix.slice(0, LONGEST_TEMPLATE_PREFIX)}-diagnostic-${digest}`,
    resourceGroupName: service.resourceGroupName,
    deploymentMode: 'Incremental',
    templateContent: JSON.stringify(templateWithMetrics(settings)),
    parametersContent: Token.asString(
      Fn.jsonencode({
        serviceName: { value: service.serviceName },
        apiName: { value: apiName },
        loggerId: { value: logger.id },
      }),
    ),
    dependsOn: [diagnostic],
  });
}

import { ApiManagementApiDiagnosticConfig } from '@cdktf/provider-azurerm/lib/api-management-api-diagnostic';

/** What an API reports of its calls. */
export interface DiagnosticSettings {
  /** Headers of callers, in what they ask and in what they are answered. */
  readonly headers: readonly string[];
  readonly samplingPercentage: number;
}

type WrittenSettings = Pick<
  ApiManagementApiDiagnosticConfig,
  | 'alwaysLogErrors'
  | 'backendRequest'
  | 'backendResponse'
  | 'frontendRequest'
  | 'frontendResponse'
  | 'httpCorrelationProtocol'
  | 'logClientIp'
  | 'operationNameFormat'
  | 'samplingPercentage'
  | 'verbosity'
>;

/** With these Azure's support finds a call to a model; `retry-after` tells how long a deployment was exhausted. */
const MODEL_HEADERS = ['apim-request-id', 'retry-after', 'x-ms-region'];

/** A subscription key may stand in the URL, which is logged. */
const KEY_PARAMETER = 'subscription-key';

/**
 * Any byte of a body that is logged makes API Management hold the body back, so that nothing streams any more:
 * https://learn.microsoft.com/azure/api-management/how-to-server-sent-events
 */
const NO_BODY = 0;

const HIDE = 'Hide';

/** As the azurerm provider writes it. Everything that Azure would fill in is there. */
export function azurermSettings({ headers, samplingPercentage }: DiagnosticSettings): WrittenSettings {
  const request = { bodyBytes: NO_BODY, dataMasking: { queryParams: [{ mode: HIDE, value: KEY_PARAMETER }] } };
  return {
    samplingPercentage,
    alwaysLogErrors: true,
    verbosity: 'information',
    logClientIp: false,
    httpCorrelationProtocol: 'W3C',
    operationNameFormat: 'Name',
    frontendRequest: { ...request, headersToLog: [...headers] },
    frontendResponse: { bodyBytes: NO_BODY, headersToLog: [...headers] },
    backendRequest: request,
    backendResponse: { bodyBytes: NO_BODY, headersToLog: MODEL_HEADERS },
  };
}

/**
 * The same as a template of Azure Resource Manager, with metrics; its parameters are `serviceName`, `apiName` and `loggerId`.
 *
 * @see https://learn.microsoft.com/azure/templates/microsoft.apimanagement/2022-08-01/service/apis/diagnostics
 */
export function templateWithMetrics({ headers, samplingPercentage }: DiagnosticSettings): object {
  const request = {
    body: { bytes: NO_BODY },
    dataMasking: { queryParams: [{ mode: HIDE, value: KEY_PARAMETER }] },
  };
  const text = { type: 'string' };
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { serviceName: text, apiName: text, loggerId: text },
    resources: [
      {
        type: 'Microsoft.ApiManagement/service/apis/diagnostics',
        apiVersion: '2022-08-01',
        name: "[format('{0}/{1}/applicationinsights', parameters('serviceName'), parameters('apiName'))]",
        properties: {
          loggerId: "[parameters('loggerId')]",
          metrics: true,
          sampling: { samplingType: 'fixed', percentage: samplingPercentage },
          alwaysLog: 'allErrors',
          verbosity: 'information',
          logClientIp: false,
          httpCorrelationProtocol: 'W3C',
          operationNameFormat: 'Name',
          frontend: {
            request: { ...request, headers },
            response: { body: { bytes: NO_BODY }, headers },
          },
          backend: {
            request: { ...request, headers: [] },
            response: { body: { bytes: NO_BODY }, headers: MODEL_HEADERS },
          },
        },
      },
    ],
  };
}

import { refused } from '../accounts/refused';
import { isSecretId } from '../accounts/resource-id';
import { GatewayTelemetry } from './gateway-telemetry';
import {
  applicationInsightsIdMalformed,
  connectionStringMalformed,
  connectionStringNotOnce,
  headerNotLoggable,
  metricsNamespaceInvalid,
  samplingPercentageInvalid,
  secretIdMalformed,
} from './service-errors';
import { isApplicationInsightsId, isHeaderName } from './service-names';

/** https://learn.microsoft.com/azure/azure-monitor/app/connection-strings */
const CONNECTION_STRING = /(?:^|;)InstrumentationKey=[0-9a-f-]{36}(?:;|$)/i;

const METRICS_NAMESPACE = /^[a-zA-Z][a-zA-Z0-9 ._/-]{0,255}$/;

const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'api-key', 'ocp-apim-subscription-key'];
const SESSION_HEADERS = ['cookie', 'set-cookie'];

/** @throws if the telemetry could not be set up */
export function requireTelemetry(path: string, telemetry: GatewayTelemetry): void {
  const { applicationInsightsId, connectionString, connectionStringSecretId } = telemetry;
  const { tokenMetricsNamespace, samplingPercentage } = telemetry;
  if (refused(applicationInsightsId, isApplicationInsightsId)) {
    throw applicationInsightsIdMalformed(path, applicationInsightsId);
  }
  const given = Object.entries({ connectionString, connectionStringSecretId }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length !== 1) {
    throw connectionStringNotOnce(
      path,
      given.map(([name]) => name),
    );
  }
  if (connectionString !== undefined && refused(connectionString, (text) => CONNECTION_STRING.test(String(text)))) {
    throw connectionStringMalformed(path);
  }
  if (connectionStringSecretId !== undefined && refused(connectionStringSecretId, isSecretId)) {
    throw secretIdMalformed(path, connectionStringSecretId);
  }
  if (tokenMetricsNamespace !== undefined && !METRICS_NAMESPACE.test(tokenMetricsNamespace)) {
    throw metricsNamespaceInvalid(path, tokenMetricsNamespace);
  }
  if (samplingPercentage !== undefined && refused(samplingPercentage, isPercentage)) {
    throw samplingPercentageInvalid(path, samplingPercentage);
  }
}

/**
 * The headers in one order and each once, whatever their spelling.
 *
 * @throws if one is no header or carries a secret
 */
export function loggableHeaders(path: string, headers: readonly string[]): string[] {
  for (const header of headers) {
    const secret = [...SECRET_HEADERS, ...SESSION_HEADERS].includes(String(header).toLowerCase());
    if (secret || !isHeaderName(header)) {
      throw headerNotLoggable(path, header, secret);
    }
  }
  return [...new Set(headers.map((header) => header.toLowerCase()))].sort();
}

function isPercentage(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100;
}

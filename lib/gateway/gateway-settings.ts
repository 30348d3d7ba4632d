import { Token } from 'cdktf';
import { isWholeNumber } from '../contracts/whole-number';
import type { IApiManagementService } from './api-management-service-interface';
import {
  accessInvalid,
  apiVersionInvalid,
  appRoleInvalid,
  gatewayNameInvalid,
  headerInvalid,
  headersNotDistinct,
  modelAudienceInvalid,
  numberInvalid,
  originInvalid,
  pathInvalid,
} from './errors';
import { GatewayAccess } from './gateway-access';
import {
  isAppRole,
  isGatewayName,
  isGatewayPath,
  isInferenceApiVersion,
  isModelAudience,
  isOrigin,
  isRoutingHeader,
} from './gateway-names';
import { ModelGatewayProps } from './model-gateway-props';
import { GatewayHeaders, GatewayPolicyOptions } from './policy/policy-options';
import { serviceMissing } from './service-errors';

/** Properties of a gateway, complete and checked. */
export interface GatewaySettings {
  readonly path: string;
  readonly appRole: string;
  readonly policyOptions: GatewayPolicyOptions;
}

const LONGEST_TIMEOUT = 240;
const MOST_ATTEMPTS = 10;

/** @throws if a property cannot be used */
export function gatewaySettings(constructPath: string, props: ModelGatewayProps): GatewaySettings {
  if ((props.service as IApiManagementService | null | undefined)?.sku === undefined) {
    throw serviceMissing(constructPath, props.service);
  }
  const { service, gatewayName = 'model-gateway', path = 'openai', defaultAppRole = 'Models.Invoke' } = props;
  const { defaultApiVersion = '2024-10-21', timeoutSeconds = LONGEST_TIMEOUT, maxAttempts = 3 } = props;
  const { maxRequestBytes, corsOrigins, telemetry, modelAudience = 'https://cognitiveservices.azure.com' } = props;
  if (!(props.access instanceof GatewayAccess)) {
    throw accessInvalid(constructPath, props.access);
  }
  requireValid(isGatewayName, gatewayName, gatewayNameInvalid);
  requireValid(isGatewayPath, path, pathInvalid);
  requireValid(isAppRole, defaultAppRole, appRoleInvalid);
  requireValid(isInferenceApiVersion, defaultApiVersion, apiVersionInvalid);
  if (!Token.isUnresolved(modelAudience)) {
    requireValid(isModelAudience, modelAudience, modelAudienceInvalid);
  }
  requireNumber('timeoutSeconds', timeoutSeconds, LONGEST_TIMEOUT);
  requireNumber('maxAttempts', maxAttempts, MOST_ATTEMPTS);
  if (maxRequestBytes !== undefined) {
    requireNumber('maxRequestBytes', maxRequestBytes, 2 ** 31 - 1);
  }
  corsOrigins?.forEach((origin) => requireValid(isOrigin, origin, originInvalid));

  return {
    path,
    appRole: defaultAppRole,
    policyOptions: {
      name: gatewayName,
      headers: headersOf(constructPath, props),
      access: props.access._callers,
      identity: {
        audience: modelAudience,
        ...(service.identityClientId !== undefined && { clientId: service.identityClientId }),
      },
      tier: service.sku._tier,
      defaultApiVersion,
      timeoutSeconds,
      maxAttempts,
      storedResponses: props.storedResponses ?? false,
      ...(maxRequestBytes !== undefined && { maxRequestBytes }),
      ...(corsOrigins !== undefined && corsOrigins.length > 0 && { corsOrigins }),
      traces: telemetry !== undefined,
      ...(telemetry?.tokenMetricsNamespace !== undefined && { tokenMetricsNamespace: telemetry.tokenMetricsNamespace }),
      modelsPath: `/${path}/v1/models`,
    },
  };

  function requireValid(
    isValid: (value: unknown) => boolean,
    value: string,
    error: (path: string, value: string) => Error,
  ) {
    if (!isValid(value)) {
      throw error(constructPath, value);
    }
  }

  function requireNumber(property: string, value: number, most: number) {
    if (!isWholeNumber(value, 1, most)) {
      throw numberInvalid(constructPath, property, value, 1, most);
    }
  }
}

function headersOf(constructPath: string, props: ModelGatewayProps): GatewayHeaders {
  const headers: GatewayHeaders = {
    model: props.modelHeader ?? 'x-ai-model',
    version: props.modelVersionHeader ?? 'x-ai-model-version',
    release: props.releaseHeader ?? 'x-ai-release',
    alias: 'x-ai-model-alias',
    deployment: 'x-ai-deployment',
    attempts: 'x-ai-attempts',
    requestId: 'x-request-id',
  };
  for (const name of [headers.model, headers.version, headers.release]) {
    if (!isRoutingHeader(name)) {
      throw headerInvalid(constructPath, name);
    }
  }
  const lower = Object.values({ ...headers }).map((name) => name.toLowerCase());
  const repeated = lower.find((name, index) => lower.indexOf(name) < index);
  if (repeated !== undefined) {
    throw headersNotDistinct(constructPath, repeated);
  }
  return headers;
}

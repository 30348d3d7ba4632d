import { Token } from 'cdktf';
import { refused } from '../../accounts/refused';
import { isSecretId } from '../../accounts/resource-id';
import { isWholeNumber } from '../../contracts/whole-number';
import type { IApiManagementService } from '../../gateway/api-management-service-interface';
import { isGatewayName, isGatewayPath, isOrigin } from '../../gateway/gateway-names';
import { serviceMissing } from '../../gateway/service-errors';
import { ReleaseRouter } from '../release-router';
import { ConversationPinOptions } from '../release-router-props';
import { ApiManagementReleaseRouterProps } from './api-management-release-router-props';
import {
  methodsInvalid,
  orchestratorNotExternal,
  orchestratorUrlInvalid,
  overrideNeedsTokens,
  pinKeyInvalid,
  routerAccessInvalid,
  routerNameInvalid,
  routerOriginInvalid,
  routerPathInvalid,
  timeoutInvalid,
} from './errors';
import { RouterPolicyOptions } from './policy/router-policy-options';
import { RouterAccess } from './router-access';

/** Properties of a router, complete and checked; who may override is granted later. */
export interface RouterSettings {
  readonly methods: readonly string[];
  readonly policyOptions: Omit<RouterPolicyOptions, 'overrideApps'>;
}

const LONGEST_TIMEOUT = 240;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** A base URL, whose path goes before the request's: no query and nothing that would end it. */
const ORCHESTRATOR_URL = /^https?:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:\/[A-Za-z0-9._~-]+)*$/;

/** @throws if a property cannot be used */
export function routerSettings(router: ReleaseRouter, props: ApiManagementReleaseRouterProps): RouterSettings {
  const constructPath = router.node.path;
  const { service, access, routerName = 'release-router', path = 'chat', methods = ['GET', 'POST'] } = props;
  const {
    timeoutSeconds = LONGEST_TIMEOUT,
    corsOrigins = [],
    conversationPin: pin,
    allowOverride: override = false,
  } = props;
  if ((service as IApiManagementService | null | undefined)?.sku === undefined) {
    throw serviceMissing(constructPath, service);
  }
  if (!(access instanceof RouterAccess)) {
    throw routerAccessInvalid(constructPath, access);
  }
  if (!isGatewayName(routerName)) {
    throw routerNameInvalid(constructPath, routerName);
  }
  if (!isGatewayPath(path)) {
    throw routerPathInvalid(constructPath, path);
  }
  if (!areMethods(methods)) {
    throw methodsInvalid(constructPath, methods);
  }
  if (!isWholeNumber(timeoutSeconds, 1, LONGEST_TIMEOUT)) {
    throw timeoutInvalid(constructPath, timeoutSeconds);
  }
  if (!Array.isArray(corsOrigins)) {
    throw routerOriginInvalid(constructPath, corsOrigins);
  }
  for (const origin of corsOrigins) {
    if (!isOrigin(origin)) {
      throw routerOriginInvalid(constructPath, origin);
    }
  }
  if (override && access._users.kind !== 'entra') {
    throw overrideNeedsTokens(constructPath);
  }
  const pinKey = (pin as ConversationPinOptions | null | undefined)?.keyVaultSecretId;
  if (pin !== undefined && refused(pinKey, isSecretId)) {
    throw pinKeyInvalid(constructPath, pinKey);
  }
  requireReachable(router);
  return {
    methods,
    policyOptions: {
      name: routerName,
      path,
      tier: service.sku._tier,
      access: access._users,
      rows: router._rows,
      salt: router.salt,
      override,
      ...(pin !== undefined && { pin: { inCookie: pin.inCookie ?? false } }),
      ...(props.mirror !== undefined && {
        mirror: { ...candidateOf(router, props.mirror.candidate.label), buckets: router._mirroredBuckets },
      }),
      timeoutSeconds,
      ...(corsOrigins.length > 0 && { corsOrigins }),
      forwardsAuthorization: props.forwardAuthorization ?? false,
      traces: props.telemetry !== undefined,
    },
  };
}

/** The candidate as it is listed: what `mirror.candidate` says of it besides its label could be of another app. */
function candidateOf({ releases }: ReleaseRouter, label: string): { readonly label: string; readonly url: string } {
  return { label, url: releases.find((release) => release.label === label)!.orchestrator!.url };
}

function requireReachable({ node, releases }: ReleaseRouter): void {
  for (const { label, orchestrator } of releases) {
    const url: unknown = orchestrator?.url;
    if (orchestrator !== undefined && !Token.isUnresolved(url) && !ORCHESTRATOR_URL.test(String(url))) {
      throw orchestratorUrlInvalid(node.path, label, url);
    }
    if (orchestrator?.external === false) {
      throw orchestratorNotExternal(node.path, label, orchestrator.node.path);
    }
  }
}

function areMethods(methods: readonly string[]): boolean {
  return (
    Array.isArray(methods) &&
    methods.length > 0 &&
    new Set(methods).size === methods.length &&
    methods.every((method) => METHODS.includes(method))
  );
}

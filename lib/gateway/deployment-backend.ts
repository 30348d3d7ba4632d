import {
  ApiManagementBackend,
  ApiManagementBackendCircuitBreakerRule,
} from '@cdktf/provider-azurerm/lib/api-management-backend';
import { TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { expressionDigest } from '../accounts/expression-digest';
import type { ModelDeployment } from '../accounts/model-deployment';
import type { IApiManagementService } from './api-management-service-interface';

/** What a backend is for: its URL ends in the deployment, in `/openai/v1`, or in the deployment's embeddings. */
export type BackendUse = 'dated' | 'v1' | 'embeddings';

export interface DeploymentBackendOptions {
  readonly service: IApiManagementService;
  readonly gatewayName: string;
  readonly deployment: ModelDeployment;
  readonly use: BackendUse;
  /** Whether a deployment that fails is left out for a while, because others can serve in its place. */
  readonly breaks: boolean;
}

const LONGEST_NAME = 80;
const DIGEST_LENGTH = 8;

/**
 * A deployment that says that it has no capacity is left alone for as long as it asks, or else for a few seconds. Other
 * failures do not open the breaker: the call goes to the next deployment anyway, and one hiccup of each deployment must not
 * shut the route for everyone. A route with one deployment has none: an open breaker answers 503 and does not say when to
 * come again. https://learn.microsoft.com/azure/api-management/backends#circuit-breaker
 */
const CIRCUIT_BREAKER: ApiManagementBackendCircuitBreakerRule = {
  name: 'no-capacity',
  tripDuration: 'PT10S',
  acceptRetryAfterEnabled: true,
  failureCondition: {
    count: 1,
    intervalDuration: 'PT10S',
    statusCodeRange: [
      { min: 429, max: 429 },
      { min: 503, max: 503 },
    ],
  },
};

/** A backend of the service that leads to one deployment. Other address, other name: the old one stays until no policy names it. */
export function addDeploymentBackend(scope: Construct, options: DeploymentBackendOptions): ApiManagementBackend {
  const { service, deployment, breaks } = options;
  const name = backendName(options);
  const sameStack = TerraformStack.of(scope) === TerraformStack.of(deployment);
  return new ApiManagementBackend(scope, name, {
    name,
    apiManagementName: service.serviceName,
    resourceGroupName: service.resourceGroupName,
    protocol: 'http',
    url: urlOf(options),
    description: `${deployment.routeKey}: deployment ${deployment.deploymentName} of account ${deployment.account.accountName}`,
    circuitBreakerRule: breaks ? CIRCUIT_BREAKER : undefined,
    lifecycle: { createBeforeDestroy: true },
    dependsOn: sameStack ? [deployment.resource] : undefined,
  });
}

/** Model and account in front, to be read in a plan or a log, and exact at the end; the digest is made in the account's stack so that no output of it is needed. */
function backendName(options: DeploymentBackendOptions): string {
  const { gatewayName, deployment, use } = options;
  const { account, deploymentName, routeKey } = deployment;
  const identity = [gatewayName, account.accountName, deploymentName, urlOf(options)];
  const end = `-${expressionDigest(account, identity, DIGEST_LENGTH)}-${use}`;
  const place = Token.isUnresolved(account.accountName) ? [] : [account.accountName];
  const readable = [routeKey, ...place]
    .join('-')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME - end.length);
  return readable.replace(/-$/, '') + end;
}

function urlOf({ deployment, use }: DeploymentBackendOptions): string {
  const base = `${deployment.account.openAiEndpoint}/openai`;
  switch (use) {
    case 'dated':
      return `${base}/deployments/${deployment.deploymentName}`;
    case 'v1':
      return `${base}/v1`;
    case 'embeddings':
      return `${base}/deployments/${deployment.deploymentName}/embeddings`;
  }
}

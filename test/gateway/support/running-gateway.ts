import { CircuitBreakerRule } from '../../../lib/emulator/circuit-breaker';
import { EmulatedGateway, EmulatedGatewayOptions, GatewayAnswer } from '../../../lib/emulator/emulated-gateway';
import { GatewayBackend, GatewayDefinition, GatewayOperation } from '../../../lib/emulator/gateway-definition';
import {
  formPolicy,
  FragmentPart,
  fragmentName,
  gatewayFragments,
  gatewayPolicy,
} from '../../../lib/gateway/policy/gateway-policy';
import { modelPolicy, modelsPolicy, unknownPathPolicy } from '../../../lib/gateway/policy/models-policy';
import { operationsOf } from '../../../lib/gateway/policy/operations';
import { GatewayPolicyOptions } from '../../../lib/gateway/policy/policy-options';
import { RoutingTable, Surface } from '../../../lib/gateway/policy/routing-table';
import { parseFragment, parsePolicy } from '../../../lib/policy/parse-policy';
import { FragmentDocument, PolicyDocument } from '../../../lib/policy/policy-document';
import { serialisePolicy } from '../../../lib/policy/serialise-policy';
import { policyOptions } from './routes';

/** As `ModelGateway` declares it for routes with several members. */
const BREAKER: CircuitBreakerRule = {
  failureCount: 1,
  intervalSeconds: 10,
  statusCodeRanges: [
    { min: 429, max: 429 },
    { min: 503, max: 503 },
  ],
  tripSeconds: 10,
  acceptRetryAfter: true,
};

/** Written and read again: the text is what is tested. */
function throughText(document: PolicyDocument): PolicyDocument {
  const reading = parsePolicy(serialisePolicy(document, { indentation: 0 }));
  if (!('document' in reading)) {
    throw new Error(reading.problems.join('\n'));
  }
  return reading.document;
}

function fragmentThroughText(document: FragmentDocument): FragmentDocument {
  const reading = parseFragment(serialisePolicy(document, { indentation: 0 }));
  if (!('document' in reading)) {
    throw new Error(reading.problems.join('\n'));
  }
  return reading.document;
}

/** The gateway that a routing table makes, without Terraform between them. */
export function definitionOf(
  table: RoutingTable,
  urlOf: (account: string, backendId: string) => string,
  options: GatewayPolicyOptions = policyOptions,
  breakers = false,
): GatewayDefinition {
  const backends = new Map<string, GatewayBackend>();
  for (const { members } of table.routes) {
    for (const { datedBackendId, v1BackendId, deploymentName } of members) {
      const account = datedBackendId.slice(0, datedBackendId.indexOf('-'));
      const circuitBreaker = breakers && members.length > 1 ? BREAKER : undefined;
      backends.set(datedBackendId, {
        url: `${urlOf(account, datedBackendId)}/openai/deployments/${deploymentName}`,
        circuitBreaker,
      });
      backends.set(v1BackendId, { url: `${urlOf(account, v1BackendId)}/openai/v1`, circuitBreaker });
    }
  }
  const fragments = new Map(
    Object.entries(gatewayFragments(options)).map(([part, document]) => [
      fragmentName(options.name, part as FragmentPart),
      fragmentThroughText(document),
    ]),
  );
  const api = (surface: Surface, path: string, more: readonly GatewayOperation[]) => ({
    id: `models-${surface}`,
    path,
    policy: throughText(gatewayPolicy(table, options, surface)),
    operations: [
      ...operationsOf(surface).map(({ id, method, urlTemplate, multipart }) => ({
        id,
        method,
        urlTemplate,
        ...(surface === 'v1' && multipart && { policy: throughText(formPolicy(table, options)) }),
      })),
      ...more,
      { id: 'unknown', method: '*', urlTemplate: '/{*path}', policy: throughText(unknownPathPolicy(options)) },
    ],
  });
  return {
    apis: [
      api('dated', 'openai', []),
      api('v1', 'openai/v1', [
        { id: 'models', method: 'GET', urlTemplate: '/models', policy: throughText(modelsPolicy(table, options)) },
        {
          id: 'model',
          method: 'GET',
          urlTemplate: '/models/{model}',
          policy: throughText(modelPolicy(table, options)),
        },
      ]),
    ],
    backends,
    fragments,
  };
}

const started: EmulatedGateway[] = [];

export async function runGateway(
  definition: GatewayDefinition,
  options: EmulatedGatewayOptions = {},
): Promise<{ readonly gateway: EmulatedGateway; readonly answers: GatewayAnswer[] }> {
  const answers: GatewayAnswer[] = [];
  const gateway = await EmulatedGateway.start(definition, { onAnswer: (given) => answers.push(given), ...options });
  started.push(gateway);
  return { gateway, answers };
}

export async function stopGateways(): Promise<void> {
  await Promise.all(started.splice(0).map((gateway) => gateway.stop()));
}

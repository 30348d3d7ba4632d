import { PolicyNode } from '../../policy/policy-document';
import { GatewayPolicyOptions } from './policy-options';

/** Who calls: nothing is looked at before that is known. */
export function callerChecks({ access, corsOrigins }: GatewayPolicyOptions): PolicyNode[] {
  return [
    ...(corsOrigins === undefined ? [] : [cors(corsOrigins)]),
    ...(access.kind === 'entra'
      ? [
          {
            kind: 'validate-azure-ad-token' as const,
            tenantId: access.tenantId,
            outputTokenVariableName: 'caller',
            audiences: access.audiences,
            backendApplicationIds: [],
            clientApplicationIds: [],
            requiredClaims: [],
          },
        ]
      : []),
  ];
}

function cors(origins: readonly string[]): PolicyNode {
  return {
    kind: 'cors',
    allowedOrigins: origins,
    allowedMethods: ['GET', 'POST', 'DELETE'],
    allowedHeaders: ['*'],
    exposeHeaders: ['*'],
  };
}

import { abridged } from '../contracts/printable';
import { GatewayApiFact } from '../facts/gateway-facts';
import { Finding } from './finding';
import { Rule } from './rule';
import { findingOf } from './statement';

/** A gateway of which nobody can say later which version it served. */
export const gatewayNoTelemetry: Rule = {
  id: 'gateway-no-telemetry',
  summary: 'Calls to models through a gateway are not recorded, or without the version that served them.',
  why:
    'A version can be retired in time only if it is known who still calls it, and an answer can be explained only if it is known which ' +
    'version gave it.',
  fix:
    'Give the API a diagnostic with an Application Insights or Azure Monitor logger, and log the header that names the version, or emit ' +
    'it in a trace or metric of the policy.',
  severity: 'warning',
  unknownWhen:
    'The API Management service is declared elsewhere, where it may have a diagnostic for all APIs, or the logged headers cannot be read.',
  check(context) {
    return (context.facts.gateway?.apis ?? []).flatMap(unobserved);
  },
};

function unobserved(api: GatewayApiFact): Finding[] {
  const { diagnostics, versionHeaders, emitsVersion, isServiceDeclared } = api;
  if (diagnostics.length === 0) {
    const nothing = 'the API leads to models, and no diagnostic records its calls';
    return [
      statement(api, {
        status: isServiceDeclared ? 'violation' : 'unknown',
        message: isServiceDeclared
          ? nothing
          : `${nothing}, unless the API Management service, which is declared elsewhere, has one for all APIs`,
        fix: 'declare an azurerm_api_management_api_diagnostic with a logger for the API, and log the header that names the version; a ModelGateway does both when it is given telemetry',
      }),
    ];
  }
  if (emitsVersion || versionHeaders.length === 0) {
    return [];
  }
  const logged = diagnostics.flatMap(({ headers }) => headers ?? []);
  if (versionHeaders.some((header) => logged.includes(header))) {
    return [];
  }
  const headers = versionHeaders.map((header) => `'${abridged(header)}'`).join(' and ');
  const isReadable = diagnostics.every((diagnostic) => diagnostic.headers !== undefined);
  return [
    statement(api, {
      status: isReadable ? 'violation' : 'unknown',
      message: isReadable
        ? `calls are recorded without the version: neither a diagnostic logs ${headers}, nor does a trace or metric of the policies hold it`
        : `whether calls are recorded with the version is not known: the headers that ${abridged(diagnostics.find((one) => one.headers === undefined)!.address)} logs cannot be read`,
      fix: `log ${headers} in frontend_request.headers_to_log of the diagnostic, or emit it in a trace or metric`,
    }),
  ];
}

function statement({ origin }: GatewayApiFact, given: Pick<Finding, 'status' | 'message' | 'fix'>): Finding {
  return findingOf(gatewayNoTelemetry, { origin }, given);
}

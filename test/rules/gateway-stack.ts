import { readStackConfiguration } from '../../lib/facts/stack-configuration';
import {
  formPolicy,
  fragmentName,
  FragmentPart,
  gatewayFragments,
  gatewayPolicy,
} from '../../lib/gateway/policy/gateway-policy';
import { modelPolicy, modelsPolicy } from '../../lib/gateway/policy/models-policy';
import { grantsText } from '../../lib/gateway/policy/route-lookup';
import { RoutingTable, Surface } from '../../lib/gateway/policy/routing-table';
import { serialisePolicy } from '../../lib/policy/serialise-policy';
import { Finding } from '../../lib/rules/finding';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { LifecycleKnowledge, Rule } from '../../lib/rules/rule';
import { policyOptions } from '../gateway/support/routes';
import { fakeKnowledge } from '../support/knowledge';
import { contextOf } from './configuration';

/** Resources by type and name, as Terraform JSON has them. */
export type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const SERVICE = '${azurerm_api_management.apim.name}';
const SERVICE_ID = '${azurerm_api_management.apim.id}';

/** `chat` 1 and 2 and `embed` 1 live, `chat` 0 is retired, `chat` soon retires in nine days. */
export const catalog = fakeKnowledge([
  { name: 'gpt-7-chat', version: '2024-01-01', replacements: [] },
  { name: 'gpt-7-chat', version: '2025-01-01' },
  { name: 'gpt-3-embed', version: '1' },
  { name: 'gpt-7-chat', version: '2023-01-01', retirementDate: '2026-10-01' },
  { name: 'gpt-7-chat', version: '2023-06-01', retirementDate: '2026-11-30' },
  { name: 'gpt-3-old', version: '0613', retirementDate: '2025-06-06' },
]);

export const SERVICE_RESOURCE: Resources = { azurerm_api_management: { apim: { name: 'apim' } } };

/** Accounts `eu` and `us`, each with the deployments given as `name: model@version`. */
export function accounts(deployments: Readonly<Record<string, Readonly<Record<string, string>>>>): Resources {
  const names = Object.keys(deployments);
  return {
    azurerm_cognitive_account: Object.fromEntries(
      names.map((name) => [name, { name: `models-${name}`, custom_subdomain_name: name }]),
    ),
    azurerm_cognitive_deployment: Object.fromEntries(
      names.flatMap((account) =>
        Object.entries(deployments[account]!).map(([deployment, key]) => [
          `${account}_${deployment.replace(/\W/g, '_')}`,
          {
            name: deployment,
            cognitive_account_id: `\${azurerm_cognitive_account.${account}.id}`,
            model: { format: 'OpenAI', name: key.split('@')[0], version: key.split('@')[1] },
            sku: { name: 'GlobalStandard' },
            version_upgrade_option: 'NoAutoUpgrade',
          },
        ]),
      ),
    ),
  };
}

/** What `ModelGateway` declares for a table: both APIs, their policies, fragments, backends and diagnostics. */
export function generated(table: RoutingTable): Resources {
  const text = (document: Parameters<typeof serialisePolicy>[0]) =>
    serialisePolicy(document, { indentation: 0, interpolations: [grantsText(table.grants)] });
  const apiPolicy = (surface: Surface) => ({
    api_management_name: SERVICE,
    api_name: `\${azurerm_api_management_api.${surface}.name}`,
    xml_content: text(gatewayPolicy(table, policyOptions, surface)),
  });
  const operation = (id: string, document: Parameters<typeof serialisePolicy>[0]) => ({
    api_management_name: SERVICE,
    api_name: '${azurerm_api_management_api.v1.name}',
    operation_id: id,
    xml_content: text(document),
  });
  const api = (name: string) => ({ api_management_name: SERVICE, name, subscription_required: false });
  const members = table.routes.flatMap((route) => route.members);
  const backend = (name: string, url: string) => ({ api_management_name: SERVICE, name, url, protocol: 'http' });
  const hostOf = (id: string) => `https://${id.slice(0, id.indexOf('-'))}.openai.azure.com`;
  const diagnostic = (surface: Surface) => ({
    api_management_name: SERVICE,
    api_name: `\${azurerm_api_management_api.${surface}.name}`,
    frontend_request: { headers_to_log: ['x-ai-model', 'x-ai-model-version'] },
  });
  return {
    ...SERVICE_RESOURCE,
    azurerm_api_management_api: { dated: api('models'), v1: api('models-v1') },
    azurerm_api_management_api_policy: { dated: apiPolicy('dated'), v1: apiPolicy('v1') },
    azurerm_api_management_api_operation_policy: {
      forms: operation('images-edits', formPolicy(table, policyOptions)),
      models: operation('models', modelsPolicy(table, policyOptions)),
      model: operation('model', modelPolicy(table, policyOptions)),
    },
    azurerm_api_management_policy_fragment: Object.fromEntries(
      Object.entries(gatewayFragments(policyOptions)).map(([part, document]) => [
        part,
        {
          api_management_id: SERVICE_ID,
          name: fragmentName(policyOptions.name, part as FragmentPart),
          format: 'xml',
          value: text(document),
        },
      ]),
    ),
    azurerm_api_management_backend: Object.fromEntries(
      members.flatMap(({ datedBackendId, v1BackendId, deploymentName }) => [
        [datedBackendId, backend(datedBackendId, `${hostOf(datedBackendId)}/openai/deployments/${deploymentName}`)],
        [v1BackendId, backend(v1BackendId, `${hostOf(v1BackendId)}/openai/v1`)],
      ]),
    ),
    azurerm_api_management_api_diagnostic: { dated: diagnostic('dated'), v1: diagnostic('v1') },
  };
}

/** An API with a policy that somebody wrote by hand. */
export function written(inbound: string, more: Resources = {}, backend = ''): Resources {
  return {
    ...SERVICE_RESOURCE,
    azurerm_api_management_api: {
      models: { api_management_name: SERVICE, name: 'models', subscription_required: false },
    },
    azurerm_api_management_api_policy: {
      models: {
        api_management_name: SERVICE,
        api_name: 'models',
        xml_content: `<policies><inbound><base />${inbound}</inbound><backend>${backend}</backend><outbound /><on-error /></policies>`,
      },
    },
    ...more,
  };
}

/** Backends by name, each with its URL or all that it consists of. */
export function backends(urls: Readonly<Record<string, string | Record<string, unknown>>>): Resources {
  return {
    azurerm_api_management_backend: Object.fromEntries(
      Object.entries(urls).map(([name, given]) => [
        name,
        { api_management_name: SERVICE, name, ...(typeof given === 'string' ? { url: given } : given) },
      ]),
    ),
  };
}

/** The same in a stack that does not declare the API Management service. */
export function ofServiceElsewhere(parts: Resources): Resources {
  return JSON.parse(
    JSON.stringify(withoutType(parts, 'azurerm_api_management')).replaceAll(SERVICE, 'apim'),
  ) as Resources;
}

export function withoutType(parts: Resources, type: string): Resources {
  return Object.fromEntries(Object.entries(parts).filter(([other]) => other !== type));
}

/** A branch of a hand-written policy that is taken for a value of the header `x-model`. */
export function whenModel(value: string, content: string): string {
  return `<when condition="@(context.Request.Headers.GetValueOrDefault("x-model","") == "${value}")">${content}</when>`;
}

export function factsOf(...parts: readonly Resources[]) {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const part of parts) {
    for (const [type, named] of Object.entries(part)) {
      resource[type] = { ...resource[type], ...named };
    }
  }
  return readStackConfiguration({ resource }, { literals: mayNameModel(catalog.spellings()) });
}

/** What a rule finds in a stack of these parts; of a type in several of them all resources count. */
export function findingsOf(
  rule: Rule,
  parts: readonly Resources[],
  knowledge: LifecycleKnowledge = catalog,
): Finding[] {
  const facts = factsOf(...parts);
  return rule.check({ ...contextOf(facts.deployments, { catalog: knowledge }), facts });
}

import { isDeepStrictEqual } from 'node:util';
import { armId } from '../paths';
import { ResourceKind } from '../resource-kind';
import { ValueObject } from '../value-encoding';
import { SERVICE_ID } from './api-management-service';
import { exactlyOneOf, oneOf } from './validation';

interface TemplateResource {
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * Templates of Azure Resource Manager, of which the diagnostics of an API in API Management are carried out. Replacement
 * and checks follow the provider's source,
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/resource/resource_group_template_deployment_resource.go.
 */
export const templateDeploymentKinds: Readonly<Record<string, ResourceKind>> = {
  azurerm_resource_group_template_deployment: {
    id: '/subscriptions/{subscription}/resourceGroups/{resource_group_name}/providers/Microsoft.Resources/deployments/{name}',
    forcesReplacement: ['name', 'resource_group_name'],
    suppressDifference: { template_content: isSameJson, parameters_content: isSameJson },
    validate: (config) => [
      ...oneOf('deployment_mode', config.deployment_mode, ['Complete', 'Incremental']),
      ...exactlyOneOf(config, ['template_content', 'template_spec_version_id']),
    ],
    azureAnswers: () => ({ output_content: '{}' }),
    afterWrite: (deployment, azure) => {
      for (const { id, properties } of diagnosticsOf(deployment, azure.subscription)) {
        azure.amend('azurerm_api_management_api_diagnostic', id, {
          // The provider's schema has no such attribute: whenever it writes the diagnostic, the metrics are gone.
          metrics: properties.metrics === true,
          sampling_percentage: Number((properties.sampling as ValueObject | undefined)?.percentage ?? 100),
        });
      }
    },
    // The provider removes what the template made (`delete_nested_items_during_deletion`, which is the default).
    afterDelete: (deployment, azure) => {
      for (const { id } of diagnosticsOf(deployment, azure.subscription)) {
        azure.forget('azurerm_api_management_api_diagnostic', id);
      }
    },
  },
};

function diagnosticsOf(deployment: ValueObject, subscription: string) {
  const template = JSON.parse(String(deployment.template_content)) as { readonly resources: TemplateResource[] };
  const parameters = JSON.parse(String(deployment.parameters_content)) as Record<string, { readonly value: string }>;
  return template.resources
    .filter(({ type }) => type === 'Microsoft.ApiManagement/service/apis/diagnostics')
    .map(({ name, properties }) => {
      const [api_management_name, api_name, identifier] = resolvedName(name, parameters).split('/');
      const attributes = { ...deployment, api_management_name, api_name, identifier } as ValueObject;
      return {
        id: armId(`${SERVICE_ID}/apis/{api_name}/diagnostics/{identifier}`, attributes, subscription),
        properties,
      };
    });
}

/** `[format('{0}/…', parameters('…'), …)]`; other expressions of the template language are not understood. */
function resolvedName(expression: string, parameters: Readonly<Record<string, { readonly value: string }>>): string {
  const [, pattern, names] = /^\[format\('([^']*)', (.*)\)\]$/.exec(expression) ?? [];
  if (pattern === undefined || names === undefined) {
    throw new Error(`the stand-in provider cannot evaluate the template expression ${expression}`);
  }
  const values = [...names.matchAll(/parameters\('(\w+)'\)/g)].map(([, name]) => parameters[name!]!.value);
  return pattern.replace(/\{(\d+)\}/g, (_, index: string) => values[Number(index)]!);
}

/** The provider compares both texts in a normal form. */
function isSameJson(before: string, after: string): boolean {
  return isDeepStrictEqual(JSON.parse(before), JSON.parse(after));
}

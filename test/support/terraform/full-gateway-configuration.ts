import { Block, Configuration, gateway, inApi, inService, located } from './gateway-configuration';

/** A configuration with everything that a gateway may be made of. */
export function fullGateway(): Configuration {
  const { provider, resource } = gateway({ routes: ['gpt-5.1@2025-11-13'], createBeforeDestroy: true });
  const policy =
    '<policies><inbound><base /><include-fragment fragment-id="log" />' +
    '<set-backend-service backend-id="route-gpt-5-1-2025-11-13" /></inbound>' +
    '<backend><base /></backend><outbound /><on-error /></policies>';
  return {
    provider,
    data: { azurerm_client_config: { caller: {} } },
    resource: {
      ...resource,
      azurerm_api_management_api_policy: {
        models: {
          ...resource.azurerm_api_management_api_policy!.models,
          xml_content: policy,
          depends_on: [
            'azurerm_api_management_backend.route_gpt_5_1_2025_11_13',
            'azurerm_api_management_policy_fragment.log',
          ],
        },
      },
      azurerm_api_management_named_value: {
        audience: {
          ...inService,
          name: 'audience',
          display_name: 'audience',
          value_from_key_vault: { secret_id: '${azurerm_key_vault_secret.audience.versionless_id}' },
          secret: true,
        },
      },
      azurerm_api_management_policy_fragment: {
        log: {
          api_management_id: '${azurerm_api_management.gateway.id}',
          name: 'log',
          description: 'Writes a line',
          format: 'rawxml',
          value: '<fragment><trace source="{{audience}}"><message>@("a" + "b")</message></trace></fragment>',
          depends_on: ['azurerm_api_management_named_value.audience'],
        },
      },
      azurerm_api_management_api_version_set: {
        versions: { ...inService, name: 'models', display_name: 'Models', versioning_scheme: 'Segment' },
      },
      azurerm_api_management_api_operation: {
        any: {
          ...inApi,
          operation_id: 'any',
          display_name: 'Any',
          method: 'POST',
          url_template: '/{*path}',
          template_parameter: { name: 'path', required: false, type: 'string' },
        },
      },
      azurerm_api_management_product: {
        team: {
          ...inService,
          product_id: 'team',
          display_name: 'Team',
          published: true,
          subscription_required: true,
        },
      },
      azurerm_api_management_product_api: {
        team: { ...inApi, product_id: '${azurerm_api_management_product.team.product_id}' },
      },
      azurerm_api_management_subscription: {
        team: {
          ...inService,
          display_name: 'Team',
          product_id: '${azurerm_api_management_product.team.id}',
          state: 'active',
          allow_tracing: false,
        },
      },
      azurerm_api_management_redis_cache: {
        cache: {
          api_management_id: '${azurerm_api_management.gateway.id}',
          name: 'cache',
          connection_string: 'contoso.redis.cache.windows.net:6380,ssl=True',
        },
      },
      azurerm_log_analytics_workspace: { logs: { ...located, name: 'logs' } },
      azurerm_application_insights: {
        insights: {
          ...located,
          name: 'insights',
          application_type: 'web',
          workspace_id: '${azurerm_log_analytics_workspace.logs.id}',
        },
      },
      azurerm_api_management_logger: {
        insights: {
          ...inService,
          name: 'insights',
          application_insights: { connection_string: '${azurerm_application_insights.insights.connection_string}' },
        },
      },
      azurerm_api_management_diagnostic: { all: diagnostic(inService) },
      azurerm_api_management_api_diagnostic: { models: diagnostic(inApi) },
      azurerm_monitor_diagnostic_setting: {
        gateway: {
          name: 'gateway',
          target_resource_id: '${azurerm_api_management.gateway.id}',
          log_analytics_workspace_id: '${azurerm_log_analytics_workspace.logs.id}',
          enabled_log: [{ category: 'GatewayLogs' }, { category: 'GatewayLlmLogs' }],
        },
      },
      azurerm_user_assigned_identity: { caller: { ...located, name: 'caller' } },
      azurerm_role_assignment: {
        caller: {
          scope: '${azurerm_key_vault.vault.id}',
          principal_id: '${azurerm_api_management.gateway.identity[0].principal_id}',
          role_definition_name: 'Key Vault Secrets User',
          description: 'The gateway reads its named values',
        },
      },
      azurerm_key_vault: {
        vault: {
          ...located,
          name: 'contoso-vault',
          sku_name: 'standard',
          tenant_id: '${data.azurerm_client_config.caller.tenant_id}',
        },
      },
      azurerm_key_vault_secret: {
        audience: { name: 'audience', key_vault_id: '${azurerm_key_vault.vault.id}', value: 'api://gateway' },
      },
    },
  };
}

function diagnostic(owner: Block): Block {
  return {
    ...owner,
    identifier: 'applicationinsights',
    api_management_logger_id: '${azurerm_api_management_logger.insights.id}',
    sampling_percentage: 100,
    always_log_errors: true,
    verbosity: 'information',
    http_correlation_protocol: 'W3C',
    frontend_request: { body_bytes: 0, headers_to_log: ['x-model'] },
  };
}

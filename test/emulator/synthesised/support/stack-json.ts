/** Resources by type and label, as in Terraform JSON. */
export type Resources = Record<string, Record<string, Record<string, unknown>>>;

const PLACE = { api_management_name: 'apim', resource_group_name: 'models' };

export const POLICY = '<policies><inbound /><backend><forward-request /></backend><outbound /><on-error /></policies>';

/** A configuration with one API, one operation and one backend; further resources are put beside them, or over them. */
export function gatewayJson(more: Resources = {}): { resource: Resources } & Record<string, unknown> {
  const resource: Resources = {
    azurerm_api_management_api: {
      chat: { ...PLACE, name: 'chat', path: '/openai/', revision: '1', subscription_required: false },
    },
    azurerm_api_management_api_operation: {
      complete: {
        ...PLACE,
        api_name: '${azurerm_api_management_api.chat.name}',
        operation_id: 'complete',
        method: 'post',
        url_template: '/chat/completions',
      },
    },
    azurerm_api_management_backend: {
      main: { ...PLACE, name: 'main', protocol: 'http', url: 'https://a.openai.azure.com/openai' },
    },
  };
  for (const [type, named] of Object.entries(more)) {
    for (const [label, values] of Object.entries(named)) {
      resource[type] = { ...resource[type], [label]: { ...PLACE, ...resource[type]?.[label], ...values } };
    }
  }
  return { resource };
}

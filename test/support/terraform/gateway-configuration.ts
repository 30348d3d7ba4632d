/** A resource or data source in Terraform's JSON syntax. */
export type Block = Readonly<Record<string, unknown>>;

/** A synthesised stack, as far as tests change it. */
export interface Configuration {
  readonly provider: object;
  readonly resource: Record<string, Record<string, Block>>;
  readonly data?: Record<string, Record<string, Block>>;
}

export interface GatewayOptions {
  /** One backend and one branch of the policy for each. */
  readonly routes: readonly string[];
  /** @default no lifecycle block */
  readonly createBeforeDestroy?: boolean;
  /** @default 'StandardV2_1' */
  readonly sku?: string;
  /** @default a policy that names every route */
  readonly policy?: string;
}

export const SERVICE_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-gateway/providers/Microsoft.ApiManagement/service/contoso-gateway';

const group = { resource_group_name: '${azurerm_resource_group.group.name}' };
export const located = { ...group, location: '${azurerm_resource_group.group.location}' };
export const inService = { ...group, api_management_name: '${azurerm_api_management.gateway.name}' };
export const inApi = { ...inService, api_name: '${azurerm_api_management_api.models.name}' };

/** A policy with a branch for each route, in quotes and entities as the provider reads them back. */
export function routingPolicy(routes: readonly string[]): string {
  const branches = routes.map(
    (route) =>
      `<when condition="@(context.Request.Headers.GetValueOrDefault(&quot;x-model&quot;,&quot;&quot;) == &quot;${route}&quot; &amp;&amp; 1 &lt; 2)">` +
      `<set-backend-service backend-id="${backendName(route)}" /></when>`,
  );
  const choose = branches.length > 0 ? `<choose>${branches.join('')}</choose>` : '';
  return (
    `<policies><inbound><base />${choose}</inbound><backend><forward-request buffer-response="false" /></backend>` +
    '<outbound><base /></outbound><on-error><base /></on-error></policies>'
  );
}

export function backendName(route: string): string {
  return `route-${route.replace(/[^a-z0-9]/g, '-')}`;
}

/** A service with one API, a policy and a backend for each route, by hand. */
export function gateway(options: GatewayOptions): Configuration {
  const lifecycle = options.createBeforeDestroy ? { lifecycle: { create_before_destroy: true } } : {};
  const backends = Object.fromEntries(
    options.routes.map((route) => [
      backendName(route).replaceAll('-', '_'),
      {
        ...inService,
        ...lifecycle,
        name: backendName(route),
        protocol: 'http',
        url: `https://contoso-models.openai.azure.com/openai/deployments/${route}`,
        circuit_breaker_rule: {
          name: 'overload',
          trip_duration: 'PT10S',
          accept_retry_after_enabled: true,
          failure_condition: {
            count: 1,
            interval_duration: 'PT10S',
            status_code_range: [
              { min: 429, max: 429 },
              { min: 500, max: 599 },
            ],
          },
        },
      },
    ]),
  );
  return {
    provider: { azurerm: [{ features: [{}] }] },
    resource: {
      azurerm_resource_group: { group: { name: 'rg-gateway', location: 'swedencentral' } },
      azurerm_api_management: {
        gateway: {
          ...located,
          name: 'contoso-gateway',
          publisher_name: 'Contoso',
          publisher_email: 'models@contoso.com',
          sku_name: options.sku ?? 'StandardV2_1',
          identity: { type: 'SystemAssigned' },
        },
      },
      azurerm_api_management_api: {
        models: {
          ...inService,
          name: 'models',
          display_name: 'Models',
          path: 'openai',
          protocols: ['https'],
          revision: '1',
        },
      },
      ...(options.routes.length > 0 && { azurerm_api_management_backend: backends }),
      azurerm_api_management_api_policy: {
        models: {
          ...inApi,
          ...lifecycle,
          xml_content: options.policy ?? routingPolicy(options.routes),
          depends_on: Object.keys(backends).map((name) => `azurerm_api_management_backend.${name}`),
        },
      },
    },
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../../lib/contracts/canonical-json';
import { releaseIdOf, releaseLabel } from '../../../lib/contracts/release-manifest';

export const EXAMPLES = join(__dirname, '../../../examples');

interface Configuration {
  readonly '//'?: object;
  readonly resource: Record<string, Record<string, unknown>>;
}

export function exampleStack(name: string, stack = name): Configuration {
  return JSON.parse(readFileSync(join(EXAMPLES, name, 'expected', `${stack}.tf.json`), 'utf8')) as Configuration;
}

/** What one release of the platform is made of. */
export interface SampleRelease {
  readonly app: string;
  readonly model: { readonly name: string; readonly version: string };
  readonly prompts?: number;
  readonly orchestration?: string;
  /** Called without the gateway: name of the deployment. */
  readonly deployment?: string;
}

const INDEX = { index: 'travel-v1', embeddingModel: 'text-embedding-3-large@1', dimensions: 3072 };

const KNOWLEDGE_ENVIRONMENT = [
  { name: 'MODEL_EMBEDDINGS_URL', value: 'https://contoso-models-swedencentral.openai.azure.com/openai/v1' },
  { name: 'MODEL_EMBEDDINGS_DEPLOYMENT', value: 'embeddings' },
];

export function sampleManifest({ model, prompts = 1, orchestration = '2.3.0' }: SampleRelease): string {
  return canonicalJson({
    schemaVersion: 1,
    name: 'travel',
    image: `contoso.azurecr.io/travel@sha256:${'a'.repeat(64)}`,
    orchestration,
    models: { chat: { format: 'OpenAI', ...model, config: {} } },
    prompts: Object.fromEntries(
      Array.from({ length: prompts }, (_, index) => [
        `prompt${index}`,
        { text: 'Be brief.', model: 'chat', madeFor: [`${model.name}@${model.version}`], template: 'none', inputs: [] },
      ]),
    ),
    knowledge: INDEX,
  });
}

export function sampleLabel(release: SampleRelease): string {
  return releaseLabel('travel', releaseIdOf(sampleManifest(release)));
}

/** The example of a gateway, with releases in front of it and a router in front of those. */
export function platformStack(
  releases: readonly (SampleRelease & { readonly stage: string; readonly from: number; readonly to: number })[],
): Configuration {
  const gateway = exampleStack('gateway');
  const rows = releases.map((release) => `${sampleLabel(release)}|${release.stage}|${release.from}|${release.to}`);
  const service = '${azurerm_api_management.service.name}';
  const apps = releases.filter(({ stage }) => stage !== 'retired');
  return {
    ...gateway,
    resource: {
      ...gateway.resource,
      azurerm_container_app: Object.fromEntries([
        [
          'knowledge',
          { name: 'knowledge-api', template: { container: [{ name: 'api', env: KNOWLEDGE_ENVIRONMENT }] } },
        ],
        ...apps.map((release) => [release.app, orchestratorApp(release)] as const),
      ]),
      azurerm_api_management_api: {
        ...gateway.resource.azurerm_api_management_api,
        router: { api_management_name: service, name: 'router', path: 'chat' },
      },
      azurerm_api_management_backend: {
        ...gateway.resource.azurerm_api_management_backend,
        ...Object.fromEntries(
          apps.map((release) => [
            `router-${release.app}`,
            {
              api_management_name: service,
              name: `router-${sampleLabel(release)}`,
              url: `https://\${azurerm_container_app.${release.app}.ingress[0].fqdn}`,
            },
          ]),
        ),
      },
      azurerm_api_management_api_policy: {
        ...gateway.resource.azurerm_api_management_api_policy,
        router: {
          '//': { metadata: { path: 'gateway/router/Policy' } },
          api_management_name: service,
          api_name: '${azurerm_api_management_api.router.name}',
          xml_content: routerPolicy(rows, apps.map(sampleLabel)),
        },
      },
    },
  };
}

function orchestratorApp(release: SampleRelease): object {
  const text = sampleManifest(release);
  const env = {
    RELEASE_ID: releaseIdOf(text),
    RELEASE_LABEL: sampleLabel(release),
    RELEASE_MANIFEST: text,
    KNOWLEDGE_URL: 'https://${azurerm_container_app.knowledge.ingress[0].fqdn}',
    ...(release.deployment === undefined
      ? { MODEL_ROUTE_HEADER: 'x-ai-model', MODEL_CHAT_URL: '${azurerm_api_management.service.gateway_url}/openai/v1' }
      : {
          MODEL_CHAT_URL: 'https://contoso-models-swedencentral.openai.azure.com/openai/v1',
          MODEL_CHAT_DEPLOYMENT: release.deployment,
        }),
  };
  return {
    name: sampleLabel(release),
    revision_mode: 'Single',
    template: {
      container: [
        {
          name: 'orchestrator',
          image: `contoso.azurecr.io/travel@sha256:${'a'.repeat(64)}`,
          env: Object.entries(env).map(([name, value]) => ({ name, value })),
        },
      ],
    },
  };
}

function routerPolicy(rows: readonly string[], labels: readonly string[]): string {
  const branches = labels.map(
    (label) =>
      `<when condition="@((string)context.Variables[&quot;release&quot;]==&quot;${label}&quot;)">` +
      `<set-backend-service backend-id="router-${label}" /></when>`,
  );
  return (
    `<policies><inbound><set-variable name="releases" value="${rows.join(';')}" />` +
    `<set-variable name="salt" value="autumn" /><choose>${branches.join('')}</choose></inbound>` +
    '<backend><forward-request /></backend><outbound /><on-error /></policies>'
  );
}

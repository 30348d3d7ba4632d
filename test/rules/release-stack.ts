import { canonicalJson } from '../../lib/contracts/canonical-json';
import { modelDeploymentVariable, modelUrlVariable } from '../../lib/contracts/orchestrator-environment';
import { releaseIdOf, releaseLabel } from '../../lib/contracts/release-manifest';
import { terraformTemplate } from '../../lib/contracts/terraform-template';
import { Finding } from '../../lib/rules/finding';
import { Resources, SERVICE } from './gateway-stack';

export const DIGEST = `sha256:${'ab'.repeat(32)}`;

/** An image that the manifest of `release` names. */
export const IMAGE = `assistants/support@${DIGEST}`;

type Json = Record<string, unknown>;

/** One environment variable: a text, or the secret that it is taken from. */
export type VariableGiven = string | { readonly secret: string };

export interface ReleaseGiven {
  readonly name?: string;
  /** Route keys by role. @default { chat: 'gpt-7-chat@2024-01-01' } */
  readonly models?: Readonly<Record<string, string>>;
  readonly prompts?: Json;
  readonly image?: string;
  readonly text?: string;
}

export interface Release {
  readonly text: string;
  readonly id: string;
  readonly label: string;
  readonly models: Readonly<Record<string, string>>;
}

/** A release as its manifest says it; the prompt `system` is made for the model of the first role. */
export function release(given: ReleaseGiven = {}): Release {
  const { name = 'support', models = { chat: 'gpt-7-chat@2024-01-01' }, image = IMAGE } = given;
  const [role = 'chat', key = ''] = Object.entries(models)[0] ?? [];
  const text = canonicalJson({
    schemaVersion: 1,
    name,
    image,
    orchestration: '2.3.0',
    models: Object.fromEntries(
      Object.entries(models).map(([of, model]) => {
        const [modelName, version] = model.split('@');
        return [of, { format: 'OpenAI', name: modelName, version, config: { temperature: 0.2 } }];
      }),
    ),
    prompts: given.prompts ?? { system: prompt(given.text ?? 'You help customers of ${shop}.', role, [key]) },
  });
  const id = releaseIdOf(text);
  return { text, id, label: releaseLabel(name, id), models };
}

export function prompt(text: string, model: string, madeFor: readonly string[]): Json {
  return { text, model, madeFor, template: 'none', inputs: [] };
}

/** What `Orchestrator` tells the container of a release. */
export function releaseVariables({ id, label, text }: Release): Record<string, VariableGiven> {
  return { RELEASE_ID: id, RELEASE_LABEL: label, RELEASE_MANIFEST: terraformTemplate(text) };
}

/** Wiring of every role to a deployment of the account `eu`, of the role's own name. */
export function direct({ models }: Release, deployments: Readonly<Record<string, string>> = {}) {
  return Object.fromEntries(
    Object.keys(models).flatMap((role) => [
      [modelUrlVariable(role), 'https://eu.openai.azure.com/openai/v1'],
      [modelDeploymentVariable(role), deployments[role] ?? role],
    ]),
  );
}

export const GATEWAY_URL = '${azurerm_api_management.apim.gateway_url}/openai/v1';

/** Wiring of every role to a gateway. */
export function throughGateway({ models }: Release, url = GATEWAY_URL): Record<string, VariableGiven> {
  return {
    ...Object.fromEntries(Object.keys(models).map((role) => [modelUrlVariable(role), url])),
    MODEL_ROUTE_HEADER: 'x-ai-model',
    MODEL_RELEASE_HEADER: 'x-ai-release',
  };
}

export function environment(variables: Readonly<Record<string, VariableGiven | undefined>>): Json[] {
  return Object.entries(variables).flatMap(([name, given]) =>
    given === undefined
      ? []
      : [typeof given === 'string' ? { name, value: given } : { name, secret_name: given.secret }],
  );
}

/** A container app with one container. */
export function containerApp(
  variables: Readonly<Record<string, VariableGiven | undefined>>,
  more: Json = {},
  container: Json = {},
): Json {
  return {
    name: 'support',
    revision_mode: 'Single',
    ingress: { target_port: 8080, traffic_weight: [{ latest_revision: true, percentage: 100 }] },
    template: {
      container: [
        {
          name: 'orchestrator',
          image: `\${azurerm_container_registry.main.login_server}/${IMAGE}`,
          env: environment(variables),
          ...container,
        },
      ],
    },
    ...more,
  };
}

/** The app of a release, wired to deployments `chat`, `embeddings`, … unless the test says otherwise. */
export function orchestrator(
  of: Release,
  variables: Readonly<Record<string, VariableGiven | undefined>> = {},
  more: Json = {},
): Json {
  return containerApp({ ...releaseVariables(of), ...direct(of), ...variables }, { name: of.label, ...more });
}

export function apps(named: Readonly<Record<string, Json>>): Resources {
  return { azurerm_container_app: named };
}

export interface RowGiven {
  readonly label: string;
  /** `stage|from|to`. */
  readonly row: string;
  /** Name of the container app in the stack, or a URL; left out, there is no branch. */
  readonly to?: string;
}

/** The policy of a router, with a backend for each row that leads somewhere. */
export function router(rows: readonly RowGiven[], value?: string): Resources {
  const text = value ?? rows.map(({ label, row }) => `${label}|${row}`).join(';');
  const branches = rows
    .filter(({ to }) => to !== undefined)
    .map(
      ({ label }) =>
        `<when condition="@((string)context.Variables["release"] == "${label}")"><set-backend-service backend-id="router-${label}" /></when>`,
    );
  const choose = branches.length === 0 ? '' : `<choose>${branches.join('')}</choose>`;
  return {
    azurerm_api_management: { apim: { name: 'apim' } },
    azurerm_api_management_api: { router: { api_management_name: SERVICE, name: 'router', path: 'assistant' } },
    azurerm_api_management_api_policy: {
      router: {
        api_management_name: SERVICE,
        api_name: 'router',
        xml_content: `<policies><inbound><base /><set-variable name="releases" value="${text}" /><set-variable name="salt" value="s1" /><set-variable name="release" value="@("x")" />${choose}</inbound><backend /><outbound /><on-error /></policies>`,
      },
    },
    azurerm_api_management_backend: Object.fromEntries(
      rows.flatMap(({ label, to }) =>
        to === undefined
          ? []
          : [
              [
                label,
                {
                  api_management_name: SERVICE,
                  name: `router-${label}`,
                  url: to.includes('://') ? to : `https://\${azurerm_container_app.${to}.ingress[0].fqdn}`,
                },
              ],
            ],
      ),
    ),
  };
}

/** A container app that runs nginx with a configuration. */
export function nginx(configuration: VariableGiven): Json {
  return containerApp({ NGINX_CONFIG: configuration }, { name: 'router' }, { image: `nginx@${DIGEST}` });
}

/** What a finding says, in one line. */
export function brief({ severity, status, message }: Finding): string {
  return `${severity} ${status}: ${message}`;
}

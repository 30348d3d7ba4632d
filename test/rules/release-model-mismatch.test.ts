import { releaseModelMismatch } from '../../lib/rules/release-model-mismatch';
import { member, route, tableOf } from '../gateway/support/routes';
import { contextOf, isDeployedIn } from './configuration';
import {
  accounts,
  backends,
  catalog,
  factsOf,
  findingsOf,
  generated,
  Resources,
  SERVICE,
  written,
} from './gateway-stack';
import {
  apps,
  brief,
  containerApp,
  direct,
  orchestrator,
  release,
  releaseVariables,
  throughGateway,
} from './release-stack';

const V1 = 'gpt-7-chat@2024-01-01';
const V2 = 'gpt-7-chat@2025-01-01';
const EMBED = 'gpt-3-embed@1';
const ONE = release();
const TWO = release({ models: { chat: V1, embeddings: EMBED } });
const ENV = 'template.container[0].env';

function check(app: Record<string, unknown>, ...more: readonly Resources[]) {
  return findingsOf(releaseModelMismatch, [apps({ one: app }), ...more]);
}

/** The gateway that `ModelGateway` declares, with the paths of its APIs. */
function gateway(...keys: readonly string[]): Resources {
  const parts = generated(tableOf(keys.map((key) => route(key, [member('eu', key.split('@')[0]!)]))));
  const api = (name: string, path: string) => ({ api_management_name: SERVICE, name, path });
  return {
    ...parts,
    azurerm_api_management_api: { dated: api('models', 'openai'), v1: api('models-v1', 'openai/v1') },
  };
}

function wired(of = ONE, url?: string, more: Record<string, string | undefined> = {}) {
  return containerApp({ ...releaseVariables(of), ...throughGateway(of, url), ...more });
}

describe('release-model-mismatch is content with', () => {
  test.each<[string, Record<string, unknown>, readonly Resources[]]>([
    ['a deployment of the bound version', orchestrator(ONE), [accounts({ eu: { chat: V1 } })]],
    [
      'deployments for several roles, by reference',
      orchestrator(TWO, {
        MODEL_CHAT_URL: '${azurerm_cognitive_account.eu.endpoint}openai/v1',
        MODEL_CHAT_DEPLOYMENT: '${azurerm_cognitive_deployment.eu_chat.name}',
      }),
      [accounts({ eu: { chat: V1, embeddings: EMBED }, us: { chat: V2 } })],
    ],
    ['a gateway with routes for all roles', wired(TWO), [gateway(V1, EMBED, V2)]],
    ['the same by the host of the service', wired(ONE, 'https://apim.azure-api.net/openai/v1/'), [gateway(V1)]],
    [
      'a deployment whose own version cannot be read',
      orchestrator(ONE),
      [accounts({ eu: { chat: 'gpt-7-chat@${var.v}' } })],
    ],
    [
      'a container that is told no release',
      containerApp({ MODEL_CHAT_URL: 'https://x', MODEL_CHAT_DEPLOYMENT: 'y' }),
      [],
    ],
  ])('%s', (_what, app, more) => {
    expect(check(app, ...more)).toEqual([]);
  });

  test('a deployment of another stack of the app whose name holds the version', () => {
    const wiring = {
      MODEL_CHAT_URL: '${data.terraform_remote_state.models.outputs.endpoint}openai/v1',
      MODEL_CHAT_DEPLOYMENT: 'gpt-7-chat_2024-01-01_x',
    };
    const facts = factsOf(apps({ one: orchestrator(ONE, wiring) }));
    const isDeployed = isDeployedIn(factsOf(accounts({ eu: { 'gpt-7-chat_2024-01-01_x': V1 } })));
    expect(releaseModelMismatch.check({ ...contextOf([], { catalog }), facts, isDeployed })).toEqual([]);
  });

  test('but not by its name alone, where a literal URL leads to an account that the stack does not have', () => {
    const name = 'gpt-7-chat_2024-01-01_x';
    const wiring = { MODEL_CHAT_URL: 'https://stranger.openai.azure.com/openai/v1', MODEL_CHAT_DEPLOYMENT: name };
    const facts = factsOf(apps({ one: orchestrator(ONE, wiring) }));
    const isDeployed = isDeployedIn(factsOf(accounts({ eu: { [name]: V1 } })));
    expect(releaseModelMismatch.check({ ...contextOf([], { catalog }), facts, isDeployed }).map(brief)).toEqual([
      `note unknown: release ${ONE.label}: whether deployment '${name}' has role 'chat' (${V1}) is not known: this stack does not declare it`,
    ]);
  });

  test.each(['gpt-7-chat-mini_2024-01-01_x', 'gpt-7-chat_2025-01-01_2024-01-01', 'gpt-7-chat_2024-01-011'])(
    'no deployment of another stack whose name begins like the bound model and goes on differently: %s',
    (name) => {
      const facts = factsOf(apps({ one: orchestrator(ONE, { MODEL_CHAT_DEPLOYMENT: name }) }));
      const isDeployed = isDeployedIn(factsOf(accounts({ eu: { [name]: V2 } })));
      expect(releaseModelMismatch.check({ ...contextOf([], { catalog }), facts, isDeployed }).map(brief)).toEqual([
        `note unknown: release ${ONE.label}: whether deployment '${name}' has role 'chat' (${V1}) is not known: this stack does not declare it`,
      ]);
    },
  );
});

describe('release-model-mismatch reports', () => {
  test('a deployment of another version', () => {
    expect(check(orchestrator(ONE), accounts({ eu: { chat: V2 } }))).toEqual([
      {
        rule: 'release-model-mismatch',
        severity: 'error',
        status: 'violation',
        resource: { address: 'azurerm_container_app.one', type: 'azurerm_container_app', path: `${ENV}[4].value` },
        message: `release ${ONE.label}: role 'chat' (${V1}) is wired to azurerm_cognitive_deployment.eu_chat, a deployment of ${V2}`,
        fix: `wire the role to a deployment of ${V1}, or make a new release that binds ${V2}`,
        model: { format: 'OpenAI', name: 'gpt-7-chat', version: '2024-01-01' },
      },
    ]);
  });

  test.each<[string, Record<string, unknown>, readonly Resources[], string, string]>([
    [
      'roles that are wired to each other',
      orchestrator(TWO, direct(TWO, { chat: 'embeddings', embeddings: 'embeddings' })),
      [accounts({ eu: { chat: V1, embeddings: EMBED } })],
      `role 'chat' (${V1}) is wired to azurerm_cognitive_deployment.eu_embeddings, a deployment of ${EMBED}`,
      `${ENV}[4].value`,
    ],
    [
      'a deployment that the account lacks',
      orchestrator(ONE),
      [accounts({ eu: { other: V1 } })],
      `role 'chat' (${V1}) is wired to deployment 'chat' of azurerm_cognitive_account.eu, which declares no such deployment`,
      `${ENV}[4].value`,
    ],
    [
      'a role without wiring',
      orchestrator(ONE, { MODEL_CHAT_URL: undefined, MODEL_CHAT_DEPLOYMENT: undefined }),
      [],
      `role 'chat' (${V1}) is not wired: the container is not told MODEL_CHAT_URL`,
      'template.container[0]',
    ],
    [
      'wiring without a role',
      orchestrator(ONE, { MODEL_DEEP_THOUGHT_URL: 'https://eu.openai.azure.com/openai/v1' }),
      [accounts({ eu: { chat: V1 } })],
      "the container is told where role 'deep-thought' is, and the release has no model for it",
      `${ENV}[5].value`,
    ],
    [
      'a version that the gateway has no route for',
      wired(),
      [gateway(V2, EMBED)],
      `role 'chat' (${V1}) has no route in azurerm_api_management_api.v1`,
      `${ENV}[3].value`,
    ],
    [
      'a header that the gateway does not read',
      wired(ONE, undefined, { MODEL_ROUTE_HEADER: 'x-model' }),
      [gateway(V1)],
      "MODEL_ROUTE_HEADER is 'x-model', and azurerm_api_management_api.v1 tells models apart by 'x-ai-model' or 'x-ai-model-version'",
      `${ENV}[4].value`,
    ],
    [
      'a header that the container is not told',
      wired(ONE, undefined, { MODEL_ROUTE_HEADER: undefined }),
      [gateway(V1)],
      "the container is not told MODEL_ROUTE_HEADER, and azurerm_api_management_api.v1 tells models apart by 'x-ai-model' or 'x-ai-model-version'",
      'template.container[0]',
    ],
  ])('%s', (_what, app, more, message, path) => {
    const findings = check(app, ...more);
    expect(findings.map((finding) => brief(finding).replace(/release [a-z]+-[0-9a-f]{12}: /, ''))).toEqual([
      `error violation: ${message}`,
    ]);
    expect(findings[0]!.resource.path).toBe(path);
  });

  test('a route that the gateway keeps only to say that the model is gone', () => {
    const retired = tableOf([route(V2, [member('eu', 'chat')])], { retired: [{ key: V1, successor: V2 }] });
    const parts = {
      ...gateway(),
      ...generated(retired),
      azurerm_api_management_api: gateway().azurerm_api_management_api!,
    };
    expect(check(wired(), parts).map(({ message }) => message)).toEqual([
      `release ${ONE.label}: role 'chat' (${V1}) is answered by azurerm_api_management_api.v1 without a model: its route is retired there`,
    ]);
  });

  test('the release by the digits of its manifest where nothing tells its label', () => {
    const app = orchestrator(ONE, { RELEASE_LABEL: undefined });
    expect(check(app, accounts({ eu: { chat: V2 } }))[0]!.message).toContain(`release ${ONE.label}: role 'chat'`);
  });
});

describe('release-model-mismatch does not know', () => {
  test.each<[string, Record<string, unknown>, readonly Resources[], string]>([
    [
      'a gateway of another stack, once for all roles',
      wired(TWO, '${data.terraform_remote_state.a.outputs.url}/openai/v1'),
      [],
      `note unknown: whether role 'chat' (${V1}) and role 'embeddings' (${EMBED}) have routes there is not known: no gateway of this stack is at that URL (\${data.terraform_remote_state.a.outputs.url}/openai/v1)`,
    ],
    [
      'a gateway whose routes cannot be read',
      wired(),
      [
        {
          ...written('<set-backend-service backend-id="a" />'),
          azurerm_api_management_api: gateway().azurerm_api_management_api!,
        },
        backends({ a: 'https://x.y' }),
      ],
      `note unknown: whether role 'chat' (${V1}) has a route there is not known: no routes of azurerm_api_management_api.v1 can be read`,
    ],
    [
      'a deployment of an account that is declared elsewhere',
      orchestrator(ONE),
      [],
      `note unknown: whether deployment 'chat' has role 'chat' (${V1}) is not known: this stack does not declare it`,
    ],
    [
      'a deployment in a variable',
      orchestrator(ONE, { MODEL_CHAT_DEPLOYMENT: '${var.deployment}' }),
      [accounts({ eu: { chat: V1 } })],
      `warning unknown: which deployment role 'chat' (${V1}) is wired to cannot be read before Terraform runs (\${var.deployment})`,
    ],
    [
      'a deployment in a secret',
      orchestrator(ONE, { MODEL_CHAT_DEPLOYMENT: { secret: 'chat' } }),
      [accounts({ eu: { chat: V1 } })],
      `warning unknown: which deployment role 'chat' (${V1}) is wired to cannot be read before Terraform runs (a secret of the app)`,
    ],
    [
      'a URL in a secret',
      orchestrator(ONE, { MODEL_CHAT_URL: { secret: 'url' }, MODEL_CHAT_DEPLOYMENT: undefined }),
      [],
      `warning unknown: whether role 'chat' (${V1}) has a route there is not known: no gateway of this stack is at that URL (a secret of the app)`,
    ],
  ])('%s', (_what, app, more, message) => {
    const [first, ...others] = check(app, ...more).map((finding) =>
      brief(finding).replace(/release [a-z]+-[0-9a-f]{12}: /, ''),
    );
    expect(first).toBe(message);
    expect(others).toEqual([]);
  });

  test('which models a release binds whose manifest stands elsewhere', () => {
    const app = orchestrator(ONE, {
      RELEASE_MANIFEST: undefined,
      RELEASE_MANIFEST_URL: `https://a.blob.core.windows.net/m/${ONE.id}.json`,
    });
    expect(check(app, accounts({ eu: { chat: V2 } })).map(brief)).toEqual([
      `note unknown: which models release ${ONE.label} binds is not known: its manifest stands elsewhere`,
    ]);
  });

  test('a variable that an expression may make', () => {
    const { RELEASE_ID, RELEASE_LABEL, RELEASE_MANIFEST } = releaseVariables(ONE) as Record<string, string>;
    const env = [
      ['RELEASE_ID', RELEASE_ID],
      ['RELEASE_LABEL', RELEASE_LABEL],
      ['RELEASE_MANIFEST', RELEASE_MANIFEST],
    ].map(([name, value]) => ({ name, value }));
    const dynamic = { env: { for_each: '${var.wiring}', content: { name: '${env.key}', value: '${env.value}' } } };
    expect(check(containerApp({}, {}, { env, dynamic })).map(brief)).toEqual([
      `warning unknown: release ${ONE.label}: where role 'chat' (${V1}) is called cannot be read: an expression makes the environment of the container`,
    ]);
  });
});

import { TerraformVariable, Testing } from 'cdktf';
import { DeploymentSku, ModelAccount, ModelDeployment, ModelVersion } from '../../lib/accounts';
import { ApiManagementSku, ModelRouteOptions } from '../../lib/gateway';
import { onlyResource, synthesised, Values } from '../support/synthesised';
import { accountIn, deploymentOf, gatewayIn, GPT, platformStack, serviceIn } from './support/gateway-stack';
import { operationPolicyOf, policyOf, rowsOf } from './support/policy-of';

const OLDER = ModelVersion.openAi('gpt-5.1', '2025-10-01');
const PROVISIONED = DeploymentSku.globalProvisionedManaged(15);

function setUp(sku?: ApiManagementSku) {
  const stack = platformStack(Testing.app());
  const gateway = gatewayIn(stack, { service: serviceIn(stack, sku) });
  return { stack, gateway, account: accountIn(stack) };
}

function backendsOf(stack: ReturnType<typeof platformStack>): Values[] {
  return Object.values(synthesised(stack).resource.azurerm_api_management_backend ?? {});
}

describe('backends', () => {
  test('one for each surface, named after the model, with the address of the deployment', () => {
    const { stack, gateway, account } = setUp();
    gateway.addRoute(deploymentOf(account));
    const shared = {
      api_management_name: '${azurerm_api_management.service.name}',
      resource_group_name: 'rg-gateway',
      protocol: 'http',
      description: 'gpt-5.1@2025-11-13: deployment gpt-5.1_2025-11-13_globalstandard of account sweden',
      depends_on: ['azurerm_cognitive_deployment.sweden_gpt-512025-11-13GlobalStandard_01567D14'],
      lifecycle: { create_before_destroy: true },
    };
    expect(backendsOf(stack)).toEqual([
      { ...shared, name: 'gpt-5-1-2025-11-13-sweden-2515ad3f-v1', url: 'https://sweden.openai.azure.com/openai/v1' },
      {
        ...shared,
        name: 'gpt-5-1-2025-11-13-sweden-e444463a-dated',
        url: 'https://sweden.openai.azure.com/openai/deployments/gpt-5.1_2025-11-13_globalstandard',
      },
    ]);
  });

  test('models of other formats have none for the dated surface, whose policy sends their callers to /v1', () => {
    const { stack, gateway, account } = setUp();
    gateway.addRoute(deploymentOf(account, ModelVersion.of('DeepSeek', 'DeepSeek-R1', '1')));
    expect(backendsOf(stack).map(({ url }) => url)).toEqual(['https://sweden.openai.azure.com/openai/v1']);
    expect(rowsOf(policyOf(stack, 'dated'))).toEqual(['elsewhere']);
    expect(rowsOf(policyOf(stack, 'v1'))[0]).toMatch(/^0:1\|deepseek-r1_1_globalstandard_deepseek\|Models\.Invoke\|/);
    expect(operationPolicyOf(stack, 'images-edits')).toContain('takes no forms');
    expect(gateway.node.validate()).toEqual([]);
  });

  test.each<[string, (account: ModelAccount) => ModelDeployment]>([
    ['deployment type', (account) => deploymentOf(account, GPT, DeploymentSku.standard(1))],
    [
      'deployment name',
      (account) => account.deploy('x', { model: GPT, sku: DeploymentSku.globalStandard(10), deploymentName: 'chat' }),
    ],
    ['account', (account) => deploymentOf(accountIn(account.node.scope as ReturnType<typeof platformStack>, 'france'))],
  ])('another %s is another backend', (_what, other) => {
    const names = [deploymentOf, other].map((make) => {
      const { stack, gateway, account } = setUp();
      gateway.addRoute(make(account));
      return backendsOf(stack).map(({ name }) => name);
    });
    expect(names[0]).toHaveLength(2);
    expect(names[1]!.filter((name) => names[0]!.includes(name))).toEqual([]);
  });

  test('another capacity is the same backend', () => {
    const names = [10, 20].map((capacity) => {
      const { stack, gateway, account } = setUp();
      gateway.addRoute(deploymentOf(account, GPT, DeploymentSku.globalStandard(capacity)));
      return backendsOf(stack).map(({ name }) => name);
    });
    expect(names[0]).toEqual(names[1]);
  });

  test('an account whose name only Terraform knows has a stable name too', () => {
    const names = [0, 3].map((earlierTokens) => {
      const stack = platformStack(Testing.app());
      for (let index = 0; index < earlierTokens; index++) {
        new TerraformVariable(stack, `v${index}`, {}).stringValue.toString();
      }
      const name = new TerraformVariable(stack, 'name', { type: 'string' }).stringValue;
      const account = new ModelAccount(stack, 'models', { name, resourceGroupName: 'rg', location: 'westeurope' });
      gatewayIn(stack).addRoute(deploymentOf(account));
      expect(backendsOf(stack)[0]!.url).toContain('https://${lower(var.name)}.openai.azure.com/openai');
      return backendsOf(stack).map((backend) => backend.name);
    });
    expect(names[0]).toEqual(names[1]);
    expect(names[0]![0]).toMatch(/^gpt-5-1-2025-11-13-[0-9a-f]{8}-(dated|v1)$/);
  });

  test('names have at most 80 characters, however long those of model and version are', () => {
    const { stack, gateway, account } = setUp();
    const model = ModelVersion.openAi(`m${'.x'.repeat(60)}`, `v${'-y'.repeat(60)}`);
    gateway.addRoute(account.deploy('long', { model, sku: DeploymentSku.standard(1), deploymentName: 'long' }));
    for (const { name } of backendsOf(stack)) {
      expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{0,78}-(dated|v1)$/);
      expect(String(name).length).toBeLessThanOrEqual(80);
    }
  });
});

describe('the order of failover', () => {
  interface Members {
    readonly first: DeploymentSku;
    readonly weight?: number;
    readonly balanced?: readonly (readonly [DeploymentSku, number?])[];
    readonly failover?: readonly DeploymentSku[];
  }

  function rowOf({ first, weight, balanced = [], failover = [] }: Members) {
    const { stack, gateway } = setUp();
    let count = 0;
    const deploy = (sku: DeploymentSku) => deploymentOf(accountIn(stack, `account${++count}`), GPT, sku);
    const route = gateway.addRoute(deploy(first), {
      weight,
      balanced: balanced.map(([sku, share]) => ({ deployment: deploy(sku), weight: share })),
      failover: failover.map(deploy),
    });
    const [weights] = rowsOf(policyOf(stack, 'v1'))[0]!.split('|');
    return [weights, route.deployments.map(({ account }) => account.node.id.slice(-1)).join('')];
  }

  const standard = DeploymentSku.globalStandard(1);
  const regional = DeploymentSku.standard(1);

  test.each<[string, Members, string, string]>([
    ['one deployment', { first: standard }, '0:1', '1'],
    ['each failover is a tier', { first: standard, failover: [standard, regional] }, '0:1;1:1;2:1', '123'],
    [
      'balanced ones share a tier',
      { first: standard, weight: 3, balanced: [[standard, 1], [regional]] },
      '0:3,1:1,2:1',
      '123',
    ],
    ['a provisioned failover goes first', { first: standard, failover: [PROVISIONED] }, '0:1;1:1', '21'],
    [
      'provisioned ones go first in their own order',
      { first: standard, weight: 9, balanced: [[PROVISIONED, 2]], failover: [regional, PROVISIONED] },
      '0:2;1:1;2:9;3:1',
      '2413',
    ],
    [
      'data zone provisioned counts too',
      { first: standard, failover: [DeploymentSku.dataZoneProvisionedManaged(15)] },
      '0:1;1:1',
      '21',
    ],
  ])('%s', (_name, members, weights, order) => {
    expect(rowOf(members)).toEqual([weights, order]);
  });

  test('each member has its own backend and the position that the row gives it', () => {
    const { stack, gateway, account } = setUp();
    gateway.addRoute(deploymentOf(account), { failover: [deploymentOf(account, GPT, PROVISIONED)] });
    const chosen = [
      ...policyOf(stack, 'dated').matchAll(
        /&quot;member&quot;\]==&quot;(\d)&quot;\)">\n<set-backend-service backend-id="([^"]+)"/g,
      ),
    ];
    const urls = Object.fromEntries(backendsOf(stack).map(({ name, url }) => [name, url]));
    expect(chosen.map(([, position, id]) => [position, String(urls[id!]).split('/').at(-1)])).toEqual([
      ['0', 'gpt-5.1_2025-11-13_globalprovisionedmanaged'],
      ['1', 'gpt-5.1_2025-11-13_globalstandard'],
    ]);
  });
});

describe('what is refused', () => {
  type Case = (context: ReturnType<typeof setUp>) => unknown;
  const inGateway =
    (options: (context: ReturnType<typeof setUp>) => ModelRouteOptions): Case =>
    (context) =>
      context.gateway.addRoute(deploymentOf(context.account), options(context));
  const version = (format: string, name: string, number: string) => ModelVersion.of(format, name, number);

  test.each<[string, Case, string]>([
    [
      'another version as failover',
      inGateway(({ account }) => ({ failover: [deploymentOf(account, OLDER)] })),
      'stack/gateway would answer with two models: stack/sweden/gpt-5.1@2025-11-13 GlobalStandard (OpenAI gpt-5.1@2025-11-13) and stack/sweden/gpt-5.1@2025-10-01 GlobalStandard (OpenAI gpt-5.1@2025-10-01); ' +
        'all deployments of a route have one format, name and version, so add a route of its own for the other',
    ],
    [
      'another model to balance with',
      inGateway(({ account }) => ({
        balanced: [{ deployment: deploymentOf(account, version('OpenAI', 'gpt-5', '2025-11-13')) }],
      })),
      'stack/gateway would answer with two models: ',
    ],
    [
      'another format',
      inGateway(({ account }) => ({
        failover: [deploymentOf(account, version('Other', 'gpt-5.1', '2025-11-13'), DeploymentSku.standard(1))],
      })),
      'and stack/sweden/gpt-5.1@2025-11-13 Standard (Other gpt-5.1@2025-11-13)',
    ],
    [
      'the first deployment again',
      ({ gateway, account }) => {
        const deployment = deploymentOf(account);
        return gateway.addRoute(deployment, { failover: [deployment] });
      },
      'stack/gateway lists stack/sweden/gpt-5.1@2025-11-13 GlobalStandard twice; name each deployment once, in balanced or in failover',
    ],
    [
      'a batch deployment',
      ({ gateway, account }) => gateway.addRoute(deploymentOf(account, GPT, DeploymentSku.globalBatch(1))),
      'stack/gateway cannot send calls to stack/sweden/gpt-5.1@2025-11-13 GlobalBatch: deployments of type GlobalBatch take batch jobs alone; use a standard or provisioned deployment',
    ],
    [
      'a batch deployment as failover',
      inGateway(({ account }) => ({ failover: [deploymentOf(account, GPT, DeploymentSku.dataZoneBatch(1))] })),
      'deployments of type DataZoneBatch take batch jobs alone',
    ],
    [
      'a version that Terraform knows later',
      ({ gateway, account, stack }) => {
        const later = new TerraformVariable(stack, 'later', { type: 'string' }).stringValue;
        const model = ModelVersion.openAi('gpt-5.1', later);
        return gateway.addRoute(
          account.deploy('later', { model, sku: DeploymentSku.standard(1), deploymentName: 'later' }),
        );
      },
      'stack/gateway needs to know which model stack/sweden/later is, and its format, name or version is known only when Terraform runs; write them as text',
    ],
    [
      'a deployment name that Terraform knows later',
      ({ gateway, account, stack }) => {
        const deploymentName = new TerraformVariable(stack, 'later', { type: 'string' }).stringValue;
        return gateway.addRoute(
          account.deploy('later', { model: GPT, sku: DeploymentSku.standard(1), deploymentName }),
        );
      },
      'stack/gateway needs the deployment name of stack/sweden/later, which is known only when Terraform runs; write it as text, or leave out deploymentName to have it derived',
    ],
    [
      'a weight of nothing',
      inGateway(() => ({ weight: 0 })),
      'weight of stack/sweden/gpt-5.1@2025-11-13 GlobalStandard 0 of stack/gateway is not allowed: write a whole number from 1 to 100',
    ],
    [
      'a share above 100',
      inGateway(({ account }) => ({
        balanced: [{ deployment: deploymentOf(account, GPT, PROVISIONED), weight: 101 }],
      })),
      '101 of stack/gateway is not allowed: write a whole number from 1 to 100',
    ],
    [
      'the same version again',
      ({ gateway, account }) => {
        gateway.addRoute(deploymentOf(account));
        return gateway.addRoute(deploymentOf(account, GPT, DeploymentSku.standard(1)));
      },
      'stack/gateway already has the route gpt-5.1@2025-11-13; pass its further deployments as balanced or failover, and note that formats do not tell routes apart',
    ],
    [
      'the same name and version of another format, spelled otherwise',
      ({ gateway, account }) => {
        gateway.addRoute(deploymentOf(account));
        return gateway.addRoute(deploymentOf(account, version('Other', 'GPT-5.1', '2025-11-13')));
      },
      'stack/gateway already has the route gpt-5.1@2025-11-13, which is the same as GPT-5.1@2025-11-13 but for its spelling; ',
    ],
    [
      'an app role that would end its part of the row',
      inGateway(() => ({ appRole: 'A|retired' })),
      "app role 'A|retired' of stack/gateway is not valid",
    ],
    [
      'itself as successor',
      inGateway(() => ({ successor: GPT })),
      'gpt-5.1@2025-11-13 in stack/gateway names itself as its successor; name another version, or leave it out',
    ],
    [
      'a successor that Terraform knows later',
      inGateway(({ stack }) => ({
        successor: ModelVersion.openAi('gpt-6', new TerraformVariable(stack, 'later', { type: 'string' }).stringValue),
      })),
      'stack/gateway needs to know which model the successor of gpt-5.1@2025-11-13 is',
    ],
  ])('%s', (_name, act, message) => {
    const context = setUp();
    expect(() => act(context)).toThrow(message);
  });

  test('a refused route leaves nothing behind', () => {
    const { stack, gateway, account } = setUp();
    const deployment = deploymentOf(account);
    expect(() => gateway.addRoute(deployment, { appRole: '' })).toThrow("app role '' of stack/gateway");
    gateway.addRoute(deployment);
    expect(backendsOf(stack)).toHaveLength(2);
  });
});

describe('what a route adds to its calls', () => {
  test('a token limit', () => {
    const { stack, gateway, account } = setUp();
    gateway.addRoute(deploymentOf(account), { tokenLimit: { tokensPerMinute: 1000, tokenQuota: 5000 } });
    const policy = policyOf(stack, 'v1');
    expect(policy).toContain('tokens-per-minute="1000"');
    expect(policy).toContain('token-quota="5000" token-quota-period="Monthly"');
    expect(policy).toContain('estimate-prompt-tokens="true"');
    expect(gateway.node.validate()).toEqual([]);
  });

  test('a semantic cache, with a backend of its own and a role for it', () => {
    const { stack, gateway, account } = setUp();
    const embeddings = deploymentOf(accountIn(stack, 'france'), ModelVersion.openAi('text-embedding-3-small', '1'));
    gateway.addRoute(deploymentOf(account), { semanticCache: { embeddings, scoreThreshold: 0.05 } });
    const backend = backendsOf(stack).find(({ name }) => String(name).endsWith('-embeddings'))!;
    expect(backend.url).toBe(
      'https://france.openai.azure.com/openai/deployments/text-embedding-3-small_1_globalstandard/embeddings',
    );
    expect(policyOf(stack, 'dated')).toContain(`embeddings-backend-id="${String(backend.name)}"`);
    expect(policyOf(stack, 'dated')).toContain('<llm-semantic-cache-store duration="120" />');
    expect(Object.values(synthesised(stack).resource.azurerm_role_assignment!).map(({ scope }) => scope)).toEqual([
      '${azurerm_cognitive_account.france.id}',
      '${azurerm_cognitive_account.sweden.id}',
    ]);
    expect(gateway.node.validate()).toEqual([]);
  });

  test('content safety by a backend that others declare', () => {
    const { stack, gateway, account } = setUp();
    gateway.addRoute(deploymentOf(account), {
      contentSafety: { backendId: 'content-safety', categories: [{ name: 'Hate', threshold: 4 }] },
    });
    expect(policyOf(stack, 'v1')).toContain('<llm-content-safety backend-id="content-safety" shield-prompt="true">');
    expect(gateway.node.validate()).toEqual([]);
  });

  const place = 'stack/gateway/gpt-5.1@2025-11-13';
  test.each<[string, (account: ModelAccount) => ModelRouteOptions, string]>([
    [
      'a limit of nothing',
      () => ({ tokenLimit: {} }),
      `tokenLimit of ${place} limits nothing; pass tokensPerMinute, tokenQuota or both`,
    ],
    [
      'no tokens a minute',
      () => ({ tokenLimit: { tokensPerMinute: 0 } }),
      `tokenLimit.tokensPerMinute 0 of ${place} is not allowed: write a whole number from 1 to 2147483647`,
    ],
    [
      'half a token',
      () => ({ tokenLimit: { tokenQuota: 0.5 } }),
      `tokenLimit.tokenQuota 0.5 of ${place} is not allowed`,
    ],
    [
      'a threshold of nothing',
      (account) => ({ semanticCache: { embeddings: deploymentOf(account, OLDER), scoreThreshold: 0 } }),
      `semanticCache.scoreThreshold 0 of ${place} is not allowed: write a number greater than 0 and at most 1, for instance 0.05`,
    ],
    [
      'a day and a second',
      (account) => ({
        semanticCache: { embeddings: deploymentOf(account, OLDER), scoreThreshold: 1, durationSeconds: 86_401 },
      }),
      `semanticCache.durationSeconds 86401 of ${place} is not allowed: write a whole number from 1 to 86400`,
    ],
    [
      'batch embeddings',
      (account) => ({
        semanticCache: { embeddings: deploymentOf(account, OLDER, DeploymentSku.globalBatch(1)), scoreThreshold: 1 },
      }),
      `${place} cannot send calls to `,
    ],
    [
      'embeddings of another format',
      (account) => ({
        semanticCache: {
          embeddings: deploymentOf(account, ModelVersion.of('Cohere', 'embed-v-4-0', '1')),
          scoreThreshold: 1,
        },
      }),
      `semanticCache of ${place} cannot use stack/sweden/embed-v-4-0@1 GlobalStandard: its model has the format 'Cohere'; use an embedding model of format 'OpenAI'`,
    ],
    [
      'a backend id that is an address',
      () => ({ contentSafety: { backendId: 'https://safety' } }),
      `contentSafety.backendId 'https://safety' of ${place} is not the name of a backend: it has 1 to 80 letters, digits, '_' and '-'; pass the name, not the resource id`,
    ],
    [
      'an unknown category',
      () => ({ contentSafety: { backendId: 'b', categories: [{ name: 'Hate"', threshold: 1 }] } }),
      `contentSafety category 'Hate"' of ${place} is unknown or listed twice; list each of Hate, Violence, Sexual and SelfHarm at most once`,
    ],
    [
      'a category twice',
      () => ({
        contentSafety: {
          backendId: 'b',
          categories: [
            { name: 'Hate', threshold: 1 },
            { name: 'Hate', threshold: 2 },
          ],
        },
      }),
      "contentSafety category 'Hate' of",
    ],
    [
      'severity 8',
      () => ({ contentSafety: { backendId: 'b', categories: [{ name: 'Hate', threshold: 8 }] } }),
      `threshold of Hate 8 of ${place} is not allowed: write a whole number from 0 to 7`,
    ],
  ])('%s is refused', (_name, options, message) => {
    const { gateway, account } = setUp();
    expect(() => gateway.addRoute(deploymentOf(account), options(account))).toThrow(message);
  });

  test.each<[keyof ModelRouteOptions, ModelRouteOptions]>([
    ['tokenLimit', { tokenLimit: { tokensPerMinute: 1 } }],
    ['contentSafety', { contentSafety: { backendId: 'b' } }],
  ])('%s is refused in the Consumption tier', (name, options) => {
    const { gateway, account } = setUp(ApiManagementSku.consumption());
    expect(() => gateway.addRoute(deploymentOf(account), options)).toThrow(
      `${place} has the option ${name}, which the Consumption tier does not offer; leave it out, or use another tier of ApiManagementSku`,
    );
  });
});

test('models of both kinds on one account give both roles, once each', () => {
  const { stack, gateway, account } = setUp();
  gateway.addRoute(deploymentOf(account));
  gateway.addRoute(deploymentOf(account, OLDER));
  gateway.addRoute(deploymentOf(account, ModelVersion.of('DeepSeek', 'DeepSeek-R1', '1')));
  const roles = Object.values(synthesised(stack).resource.azurerm_role_assignment!);
  expect(roles.map(({ role_definition_name }) => role_definition_name).sort()).toEqual([
    'Cognitive Services OpenAI User',
    'Cognitive Services User',
  ]);
});

test('one account under two constructs gets one role', () => {
  const { stack, gateway } = setUp();
  const id = (group: string) =>
    `/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/${group}/providers/Microsoft.CognitiveServices/accounts/legacy`;
  const accounts = ['rg', 'RG'].map((group) => ModelAccount.fromAccountId(stack, group, id(group)));
  [GPT, OLDER].forEach((model, index) =>
    gateway.addRoute(accounts[index]!.deploy('d', { model, sku: DeploymentSku.standard(1) })),
  );
  expect(onlyResource(stack, 'azurerm_role_assignment').scope).toBe(id('rg'));
});

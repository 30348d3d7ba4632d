import { Token } from 'cdktf';
import { DeploymentSku, ModelVersion } from '../../lib/accounts';
import { GatewayAccess } from '../../lib/gateway';
import { Orchestrator, OrchestratorModels } from '../../lib/orchestrators';
import { OrchestratorReleaseProps } from '../../lib/releases';
import {
  accountIn,
  appOf,
  DEEPSEEK,
  deploy,
  EMBEDDINGS,
  environmentIn,
  gatewayIn,
  GPT,
  GPT_MINI,
  IDENTITY,
  releaseOf,
  resources,
  rolesOf,
  stackWithGateway,
  stackWithModels,
  variablesOf,
} from './support/orchestrator-stack';

const SEVERAL: OrchestratorReleaseProps['models'] = {
  chat: { model: GPT },
  'deep-thought': { model: DEEPSEEK },
  embeddings: { model: EMBEDDINGS },
};

function policyTexts(stack: Parameters<typeof resources>[0]): string {
  return ['api_management_policy_fragment', 'api_management_api_policy']
    .flatMap((type) => Object.values(resources(stack, type)))
    .map(({ value, xml_content }) => String(value ?? xml_content))
    .join('\n');
}

describe('through a gateway', () => {
  test('every role is told one URL and one scope, and the headers that name version and release', () => {
    const { stack, gateway } = stackWithGateway(GPT, GPT_MINI, DEEPSEEK, EMBEDDINGS);
    const release = releaseOf({ models: SEVERAL });
    const models = OrchestratorModels.throughGateway(gateway);
    new Orchestrator(stack, 'app', { release, models, environment: environmentIn(stack) });
    const url = '${azurerm_api_management.service.gateway_url}/openai/v1';
    expect(Object.entries(variablesOf(appOf(stack))).filter(([name]) => name.startsWith('MODEL_'))).toEqual([
      ['MODEL_ROUTE_HEADER', 'x-ai-model'],
      ['MODEL_RELEASE_HEADER', 'x-ai-release'],
      ...['CHAT', 'DEEP_THOUGHT', 'EMBEDDINGS'].flatMap((role) => [
        [`MODEL_${role}_URL`, url],
        [`MODEL_${role}_SCOPE`, 'api://model-gateway/.default'],
      ]),
    ]);
  });

  test('headers are those of the gateway', () => {
    const { stack, deployments } = stackWithModels(GPT);
    const gateway = gatewayIn(stack, { modelHeader: 'x-model', releaseHeader: 'x-rel' });
    gateway.addRoute(deployments[0]!);
    const models = OrchestratorModels.throughGateway(gateway);
    new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) });
    expect(variablesOf(appOf(stack))).toMatchObject({ MODEL_ROUTE_HEADER: 'x-model', MODEL_RELEASE_HEADER: 'x-rel' });
  });

  test('the identity is admitted to its routes and to no others, and the app waits for the policies', () => {
    const { stack, gateway } = stackWithGateway(GPT, GPT_MINI);
    const models = OrchestratorModels.throughGateway(gateway);
    new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) });
    const clientId = /\$\{azurerm_user_assigned_identity\.app_Identity_[0-9A-F]+\.client_id\}/;
    expect(policyTexts(stack)).toMatch(clientId);
    const granted = policyTexts(stack)
      .split(/[\n;]/)
      .filter((row) => clientId.test(row));
    expect(granted.join()).toContain(GPT.key);
    expect(granted.join()).not.toContain(GPT_MINI.key);
    expect((appOf(stack).depends_on as string[]).sort()).toEqual([
      expect.stringMatching(/^azurerm_api_management_api_policy\.gateway_dated_Policy_/),
      expect.stringMatching(/^azurerm_api_management_api_policy\.gateway_v1_Policy_/),
    ]);
  });

  test('no role at an account is given: the gateway calls the models', () => {
    const { stack, gateway } = stackWithGateway(GPT);
    const models = OrchestratorModels.throughGateway(gateway);
    new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) });
    expect(rolesOf(stack)).toEqual([
      'Cognitive Services OpenAI User | ${azurerm_cognitive_account.sweden.id} | ${azurerm_api_management.service.identity[0].principal_id}',
    ]);
  });

  const { label } = releaseOf();
  const ADVICE =
    'deploy that exact version and call gateway.addRoute before the orchestrator is declared, or make a release that is bound to one that is offered';
  test.each<[string, ModelVersion[], string]>([
    [
      'another version of the model',
      [ModelVersion.openAi('gpt-5.1', '2026-01-01')],
      `OpenAI gpt-5.1@2026-01-01; ${ADVICE}`,
    ],
    ['other models', [GPT_MINI, DEEPSEEK], `DeepSeek DeepSeek-V3.1@1, OpenAI gpt-5-mini@2025-08-07; ${ADVICE}`],
    [
      'the version in another format',
      [ModelVersion.of('Contoso', GPT.name, GPT.version)],
      `Contoso ${GPT.key}; ${ADVICE}`,
    ],
    ['nothing', [], `nothing; ${ADVICE}`],
  ])('a gateway that offers %s is refused', (_, offered, rest) => {
    const { stack, gateway } = stackWithGateway(...offered);
    const models = OrchestratorModels.throughGateway(gateway);
    expect(
      () => new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) }),
    ).toThrow(
      new Error(
        `release-model-mismatch: release ${label} binds role 'chat' to OpenAI ${GPT.key}, and stack/gateway offers no such version, only ${rest}`,
      ),
    );
  });

  test('a version that is declared retired is refused', () => {
    const { stack, gateway } = stackWithGateway(GPT_MINI);
    gateway.addRetiredRoute(GPT);
    const models = OrchestratorModels.throughGateway(gateway);
    expect(
      () => new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) }),
    ).toThrow(
      new Error(
        `release-model-mismatch: release ${label} binds role 'chat' to OpenAI ${GPT.key}, and stack/gateway has it declared retired with addRetiredRoute; ` +
          `make a release that is bound to another one (it offers OpenAI ${GPT_MINI.key}), ` +
          'or deploy the version, leave out addRetiredRoute and call gateway.addRoute before the orchestrator is declared',
      ),
    );
  });

  test('a route in another spelling is refused, because the gateway tells callers apart by it', () => {
    const { stack, gateway } = stackWithGateway(ModelVersion.openAi('GPT-5.1', GPT.version));
    const models = OrchestratorModels.throughGateway(gateway);
    expect(
      () => new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) }),
    ).toThrow(
      new Error(
        `release-model-mismatch: release ${label} binds role 'chat' to OpenAI ${GPT.key}, and stack/gateway has it as GPT-5.1@2025-11-13, ` +
          'which callers name in exactly that spelling; write it the same in the release and in the deployment',
      ),
    );
  });

  test('a route that is retired is refused', () => {
    const { stack, deployments } = stackWithModels(GPT, GPT_MINI);
    const gateway = gatewayIn(stack);
    gateway.addRoute(deployments[0]!, { retired: true });
    gateway.addRoute(deployments[1]!);
    const models = OrchestratorModels.throughGateway(gateway);
    expect(
      () => new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) }),
    ).toThrow(
      new Error(
        `release-model-mismatch: release ${label} binds role 'chat' to OpenAI ${GPT.key}, and stack/gateway answers that the version is gone; ` +
          `make a release that is bound to another one (it offers OpenAI ${GPT_MINI.key})`,
      ),
    );
  });

  test('a gateway whose callers have keys is refused', () => {
    const { stack, deployments } = stackWithModels(GPT);
    const gateway = gatewayIn(stack, { access: GatewayAccess.subscriptionKeys() });
    gateway.addRoute(deployments[0]!);
    const models = OrchestratorModels.throughGateway(gateway);
    expect(
      () => new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) }),
    ).toThrow(
      new Error(
        `release ${label} cannot call through stack/gateway: its callers have subscription keys, and an orchestrator has a managed identity and no key; ` +
          'use GatewayAccess.entra, if need be in a second gateway of the same service',
      ),
    );
  });
});

describe('direct', () => {
  test('every role has URL, deployment and scope, and each account one role per kind of model', () => {
    const { stack, account, deployments } = stackWithModels(GPT, EMBEDDINGS);
    const france = accountIn(stack, 'france');
    const models = OrchestratorModels.direct([...deployments, deploy(france, DEEPSEEK), deploy(account, GPT_MINI)]);
    const release = releaseOf({ models: SEVERAL });
    new Orchestrator(stack, 'app', { release, models, environment: environmentIn(stack), identity: IDENTITY });
    expect(variablesOf(appOf(stack))).toMatchObject({
      MODEL_CHAT_URL: 'https://sweden.openai.azure.com/openai/v1',
      MODEL_CHAT_DEPLOYMENT: 'gpt-5.1_2025-11-13_globalstandard',
      MODEL_EMBEDDINGS_DEPLOYMENT: 'text-embedding-3-large_1_globalstandard',
      MODEL_DEEP_THOUGHT_URL: 'https://france.openai.azure.com/openai/v1',
      MODEL_DEEP_THOUGHT_DEPLOYMENT: 'deepseek-v3.1_1_globalstandard_deepseek',
      MODEL_DEEP_THOUGHT_SCOPE: 'https://cognitiveservices.azure.com/.default',
    });
    expect(variablesOf(appOf(stack)).MODEL_ROUTE_HEADER).toBeUndefined();
    expect(rolesOf(stack)).toEqual([
      `Cognitive Services OpenAI User | \${azurerm_cognitive_account.sweden.id} | ${IDENTITY.principalId}`,
      `Cognitive Services User | \${azurerm_cognitive_account.france.id} | ${IDENTITY.principalId}`,
    ]);
    expect(appOf(stack).depends_on as string[]).toHaveLength(5);
  });

  test('other clouds have another audience', () => {
    const { stack, deployments } = stackWithModels(GPT);
    const models = OrchestratorModels.direct(deployments, { modelAudience: 'https://cognitiveservices.azure.us/' });
    new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) });
    expect(variablesOf(appOf(stack)).MODEL_CHAT_SCOPE).toBe('https://cognitiveservices.azure.us/.default');
    expect(() => OrchestratorModels.direct(deployments, { modelAudience: 'cognitiveservices' })).toThrow(
      new Error(
        "modelAudience 'cognitiveservices' is not valid: write the audience of the cloud as text, for instance 'https://cognitiveservices.azure.com'",
      ),
    );
  });

  test('a version that is not deployed, or deployed twice, or for batch jobs alone is refused', () => {
    const { stack, account, deployments } = stackWithModels(GPT);
    const start = `release-model-mismatch: release ${releaseOf().label} binds role 'chat' to OpenAI ${GPT.key}, and `;
    const orchestratorOn = (offered: Parameters<typeof OrchestratorModels.direct>[0]) => () =>
      new Orchestrator(stack, `app${Math.random()}`, {
        release: releaseOf(),
        environment: environmentIn(stack, `environment${Math.random()}`),
        models: OrchestratorModels.direct(offered),
      });
    expect(orchestratorOn([deploy(account, GPT_MINI)])).toThrow(
      `${start}OrchestratorModels.direct offers no such version, only OpenAI ${GPT_MINI.key}; deploy that exact version and pass it, or make a release that is bound to one that is offered`,
    );
    const second = deploy(accountIn(stack, 'france'), GPT);
    expect(orchestratorOn([...deployments, second])).toThrow(
      `${start}2 deployments have it (stack/sweden/gpt-5.1@2025-11-13 10, stack/france/gpt-5.1@2025-11-13 10); ` +
        'pass the one that is to be called, or go through a gateway, which spreads calls over deployments of one version',
    );
    const batch = accountIn(stack, 'norway').deploy('batch', { model: GPT, sku: DeploymentSku.globalBatch(100) });
    expect(orchestratorOn([batch])).toThrow(
      `${start}stack/norway/batch is of type GlobalBatch and takes batch jobs alone; pass a standard or provisioned deployment`,
    );
  });

  test('a deployment in another spelling is of the same version', () => {
    const { stack, deployments } = stackWithModels(ModelVersion.of('openai', 'GPT-5.1', GPT.version));
    const models = OrchestratorModels.direct(deployments);
    new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) });
    expect(variablesOf(appOf(stack)).MODEL_CHAT_DEPLOYMENT).toBe(deployments[0]!.deploymentName);
  });

  test('one deployment that is passed twice is one', () => {
    const { stack, deployments } = stackWithModels(GPT);
    const models = OrchestratorModels.direct([...deployments, ...deployments]);
    new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) });
    expect(variablesOf(appOf(stack)).MODEL_CHAT_DEPLOYMENT).toBe('gpt-5.1_2025-11-13_globalstandard');
  });

  test('a version that only Terraform knows is none', () => {
    const { stack, account } = stackWithModels();
    const version = Token.asString({ resolve: () => 'later' });
    const later = account.deploy('later', {
      model: ModelVersion.openAi('gpt-5.1', version),
      sku: DeploymentSku.globalStandard(1),
      deploymentName: 'later',
    });
    const models = OrchestratorModels.direct([later]);
    expect(
      () => new Orchestrator(stack, 'app', { release: releaseOf(), models, environment: environmentIn(stack) }),
    ).toThrow('OrchestratorModels.direct offers no such version, only a version that only Terraform knows; ');
  });

  test('no deployments at all are refused', () => {
    expect(() => OrchestratorModels.direct([])).toThrow(
      new Error('OrchestratorModels.direct was given no deployments; pass one for each model of the releases'),
    );
  });
});

import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { DeploymentSku, ModelAccount, ModelVersion } from '../../lib/accounts';
import { ApiManagementService, ApiManagementSku, GatewayAccess, GatewayTelemetry } from '../../lib/gateway';
import { accountIn, deploymentOf, gatewayIn, GPT, serviceIn } from '../gateway/support/gateway-stack';
import { Operation } from '../support/terraform/fake-azure';
import { leanerGateway } from '../support/terraform/leaner-gateway';
import { describeOperation, Phase, phaseProblems } from '../support/terraform/operation-phases';
import { synthesisedStack } from '../support/terraform/synthesised-app';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';
import { TerraformWorkspace } from '../support/terraform/terraform-workspace';

/** Terraform starts a handful of times in each test. */
jest.setTimeout(120_000);

const NEXT = ModelVersion.openAi('gpt-5.2', '2025-12-11');
const AUDIO = ModelVersion.openAi('gpt-audio-mini', '2025-10-06');
const NEXT_AUDIO = ModelVersion.openAi('gpt-audio-mini', '2025-12-15');
const GROUP_ID = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-gateway/providers';

const API_POLICIES = ['update api_policy model-gateway-dated', 'update api_policy model-gateway-v1'];

/** Whatever names backends. */
const routing = (action: string): Phase => [
  ...API_POLICIES.map((policy) => policy.replace('update', action)),
  `${action} api_operation_policy audio-transcriptions`,
  `${action} api_operation_policy audio-translations`,
  `${action} api_operation_policy images-edits`,
];
const POLICIES = routing('update');
const LISTS = ['update api_operation_policy model', 'update api_operation_policy models'];

const backends = (action: string, version: string): Phase =>
  ['dated', 'v1'].map((use) => `${action} backend ${version.replace(/[._]/g, '-')}-${use}`);

const deployments = (action: string, version: string, sku = 'globalstandard'): Phase => [
  `${action} cognitive_deployment ${version}_${sku}`,
];

/** What is in the way of a route to a version: each of it waits for what stands before it. */
const added = (version: string): Phase[] => [deployments('create', version), backends('create', version), POLICIES];
const removed = (version: string): Phase[] => [POLICIES, backends('delete', version), deployments('delete', version)];

let bench: TerraformBench;
let workspace: TerraformWorkspace;

async function start(stack: object): Promise<void> {
  bench = await TerraformBench.start();
  workspace = await applied(stack);
}

/** A directory with a state of its own, where a configuration was applied. */
async function applied(stack: object): Promise<TerraformWorkspace> {
  const own = bench.workspace();
  own.write(stack);
  await own.apply();
  return own;
}

async function applyNext(stack: object): Promise<void> {
  workspace.write(stack);
  await workspace.apply();
}

function linesWithout(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    left.splice(index, index < 0 ? 0 : 1);
    return index < 0;
  });
}

function among(operations: readonly Operation[], phases: readonly Phase[]): Operation[] {
  return operations.filter((operation) => phases.flat().includes(describeOperation(operation)));
}

const refusals = () => bench.takeOperations().flatMap(({ refused }) => refused ?? []);

describeWithTerraform('a gateway with all of its operations', () => {
  test('is created without a refusal, has nothing left to plan, and can be destroyed', async () => {
    await start(synthesisedStack((stack) => gatewayIn(stack).addRoute(deploymentOf(accountIn(stack)))));
    try {
      const operations = bench.takeOperations();
      expect(operations.length).toBeGreaterThan(60);
      expect(operations.filter(({ action, refused }) => action !== 'create' || refused !== undefined)).toEqual([]);
      expect((await workspace.plan()).summary).toEqual([]);
      await workspace.destroy();
      expect(refusals()).toEqual([]);
    } finally {
      bench.stop();
    }
  });
});

describeWithTerraform('a gateway over its life, each change on the state that the one before left', () => {
  interface Life {
    readonly capacity?: number;
    readonly audio?: ModelVersion;
    readonly alias?: 'chat' | 'speech';
    readonly inFrance?: boolean;
    readonly marked?: boolean;
    readonly gone?: boolean;
    readonly next?: 'globalStandard' | 'dataZoneStandard';
    readonly second?: boolean;
  }

  interface Step {
    readonly name: string;
    readonly change: Life;
    readonly phases: readonly Phase[];
    readonly anyTime?: Phase;
    /** Some of them again, for what does not wait for a whole phase. */
    readonly order?: readonly Phase[];
  }

  const wholeStack = ({ capacity = 10, audio = AUDIO, alias, inFrance, marked, gone, next, second }: Life) =>
    synthesisedStack((stack) => {
      const gateway = gatewayIn(stack);
      const sweden = accountIn(stack);
      const deploy = (account: ModelAccount, id: string, model: ModelVersion, sku = DeploymentSku.globalStandard(10)) =>
        account.deploy(id, { model, sku });
      const speech = gateway.addRoute(deploy(sweden, 'speech', audio));
      if (gone) {
        gateway.addRetiredRoute(GPT);
      } else {
        const chat = gateway.addRoute(deploy(sweden, 'chat', GPT, DeploymentSku.globalStandard(capacity)), {
          failover: inFrance ? [deploy(accountIn(stack, 'france'), 'chat', GPT)] : [],
          retired: marked,
        });
        if (alias === 'chat') {
          gateway.addAlias('production', chat);
        }
      }
      if (alias === 'speech') {
        gateway.addAlias('production', speech);
      }
      if (next) {
        gateway.addRoute(deploy(sweden, 'next', NEXT, DeploymentSku[next](10)));
      }
      if (second) {
        const { service } = gateway;
        gatewayIn(stack, { service, gatewayName: 'search', path: 'search/openai' }, 'second').addRoute(
          speech.deployments[0]!,
        );
      }
    });

  const stackOf = (life: Life) => leanerGateway(wholeStack(life));

  let now: Life = {};

  async function live(change: Life): Promise<void> {
    now = { ...now, ...change };
    await applyNext(stackOf(now));
  }

  /** The lines of the two API policies that an alias changes, sorted; nothing but policies and lists changes. */
  async function aliased(alias: 'chat' | 'speech'): Promise<string[][]> {
    const texts = () =>
      bench.azure.all('azurerm_api_management_api_policy').map(({ xml_content }) =>
        String(xml_content)
          .split('\n')
          .map((line) => line.trim()),
      );
    const before = texts();
    await live({ alias });
    expect(phaseProblems(bench.takeOperations(), [[...API_POLICIES, ...LISTS]])).toEqual([]);
    return texts().map((lines, index) => {
      const gone = linesWithout(before[index]!, lines).map((line) => `- ${line}`);
      return [...gone, ...linesWithout(lines, before[index]!).map((line) => `+ ${line}`)].sort();
    });
  }

  beforeAll(() => start(stackOf(now)));
  afterAll(() => bench.stop());

  test('it is created without a refusal, the policies after all backends, and nothing is left to plan', async () => {
    const operations = bench.takeOperations();
    expect(operations.length).toBeGreaterThan(25);
    expect(operations.filter(({ action, refused }) => action !== 'create' || refused !== undefined)).toEqual([]);
    const named = [...backends('create', 'gpt-5.1_2025-11-13'), ...backends('create', 'gpt-audio-mini_2025-10-06')];
    const order = [named, routing('create')];
    expect(phaseProblems(among(operations, order), order)).toEqual([]);
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('an alias is a row of the two API policies, and moving it changes that row', async () => {
    const stands = (version: string) => `<set-variable name="route" value="${version}" />`;
    const [chat, speech] = [stands('gpt-5.1@2025-11-13'), stands('gpt-audio-mini@2025-10-06')];
    const row = ['<when condition="@((string)context.Variables["asked"]=="production")">', chat, '</when>'];
    const added = ['<choose>', ...row, '</choose>'].map((line) => `+ ${line}`).sort();
    expect(await aliased('chat')).toEqual([added, added]);
    const moved = [`+ ${speech}`, `- ${chat}`];
    expect(await aliased('speech')).toEqual([moved, moved]);
  });

  test.each<Step>([
    {
      name: 'more capacity changes the deployment alone',
      change: { capacity: 20 },
      phases: [deployments('update', 'gpt-5.1_2025-11-13')],
    },
    {
      name: 'a failover deployment in another account is ready, with its backends, before the policies name them',
      change: { inFrance: true },
      phases: [['create cognitive_account france'], ...added('gpt-5.1_2025-11-13')],
      // The first deployment gets circuit breakers, now that another can serve in its place.
      anyTime: [...backends('update', 'gpt-5.1_2025-11-13'), 'create role_assignment'],
      order: [['create role_assignment'], POLICIES],
    },
    {
      name: 'without it the policies go first',
      change: { inFrance: false },
      phases: [...removed('gpt-5.1_2025-11-13'), ['delete cognitive_account france']],
      anyTime: [...backends('update', 'gpt-5.1_2025-11-13'), 'delete role_assignment'],
      order: [POLICIES, ['delete role_assignment']],
    },
    {
      name: 'another version under one construct id is ready before the policies name it, and the old one goes last',
      change: { audio: NEXT_AUDIO },
      phases: [...added('gpt-audio-mini_2025-12-15'), ...removed('gpt-audio-mini_2025-10-06').slice(1)],
      anyTime: LISTS,
      order: [backends('create', 'gpt-audio-mini_2025-12-15'), LISTS, backends('delete', 'gpt-audio-mini_2025-10-06')],
    },
    {
      name: 'a route that is marked as retired changes policies alone',
      change: { marked: true },
      phases: [[...POLICIES, ...LISTS]],
    },
    {
      name: 'once it is gone nothing else changes',
      change: { gone: true },
      phases: removed('gpt-5.1_2025-11-13').slice(1),
    },
    {
      name: 'a new version is ready before the policies name it',
      change: { next: 'globalStandard' },
      phases: added('gpt-5.2_2025-12-11'),
      anyTime: LISTS,
      order: [backends('create', 'gpt-5.2_2025-12-11'), LISTS],
    },
    {
      name: 'another deployment type of a version is another backend, and the old one goes last',
      change: { next: 'dataZoneStandard' },
      phases: [
        deployments('create', 'gpt-5.2_2025-12-11', 'datazonestandard'),
        backends('create', 'gpt-5.2_2025-12-11'),
        ...removed('gpt-5.2_2025-12-11'),
      ],
    },
    {
      name: 'a live route that is removed at once goes after the policies that named it',
      change: { next: undefined },
      phases: [
        ...removed('gpt-5.2_2025-12-11').slice(0, 2),
        deployments('delete', 'gpt-5.2_2025-12-11', 'datazonestandard'),
      ],
      anyTime: LISTS,
    },
  ])('$name', async ({ change, phases, anyTime, order = [] }) => {
    await live(change);
    const operations = bench.takeOperations();
    expect(phaseProblems(operations, phases, anyTime)).toEqual([]);
    expect(phaseProblems(among(operations, order), order)).toEqual([]);
  });

  test('a second gateway of the service leaves the first one alone, when it comes and when it goes', async () => {
    await live({ second: true });
    const came = bench.takeOperations();
    expect(came.length).toBeGreaterThan(15);
    expect(came.filter(({ action, refused }) => action !== 'create' || refused !== undefined)).toEqual([]);
    await live({ second: false });
    const went = bench.takeOperations();
    expect(went.filter(({ action, refused }) => action !== 'delete' || refused !== undefined)).toEqual([]);
    expect(went.map(({ id }) => id).sort()).toEqual(came.map(({ id }) => id).sort());
  });

  test('it ends without a refusal', async () => {
    expect((await workspace.plan()).summary).toEqual([]);
    await workspace.destroy();
    expect(refusals()).toEqual([]);
    expect(bench.azure.all('azurerm_api_management')).toEqual([]);
  });
});

describeWithTerraform('a gateway in the Consumption tier with subscription keys and telemetry, over its life', () => {
  const wholeStack = (telemetry: Partial<GatewayTelemetry>) =>
    synthesisedStack((stack) => {
      const inGroup = { resourceGroupName: 'rg-gateway', location: 'swedencentral' };
      const vault = new KeyVault(stack, 'vault', {
        ...{ name: 'contoso-keys', ...inGroup, skuName: 'standard' },
        tenantId: '00000000-0000-0000-0000-000000000002',
      });
      const insights = new ApplicationInsights(stack, 'insights', {
        ...{ name: 'contoso-insights', ...inGroup, applicationType: 'web' },
      });
      const { id: applicationInsightsId, connectionString } = insights;
      const gateway = gatewayIn(stack, {
        service: serviceIn(stack, ApiManagementSku.consumption()),
        access: GatewayAccess.subscriptionKeys(),
        telemetry: { applicationInsightsId, connectionString, ...telemetry },
      });
      gateway.addRoute(deploymentOf(accountIn(stack)));
      gateway.addProduct('search', { productId: 'search', keyVaultId: vault.id });
    });
  const stackOf = (telemetry: Partial<GatewayTelemetry>) => leanerGateway(wholeStack(telemetry));

  const templates = (action: string) =>
    ['dated', 'v1'].map(() => `${action} resource_group_template_deployment model-gateway-diagnostic`);
  const reported = () =>
    bench.azure
      .all('azurerm_api_management_api_diagnostic')
      .map(({ metrics, sampling_percentage }) => [metrics, sampling_percentage]);
  const metrics = { tokenMetricsNamespace: 'models' };

  beforeAll(() => start(stackOf({})));
  afterAll(() => bench.stop());

  test('it is created without a refusal, its key is in the vault, and nothing is left to plan', async () => {
    expect(refusals()).toEqual([]);
    const [subscription] = bench.azure.all('azurerm_api_management_subscription');
    expect(bench.azure.all('azurerm_key_vault_secret')).toEqual([
      expect.objectContaining({ value: subscription!.primary_key }),
    ]);
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('token metrics are turned on beside diagnostics that stay, and stay on when these change', async () => {
    await applyNext(stackOf(metrics));
    expect(phaseProblems(bench.takeOperations(), [[...templates('create'), ...API_POLICIES]])).toEqual([]);
    expect(reported()).toEqual(Array(2).fill([true, 100]));
    await applyNext(stackOf({ ...metrics, samplingPercentage: 50 }));
    expect(phaseProblems(bench.takeOperations(), [templates('update')])).toEqual([]);
    expect(reported()).toEqual(Array(2).fill([true, 50]));
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('they are turned off by two applies, as the template takes the diagnostics with it', async () => {
    await applyNext(stackOf({ samplingPercentage: 50 }));
    expect(reported()).toEqual([]);
    await workspace.apply();
    expect(reported()).toEqual(Array(2).fill([undefined, 50]));
    expect((await workspace.plan()).summary).toEqual([]);
  });

  test('it ends without a refusal', async () => {
    await workspace.destroy();
    expect(refusals()).toEqual([]);
  });
});

describeWithTerraform('gateways of two teams in a service that neither of them created', () => {
  const team = (name: string, gatewayName = name) => {
    const stack = synthesisedStack((scope) => {
      const service = ApiManagementService.fromServiceId(scope, 'service', {
        serviceId: `${GROUP_ID}/Microsoft.ApiManagement/service/contoso-gateway`,
        sku: ApiManagementSku.standardV2(),
        identityPrincipalId: '00000000-0000-0000-0000-000000000003',
      });
      const account = accountIn(scope, name);
      gatewayIn(scope, { service, gatewayName, path: `${name}/openai` }).addRoute(deploymentOf(account));
    });
    return leanerGateway(stack);
  };

  test('leave the service and one another alone, and one cannot take another name on its path at once', async () => {
    bench = await TerraformBench.start();
    try {
      const service = { name: 'contoso-gateway', resource_group_name: 'rg-gateway', location: 'swedencentral' };
      const publisher = { publisher_name: 'Contoso', publisher_email: 'models@contoso.com', sku_name: 'StandardV2_1' };
      const id = bench.azure.seed('azurerm_api_management', { ...service, ...publisher });
      const before = structuredClone(bench.azure.find('azurerm_api_management', id));
      const search = await applied(team('search'));
      workspace = await applied(team('chat'));
      expect((await search.plan()).ofType('azurerm_api_management')).toEqual([]);
      await search.destroy();
      expect((await workspace.plan()).summary).toEqual([]);
      expect(bench.takeOperations().filter((each) => each.refused || each.type === 'azurerm_api_management')).toEqual(
        [],
      );
      expect(bench.azure.find('azurerm_api_management', id)).toEqual(before);
      await expect(applyNext(team('chat', 'renamed'))).rejects.toThrow(
        /Cannot\s+create\s+API\s+'renamed-(?:dated|v1)'\s+with\s+the\s+same\s+Path/,
      );
    } finally {
      bench.stop();
    }
  });
});

describeWithTerraform('a gateway without create_before_destroy', () => {
  test('cannot lose a live route: the backends go first, while the policies still name them', async () => {
    const stackOf = (models: ModelVersion[]) => {
      const stack = synthesisedStack((scope) => {
        const [gateway, account] = [gatewayIn(scope), accountIn(scope)];
        models.forEach((model) => gateway.addRoute(deploymentOf(account, model)));
      });
      const without = JSON.stringify(leanerGateway(stack)).replaceAll('"create_before_destroy":true', '');
      return JSON.parse(without) as object;
    };
    await start(stackOf([GPT, NEXT]));
    try {
      expect(refusals()).toEqual([]);
      await expect(applyNext(stackOf([NEXT]))).rejects.toThrow(/is used by the following\s+entities/);
      expect(bench.takeOperations().map(describeOperation)).toContain('delete backend gpt-5-1-2025-11-13-v1 refused');
    } finally {
      bench.stop();
    }
  });
});

import { Block } from '../support/terraform/gateway-configuration';
import { TerraformBench } from '../support/terraform/terraform-bench';
import { describeWithTerraform } from '../support/terraform/terraform-command';
import { TerraformWorkspace } from '../support/terraform/terraform-workspace';

/** Terraform starts a handful of times in each test. */
jest.setTimeout(60_000);

const located = { resource_group_name: 'rg-apps', location: 'swedencentral' };
const DIGEST = `sha256:${'0'.repeat(64)}`;
const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-apps/providers';
const ENVIRONMENT = 'azurerm_container_app_environment.apps';
const APP = 'azurerm_container_app.bot';

interface Changes {
  readonly environment?: Block;
  readonly app?: Block;
  readonly image?: string;
  readonly scale?: Block;
  readonly ingress?: Block;
  readonly withoutPullRight?: boolean;
  readonly withoutApp?: boolean;
}

/** An app in a network of its own, which pulls its image from a registry with an identity. */
function stackWith(changes: Changes): object {
  const app = {
    name: 'bot-0123456789ab',
    resource_group_name: 'rg-apps',
    container_app_environment_id: `\${${ENVIRONMENT}.id}`,
    revision_mode: 'Single',
    workload_profile_name: 'Consumption',
    identity: { type: 'UserAssigned', identity_ids: ['${azurerm_user_assigned_identity.bot.id}'] },
    registry: {
      server: '${azurerm_container_registry.images.login_server}',
      identity: '${azurerm_user_assigned_identity.bot.id}',
    },
    ingress: { target_port: 8080, traffic_weight: { percentage: 100, latest_revision: true }, ...changes.ingress },
    template: {
      ...changes.scale,
      container: { name: 'bot', image: changes.image ?? `images.azurecr.io/bot@${DIGEST}`, cpu: 0.5, memory: '1Gi' },
    },
    ...(changes.withoutPullRight !== true && { depends_on: ['azurerm_role_assignment.pull'] }),
    ...changes.app,
  };
  const pull = {
    scope: '${azurerm_container_registry.images.id}',
    role_definition_name: 'AcrPull',
    principal_id: '${azurerm_user_assigned_identity.bot.principal_id}',
  };
  return {
    provider: { azurerm: [{ features: [{}] }] },
    resource: {
      azurerm_container_registry: { images: { ...located, name: 'images', sku: 'Premium' } },
      azurerm_user_assigned_identity: { bot: { ...located, name: 'bot' } },
      azurerm_container_app_environment: {
        apps: {
          ...located,
          name: 'apps',
          infrastructure_subnet_id: `${GROUP}/Microsoft.Network/virtualNetworks/apps/subnets/apps`,
          infrastructure_resource_group_name: 'rg-apps-infrastructure',
          workload_profile: { name: 'Consumption', workload_profile_type: 'Consumption' },
          ...changes.environment,
        },
      },
      ...(changes.withoutPullRight !== true && { azurerm_role_assignment: { pull } }),
      ...(changes.withoutApp !== true && { azurerm_container_app: { bot: app } }),
    },
  };
}

describeWithTerraform('a container app under terraform', () => {
  let bench: TerraformBench;
  let workspace: TerraformWorkspace;

  beforeEach(async () => {
    bench = await TerraformBench.start();
    bench.azure.operationMilliseconds = 2;
    workspace = bench.workspace();
  });

  afterEach(() => bench.stop());

  async function applied(changes: Changes): Promise<void> {
    workspace.write(stackWith(changes));
    await workspace.apply();
  }

  async function planned(changes: Changes): Promise<readonly string[]> {
    workspace.write(stackWith(changes));
    return (await workspace.plan()).summary;
  }

  const app = () => bench.azure.all('azurerm_container_app')[0]!;

  test('has the addresses that Azure gives it, and leaves nothing to plan', async () => {
    await applied({});
    const [environment] = bench.azure.all('azurerm_container_app_environment');
    expect(environment!.default_domain).toMatch(/^calm-[0-9a-f]{8}\.swedencentral\.azurecontainerapps\.io$/);
    expect(app()).toMatchObject({
      ingress: [{ fqdn: `bot-0123456789ab.internal.${environment!.default_domain as string}` }],
      latest_revision_name: expect.stringMatching(/^bot-0123456789ab--[0-9a-f]{7}$/) as unknown,
      location: 'swedencentral',
    });
    expect(await planned({})).toEqual([]);
  });

  test('gets a revision for another image and for another scale, in place and under the same address', async () => {
    await applied({ ingress: { external_enabled: true } });
    const { latest_revision_name: before, ingress } = app();
    const image = `images.azurecr.io/bot@sha256:${'1'.repeat(64)}`;
    expect(await planned({ ingress: { external_enabled: true }, image })).toEqual([`${APP}: update`]);
    expect(await planned({ ingress: { external_enabled: true }, scale: { max_replicas: 20 } })).toEqual([
      `${APP}: update`,
    ]);
    await workspace.apply();
    expect(app().latest_revision_name).not.toBe(before);
    expect(app().ingress).toEqual(ingress);
    expect(String((ingress as { fqdn: string }[])[0]!.fqdn)).not.toContain('.internal.');
  });

  test('is replaced by another name or environment, and an environment by another subnet', async () => {
    await applied({});
    expect(await planned({ app: { name: 'bot-ba9876543210' } })).toEqual([`${APP}: delete, create`]);
    expect(await planned({ environment: { zone_redundancy_enabled: true } })).toEqual([
      `${APP}: delete, create`,
      `${ENVIRONMENT}: delete, create`,
    ]);
  });

  test('without its workload profile is changed by every plan', async () => {
    await applied({ app: { workload_profile_name: undefined } });
    expect(await planned({ app: { workload_profile_name: undefined } })).toEqual([`${APP}: update`]);
  });

  test('is replaced by every plan where its environment does not name the group that Azure makes', async () => {
    const environment = { infrastructure_resource_group_name: undefined };
    await applied({ environment });
    expect(await planned({ environment })).toEqual([`${APP}: delete, create`, `${ENVIRONMENT}: delete, create`]);
    const dedicated = { ...environment, workload_profile: { name: 'd4', workload_profile_type: 'D4' } };
    await applied({ environment: dedicated });
    expect(await planned({ environment: dedicated })).toEqual([]);
  });

  test('cannot be created before its identity may pull the image', async () => {
    workspace.write(stackWith({ withoutPullRight: true }));
    await expect(workspace.apply()).rejects.toThrow(/UNAUTHORIZED:\s+authentication\s+required/);
    await applied({});
    expect(app().name).toBe('bot-0123456789ab');
  });

  test('keeps its environment: Azure refuses to delete one that holds apps', async () => {
    await applied({});
    bench.azure.operations.splice(0);
    const other = bench.workspace();
    other.write({
      ...stackWith({ withoutApp: true, withoutPullRight: true }),
      import: [{ to: ENVIRONMENT, id: `${GROUP}/Microsoft.App/managedEnvironments/apps` }],
      resource: {
        azurerm_container_app_environment: (
          stackWith({}) as { resource: { azurerm_container_app_environment: object } }
        ).resource.azurerm_container_app_environment,
      },
    });
    await other.apply();
    await expect(other.destroy()).rejects.toThrow(/ManagedEnvironmentHasContainerApps/);
    await workspace.destroy();
    expect(bench.azure.all('azurerm_container_app_environment')).toEqual([]);
  });

  describe('is refused at validate', () => {
    const NAME = expect.stringMatching(/^"name" must consist of .* must not be more than 32 characters$/) as unknown;

    test.each<[string, Changes, unknown]>([
      ['a name of 33 characters', { app: { name: `b${'o'.repeat(31)}t` } }, NAME],
      ['a name with two dashes', { app: { name: 'bot--1' } }, NAME],
      ['a name that begins with a digit', { app: { name: '1bot' } }, NAME],
      ['a name that ends with a dash', { app: { name: 'bot-' } }, NAME],
      ['a capital letter', { app: { name: 'Bot' } }, NAME],
      [
        'another revision mode',
        { app: { revision_mode: 'single' } },
        'expected revision_mode to be one of ["Labels" "Multiple" "Single"], got single',
      ],
      [
        'no replica at most',
        { scale: { max_replicas: 0 } },
        'expected template.0.max_replicas to be in the range (1 - 1000), got 0',
      ],
      [
        'a group for the infrastructure without a workload profile',
        { environment: { workload_profile: undefined } },
        '"infrastructure_resource_group_name": all of `infrastructure_resource_group_name,workload_profile` must be specified',
      ],
    ])('for %s', async (_, changes, problem) => {
      workspace.write(stackWith(changes));
      expect((await workspace.validate()).diagnostics.map(({ summary }) => summary)).toEqual([problem]);
    });

    test('but not for a name of 32 characters', async () => {
      workspace.write(stackWith({ app: { name: `b${'o'.repeat(30)}t` } }));
      expect((await workspace.validate()).valid).toBe(true);
    });
  });

  test.each<[string, Block, RegExp]>([
    [
      'a secret of a vault without an identity',
      { secret: { name: 'key', key_vault_secret_id: 'https://v.vault.azure.net/secrets/key' } },
      /secret key must supply identity for key vault secret id/,
    ],
    [
      'traffic to no revision',
      { ingress: { target_port: 8080, traffic_weight: { percentage: 100 } } },
      /revision_suffix` or\s+`ingress\.0\.traffic_weight\.0\.latest_revision` should be specified/,
    ],
  ])('is refused at plan for %s', async (_, change, problem) => {
    workspace.write(stackWith({ app: change }));
    await expect(workspace.plan()).rejects.toThrow(problem);
  });
});

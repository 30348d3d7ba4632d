import { App } from 'cdktf';
import { OrchestratorEnvironment, OrchestratorEnvironmentProps } from '../../lib/orchestrators';
import { Values } from '../support/synthesised';
import { ENVIRONMENT_ID, GUID, platformStack, resources, SUBNET_ID, WORKSPACE_ID } from './support/orchestrator-stack';

const PLACE = { resourceGroupName: 'rg-apps', location: 'swedencentral' };

function environmentStack(props: Partial<OrchestratorEnvironmentProps> = {}) {
  const stack = platformStack(new App());
  return { stack, environment: new OrchestratorEnvironment(stack, 'apps', { ...PLACE, ...props }) };
}

function environmentOf(props: Partial<OrchestratorEnvironmentProps> = {}): Values {
  return resources(environmentStack(props).stack, 'container_app_environment').apps!;
}

interface Rule {
  readonly name: string;
  readonly access: string;
  readonly priority: number;
  readonly protocol: string;
  readonly destination_address_prefix: string;
  readonly destination_port_range: string;
}

function rulesOf(egress: OrchestratorEnvironmentProps['egress'], location = 'swedencentral'): Rule[] {
  const { stack } = environmentStack({ subnetId: SUBNET_ID, egress, location });
  const [group] = Object.values(resources(stack, 'network_security_group'));
  return group!.security_rule as Rule[];
}

describe('what is declared', () => {
  test('an environment on the Consumption profile with a log workspace', () => {
    const { stack } = environmentStack();
    expect(resources(stack, 'container_app_environment').apps).toEqual({
      name: expect.stringMatching(/^apps-[0-9a-f]{8}$/) as string,
      resource_group_name: 'rg-apps',
      location: 'swedencentral',
      logs_destination: 'log-analytics',
      log_analytics_workspace_id: expect.stringMatching(/^\$\{azurerm_log_analytics_workspace\..*\.id\}$/) as string,
      internal_load_balancer_enabled: false,
      public_network_access: 'Enabled',
      zone_redundancy_enabled: false,
      mutual_tls_enabled: false,
      workload_profile: [{ name: 'Consumption', workload_profile_type: 'Consumption' }],
      lifecycle: { create_before_destroy: true },
    });
    expect(Object.values(resources(stack, 'log_analytics_workspace'))[0]).toMatchObject({
      name: expect.stringMatching(/^apps-logs-[0-9a-f]{8}$/) as string,
      sku: 'PerGB2018',
      retention_in_days: 30,
      daily_quota_gb: -1,
    });
    expect(resources(stack, 'network_security_group')).toEqual({});
  });

  test('in a subnet it is internal, and the group of its infrastructure is named', () => {
    const environment = environmentOf({ subnetId: SUBNET_ID });
    expect(environment).toMatchObject({
      infrastructure_subnet_id: SUBNET_ID,
      infrastructure_resource_group_name: `${environment.name as string}-infrastructure`,
      internal_load_balancer_enabled: true,
      public_network_access: 'Disabled',
    });
    expect(environmentOf({ subnetId: SUBNET_ID, internalOnly: false, zoneRedundant: true })).toMatchObject({
      internal_load_balancer_enabled: false,
      public_network_access: 'Enabled',
      zone_redundancy_enabled: true,
    });
  });

  test('a workspace and names that are brought, and machines of its own', () => {
    const { stack, environment } = environmentStack({
      logAnalyticsWorkspaceId: WORKSPACE_ID,
      environmentName: 'contoso-apps',
      subnetId: SUBNET_ID,
      infrastructureResourceGroupName: 'rg-infrastructure',
      workloadProfile: { name: 'big', profileType: 'D8', minimumCount: 0, maximumCount: 3 },
      tags: { team: 'search' },
    });
    expect(resources(stack, 'container_app_environment').apps).toMatchObject({
      name: 'contoso-apps',
      log_analytics_workspace_id: WORKSPACE_ID,
      infrastructure_resource_group_name: 'rg-infrastructure',
      workload_profile: [
        { name: 'Consumption', workload_profile_type: 'Consumption' },
        { name: 'big', workload_profile_type: 'D8', minimum_count: 0, maximum_count: 3 },
      ],
      tags: { team: 'search' },
    });
    expect(resources(stack, 'log_analytics_workspace')).toEqual({});
    expect(environment.workloadProfileName).toBe('big');
    expect(environment.logAnalyticsWorkspaceId).toBe(WORKSPACE_ID);
  });

  test('whatever replaces the environment changes its name', () => {
    const changes: Partial<OrchestratorEnvironmentProps>[] = [
      {},
      { location: 'francecentral' },
      { resourceGroupName: 'rg-other' },
      { subnetId: SUBNET_ID },
      { subnetId: SUBNET_ID, internalOnly: false },
      { subnetId: SUBNET_ID, zoneRedundant: true },
      { subnetId: SUBNET_ID, infrastructureResourceGroupName: 'rg-infrastructure' },
    ];
    const names = changes.map((change) => environmentOf(change).name);
    expect(new Set(names).size).toBe(changes.length);
    expect(environmentOf({ tags: { a: 'b' } }).name).toBe(names[0]);
  });
});

describe('ways out', () => {
  const needed = [
    ['allow-virtual-network', '*', 'VirtualNetwork', '*'],
    ['allow-microsoft-registry', 'Tcp', 'MicrosoftContainerRegistry', '443'],
    ['allow-microsoft-registry-front-door', 'Tcp', 'AzureFrontDoor.FirstParty', '443'],
    ['allow-entra', 'Tcp', 'AzureActiveDirectory', '443'],
    ['allow-monitor', 'Tcp', 'AzureMonitor', '443'],
    ['allow-azure-dns', '*', '168.63.129.16', '53'],
  ];
  const describeRules = (rules: readonly Rule[]) =>
    rules.map((rule) => [rule.name, rule.protocol, rule.destination_address_prefix, rule.destination_port_range]);

  test('the network, what Container Apps needs, what is stated, and then nothing of the internet', () => {
    const rules = rulesOf({ allowedDestinations: ['203.0.113.0/24', 'CognitiveServicesManagement'] });
    expect(describeRules(rules)).toEqual([
      ...needed,
      ['allow-stated-1', 'Tcp', '203.0.113.0/24', '443'],
      ['allow-stated-2', 'Tcp', 'CognitiveServicesManagement', '443'],
      ['deny-internet', '*', 'Internet', '*'],
    ]);
    expect(rules.map(({ access }) => access)).toEqual([...Array<string>(8).fill('Allow'), 'Deny']);
    expect(rules.map(({ priority }) => priority)).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 4096]);
  });

  test('registries without a private endpoint, with the storage of the region behind them', () => {
    const rules = rulesOf({ publicContainerRegistries: true }, 'Sweden Central');
    expect(describeRules(rules).slice(6, 8)).toEqual([
      ['allow-container-registries', 'Tcp', 'AzureContainerRegistry', '443'],
      ['allow-container-registry-layers', 'Tcp', 'Storage.SwedenCentral', '443'],
    ]);
  });

  test('the group is on the subnet before the environment is', () => {
    const { stack } = environmentStack({ subnetId: SUBNET_ID, egress: {} });
    const [[id, association]] = Object.entries(resources(stack, 'subnet_network_security_group_association')) as [
      [string, Values],
    ];
    const [groupId] = Object.keys(resources(stack, 'network_security_group'));
    expect(association).toEqual({
      subnet_id: SUBNET_ID,
      network_security_group_id: `\${azurerm_network_security_group.${groupId!}.id}`,
    });
    expect(resources(stack, 'container_app_environment').apps!.depends_on).toEqual([
      `azurerm_subnet_network_security_group_association.${id}`,
    ]);
  });

  test('what replaces the environment alone leaves the group', () => {
    const nameOf = (props: Partial<OrchestratorEnvironmentProps>) => {
      const { stack } = environmentStack({ subnetId: SUBNET_ID, egress: {}, ...props });
      return Object.values(resources(stack, 'network_security_group'))[0]!.name;
    };
    expect(nameOf({ zoneRedundant: true })).toBe(nameOf({}));
    expect(nameOf({ subnetId: `${SUBNET_ID}2` })).not.toBe(nameOf({}));
  });

  test.each([
    '*',
    '0.0.0.0/0',
    '10.0.0.0/7',
    '10.0.0.256',
    'Internet',
    'internet',
    'AzureCloud',
    'AzureCloud.westeurope',
    'contoso.com',
    '',
    '10.0.0.0/8,*',
  ])('%j is no destination', (destination) => {
    expect(() => rulesOf({ allowedDestinations: [destination] })).toThrow(
      new Error(
        `allowed destination '${destination}' of stack/apps is not valid: write an IPv4 block of /8 to /32 ('203.0.113.0/24') or a service tag ` +
          "('CognitiveServicesManagement'); the whole internet cannot be one",
      ),
    );
  });

  test('so many destinations are too many', () => {
    expect(() => rulesOf({ allowedDestinations: Array<string>(1001).fill('203.0.113.7') })).toThrow(
      new Error('stack/apps allows 1001 destinations, and 1000 are the most; join some of them'),
    );
  });
});

test.each<[Partial<OrchestratorEnvironmentProps>, string]>([
  [{ location: ' ' }, "stack/apps has no location: pass the Azure region as location, for instance 'swedencentral'"],
  [{ resourceGroupName: 'rg.' }, "resourceGroupName 'rg.' of stack/apps is not valid: "],
  [
    { environmentName: 'x'.repeat(60) },
    `environmentName '${'x'.repeat(60)}' of stack/apps is not valid: it has 2 to 59 `,
  ],
  [{ subnetId: 'apps' }, "subnetId 'apps' of stack/apps is not the resource id of a subnet; "],
  [{ internalOnly: true }, 'internalOnly of stack/apps needs a subnet of your own; pass subnetId'],
  [{ zoneRedundant: true }, 'zoneRedundant of stack/apps needs a subnet of your own; pass subnetId'],
  [{ egress: {} }, 'egress of stack/apps needs a subnet of your own; pass subnetId'],
  [
    { logAnalyticsWorkspaceId: GUID },
    `logAnalyticsWorkspaceId '${GUID}' of stack/apps is not the resource id of a Log Analytics workspace; `,
  ],
  [{ logRetentionDays: 29 }, 'logRetentionDays 29 of stack/apps is not valid: write a whole number from 30 to 730'],
  [
    { logRetentionDays: 90, logAnalyticsWorkspaceId: WORKSPACE_ID },
    'logRetentionDays of stack/apps has no effect on a workspace that is brought; ',
  ],
  [
    { workloadProfile: { name: 'Consumption', profileType: 'D4', minimumCount: 1, maximumCount: 1 } },
    "workloadProfile of stack/apps (name 'Consumption', profileType 'D4') is not valid: ",
  ],
  [
    { workloadProfile: { name: 'big', profileType: 'D4', minimumCount: 2, maximumCount: 1 } },
    'workloadProfile of stack/apps has minimumCount 2 and maximumCount 1: ',
  ],
])('refused: %j', (props, message) => {
  expect(() => environmentStack(props)).toThrow(message);
});

describe('an environment that exists', () => {
  const imported = (attributes: object) =>
    OrchestratorEnvironment.fromEnvironmentId(platformStack(new App()), 'shared', {
      environmentId: ENVIRONMENT_ID,
      location: 'swedencentral',
      ...attributes,
    });

  test('is told by its id and region', () => {
    expect(imported({})).toMatchObject({
      environmentId: ENVIRONMENT_ID,
      resourceGroupName: 'rg',
      location: 'swedencentral',
      workloadProfileName: 'Consumption',
    });
    expect(imported({ workloadProfileName: 'big' }).workloadProfileName).toBe('big');
    expect(imported({ consumptionOnly: true }).workloadProfileName).toBeUndefined();
  });

  test.each([
    [{ environmentId: SUBNET_ID }, 'of stack/shared is not the resource id of a Container Apps environment; '],
    [{ location: '' }, 'stack/shared has no location'],
  ])('refused: %j', (attributes, message) => {
    expect(() => imported(attributes)).toThrow(message);
  });
});

import { imagePullUnauthorized, managedEnvironmentHasContainerApps } from '../azure-error';
import { stableGuid } from '../computed-values';
import { AzureStore, ResourceKind } from '../resource-kind';
import { asBlocks } from '../schema';
import { canonical, Value, ValueObject } from '../value-encoding';
import { between, matching, oneOf } from './validation';

const inGroup = '/subscriptions/{subscription}/resourceGroups/{resource_group_name}/providers';
const ENVIRONMENT = 'azurerm_container_app_environment';

const NAME =
  `"name" must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an ` +
  `alphanumeric character and cannot have '--'. The length must not be more than 32 characters`;

const probeDefaults = (probe: string, initialDelay: number) =>
  Object.fromEntries(
    Object.entries({ failure_count_threshold: 3, initial_delay: initialDelay, interval_seconds: 10, timeout: 1 }).map(
      ([name, value]) => [`template.container.${probe}.${name}`, value],
    ),
  );

/**
 * Microsoft.App. Replacement, defaults and checks follow the provider's source and documentation,
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/internal/services/containerapps.
 */
export const containerAppKinds: Readonly<Record<string, ResourceKind>> = {
  [ENVIRONMENT]: {
    id: `${inGroup}/Microsoft.App/managedEnvironments/{name}`,
    forcesReplacement: [
      'name',
      'location',
      'resource_group_name',
      'dapr_application_insights_connection_string',
      'infrastructure_resource_group_name',
      'infrastructure_subnet_id',
      'internal_load_balancer_enabled',
      'zone_redundancy_enabled',
    ],
    providerDefaults: {
      internal_load_balancer_enabled: false,
      mutual_tls_enabled: false,
      zone_redundancy_enabled: false,
    },
    validate: (config) =>
      config.infrastructure_resource_group_name !== null && asBlocks(config.workload_profile).length === 0
        ? [
            '"infrastructure_resource_group_name": all of `infrastructure_resource_group_name,workload_profile` must be specified',
          ]
        : [],
    azureAnswers: (sent, azure) => ({
      default_domain: `calm-${stableGuid(String(sent.id)).slice(0, 8)}.${sent.location}.azurecontainerapps.io`,
      identity: withIdentity(sent, azure.tenant),
      infrastructure_resource_group_name: infrastructureGroup(sent),
      logs_destination: text(sent.logs_destination) ?? (sent.log_analytics_workspace_id ? 'log-analytics' : ''),
      public_network_access: text(sent.public_network_access) ?? 'Enabled',
      static_ip_address: '10.0.2.4',
    }),
    refuseDeletion: ({ id, name }, azure) => {
      const apps = azure.all('azurerm_container_app').filter((app) => app.container_app_environment_id === id);
      if (apps.length > 0) {
        throw managedEnvironmentHasContainerApps(String(name), apps.length);
      }
    },
  },

  azurerm_container_app: {
    id: `${inGroup}/Microsoft.App/containerApps/{name}`,
    parent: 'container_app_environment_id',
    forcesReplacement: ['name', 'resource_group_name', 'container_app_environment_id'],
    providerDefaults: {
      'ingress.allow_insecure_connections': false,
      'ingress.external_enabled': false,
      'ingress.transport': 'auto',
      'ingress.traffic_weight.latest_revision': false,
      'template.cooldown_period_in_seconds': 300,
      'template.max_replicas': 10,
      'template.polling_interval_in_seconds': 30,
      'template.termination_grace_period_seconds': 0,
      'template.volume.storage_type': 'EmptyDir',
      ...probeDefaults('liveness_probe', 1),
      ...probeDefaults('readiness_probe', 0),
      ...probeDefaults('startup_probe', 0),
      'template.container.readiness_probe.success_count_threshold': 3,
    },
    validate: (config) => [
      ...matching(config.name, /^(?!.*--)[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/, NAME),
      ...oneOf('revision_mode', config.revision_mode, ['Labels', 'Multiple', 'Single']),
      ...between('max_inactive_revisions', config.max_inactive_revisions, 0, 100),
      ...asBlocks(config.ingress).flatMap((ingress) => [
        ...between('ingress.0.target_port', ingress.target_port, 1, 65535),
        ...oneOf('ingress.0.transport', ingress.transport, ['auto', 'http', 'http2', 'tcp']),
      ]),
      ...asBlocks(config.template).flatMap((template) => [
        ...between('template.0.max_replicas', template.max_replicas, 1, 1000),
        ...between('template.0.min_replicas', template.min_replicas, 0, 1000),
      ]),
    ],
    refusePlan: (planned) => [
      ...asBlocks(planned.ingress)
        .flatMap((ingress) => asBlocks(ingress.traffic_weight))
        .flatMap(({ latest_revision, revision_suffix }, index) =>
          latest_revision === true || text(revision_suffix)
            ? []
            : [
                `\`either ingress.0.traffic_weight.${index}.revision_suffix\` or ` +
                  `\`ingress.0.traffic_weight.${index}.latest_revision\` should be specified`,
              ],
        ),
      ...asBlocks(planned.secret).flatMap(({ name, key_vault_secret_id, identity }) => [
        ...(given(key_vault_secret_id) && !given(identity)
          ? [`secret ${name} must supply identity for key vault secret id`]
          : []),
        ...(given(identity) && !given(key_vault_secret_id)
          ? [`secret ${name} must supply key vault secret id when specifying identity`]
          : []),
      ]),
    ],
    refuse: refuseImage,
    azureAnswers: (sent, azure) => {
      const environment = azure.find(ENVIRONMENT, String(sent.container_app_environment_id))!;
      const domain = String(environment.default_domain);
      const [template] = asBlocks(sent.template);
      const suffix = text(template?.revision_suffix) || stableGuid(canonical(sent.template ?? null)).slice(0, 7);
      const revision = `${sent.name}--${suffix}`;
      const [ingress] = asBlocks(sent.ingress);
      const zone = ingress?.external_enabled === true ? domain : `internal.${domain}`;
      return {
        identity: withIdentity(sent, azure.tenant),
        ingress: asBlocks(sent.ingress).map((each) => ({ ...each, fqdn: `${sent.name}.${zone}` })),
        latest_revision_fqdn: ingress === undefined ? '' : `${revision}.${zone}`,
        latest_revision_name: revision,
        location: environment.location ?? null,
        template: asBlocks(sent.template).map((each) => ({
          ...each,
          revision_suffix: text(each.revision_suffix) ?? '',
        })),
        // The provider reads it into an attribute that is not computed, so that leaving it out is a change on every plan.
        workload_profile_name:
          text(sent.workload_profile_name) ??
          (asBlocks(environment.workload_profile).length > 0 ? 'Consumption' : null),
      };
    },
  },
};

/**
 * Azure makes one up where a subnet is given. The provider takes no notice if some workload profile is not of type
 * Consumption, else the environment is replaced: https://github.com/hashicorp/terraform-provider-azurerm/issues/27481.
 */
function infrastructureGroup(sent: ValueObject): Value {
  const profiles = asBlocks(sent.workload_profile);
  const consumptionAlone = profiles.every(({ workload_profile_type: type }) => type === 'Consumption');
  const made = `ME_${sent.name}_${sent.resource_group_name}_${sent.location}`;
  return (
    text(sent.infrastructure_resource_group_name) ??
    (given(sent.infrastructure_subnet_id) && profiles.length > 0 && consumptionAlone ? made : null)
  );
}

/** Azure looks at the image before it makes a revision, with the rights that the identity has by then. */
function refuseImage(sent: ValueObject, azure: AzureStore): void {
  for (const { server, identity } of asBlocks(sent.registry)) {
    const registry = azure.all('azurerm_container_registry').find(({ login_server }) => login_server === server);
    const puller = azure.all('azurerm_user_assigned_identity').find(({ id }) => id === identity);
    const mayPull = azure
      .all('azurerm_role_assignment')
      .some(
        ({ scope, principal_id, role_definition_name }) =>
          principal_id === puller?.principal_id &&
          String(registry?.id).startsWith(String(scope)) &&
          String(role_definition_name) === 'AcrPull',
      );
    if (registry !== undefined && puller !== undefined && !mayPull) {
      const [container] = asBlocks(sent.template).flatMap((template) => asBlocks(template.container));
      throw imagePullUnauthorized(String(container?.name), String(container?.image), String(server));
    }
  }
}

function withIdentity(sent: ValueObject, tenant: string): Value {
  return asBlocks(sent.identity).map((identity) => ({
    ...identity,
    tenant_id: tenant,
    principal_id: String(identity.type).includes('SystemAssigned') ? stableGuid(`${sent.id}/principal`) : '',
  }));
}

/** A computed attribute that the configuration left out is still unknown here. */
function text(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function given(value: Value | undefined): boolean {
  return value !== null && value !== undefined && value !== '';
}

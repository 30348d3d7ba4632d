/** The account of all sample deployments. */
export const ACCOUNT =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/models/providers/Microsoft.CognitiveServices/accounts/models';

/** A deployment as azurerm puts it into a plan. */
export function deploymentValues(model: { name: string; version: string }, name = 'chat') {
  return {
    name,
    cognitive_account_id: ACCOUNT,
    model: [{ format: 'OpenAI', ...model, source: null }],
    sku: [{ name: 'GlobalStandard', capacity: 10, family: null, size: null, tier: null }],
    rai_policy_name: 'Microsoft.DefaultV2',
    version_upgrade_option: 'NoAutoUpgrade',
    dynamic_throttling_enabled: null,
    timeouts: null,
  };
}

type Values = Readonly<Record<string, unknown>> | null;

/** An entry of `resource_changes`. */
export function change(name: string, before: Values, after: Values, type = 'azurerm_cognitive_deployment') {
  const actions =
    before === null ? ['create'] : after === null ? ['delete'] : before === after ? ['no-op'] : ['update'];
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    provider_name: 'registry.terraform.io/hashicorp/azurerm',
    change: {
      actions,
      before: before && { id: `${ACCOUNT}/deployments/${String(before.name)}`, ...before },
      after: after && (before === null ? after : { id: `${ACCOUNT}/deployments/${String(after.name)}`, ...after }),
      after_unknown: before === null ? { id: true } : {},
      before_sensitive: before === null ? false : {},
      after_sensitive: after === null ? false : {},
    },
  };
}

/** A plan as `terraform show -json` writes it. */
export function planOf(changes: readonly ReturnType<typeof change>[]): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: {
      provider_config: { azurerm: { name: 'azurerm', full_name: 'registry.terraform.io/hashicorp/azurerm' } },
      root_module: {
        resources: changes.map(({ address, mode, type, name, change: { after } }) => ({
          address,
          mode,
          type,
          name,
          provider_config_key: 'azurerm',
          expressions: Object.fromEntries(
            Object.entries(after ?? {})
              .filter(([, value]) => typeof value === 'string')
              .map(([key, value]) => [key, { constant_value: value }]),
          ),
          schema_version: 0,
        })),
      },
    },
    timestamp: '2026-11-21T08:00:00Z',
    applyable: true,
    complete: true,
    errored: false,
  });
}

const LIVING = deploymentValues({ name: 'gpt-5.1', version: '2025-11-13' });
const RETIRED = deploymentValues({ name: 'gpt-35-turbo', version: '0613' });

/** Creates a model that lives. */
export const CLEAN = planOf([change('chat', null, LIVING)]);

/** Keeps a model that is retired. */
export const STANDING = planOf([change('chat', RETIRED, RETIRED)]);

/** Creates a model that is retired. */
export const CREATING = planOf([change('chat', null, RETIRED)]);

/** Keeps a model that is retired, and creates another one like it under another name. */
export const WORSE = planOf([
  change('chat', RETIRED, RETIRED),
  change('more', null, deploymentValues({ name: 'gpt-35-turbo', version: '0613' }, 'more')),
]);

/** The same as cdktf synthesises it; `name` is that of the resource. */
export function stackOf(values: ReturnType<typeof deploymentValues>, comment: object = {}, name = 'chat') {
  const { model, sku, cognitive_account_id, name: deployment, rai_policy_name, version_upgrade_option } = values;
  const { format, name: modelName, version } = model[0]!;
  return {
    '//': comment,
    terraform: { backend: { local: { path: 'terraform.tfstate' } } },
    resource: {
      azurerm_cognitive_deployment: {
        [name]: {
          '//': { metadata: { path: `production/models/${name}`, uniqueId: name } },
          cognitive_account_id,
          name: deployment,
          rai_policy_name,
          version_upgrade_option,
          model: { format, name: modelName, version },
          sku: { name: sku[0]!.name, capacity: sku[0]!.capacity },
        },
      },
    },
  };
}

export { LIVING, RETIRED };

import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Writes a plan as `terraform show -json` does, without ever holding it: 2 % of the resources are model deployments,
 * every tenth of which gets a newer version, and one in a hundred of which names a version that is retired; the others
 * stay as they are and are generally available in November 2026. 50 modules; a third of the resources with `for_each`;
 * planned values, prior state and configuration included. A resource takes about 3.6 kB.
 */
export function writePlan(file: string, count: number): void {
  const descriptor = openSync(file, 'w');
  let pending = '';
  const write = (text: string): void => {
    pending += text;
    if (pending.length > 1 << 20) {
      writeSync(descriptor, pending);
      pending = '';
    }
  };
  const list = (from: number, step: number, entry: (index: number) => object): void => {
    for (let index = from; index < count; index += step) {
      write((index === from ? '' : ',') + JSON.stringify(entry(index)));
    }
  };
  const inModules = (open: string, entry: (index: number) => object): void => {
    write(`${open}"child_modules":[`);
    for (let module = 0; module < MODULES; module++) {
      write(`${module === 0 ? '' : ','}{"resources":[`);
      list(module, MODULES, entry);
      write(`],"address":"module.m${module}"}`);
    }
    write(']}');
  };
  write('{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":');
  inModules('{', (index) => ({ ...head(index), values: values(index, true), sensitive_values: {} }));
  write('},"resource_changes":[');
  list(0, 1, change);
  write('],"prior_state":{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":');
  inModules('{', (index) => ({ ...head(index), values: values(index, false), sensitive_values: {}, depends_on: [] }));
  write('}},"configuration":{"provider_config":{},"root_module":{"module_calls":{');
  for (let module = 0; module < MODULES; module++) {
    write(`${module === 0 ? '' : ','}"m${module}":{"source":"./modules/m","expressions":{},"module":{"resources":[`);
    list(module, MODULES, configured);
    write(']}}');
  }
  write('}}},"timestamp":"2026-11-21T12:00:00Z","applyable":true,"complete":true,"errored":false}\n');
  writeSync(descriptor, pending);
  closeSync(descriptor);
}

const MODULES = 50;
const DEPLOYMENT = 'azurerm_cognitive_deployment';

/** One deployment stands at this place of every fifty resources. */
const DEPLOYMENT_AT = 7;

/** Name and version of models that are generally available in November 2026 and not to retire before 2028. */
const LIVING = [
  ['gpt-6-sol', '2026-09-22'],
  ['gpt-5.6-terra', '2026-07-09'],
  ['text-embedding-3-large', '1'],
  ['gpt-6-luna', '2026-09-22'],
  ['gpt-5.6-luna', '2026-07-09'],
  ['text-embedding-3-small', '1'],
] as const;

/** Of one model the version that retires in April 2027, and the next one. */
const OUTDATED = ['gpt-audio-mini', '2025-10-06'] as const;
const UPDATED = ['gpt-audio-mini', '2025-12-15'] as const;

/** Retired on 2026-06-29. */
const RETIRED = ['gpt-5-chat', '2025-08-07'] as const;

const OTHER_TYPES = ['azurerm_storage_account', 'azurerm_subnet', 'azurerm_linux_web_app', 'azurerm_key_vault_secret'];
const GROUP = '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-platform-weu/providers';

function typeOf(index: number): string {
  return index % 50 === DEPLOYMENT_AT ? DEPLOYMENT : OTHER_TYPES[index % OTHER_TYPES.length]!;
}

function head(index: number): object {
  const type = typeOf(index);
  const key = index % 3 === 0 ? `["key-${index}"]` : '';
  return {
    address: `module.m${index % MODULES}.${type}.r${index}${key}`,
    mode: 'managed',
    type,
    name: `r${index}`,
    ...(key && { index: `key-${index}` }),
    provider_name: 'registry.terraform.io/hashicorp/azurerm',
    schema_version: 4,
  };
}

function change(index: number): object {
  return {
    ...head(index),
    module_address: `module.m${index % MODULES}`,
    change: {
      actions: [isUpdated(index) ? 'update' : 'no-op'],
      before: values(index, false),
      after: values(index, true),
      after_unknown: {},
      before_sensitive: { network_rules: [{ ip_rules: [] }], tags: {} },
      after_sensitive: { network_rules: [{ ip_rules: [] }], tags: {} },
    },
  };
}

function isUpdated(index: number): boolean {
  return index % 500 === DEPLOYMENT_AT;
}

function modelOf(index: number, after: boolean): readonly [name: string, version: string] {
  if (isUpdated(index)) {
    return after ? UPDATED : OUTDATED;
  }
  const deployment = Math.floor(index / 50);
  return deployment % 100 === 55 ? RETIRED : LIVING[deployment % LIVING.length]!;
}

function values(index: number, after: boolean): object {
  return typeOf(index) === DEPLOYMENT ? deployment(index, after) : other(index);
}

function deployment(index: number, after: boolean): object {
  const [name, version] = modelOf(index, after);
  const account = `${GROUP}/Microsoft.CognitiveServices/accounts/oai-${index % 20}`;
  return {
    cognitive_account_id: account,
    dynamic_throttling_enabled: false,
    id: `${account}/deployments/chat-${index}`,
    model: [{ format: 'OpenAI', name, version }],
    name: `chat-${index}`,
    rai_policy_name: 'Microsoft.DefaultV2',
    sku: [{ capacity: 10, family: '', name: 'GlobalStandard', size: '', tier: '' }],
    timeouts: null,
    version_upgrade_option: 'NoAutoUpgrade',
  };
}

function other(index: number): object {
  return {
    access_tier: 'Hot',
    account_kind: 'StorageV2',
    account_replication_type: index % 2 ? 'ZRS' : 'LRS',
    allow_nested_items_to_be_public: false,
    id: `${GROUP}/Microsoft.Storage/storageAccounts/st${index}`,
    identity: [],
    location: 'westeurope',
    min_tls_version: 'TLS1_2',
    name: `st${index}`,
    network_rules: [
      { bypass: ['AzureServices'], default_action: 'Deny', ip_rules: [], virtual_network_subnet_ids: [] },
    ],
    resource_group_name: 'rg-platform-weu',
    tags: { environment: 'production', owner: 'platform-team' },
    timeouts: null,
  };
}

function configured(index: number): object {
  const type = typeOf(index);
  return {
    address: `${type}.r${index}`,
    mode: 'managed',
    type,
    name: `r${index}`,
    provider_config_key: 'azurerm',
    expressions: {
      name: { references: ['var.name', `local.names["r${index}"]`] },
      resource_group_name: { references: ['azurerm_resource_group.rg.name', 'azurerm_resource_group.rg'] },
      location: { constant_value: 'westeurope' },
    },
    schema_version: 4,
    ...(index % 3 === 0 && { for_each_expression: { references: ['var.all'] } }),
  };
}

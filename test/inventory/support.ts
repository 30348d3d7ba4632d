import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { judgementDate } from '../../lib/contracts/as-of';
import { ABSENT, Attribute, known } from '../../lib/facts/attribute';
import { ConfigurationFacts, DeploymentFact } from '../../lib/facts/facts';
import { LiveDeployment, LiveInventory } from '../../lib/inventory';
import { inventoryReport } from '../../lib/review/inventory-rows';
import { Finding } from '../../lib/rules/finding';
import { resolveSettings } from '../../lib/rules/settings';

export const SUBSCRIPTION = 'aaaaaaaa-0000-4000-8000-000000000001';
export const OTHER_SUBSCRIPTION = 'aaaaaaaa-0000-4000-8000-000000000002';

export function accountId(name: string, subscription = SUBSCRIPTION, group = 'rg-models'): string {
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.CognitiveServices/accounts/${name}`;
}

/** `chat` on the account `models`, of a model that stays. */
export function live(given: Partial<LiveDeployment> = {}): LiveDeployment {
  const id = given.accountId ?? accountId('models');
  const name = given.name ?? 'chat';
  return {
    id: `${id}/deployments/${name}`,
    subscriptionId: id.split('/')[2]!,
    accountId: id,
    account: id.split('/').at(-1)!,
    name,
    location: 'swedencentral',
    model: { format: 'OpenAI', name: 'gpt-6-sol', version: '2026-09-22' },
    sku: { name: 'GlobalStandard', capacity: 10 },
    versionUpgradeOption: 'NoAutoUpgrade',
    provisioningState: 'Succeeded',
    ...given,
  };
}

/** One subscription with the accounts of the deployments. */
export function inventoryOf(deployments: readonly LiveDeployment[], given: Partial<LiveInventory> = {}): LiveInventory {
  return {
    readAt: '2026-11-21T09:00:00.000Z',
    cloud: 'public',
    subscriptions: [SUBSCRIPTION],
    accounts: [...new Set(deployments.map((each) => each.accountId))],
    deployments,
    unread: [],
    ...given,
  };
}

/** The same deployment as azurerm declares it. */
export function declared(given: Partial<DeploymentFact> = {}): DeploymentFact {
  return {
    origin: { address: 'azurerm_cognitive_deployment.chat', type: 'azurerm_cognitive_deployment' },
    declaredBy: 'azurerm',
    account: known(accountId('models')),
    deployment: known('chat'),
    format: known('OpenAI'),
    model: known('gpt-6-sol'),
    version: known('2026-09-22'),
    sku: known('GlobalStandard'),
    capacity: known(10),
    versionUpgradeOption: known('NoAutoUpgrade'),
    ...given,
  };
}

export function configurationOf(
  deployments: readonly DeploymentFact[],
  given: Partial<ConfigurationFacts> = {},
): ConfigurationFacts {
  return { deployments, literals: [], opaque: [], waivers: [], ...given };
}

/** An account that the code declares, its id not known before it is applied. */
export function declaredAccount(name: Attribute, id: Attribute = ABSENT) {
  const origin = { address: 'azurerm_cognitive_account.eu', type: 'azurerm_cognitive_account' };
  return { origin, id, name, location: known('swedencentral') };
}

/** What the rule finds where the code has some deployments, and Azure others. */
export function found(
  rule: string,
  facts: ConfigurationFacts,
  inventory: LiveInventory,
  given: { readonly unknown?: 'fail' | 'warn' | 'pass' } = {},
): Finding[] {
  const { findings } = inventoryReport({
    inventory,
    inputs: [{ input: 'main.tfstate', facts }],
    catalog: ModelCatalog.open(),
    judgement: judgementDate('2026-11-21', '--as-of'),
    settings: resolveSettings(),
    ...given,
  });
  return findings.filter((finding) => finding.rule === rule);
}

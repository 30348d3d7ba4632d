import { ABSENT, Attribute, known } from '../facts/attribute';
import { AccountFact, ConfigurationFacts, DeploymentFact } from '../facts/facts';
import { LiveDeployment } from '../inventory/live-deployment';

const DEPLOYMENT = 'Microsoft.CognitiveServices/accounts/deployments';
const ACCOUNT = 'Microsoft.CognitiveServices/accounts';

/** A deployment as if it were declared the way it is on Azure, so that what judges code judges it. */
export function liveFact({ id, accountId, name, model, sku, versionUpgradeOption }: LiveDeployment): DeploymentFact {
  return {
    origin: { address: id, type: DEPLOYMENT },
    declaredBy: 'template',
    account: known(accountId),
    deployment: known(name),
    format: given(model?.format),
    model: given(model?.name),
    version: given(model?.version),
    sku: given(sku?.name),
    capacity: given(sku?.capacity),
    versionUpgradeOption: given(versionUpgradeOption),
  };
}

/** All that Azure has as one configuration. */
export function liveConfiguration(deployments: readonly LiveDeployment[]): ConfigurationFacts {
  const accounts = new Map<string, AccountFact>();
  for (const { accountId, account, location } of deployments) {
    accounts.set(accountId, {
      origin: { address: accountId, type: ACCOUNT },
      id: known(accountId),
      name: known(account),
      location: given(location),
    });
  }
  return {
    deployments: deployments.map(liveFact),
    accounts: [...accounts.values()],
    literals: [],
    opaque: [],
    waivers: [],
  };
}

function given<T>(value: T | undefined): Attribute<T> {
  return value === undefined ? ABSENT : known(value);
}

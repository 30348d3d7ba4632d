import { abridged, quoted } from '../contracts/printable';
import { accountPlace } from '../inventory/account-id';
import { ComparedDeployment, DeclaredPlace, MissingDeployment } from '../inventory/comparison';
import { Drift, DriftField } from '../inventory/drift';
import { LiveDeployment } from '../inventory/live-deployment';
import { deploymentDrifted } from '../rules/deployment-drifted';
import { deploymentMissing } from '../rules/deployment-missing';
import { deploymentUndeclared } from '../rules/deployment-undeclared';
import { Finding } from '../rules/finding';
import { RuleDescription } from '../rules/rule';
import { deploymentResource } from './deployment-place';
import { liveFact } from './live-facts';

const FIELD_WORDS: Readonly<Record<DriftField, string>> = {
  model: 'model',
  version: 'version',
  sku: 'SKU',
  capacity: 'capacity',
  versionUpgradeOption: 'version upgrade option',
};

/** What is to be said of a live deployment beside the code. */
export function comparedFindings(compared: ComparedDeployment): Finding[] {
  return [...undeclared(compared), ...drifted(compared)];
}

/** What is to be said of a deployment that Azure has not. */
export function missingFinding({
  declaration: { input, fact },
  accountId,
  isAccountListed,
}: MissingDeployment): Finding {
  const resource = { ...deploymentResource(fact), account: accountId, input };
  return {
    rule: deploymentMissing.id,
    severity: deploymentMissing.severity,
    status: isAccountListed ? 'violation' : 'unknown',
    resource,
    message:
      `deployment ${quoted(resource.deployment)} is not on ${accountText(accountId)}, and ` +
      `${placeText({ input, address: resource.address })} has it` +
      (isAccountListed ? '' : '; the account is not listed either: it is gone, or whoever is signed in may not see it'),
    fix: 'apply the code to create it again, or remove it from the code and the state',
  };
}

/** `capacity 10 instead of 20`: what is on Azure, then what the code says. */
export function driftText({ field, live, declared }: Drift): string {
  const [is, says] = [live, declared].map((value) => (value === undefined ? 'none' : abridged(String(value))));
  return `${FIELD_WORDS[field]} ${is} instead of ${says}`;
}

/** `azurerm_cognitive_deployment.chat in plan.json`. */
export function placeText({ input, address }: DeclaredPlace): string {
  return `${abridged(address)} in ${input === '-' ? 'standard input' : abridged(input)}`;
}

function undeclared({ live, declared, places, isForgotten }: ComparedDeployment): Finding[] {
  if (isForgotten) {
    return [
      findingOf(deploymentUndeclared, live, {
        message: `${deploymentText(live)} runs on once ${places.map(placeText).join(' and ')} is applied, which lets go of it, and nothing that was given declares it then`,
        fix: 'give the code that takes it over, or delete it once nothing calls it',
      }),
    ];
  }
  if (declared === 'undeclared') {
    return [
      findingOf(deploymentUndeclared, live, {
        message: `${deploymentText(live)} stands on Azure, and nothing that was given declares it`,
        fix: 'import it into the code that should own it, delete it once nothing calls it, or give the code that declares it',
      }),
    ];
  }
  return declared === 'uncertain'
    ? [
        findingOf(deploymentUndeclared, live, {
          status: 'unknown',
          message: `whether code declares ${deploymentText(live)} cannot be told: it may be ${places.map(placeText).join(' or ')}, which cannot be read`,
          fix: 'give the Terraform state or a plan as an input: both know the ids of accounts',
        }),
      ]
    : [];
}

function drifted({ live, drift, places: [place] }: ComparedDeployment): Finding[] {
  return drift.length === 0
    ? []
    : [
        findingOf(deploymentDrifted, live, {
          message: `${deploymentText(live)} is otherwise than ${placeText(place!)} says: ${drift.map(driftText).join(', ')}`,
          fix: 'write down what runs if that is what should run, else apply the code',
        }),
      ];
}

function findingOf(
  rule: RuleDescription,
  live: LiveDeployment,
  statement: Pick<Finding, 'message' | 'fix'> & Partial<Pick<Finding, 'status'>>,
): Finding {
  const { model, sku } = live;
  return {
    rule: rule.id,
    severity: rule.severity,
    status: 'violation',
    resource: deploymentResource(liveFact(live)),
    ...statement,
    ...(model && { model: { ...model, ...(sku && { sku: sku.name }) } }),
  };
}

function deploymentText({ name, account }: LiveDeployment): string {
  return `deployment ${quoted(name)} of account ${quoted(account)}`;
}

function accountText(accountId: string): string {
  const place = accountPlace(accountId);
  return place === undefined
    ? `account ${quoted(accountId)}`
    : `account ${quoted(place.account)} of resource group ${quoted(place.resourceGroup)}`;
}

import { CalendarDate } from '../contracts/calendar-date';
import { Attribute, valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { Finding, FindingModel, Severity } from './finding';
import { RuleDescription } from './rule';

/** What a rule says about one deployment. */
export interface DeploymentStatement {
  readonly message: string;
  readonly fix: string;
  /** @default - the rule's own */
  readonly severity?: Severity;
  /** @default 'violation' */
  readonly status?: Finding['status'];
  /** The attribute that the statement is about, where it is about one. */
  readonly attribute?: DeploymentAttribute;
  readonly retirementDate?: CalendarDate;
  /** What tells the statement from others about the same deployment, for instance what a plan does to it. */
  readonly subject?: string;
}

export type DeploymentAttribute =
  'deployment' | 'format' | 'model' | 'version' | 'sku' | 'capacity' | 'versionUpgradeOption';

/** https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cognitive_deployment */
const AZURERM_PATHS: Readonly<Record<DeploymentAttribute, string>> = {
  deployment: 'name',
  format: 'model.format',
  model: 'model.name',
  version: 'model.version',
  sku: 'sku.name',
  capacity: 'sku.capacity',
  versionUpgradeOption: 'version_upgrade_option',
};

/** https://learn.microsoft.com/azure/templates/microsoft.cognitiveservices/accounts/deployments */
const ARM_PATHS: Readonly<Record<DeploymentAttribute, string>> = {
  deployment: 'name',
  format: 'properties.model.format',
  model: 'properties.model.name',
  version: 'properties.model.version',
  sku: 'sku.name',
  capacity: 'sku.capacity',
  versionUpgradeOption: 'properties.versionUpgradeOption',
};

/** Where the attribute stands in the resource; unknown for modules, whose variables have names of their own. */
export function attributePath(fact: DeploymentFact, attribute: DeploymentAttribute): string | undefined {
  switch (fact.declaredBy) {
    case 'azurerm':
      return AZURERM_PATHS[attribute];
    case 'azapi':
      return attribute === 'deployment' ? 'name' : `body.${ARM_PATHS[attribute]}`;
    case 'template':
      return ARM_PATHS[attribute];
    case 'module':
      return undefined;
  }
}

/** The finding that a rule makes about a deployment. */
export function deploymentFinding(
  rule: RuleDescription,
  fact: DeploymentFact,
  statement: DeploymentStatement,
): Finding {
  return {
    rule: rule.id,
    severity: statement.severity ?? rule.severity,
    status: statement.status ?? 'violation',
    resource: {
      ...fact.origin,
      account: textOf(fact.account),
      deployment: textOf(fact.deployment),
      path: statement.attribute && attributePath(fact, statement.attribute),
    },
    message: statement.message,
    fix: statement.fix,
    model: modelOf(fact),
    retirementDate: statement.retirementDate,
    ...(statement.subject !== undefined && { subject: statement.subject }),
  };
}

function modelOf(fact: DeploymentFact): FindingModel {
  return {
    format: valueOf(fact.format),
    name: valueOf(fact.model),
    version: valueOf(fact.version),
    sku: valueOf(fact.sku),
  };
}

/** An expression still identifies an account or a deployment within its stack. */
function textOf(attribute: Attribute): string | undefined {
  return attribute.state === 'unknown' ? attribute.expression : valueOf(attribute);
}

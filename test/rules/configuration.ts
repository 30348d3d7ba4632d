import { Waiver } from '../../lib/contracts/waiver';
import { ABSENT, Attribute, known } from '../../lib/facts/attribute';
import { ConfigurationFacts, DeploymentFact } from '../../lib/facts/facts';
import { deploymentNamesOf } from '../../lib/rules/evaluate';
import { LifecycleKnowledge, RuleContext, RuleSettings } from '../../lib/rules/rule';
import { resolveSettings } from '../../lib/rules/settings';
import { fakeKnowledge } from '../support/knowledge';

export const TODAY = '2026-11-21';

type Given = string | Attribute;

/** What a test says of a deployment; a text is a known value. */
export interface DeploymentProps extends Partial<Omit<DeploymentFact, GivenAttribute | 'origin'>> {
  readonly address?: string;
  readonly type?: string;
  readonly constructPath?: string;
  readonly stack?: string;
  readonly account?: Given;
  readonly deployment?: Given;
  readonly format?: Given;
  readonly model?: Given;
  readonly version?: Given;
  readonly sku?: Given;
  readonly versionUpgradeOption?: Given;
}

type GivenAttribute = 'account' | 'deployment' | 'format' | 'model' | 'version' | 'sku' | 'versionUpgradeOption';

/** A pinned deployment of `chat` 1 on GlobalStandard, in everything but what the test says. */
export function deployment(props: DeploymentProps = {}): DeploymentFact {
  const attribute = (given: Given) => (typeof given === 'string' ? known(given) : given);
  return {
    origin: {
      address: props.address ?? 'azurerm_cognitive_deployment.chat',
      type: props.type ?? 'azurerm_cognitive_deployment',
      stack: props.stack ?? 'production',
      constructPath: 'constructPath' in props ? props.constructPath : 'production/chat',
    },
    declaredBy: props.declaredBy ?? 'azurerm',
    account: attribute(props.account ?? '${azurerm_cognitive_account.models.id}'),
    deployment: attribute(props.deployment ?? 'chat'),
    format: attribute(props.format ?? 'OpenAI'),
    model: attribute(props.model ?? 'chat'),
    version: attribute(props.version ?? '1'),
    sku: attribute(props.sku ?? 'GlobalStandard'),
    capacity: props.capacity ?? ABSENT,
    versionUpgradeOption: attribute(props.versionUpgradeOption ?? 'NoAutoUpgrade'),
    ...(props.mayNotExist && { mayNotExist: true }),
  };
}

export function configuration(
  deployments: readonly DeploymentFact[],
  rest: Partial<ConfigurationFacts> = {},
): ConfigurationFacts {
  return { stack: 'production', deployments, literals: [], opaque: [], waivers: [], ...rest };
}

export interface ContextProps {
  readonly catalog?: LifecycleKnowledge;
  readonly asOf?: string;
  readonly settings?: Partial<RuleSettings>;
}

/** A context for deployments; the catalogue knows `chat` 1, alive without end, unless the test brings another. */
export function contextOf(deployments: readonly DeploymentFact[], props: ContextProps = {}): RuleContext {
  return {
    facts: configuration(deployments),
    catalog: props.catalog ?? fakeKnowledge([{ name: 'chat', version: '1', skus: ['GlobalStandard', 'Standard'] }]),
    asOf: props.asOf ?? TODAY,
    settings: resolveSettings(props.settings),
    isDeployed: isDeployedIn(configuration(deployments)),
  };
}

/** Whether one of the configurations declares a deployment of a name. */
export function isDeployedIn(...configurations: readonly ConfigurationFacts[]): RuleContext['isDeployed'] {
  const names = new Set(configurations.flatMap(deploymentNamesOf));
  return (name) => names.has(name);
}

export function waiver(props: Partial<Waiver> = {}): Waiver {
  return {
    rule: 'model-retired',
    resource: 'production/chat',
    reason: 'hotfix has to ship first',
    owner: 'team-chat',
    expires: '2026-12-05',
    ...props,
  };
}

import { Waiver } from '../../lib/contracts/waiver';
import { ABSENT, Attribute, known } from '../../lib/facts/attribute';
import { ConfigurationFacts, DeploymentFact } from '../../lib/facts/facts';
import { DeploymentChange, PlanFacts, PlannedAction } from '../../lib/facts/plan-facts';
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

/** What a test says of a plan; `before` and `after` hold what no deployment says: gateways, releases, routers. */
export interface PlanProps extends Partial<Omit<PlanFacts, 'before' | 'resources'>> {
  readonly stack?: string;
  readonly before?: Partial<ConfigurationFacts>;
  readonly after?: Partial<ConfigurationFacts>;
  /** Actions on resources that are no deployments, and on deployments where the outcome does not say them. */
  readonly actions?: readonly (Pick<PlannedAction, 'address' | 'action'> & Partial<PlannedAction>)[];
}

const ACTIONS: Readonly<Record<DeploymentChange['outcome'], PlannedAction['action']>> = {
  kept: 'no-op',
  moved: 'no-op',
  imported: 'no-op',
  created: 'create',
  destroyed: 'delete',
  forgotten: 'forget',
  'changed-in-place': 'update',
  replaced: 'replace',
  recreated: 'create',
};

/** The configuration that a plan leads to, with the plan: complete, and as its deployments say. */
export function plan(props: PlanProps = {}): ConfigurationFacts {
  const { stack = 'production', before, after, actions = [], deployments = [], ...rest } = props;
  const side = (name: 'before' | 'after') => deployments.flatMap((change) => change[name] ?? []);
  const resources = new Map<string, PlannedAction>();
  for (const change of deployments) {
    if (change.outcome === 'recreated') {
      const { address, type } = change.before!.origin;
      resources.set(address, { address, type, action: 'delete', replacePaths: [] });
    }
    const { address, type } = (change.after ?? change.before)!.origin;
    const action = ACTIONS[change.outcome];
    resources.set(address, { address, type, action, replaceOrder: change.replaceOrder, replacePaths: [] });
  }
  for (const action of actions) {
    resources.set(action.address, { type: action.address.split('.').at(-2) ?? '', replacePaths: [], ...action });
  }
  const facts: PlanFacts = {
    isComplete: true,
    isErrored: false,
    resourceCount: resources.size,
    before: configuration(side('before'), { stack, ...before }),
    resources,
    deployments,
    drift: [],
    ...rest,
  };
  return configuration(side('after'), { stack, plan: facts, ...after });
}

/** The context of a plan. */
export function planContext(props: PlanProps, rest: ContextProps = {}): RuleContext {
  return { ...contextOf([], rest), facts: plan(props) };
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

import { OverlayDocument } from '../../lib/catalog/catalog-document';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { valueOf } from '../../lib/facts/attribute';
import { ConfigurationFacts, DeploymentFact } from '../../lib/facts/facts';
import { DeploymentChange, PlanFacts } from '../../lib/facts/plan-facts';
import { changeReport } from '../../lib/review/change-report-builder';
import { resolveSettings } from '../../lib/rules/settings';
import { configuration, deployment, DeploymentProps, TODAY } from '../rules/configuration';
import { factsOf, Resources } from '../rules/gateway-stack';

/** Models of which the tests know every date; the day is 2026-11-21. */
const MODELS: OverlayDocument = {
  schemaVersion: 1,
  asOf: '2026-11-20',
  models: [
    { format: 'Acme', name: 'lark', version: '2024-01-01', stage: 'generally-available', retirementDate: '2025-02-13' },
    {
      format: 'Acme',
      name: 'lark',
      version: '2025-01-01',
      stage: 'generally-available',
      retirementDate: '2027-01-10',
      skuRetirementDates: { Standard: '2026-12-01' },
      replacements: [{ name: 'lark', version: '2026-01-01' }],
    },
    { format: 'Acme', name: 'lark', version: '2026-01-01', stage: 'generally-available', retirementDate: '2028-06-01' },
    { format: 'Acme', name: 'lark-lite', version: '1', stage: 'generally-available', retirementDate: '2028-06-01' },
    { format: 'Acme', name: 'owl', version: '1', stage: 'generally-available', retirementDate: '2029-01-01' },
    { format: 'Acme', name: 'vector', version: '1', stage: 'generally-available', kind: 'embeddings' },
    { format: 'Acme', name: 'vector', version: '2', stage: 'generally-available', kind: 'embeddings' },
    // What the helpers for releases and gateways name.
    {
      format: 'OpenAI',
      name: 'gpt-7-chat',
      version: '2024-01-01',
      stage: 'generally-available',
      retirementDate: '2026-12-24',
    },
    {
      format: 'OpenAI',
      name: 'gpt-7-chat',
      version: '2025-01-01',
      stage: 'generally-available',
      retirementDate: '2029-01-01',
    },
    { format: 'OpenAI', name: 'gpt-3-embed', version: '1', stage: 'generally-available', kind: 'embeddings' },
  ],
  families: [
    {
      id: 'acme-lark',
      format: 'Acme',
      members: [
        { name: 'lark', major: 1 },
        { name: 'lark-lite', major: 1, variant: 'lite' },
      ],
    },
    { id: 'acme-owl', format: 'Acme', members: [{ name: 'owl' }] },
    { id: 'acme-vector', format: 'Acme', kind: 'embeddings', members: [{ name: 'vector' }] },
    { id: 'gpt-7', format: 'OpenAI', members: [{ name: 'gpt-7-chat', major: 7 }] },
    // What the article's examples name and Azure's catalogue does not list.
    { id: 'prizedata', format: 'Prizedata', domain: 'property', members: [{ name: 'Prizedata' }] },
    { id: 'meta-llama', format: 'Meta', members: [{ name: 'Llama-1', major: 1 }] },
  ],
};

export const catalog = ModelCatalog.bundled().withOverlay(MODELS);

export const ACCOUNT = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/eu';

/** A deployment of `lark` in `ACCOUNT`, given as `name@version` or in parts. */
export function lark(name: string, key: string, props: DeploymentProps = {}): DeploymentFact {
  const [model, version] = key.split('@');
  return deployment({
    address: `azurerm_cognitive_deployment.${name}`,
    constructPath: undefined,
    account: ACCOUNT,
    deployment: name,
    format: 'Acme',
    model: model!,
    version: version ?? { state: 'absent' },
    ...props,
  });
}

export interface Planned {
  readonly before?: ConfigurationFacts;
  readonly after?: ConfigurationFacts;
  /** @default - paired by account and name: kept, or changed in place */
  readonly deployments?: readonly DeploymentChange[];
  readonly plan?: Partial<PlanFacts>;
}

/** Facts of a plan that leads from one configuration to another. */
export function planned({
  before = configuration([]),
  after = configuration([]),
  ...given
}: Planned): ConfigurationFacts {
  const plan: PlanFacts = {
    terraformVersion: '1.11.4',
    isComplete: true,
    isErrored: false,
    resourceCount: 3,
    before,
    resources: new Map(),
    deployments: given.deployments ?? paired(before.deployments, after.deployments),
    drift: [],
    ...given.plan,
  };
  return { ...after, plan };
}

/** A plan over deployments alone. */
export function plannedDeployments(
  changes: readonly DeploymentChange[],
  plan: Partial<PlanFacts> = {},
): ConfigurationFacts {
  return planned({
    before: configuration(changes.flatMap(({ before }) => before ?? [])),
    after: configuration(changes.flatMap(({ after }) => after ?? [])),
    deployments: changes,
    plan,
  });
}

/** A plan from one set of Terraform resources to another. */
export function plannedResources(before: readonly Resources[], after: readonly Resources[]): ConfigurationFacts {
  return planned({ before: factsOf(...before), after: factsOf(...after) });
}

/** The report on plans called `a.json`, `b.json`, … */
export function reported(...plans: readonly ConfigurationFacts[]) {
  return changeReport({
    inputs: plans.map((facts, position) => ({ input: `${String.fromCharCode(97 + position)}.json`, facts })),
    catalog,
    asOf: TODAY,
    settings: resolveSettings(),
  });
}

function paired(before: readonly DeploymentFact[], after: readonly DeploymentFact[]): DeploymentChange[] {
  const old = new Map(before.map((fact) => [coordinates(fact), fact]));
  const changes = after.map((fact): DeploymentChange => {
    const was = old.get(coordinates(fact));
    old.delete(coordinates(fact));
    if (was === undefined) {
      return { outcome: 'created', after: fact };
    }
    const model = ({ model: name, version, sku }: DeploymentFact) => JSON.stringify([name, version, sku]);
    return { outcome: model(was) === model(fact) ? 'kept' : 'changed-in-place', before: was, after: fact };
  });
  return [...changes, ...[...old.values()].map((fact): DeploymentChange => ({ outcome: 'destroyed', before: fact }))];
}

function coordinates({ account, deployment: name }: DeploymentFact): string {
  return JSON.stringify([account, valueOf(name)]).toLowerCase();
}

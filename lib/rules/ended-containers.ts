import { abridged } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { accountAddress } from '../facts/deployment-coordinates';
import { ConfigurationFacts, DeploymentFact } from '../facts/facts';
import { PlanFacts, PlannedAction } from '../facts/plan-facts';
import { thisPlan } from './planned-changes';
import { RuleContext } from './rule';

/** Something that a plan of the run destroys or replaces, with all that Azure keeps in it. */
export interface EndedContainer {
  readonly plan: PlanFacts;
  readonly stack?: string;
  readonly action: PlannedAction;
  /** What it is, for instance `account`. */
  readonly kind: string;
}

const CONTAINER_TYPES: ReadonlySet<string> = new Set([
  'azurerm_resource_group',
  'azurerm_cognitive_account',
  'azurerm_ai_services',
  'azurerm_api_management',
  'azurerm_api_management_api',
  'azurerm_container_app_environment',
  'azapi_resource',
]);

/** A resource of another type may have the id of what it changes: the policy of an API has the API's. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\/resourcegroups\/[^/]+$/, 'resource group'],
  [/\/microsoft\.cognitiveservices\/accounts\/[^/]+$/, 'account'],
  [/\/microsoft\.apimanagement\/service\/[^/]+$/, 'API Management service'],
  [/\/microsoft\.apimanagement\/service\/[^/]+\/apis\/[^/]+$/, 'API'],
  [/\/microsoft\.app\/managedenvironments\/[^/]+$/, 'environment'],
];

/** Ids of Azure have fewer parts; a text with more is none. */
const MOST_PARTS = 40;

const byRun = new WeakMap<readonly ConfigurationFacts[], EndedContainers>();
const byConfiguration = new WeakMap<ConfigurationFacts, EndedContainers>();

/** What all plans of a run destroy that others may be kept in. */
export class EndedContainers {
  static of({ configurations, facts }: RuleContext): EndedContainers {
    const known = configurations === undefined ? byConfiguration.get(facts) : byRun.get(configurations);
    const containers = known ?? new EndedContainers(configurations ?? [facts]);
    if (configurations === undefined) {
      byConfiguration.set(facts, containers);
    } else {
      byRun.set(configurations, containers);
    }
    return containers;
  }

  private readonly byId = new Map<string, EndedContainer>();

  private constructor(configurations: readonly ConfigurationFacts[]) {
    for (const { plan, stack } of configurations) {
      for (const action of plan?.resources.values() ?? []) {
        const isEnding = action.action === 'delete' || action.action === 'replace';
        const id = isEnding && CONTAINER_TYPES.has(action.type) ? comparable(action.id) : undefined;
        const kind = id === undefined ? undefined : KINDS.find(([pattern]) => pattern.test(id))?.[1];
        if (plan !== undefined && id !== undefined && kind !== undefined && !this.byId.has(id)) {
          this.byId.set(id, { plan, action, kind, ...(stack !== undefined && { stack }) });
        }
      }
    }
  }

  /** What ends that has this id, or that what has it is kept in: the innermost. */
  around(id: string | undefined): EndedContainer | undefined {
    const parts = this.byId.size === 0 ? [] : (comparable(id)?.split('/', MOST_PARTS) ?? []);
    for (let end = parts.length; end > 2; end--) {
      const found = this.byId.get(parts.slice(0, end).join('/'));
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }
}

/** Resource id of the account of a deployment, in lower case, where the plan shows it. */
export function accountIdOf(plan: PlanFacts, { account }: DeploymentFact): string | undefined {
  const address = accountAddress(account);
  return comparable(valueOf(account) ?? (address === undefined ? undefined : plan.resources.get(address)?.id));
}

/** `this plan destroys it with its account azurerm_cognitive_account.a`. */
export function endsWith(plan: PlanFacts, { plan: ending, stack, action, kind }: EndedContainer, what = 'it'): string {
  const where = plan === ending || stack === undefined ? '' : ` in ${abridged(stack)}`;
  const who = plan === ending ? thisPlan(plan) : 'another plan of this run';
  const again = action.action === 'replace' ? ', which it replaces' : '';
  return `${who} destroys ${what} with its ${kind} ${abridged(action.address)}${where}${again}`;
}

/** Azure compares ids without case; that of an API may name its revision. */
function comparable(id: string | undefined): string | undefined {
  const text = id?.trim().toLowerCase() ?? '';
  let end = text.length;
  while (text[end - 1] === '/') {
    end--;
  }
  return end === 0 ? undefined : text.slice(0, end).replace(/;rev=\d+$/, '');
}

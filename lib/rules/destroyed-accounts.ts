import { createHash } from 'node:crypto';
import { abridged } from '../contracts/printable';
import { ConfigurationFacts } from '../facts/facts';
import { PlanFacts, PlannedAction } from '../facts/plan-facts';
import { accountIdOf, EndedContainer, EndedContainers, endsWith } from './ended-containers';
import { Finding } from './finding';
import { RuleContext, RuleDescription } from './rule';
import { findingOf, nameList, UNKNOWN } from './statement';

const ACCOUNT_TYPES: ReadonlySet<string> = new Set([
  'azurerm_cognitive_account',
  'azurerm_ai_services',
  'azapi_resource',
]);

/** Kinds of accounts that hold model deployments; https://learn.microsoft.com/azure/ai-services/multi-service-resource lists them all. */
const MODEL_KINDS: ReadonlySet<string> = new Set(['openai', 'aiservices']);

const populatedByRun = new WeakMap<readonly ConfigurationFacts[], ReadonlySet<string>>();

/** Accounts that end and of whose deployments the run knows none: which there are, and who calls them, nobody can tell. */
export function accountsEnd(rule: RuleDescription, context: RuleContext, plan: PlanFacts): Finding[] {
  const containers = EndedContainers.of(context);
  const populated = populatedAccounts(context);
  const ended = [...plan.resources.values()].flatMap((account): [PlannedAction, EndedContainer][] => {
    const container = isModelAccount(account) ? containers.around(account.id) : undefined;
    return container === undefined || populated.has(account.id!.toLowerCase()) ? [] : [[account, container]];
  });
  const [first, ...others] = ended;
  if (first === undefined) {
    return [];
  }
  const { stack } = context.facts;
  const place = stack === undefined ? {} : { stack };
  const names = ended.map(([{ address }]) => abridged(address));
  const fix = 'make sure that no deployment on it is called any more; otherwise move traffic away and apply that first';
  const silence = 'and nothing in this run tells which deployments are on';
  if (others.length > 0) {
    const origin = { address: stack ?? 'plan', type: 'plan', ...place };
    const subject = createHash('sha256')
      .update([...names].sort().join('\n'))
      .digest('hex')
      .slice(0, 16);
    const message = `${names.length} accounts for models are destroyed (${nameList(names)}), ${silence} them`;
    return [findingOf(rule, { origin }, { ...UNKNOWN, message, fix, subject })];
  }
  const [{ address, type }, container] = first;
  const ends =
    container.action.address === address && container.plan === plan
      ? `this plan ${container.action.action === 'replace' ? 'replaces' : 'destroys'} this account`
      : endsWith(plan, container, 'this account');
  return [
    findingOf(rule, { origin: { address, type, ...place } }, { ...UNKNOWN, message: `${ends}, ${silence} it`, fix }),
  ];
}

function isModelAccount({ type, id, kind }: PlannedAction): boolean {
  return (
    ACCOUNT_TYPES.has(type) &&
    id !== undefined &&
    /\/Microsoft\.CognitiveServices\/accounts\/[^/]+$/i.test(id) &&
    (kind === undefined || MODEL_KINDS.has(kind.toLowerCase()))
  );
}

function populatedAccounts({ configurations, facts }: RuleContext): ReadonlySet<string> {
  const run = configurations ?? [facts];
  const known = populatedByRun.get(run);
  const populated =
    known ??
    new Set(
      run.flatMap(({ plan }) => (plan?.before.deployments ?? []).flatMap((fact) => accountIdOf(plan!, fact) ?? [])),
    );
  populatedByRun.set(run, populated);
  return populated;
}

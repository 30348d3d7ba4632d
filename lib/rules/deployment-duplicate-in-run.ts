import { abridged, abridgedInFront } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { ConfigurationFacts, DeploymentFact } from '../facts/facts';
import { PATCHING_TYPES } from '../facts/patching-types';
import { DeploymentChange, PlanFacts } from '../facts/plan-facts';
import { coordinatesOf } from './coordinates';
import { deploymentFinding } from './deployment-finding';
import { Finding } from './finding';
import { inText } from './in-text';
import { modelText } from './lifecycle-wording';
import { modelChange } from './model-change';
import { RuleContext, RuleDescription } from './rule';

/** What a plan leaves on Azure. */
interface Written {
  readonly plan: PlanFacts;
  readonly configuration: ConfigurationFacts;
  readonly fact: DeploymentFact;
  readonly outcome: DeploymentChange['outcome'];
}

const byRun = new WeakMap<readonly ConfigurationFacts[], ReadonlyMap<string, Written>>();

/**
 * Deployments that an earlier plan of the run leaves at the same place on Azure, where one of the two is created or
 * their models differ. Only what is known is compared: an expression means something else in another stack.
 */
export function duplicatesInRun(rule: RuleDescription, { facts, configurations = [] }: RuleContext): Finding[] {
  const { plan } = facts;
  if (plan === undefined || configurations.length < 2) {
    return [];
  }
  const known = byRun.get(configurations) ?? firstWriters(configurations);
  byRun.set(configurations, known);
  return writtenBy(plan, facts).flatMap((later) => {
    const first = known.get(coordinatesOf(later.fact)!)!;
    const isOther = modelChange(first.fact, later.fact).changed.length > 0;
    if (first.plan === plan || !(isOther || isNew(first) || isNew(later))) {
      return [];
    }
    const { fact } = later;
    const models = isOther ? ` with ${modelText(first.fact)}, here with ${modelText(fact)}` : '';
    return [
      deploymentFinding(rule, fact, {
        attribute: 'deployment',
        message:
          `deployment '${abridged(valueOf(fact.deployment)!)}' on account ${abridgedInFront(valueOf(fact.account)!)} is declared by ` +
          `another plan of this run too (${abridged(first.fact.origin.address)}${inText(first.configuration)})${models}: Azure keeps one, and each apply overwrites the other or fails`,
        fix: 'give each deployment a name of its own, or keep it in one of the two stacks',
      }),
    ];
  });
}

function firstWriters(configurations: readonly ConfigurationFacts[]): ReadonlyMap<string, Written> {
  const first = new Map<string, Written>();
  for (const configuration of configurations) {
    const { plan } = configuration;
    for (const written of plan === undefined ? [] : writtenBy(plan, configuration)) {
      const key = coordinatesOf(written.fact)!;
      first.set(key, first.get(key) ?? written);
    }
  }
  return first;
}

/** A template names the account within its resource group, and what patches a deployment has it declared elsewhere. */
function writtenBy(plan: PlanFacts, configuration: ConfigurationFacts): Written[] {
  return plan.deployments.flatMap(({ after: fact, outcome }) =>
    fact === undefined ||
    fact.declaredBy === 'template' ||
    PATCHING_TYPES.has(fact.origin.type) ||
    coordinatesOf(fact) === undefined
      ? []
      : [{ plan, configuration, fact, outcome }],
  );
}

function isNew({ outcome }: Written): boolean {
  return outcome === 'created';
}

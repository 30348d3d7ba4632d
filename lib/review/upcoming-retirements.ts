import { LifecycleAnswer } from '../catalog/lifecycle';
import { compareText } from '../contracts/text-order';
import { judgedReleases } from '../rules/release-lifecycle';
import { livingReplacement } from '../rules/replacement-advice';
import { judgedRoutes } from '../rules/route-lifecycle';
import { RuleContext } from '../rules/rule';
import { ReviewedModel, UpcomingRetirement } from './change-report';
import { JudgedModel, judgedDeployment, judgedVersion, withoutUndefined } from './judged-model';
import { ReviewedStack } from './reviewed-stack';

/**
 * What retires among everything that stands after the plans, soonest first: retired models included, models without a
 * date left out. One entry for each model version on each SKU, whatever stack uses it.
 */
export function upcomingRetirements(stacks: readonly ReviewedStack[]): UpcomingRetirement[] {
  const uses = new Map<string, Map<string, ModelUse>>();
  // Which spelling stands for all must not depend on the order of resources.
  const inOrder = stacks.flatMap(usesIn).sort((left, right) => compareText(left.address, right.address));
  for (const { model, address, context } of inOrder) {
    const { identity, answer } = model;
    if (answer === undefined || (answer.retirementDate === undefined && answer.stage !== 'retired')) {
      continue;
    }
    const bySku = uses.get(identity ?? JSON.stringify(answer.name)) ?? new Map<string, ModelUse>();
    uses.set(identity ?? JSON.stringify(answer.name), bySku);
    const sku = model.model.sku?.toLowerCase() ?? '';
    const use = bySku.get(sku) ?? { model, answer, context, addresses: new Set<string>() };
    use.addresses.add(address);
    bySku.set(sku, use);
  }
  return [...uses.values()].flatMap(settled).map(retirementOf).sort(soonest);
}

interface ModelUse {
  readonly model: JudgedModel;
  readonly answer: LifecycleAnswer;
  readonly context: RuleContext;
  readonly addresses: Set<string>;
}

interface ModelSite {
  readonly model: JudgedModel;
  readonly address: string;
  readonly context: RuleContext;
}

/** Deployments, and models that releases and routes name without a deployment in any of the stacks. */
function usesIn({ after }: ReviewedStack): ModelSite[] {
  const sites = [
    ...after.facts.deployments.map((fact) => ({
      model: judgedDeployment(after, fact),
      address: fact.origin.address,
    })),
    ...judgedReleases(after).map(({ orchestrator, bound }) => ({
      model: judgedVersion(after, bound.model, bound.verdict),
      address: orchestrator.origin.address,
    })),
    ...judgedRoutes(after).map(({ route, verdict }) => ({
      model: judgedVersion(after, verdict.answer, verdict),
      address: route.origin.address,
    })),
  ];
  return sites.map((site) => ({ ...site, context: after }));
}

/** A release or a route does not say the SKU: where a deployment does, it is that one's. */
function settled(bySku: ReadonlyMap<string, ModelUse>): readonly ModelUse[] {
  const unsaid = bySku.get('');
  const said = [...bySku].filter(([sku]) => sku !== '').map(([, use]) => use);
  if (unsaid === undefined || said.length === 0) {
    return [...bySku.values()];
  }
  return said.map((use) => ({ ...use, addresses: new Set([...use.addresses, ...unsaid.addresses]) }));
}

function retirementOf({ model, answer, context, addresses }: ModelUse): UpcomingRetirement {
  // Capacity belongs to one deployment, and the entry may stand for many.
  const unread = model.model.unread.filter((name) => name !== 'capacity');
  const shared: ReviewedModel = withoutUndefined({ ...model.model, capacity: undefined, unread });
  const replacement = livingReplacement(context, answer, model.model.sku);
  return { model: shared, ...(replacement !== undefined && { replacement }), usedBy: [...addresses].sort(compareText) };
}

function soonest({ model: left }: UpcomingRetirement, { model: right }: UpcomingRetirement): number {
  return (
    compareText(left.retirementDate ?? '', right.retirementDate ?? '') ||
    compareText(left.name ?? '', right.name ?? '') ||
    compareText(left.version ?? '', right.version ?? '') ||
    compareText(left.sku ?? '', right.sku ?? '')
  );
}

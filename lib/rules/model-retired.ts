import { LifecycleAnswer } from '../catalog/lifecycle';
import { abridged } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { deploymentFinding } from './deployment-finding';
import { EveryVersion, isRetired, LifecycleVerdict, readableSku, deploymentVerdict } from './deployment-verdict';
import { Finding } from './finding';
import { modelOnSku, provenance, retiredSince } from './lifecycle-wording';
import { Arrival, arrivalOf, thisPlan } from './planned-changes';
import { JudgedRelease, judgedReleases } from './release-lifecycle';
import { boundPath, boundText } from './release-text';
import { leaveAdvice, moveAdvice } from './replacement-advice';
import { routeFinding, routeText } from './route-finding';
import { JudgedRoute, judgedRoutes } from './route-lifecycle';
import { Rule, RuleContext } from './rule';
import { findingOf, UNKNOWN } from './statement';

/** What a SKU bills: tokens, provisioned capacity or batches. */
const SKU_KIND = /Standard|Provisioned|Batch/;

const MOST_SKUS_NAMED = 3;

/**
 * What Azure's refusal to create a retired model means for the plan that tries.
 * https://github.com/microsoft/microsoft-foundry-for-vscode/issues/491
 */
const ARRIVALS: Readonly<Record<Arrival, (plan: string) => string>> = {
  created: (plan) =>
    `Azure refuses to create the deployment (ServiceModelDeprecated), so that applying ${plan} fails half-way`,
  recreated: (plan) =>
    `Azure refuses to create the deployment again (ServiceModelDeprecated), so that ${plan} destroys it and then fails`,
  changed: (plan) =>
    `Azure refuses to change the deployment to it (ServiceModelDeprecated), so that applying ${plan} fails half-way`,
};

/** A deployment of a model that is past its retirement date, for its own SKU. */
export const modelRetired: Rule = {
  id: 'model-retired',
  summary:
    'A deployment uses a model version that Azure has retired for its SKU, or a model all of whose known versions are; or a gateway routes calls to one, or a release binds one, that is deployed elsewhere.',
  why:
    'Azure answers every call to a retired model with an error (410 Gone is documented, 404 and 400 were seen), and refuses ' +
    'to create or change the deployment. A SKU can retire long before the version does: regional Standard deployments of gpt-4o ' +
    '2024-08-06 ended on 2026-03-31, Global Standard ones end on 2027-04-14.',
  fix: 'Deploy the replacement beside the old deployment, move traffic, then remove the old deployment.',
  severity: 'error',
  unknownWhen:
    'The SKU cannot be read, or is that of a deployment elsewhere, and the version is retired on some SKUs only.',
  waiverLimit: 14,
  check(context) {
    const deployments = context.facts.deployments.flatMap((fact) => {
      const verdict = deploymentVerdict(context, fact);
      return verdict.kind === 'retired' ? [statement(context, fact, verdict)] : [];
    });
    const routes = judgedRoutes(context).filter(({ verdict }) => verdict.kind === 'retired');
    const releases = judgedReleases(context).filter(({ bound }) => bound.verdict.kind === 'retired');
    return [
      ...deployments,
      ...routes.map((judged) => routeStatement(context, judged)),
      ...releases.map((judged) => releaseStatement(context, judged)),
    ];
  },
};

/** The deployment behind such a route is declared elsewhere, and so is its SKU. */
function routeStatement(context: RuleContext, { route, verdict }: JudgedRoute): Finding {
  const { answer, dependsOnSku, outcomes } = verdict;
  const alive = outcomes.filter((one) => !isRetired(one.answer)).map((one) => one.sku);
  return routeFinding(modelRetired, route, {
    ...(dependsOnSku && { severity: 'warning' as const, status: 'unknown' as const }),
    message: dependsOnSku
      ? `${routeText(route)} leads to a model that is retired except on ${enumerate(alive, 'and')}, and the SKU of its deployment is declared elsewhere${provenance(answer)}`
      : `${routeText(route)} leads to a model that ${retiredSince(answer, context.asOf)}: Azure refuses its calls${provenance(answer)}`,
    fix: `${moveAdvice(context, answer)}; a route that is kept for callers to be told answers 410 and the successor`,
    retirementDate: answer.retirementDate,
  });
}

/** A model that a release binds and that is neither deployed nor routed to here. */
function releaseStatement(context: RuleContext, { orchestrator, bound }: JudgedRelease): Finding {
  const { answer, dependsOnSku, outcomes } = bound.verdict;
  const alive = outcomes.filter((one) => !isRetired(one.answer)).map((one) => one.sku);
  return findingOf(modelRetired, orchestrator, {
    ...(dependsOnSku && UNKNOWN),
    path: boundPath(orchestrator),
    message: dependsOnSku
      ? `${boundText(orchestrator, bound)} is retired except on ${enumerate(alive, 'and')}, and the SKU of its deployment is declared elsewhere${provenance(answer)}`
      : `${boundText(orchestrator, bound)} ${retiredSince(answer, context.asOf)}: Azure refuses its calls${provenance(answer)}`,
    fix: `${moveAdvice(context, answer)}; that is a new release, to which the router moves users before this one goes`,
    model: bound.model,
    retirementDate: answer.retirementDate,
  });
}

function statement(context: RuleContext, fact: DeploymentFact, verdict: LifecycleVerdict): Finding {
  const { answer, everyVersion } = verdict;
  if (everyVersion !== undefined) {
    return deploymentFinding(modelRetired, fact, {
      attribute: 'model',
      message: `${everyVersionRetired(context, fact, answer, everyVersion)}: ${consequence(context, fact)}${provenance(answer)}`,
      fix: leaveAdvice(context, fact, answer),
      retirementDate: answer.retirementDate,
      subject: arrivalOf(context, fact),
    });
  }
  if (verdict.dependsOnSku) {
    const retired = verdict.outcomes.filter((one) => isRetired(one.answer)).map((one) => one.sku);
    const alive = verdict.outcomes.filter((one) => !isRetired(one.answer)).map((one) => one.sku);
    return deploymentFinding(modelRetired, fact, {
      status: 'unknown',
      attribute: 'sku',
      message:
        `${modelOnSku(fact)} is retired on ${enumerate(retired, 'and')} and not on ${enumerate(alive, 'and')}, ` +
        `and its SKU cannot be read before Terraform runs${provenance(answer)}`,
      fix: `write the SKU as a literal, ${enumerate(alive, 'or')} while it lives; to leave the model, ${leaveAdvice(context, fact, answer)}`,
      retirementDate: answer.retirementDate,
    });
  }
  return deploymentFinding(modelRetired, fact, {
    message: `${modelOnSku(fact)} ${retiredSince(answer, context.asOf)}: ${consequence(context, fact)}${provenance(answer)}`,
    fix: leaveAdvice(context, fact, answer) + otherSkus(context, fact, verdict),
    retirementDate: answer.retirementDate,
    subject: arrivalOf(context, fact),
  });
}

function consequence(context: RuleContext, fact: DeploymentFact): string {
  const arrival = arrivalOf(context, fact);
  return arrival === undefined ? 'Azure refuses its calls' : ARRIVALS[arrival](thisPlan(context.facts.plan!));
}

/** `every known version of gpt-35-turbo on Standard is retired (the last, 0125, since 2026-03-31)` */
function everyVersionRetired(
  context: RuleContext,
  fact: DeploymentFact,
  answer: LifecycleAnswer,
  { last }: EveryVersion,
): string {
  const sku = readableSku(fact);
  const model = abridged(valueOf(fact.model)!) + (sku === undefined ? '' : ` on ${abridged(sku)}`);
  const { retirementDate, retirementIsEarliest } = answer;
  const since =
    retirementDate === undefined || retirementDate > context.asOf
      ? 'no date known'
      : `${retirementIsEarliest ? 'not before' : 'since'} ${retirementDate}`;
  return `every known version of ${model} is retired (${last === undefined ? '' : `the last, ${abridged(last)}, `}${since})`;
}

/** A version can outlive one of its SKUs; moving to another of the same kind buys time with the same model. */
function otherSkus(context: RuleContext, fact: DeploymentFact, verdict: LifecycleVerdict): string {
  const { format, name, version, skus } = verdict.answer;
  const kind = SKU_KIND.exec(readableSku(fact) ?? '')?.[0];
  const alive = skus.filter((sku) => {
    const lookup = context.catalog.lookup({ format, name, version, sku }, context.asOf);
    if (kind === undefined || !sku.includes(kind) || lookup.kind !== 'known') {
      return false;
    }
    // Azure may refuse to create what is Deprecated.
    return (
      !isRetired(lookup.answer) && (lookup.answer.stage !== 'deprecated' || arrivalOf(context, fact) === undefined)
    );
  });
  return alive.length === 0
    ? ''
    : `; this version is not retired on ${enumerate(alive, 'and')}, which is another way out for a while`;
}

function enumerate(skus: readonly (string | undefined)[], joinedBy: 'and' | 'or'): string {
  const names = skus.slice(0, MOST_SKUS_NAMED).map((sku) => abridged(sku ?? 'the base model'));
  const rest = skus.length - MOST_SKUS_NAMED;
  const last = rest > 0 ? `${rest} more` : names.pop()!;
  return names.length === 0 ? last : `${names.join(', ')} ${joinedBy} ${last}`;
}

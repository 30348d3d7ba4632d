import { LifecycleAnswer } from '../catalog/lifecycle';
import { daysBetween } from '../contracts/calendar-date';
import { abridged } from '../contracts/printable';
import { DeploymentFact } from '../facts/facts';
import { deploymentFinding } from './deployment-finding';
import { LifecycleVerdict, deploymentVerdict } from './deployment-verdict';
import { Finding, Severity } from './finding';
import { modelOnSku, provenance, retiresOn } from './lifecycle-wording';
import { refusalOfDeprecated } from './model-deprecated';
import { arrivalOf } from './planned-changes';
import { JudgedRelease, judgedReleases } from './release-lifecycle';
import { boundPath, boundText } from './release-text';
import { leaveAdvice, moveAdvice } from './replacement-advice';
import { routeFinding, routeText } from './route-finding';
import { JudgedRoute, judgedRoutes } from './route-lifecycle';
import { Rule, RuleContext } from './rule';
import { findingOf, UNKNOWN } from './statement';

/** A deployment whose model retires within the warning period. */
export const modelRetiring: Rule = {
  id: 'model-retiring',
  summary:
    'A deployment uses a model version that retires soon, or a gateway routes calls to one, or a release binds one, that is deployed elsewhere.',
  why:
    'A replacement has to be tested, deployed beside the old model and given traffic before the retirement date; Azure grants no ' +
    'extensions. Replacements are named 90 to 120 days before a retirement, and Azure gives notice 60 days before.',
  fix: 'Deploy the replacement beside the old deployment now and move traffic before the retirement date.',
  severity: 'error',
  severityNote:
    'error when at most `failDays` (30) days are left, warning when at most `warnDays` (120) days are left or only an earliest day has passed; error where the model is Deprecated as well and a plan creates the deployment',
  unknownWhen: 'The SKU cannot be read, and it decides whether the version retires soon.',
  waiverLimit: 'until-retirement',
  check(context) {
    const deployments = context.facts.deployments.flatMap((fact) => {
      const verdict = deploymentVerdict(context, fact);
      return verdict.kind === 'retiring' ? [statement(context, fact, verdict)] : [];
    });
    const routes = judgedRoutes(context).filter(({ verdict }) => verdict.kind === 'retiring');
    const releases = judgedReleases(context).filter(({ bound }) => bound.verdict.kind === 'retiring');
    return [
      ...deployments,
      ...routes.map((judged) => routeStatement(context, judged)),
      ...releases.map((judged) => releaseStatement(context, judged)),
    ];
  },
};

/** The deployment behind such a route is declared elsewhere, and so is its SKU, which may decide. */
function routeStatement(context: RuleContext, { route, verdict }: JudgedRoute): Finding {
  const { answer, dependsOnSku } = verdict;
  return routeFinding(modelRetiring, route, {
    severity: dependsOnSku ? 'warning' : (severityOf(answer, context) ?? 'warning'),
    ...(dependsOnSku && { status: 'unknown' as const }),
    message:
      `${routeText(route)} leads to a model that ${retiresOn(answer, context.asOf)}` +
      `${dependsOnSku ? ' on some SKUs; the SKU of its deployment is declared elsewhere' : ''}${provenance(answer)}`,
    fix: `${moveAdvice(context, answer)}; move callers of the route first`,
    retirementDate: answer.retirementDate,
  });
}

/** A model that a release binds and that is neither deployed nor routed to here. */
function releaseStatement(context: RuleContext, { orchestrator, bound }: JudgedRelease): Finding {
  const { answer, dependsOnSku } = bound.verdict;
  return findingOf(modelRetiring, orchestrator, {
    ...(dependsOnSku ? UNKNOWN : { severity: severityOf(answer, context) ?? 'warning' }),
    path: boundPath(orchestrator),
    message:
      `${boundText(orchestrator, bound)} ${retiresOn(answer, context.asOf)}` +
      `${dependsOnSku ? ' on some SKUs; the SKU of its deployment is declared elsewhere' : ''}${provenance(answer)}`,
    fix: `${moveAdvice(context, answer)}; that is a new release, to which the router moves users before that day`,
    model: bound.model,
    retirementDate: answer.retirementDate,
  });
}

function statement(context: RuleContext, fact: DeploymentFact, verdict: LifecycleVerdict): Finding {
  const { answer } = verdict;
  const dated = severityOf(answer, context) ?? 'warning';
  const affected = verdict.outcomes.filter((outcome) => severityOf(outcome.answer, context) === dated);
  const isCertain = affected.length === verdict.outcomes.length;
  const skus = affected.map((outcome) => abridged(outcome.sku ?? 'the base model')).join(', ');
  const isDeprecated = answer.stage === 'deprecated';
  const refusal = isDeprecated ? refusalOfDeprecated(context, fact) : undefined;
  const deprecated =
    refusal !== undefined
      ? `; it is Deprecated, and ${refusal}`
      : isDeprecated
        ? '; it is Deprecated, so a subscription that never deployed it cannot create it'
        : '';
  return deploymentFinding(modelRetiring, fact, {
    severity: refusal !== undefined && isCertain ? 'error' : dated,
    status: isCertain ? 'violation' : 'unknown',
    attribute: isCertain ? undefined : 'sku',
    message:
      `${modelOnSku(fact)} ${retiresOn(answer, context.asOf)}` +
      (isCertain ? '' : ` (on ${skus}; its SKU cannot be read before Terraform runs)`) +
      `${deprecated}${provenance(answer)}`,
    fix: leaveAdvice(context, fact, answer),
    retirementDate: answer.retirementDate,
    subject: arrivalOf(context, fact),
  });
}

function severityOf(answer: LifecycleAnswer, { asOf, settings }: RuleContext): Severity | undefined {
  if (answer.retirementDate === undefined) {
    return undefined;
  }
  const days = daysBetween(asOf, answer.retirementDate);
  if (days > settings.warnDays) {
    return undefined;
  }
  const hasOutlivedItsDay = days <= 0;
  return days > settings.failDays || hasOutlivedItsDay ? 'warning' : 'error';
}

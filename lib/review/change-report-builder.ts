import { DeploymentOutcome } from '../facts/plan-facts';
import { BreadthEvidence } from './breadth-evidence';
import { ChangeReport, ReviewedInput } from './change-report';
import { reviewedDeployments } from './deployment-review';
import { judgedChanges } from './joined-changes';
import { ModelUpdates } from './model-update';
import { ReleaseEvaluations } from './release-evaluation';
import { ReleaseIndex } from './release-index';
import { reviewedReleases } from './release-review';
import { ReleaseSuccession, routerPairs } from './release-succession';
import { ReviewedStack, reviewedStacks, ReviewRequest } from './reviewed-stack';
import { reviewedTraffic } from './traffic-review';
import { upcomingRetirements } from './upcoming-retirements';

/** What plans change about models, for a reviewer; an input that is no plan has nothing but retirements to come. */
export function changeReport(request: ReviewRequest): ChangeReport {
  const { catalog, asOf, settings } = request;
  const stacks = reviewedStacks(request);
  const routers = routerPairs(stacks);
  const before = new ReleaseIndex(stacks, 'before');
  const after = new ReleaseIndex(stacks, 'after');
  const succession = new ReleaseSuccession(routers, before, after);
  const updates = new ModelUpdates(catalog, asOf, settings);
  const evidence = new BreadthEvidence(before, after, succession);
  const evaluations = new ReleaseEvaluations(before, succession, routers);
  const changes = judgedChanges(stacks);
  const releases = reviewedReleases({ before, after, succession, updates, evidence, evaluations });
  return {
    inputs: stacks.map(reviewedInput),
    deployments: reviewedDeployments({ stacks, changes, releases, after, updates, evidence }),
    releases: releases.map(({ review }) => review),
    traffic: reviewedTraffic({ stacks, routers, changes, releases, before, after, evaluations }),
    upcoming: upcomingRetirements(stacks),
  };
}

function reviewedInput({ input, after: { facts }, plan }: ReviewedStack): ReviewedInput {
  const outcomes: Partial<Record<DeploymentOutcome, number>> = {};
  for (const { outcome } of plan?.deployments ?? []) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return {
    kind: plan === undefined ? 'stack' : plan.isForetold ? 'comparison' : 'plan',
    input,
    ...(facts.stack !== undefined && { stack: facts.stack }),
    ...(plan?.terraformVersion !== undefined && { terraformVersion: plan.terraformVersion }),
    ...(plan && { resourceCount: plan.resourceCount }),
    isComplete: plan?.isComplete ?? true,
    isErrored: plan?.isErrored ?? false,
    outcomes,
  };
}

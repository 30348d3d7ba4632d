import { CatalogSource, LifecycleStage } from '../catalog/lifecycle';
import { CalendarDate } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { FindingModel, FindingResource } from '../rules/finding';
import { resolveSettings } from '../rules/settings';
import { deploymentResource } from './deployment-place';
import { judgedDeployment } from './judged-model';
import { reviewedStacks, ReviewRequest } from './reviewed-stack';

/** A deployment and what the catalogue says of its model. */
export interface ModelInUse {
  readonly resource: FindingResource;
  readonly model: FindingModel;
  readonly stage?: LifecycleStage;
  readonly retirementDate?: CalendarDate;
  readonly sources: readonly CatalogSource[];
}

/** Every deployment that stands once the inputs are applied, by address. */
export function modelsInUse(request: Omit<ReviewRequest, 'settings'>): ModelInUse[] {
  const stacks = reviewedStacks({ ...request, settings: resolveSettings() });
  return stacks
    .flatMap(({ after }) =>
      after.facts.deployments.map((fact): ModelInUse => {
        const { model, answer } = judgedDeployment(after, fact);
        const { format, name, version, sku, stage, retirementDate } = model;
        return {
          resource: deploymentResource(fact),
          model: { format, name, version, sku },
          ...(stage !== undefined && { stage }),
          ...(retirementDate !== undefined && { retirementDate }),
          sources: answer?.sources ?? [],
        };
      }),
    )
    .sort(
      (left, right) =>
        compareText(left.resource.address, right.resource.address) ||
        compareText(left.resource.stack ?? '', right.resource.stack ?? '') ||
        compareText(left.resource.account ?? '', right.resource.account ?? '') ||
        compareText(left.resource.deployment ?? '', right.resource.deployment ?? ''),
    );
}

import { LifecycleAnswer, LifecycleStage } from '../catalog/lifecycle';
import { CalendarDate, daysBetween } from '../contracts/calendar-date';
import { counted } from '../contracts/counted';
import { parseRouteKey } from '../contracts/route-key';
import { DeploymentFact } from '../facts/facts';
import { assumedDeployment } from '../rules/assumed-deployment';
import { isRetired, deploymentVerdict } from '../rules/deployment-verdict';
import { RuleContext } from '../rules/rule';
import { StagedModel } from './topology';

/** A lifecycle stage, or that the stage is not known. */
export type ModelStage = LifecycleStage | 'unknown';

/** The stages in the order of a model's life, in the words of Microsoft's documentation. */
export const STAGE_NAMES: Readonly<Record<ModelStage, string>> = {
  preview: 'Preview',
  'generally-available': 'Generally Available',
  legacy: 'Legacy',
  deprecated: 'Deprecated',
  retired: 'Retired',
  unknown: 'Unknown',
};

/** Where the model of a deployment stands, by the same judgement as the rules'. */
export function stageOfDeployment(context: RuleContext, fact: DeploymentFact): StagedModel {
  const verdict = deploymentVerdict(context, fact);
  switch (verdict.kind) {
    case 'unresolved':
      return unknownStage('not known before Terraform runs');
    case 'unpinned':
      return unknownStage('no version is pinned');
    case 'not-in-catalogue':
      return unknownStage('not in the catalogue');
    default:
      return staged(verdict.answer, context.asOf, verdict.dependsOnSku);
  }
}

/** Where the model stands that a key names, whichever SKU it is deployed on. */
export function stageOfKey(context: RuleContext, key: string, origin: DeploymentFact['origin']): StagedModel {
  const model = parseRouteKey(key);
  return model === undefined
    ? unknownStage('names no model version')
    : stageOfDeployment(context, assumedDeployment(model, origin));
}

function staged(answer: LifecycleAnswer, asOf: CalendarDate, dependsOnSku: boolean): StagedModel {
  const stage = isRetired(answer) ? 'retired' : answer.stage;
  const remark = stage === 'retired' ? retiredSince(answer, asOf) : retires(answer, asOf);
  return { stage, remark: dependsOnSku ? `${remark}, on some SKUs` : remark };
}

function retiredSince({ retirementDate }: LifecycleAnswer, asOf: CalendarDate): string {
  return retirementDate === undefined || retirementDate > asOf ? 'no date known' : `since ${retirementDate}`;
}

function retires({ retirementDate, retirementIsEarliest }: LifecycleAnswer, asOf: CalendarDate): string {
  if (retirementDate === undefined) {
    return 'no date known';
  }
  const days = daysBetween(asOf, retirementDate);
  const left = days <= 0 ? '' : `, in ${counted(days, 'day')}`;
  return `retires ${retirementIsEarliest ? 'not before ' : ''}${retirementDate}${left}`;
}

function unknownStage(reason: string): StagedModel {
  return { stage: 'unknown', remark: reason };
}

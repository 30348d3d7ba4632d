import { UpdateBreadths, UpdateScope } from '../catalog/breadths';
import { LifecycleStage } from '../catalog/lifecycle';
import { counted } from '../contracts/counted';
import { shareText } from '../contracts/share-text';
import { versionedName } from '../contracts/versioned-name';
import {
  BreadthReview,
  DeploymentReview,
  ReleaseReview,
  ReviewedInput,
  ReviewedModel,
  TrafficReview,
  TrafficRowReview,
  UpdateReview,
} from '../review/change-report';
import { ReviewedSubject } from '../review/reviewed-subject';
import { killSwitchWords, movedText } from './traffic-wording';

/** What the reports for people say of changes, in the same words. What a plan says is in it as it is: nothing is escaped. */

export const STAGE_WORDS: Readonly<Record<LifecycleStage, string>> = {
  preview: 'Preview',
  'generally-available': 'Generally Available',
  legacy: 'Legacy',
  deprecated: 'Deprecated',
  retired: 'Retired',
};

export const SCOPE_WORDS: Readonly<Record<UpdateScope, string>> = {
  none: 'no change of model',
  'minor-version': 'minor version',
  'intermediate-version': 'intermediate version',
  'major-version': 'major version',
  variant: 'variant',
  generation: 'generation',
  'model-change-general': 'model change',
  'model-change-specialised': 'change to or from a specialised model',
  'deployment-option': 'deployment option',
};

export const BREADTH_WORDS: Readonly<Record<keyof UpdateBreadths, string>> = {
  model: 'model',
  modelConfig: 'model config',
  prompt: 'prompt',
  orchestrationLogic: 'orchestration logic',
  groundingData: 'grounding data',
};

/** `not in this plan`. */
export function evidenceText(evidence: BreadthReview['evidence'], { name }: ReviewedSubject): string {
  return evidence === 'not-visible' ? 'not visible' : `${evidence === 'changed' ? '' : 'not '}in ${name}`;
}

const OUTCOME_WORDS: Readonly<Record<DeploymentReview['outcome'], string>> = {
  kept: 'kept',
  moved: 'moved to another address',
  created: 'created',
  destroyed: 'destroyed',
  imported: 'imported',
  forgotten: 'forgotten, lives on',
  'changed-in-place': 'changed in place',
  replaced: 'destroyed and created anew',
  recreated: 'destroyed and created at another address',
  superseded: 'destroyed, has a successor',
};

/** `gpt-4o@2024-08-06`, or as much of it as the plan tells. */
export function modelName({ name, version, unread }: ReviewedModel): string {
  if (name === undefined) {
    return unread.length === 0 ? 'a model' : 'a model known after the apply';
  }
  if (version === undefined) {
    return unread.length === 0 ? `${name}, no version pinned` : `${name}@(known after the apply)`;
  }
  return versionedName(name, version);
}

export function modelOnSku(model: ReviewedModel): string {
  return model.sku === undefined ? modelName(model) : `${modelName(model)} on ${model.sku}`;
}

/** The model before, for a deployment that takes another one's place that of the other; and the model after. */
export function modelsOf({ from, to, predecessor, outcome }: DeploymentReview): {
  readonly from?: ReviewedModel;
  readonly to?: ReviewedModel;
} {
  return outcome === 'created' && predecessor !== undefined ? { from: predecessor.model, to } : { from, to };
}

/** The model before and after as one or two texts; the SKU stands with both where it changes. */
export function modelTexts(from: ReviewedModel | undefined, to: ReviewedModel | undefined): readonly string[] {
  if (from === undefined || to === undefined) {
    return [from ?? to].flatMap((model) => (model === undefined ? [] : modelOnSku(model)));
  }
  const [before, after] = [modelOnSku(from), modelOnSku(to)];
  if (before === after) {
    return [after];
  }
  return [from.sku === to.sku ? modelName(from) : before, after];
}

/** What the deployment is called on Azure; else its address. */
export function deploymentName({ deployment, address }: DeploymentReview): string {
  return deployment ?? address;
}

/** What happens, without the name of another deployment. */
export function actionText({ outcome, predecessor }: DeploymentReview): string {
  if (outcome !== 'created' || predecessor === undefined) {
    return OUTCOME_WORDS[outcome];
  }
  return predecessor.isKept ? 'created beside the old one' : 'created in place of the old one';
}

/** The other deployment of a pair, with what it is to this one. */
export function relatedDeployment({
  successor,
  predecessor,
}: DeploymentReview): { word: string; name: string } | undefined {
  if (predecessor !== undefined) {
    return { word: 'follows', name: predecessor.deployment ?? predecessor.address };
  }
  return successor && { word: 'followed by', name: successor.deployment ?? successor.address };
}

export function scopeText({ scope, direction }: UpdateReview): string {
  return direction === 'backward' ? `${SCOPE_WORDS[scope]}, backward` : SCOPE_WORDS[scope];
}

/** `Deprecated, retires on 2026-12-09, 18 days left`. */
export function lifeText(model: ReviewedModel): string {
  if (model.stage === undefined) {
    if (model.unread.length > 0) {
      return 'cannot be told before the apply';
    }
    return model.name !== undefined && model.version === undefined ? 'no version, so no date' : 'not in the catalogue';
  }
  return `${STAGE_WORDS[model.stage]}, ${dateText(model)}`;
}

/** `retires on 2026-12-09, 18 days left`, without the stage. */
export function dateText({ stage, retirementDate, retirementIsEarliest, daysLeft }: ReviewedModel): string {
  if (retirementDate === undefined) {
    return 'no retirement date known';
  }
  if (stage === 'retired') {
    return retirementIsEarliest
      ? `not before ${retirementDate}`
      : daysLeft === undefined || daysLeft > 0
        ? 'no date known'
        : `since ${retirementDate}, ${days(-daysLeft)} ago`;
  }
  const left = daysLeft === undefined ? '' : `, ${days(daysLeft)} left`;
  return `retires ${retirementIsEarliest ? 'not before' : 'on'} ${retirementDate}${left}`;
}

export function daysText({ daysLeft }: ReviewedModel): string {
  if (daysLeft === undefined) {
    return '';
  }
  return daysLeft < 0 ? `${days(-daysLeft)} ago` : `${days(daysLeft)} left`;
}

/** Breadths of which the plan shows the same, together: most often nothing is visible of four of them. */
export function groupedBreadths({ breadths }: UpdateReview): readonly BreadthReview[][] {
  const groups = new Map<string, BreadthReview[]>();
  for (const breadth of breadths) {
    const key = `${breadth.evidence} ${breadth.detail}`;
    groups.set(key, [...(groups.get(key) ?? []), breadth]);
  }
  return [...groups.values()];
}

/** What the update itself is the evidence of: a deployment option leaves the model and changes the SKU. */
export function breadthWord(breadth: BreadthReview['breadth'], scope: UpdateScope): string {
  return breadth === 'model' && scope === 'deployment-option' ? 'SKU' : BREADTH_WORDS[breadth];
}

/** `prompt (likely), grounding data (check)`. */
export function breadthNames(breadths: readonly BreadthReview[], { scope }: UpdateReview): string {
  return breadths.map(({ breadth, need }) => `${breadthWord(breadth, scope)} (${need})`).join(', ');
}

const KIND_WORDS: Readonly<Record<TrafficReview['kind'], string>> = {
  router: 'router',
  route: 'gateway route',
  revisions: 'revisions',
};

export function kindText({ kind }: TrafficReview): string {
  return KIND_WORDS[kind];
}

export const TICKS: Readonly<Record<BreadthReview['evidence'], string>> = {
  changed: '☑',
  unchanged: '☐',
  'not-visible': '?',
};

/** What keeps a plan from showing everything. */
export function inputStates({ isComplete, isErrored }: ReviewedInput): string {
  return [
    ...(isErrored ? ['planning failed half-way'] : []),
    ...(isComplete ? [] : ['the plan leaves changes to a later run']),
  ].join(', ');
}

/** `10 % of the traffic moves; 90 % lands on retiring models, 10 % on what has no evaluation evidence of its own`. */
export function landingText(traffic: TrafficReview): string {
  const { changed, retiring, unevaluated, evaluationUnknown } = traffic.landing;
  const places: readonly (readonly [share: number, words: string])[] = [
    [changed, 'what changes'],
    [retiring, 'retiring models'],
    [unevaluated, 'what has no evaluation evidence of its own'],
  ];
  const landed = places
    .filter(([share]) => share > 0)
    .map(([share, words], index) => `${shareText(share)}${index === 0 ? ' lands' : ''} on ${words}`);
  const untold = evaluationUnknown < 1 ? `of ${shareText(evaluationUnknown)} ` : '';
  return [
    movedText(traffic),
    ...killSwitchWords(traffic),
    ...(landed.length === 0 ? [] : [landed.join(', ')]),
    ...(evaluationUnknown === 0 ? [] : [`${untold}evaluation evidence cannot be told`]),
  ].join('; ');
}

export function shareOrNone(share: number | undefined): string {
  return share === undefined ? 'none' : shareText(share);
}

/** `stable → draining`, one word where nothing changes; empty where there is no stage. */
export function stageText({ stageBefore, stageAfter }: TrafficRowReview): string {
  const stages = [...new Set([stageBefore, stageAfter])].filter((stage) => stage !== undefined);
  return stages.join(' → ');
}

const RELEASE_WORDS: Readonly<Record<ReleaseReview['outcome'], string>> = {
  added: 'added',
  removed: 'removed',
  edited: 'changed under the same label',
};

export function releaseText({ outcome }: ReleaseReview): string {
  return RELEASE_WORDS[outcome];
}

function days(number: number): string {
  return counted(number, 'day');
}

import { counted } from '../contracts/counted';
import { abridged } from '../contracts/printable';
import { shareText } from '../contracts/share-text';
import { ChangeReport, DeploymentReview, ReviewedModel, TrafficReview, UpdateReview } from './change-report';
import { modelText } from './judged-model';
import { killSwitchTexts } from './kill-switch-texts';
import { unevaluatedTexts } from './unevaluated-texts';

/** What happens to a deployment without being an update, in the order of its weight; what is superseded stands with its successor. */
const HAPPENINGS: readonly (readonly [words: string, outcomes: readonly DeploymentReview['outcome'][]])[] = [
  ['destroyed', ['destroyed']],
  ['created', ['created']],
  ['destroyed and created again', ['replaced', 'recreated']],
  ['changed in place', ['changed-in-place']],
  ['let go of', ['forgotten']],
  ['adopted', ['imported']],
];

/** What changes, in a few printable words each; nothing where the plans change nothing about models. */
export function changeTexts(changes: ChangeReport | undefined): string[] {
  if (changes === undefined) {
    return [];
  }
  const { deployments, releases, inputs } = changes;
  const failed = inputs.filter(({ isErrored }) => isErrored).length;
  const partial = inputs.filter(({ isComplete, isErrored }) => !isComplete && !isErrored).length;
  const updates = updateTexts(changes);
  return [
    ...countedIf(failed, 'plan that failed half-way', 'plans that failed half-way'),
    ...countedIf(partial, 'plan that is not complete', 'plans that are not complete'),
    ...updates,
    ...happeningTexts(deployments),
    ...countedIf(releases.length, 'release changes', 'releases change'),
    ...trafficTexts(changes),
  ];
}

function happeningTexts(deployments: readonly DeploymentReview[]): string[] {
  return HAPPENINGS.flatMap(([words, outcomes]) => {
    const number = deployments.filter(
      ({ outcome, update }) => update === undefined && outcomes.includes(outcome),
    ).length;
    return countedIf(number, `deployment ${words}`, `deployments ${words}`);
  });
}

/** The update itself where there is only one, whether deployments, releases or both show it. */
function updateTexts({ deployments, releases }: ChangeReport): string[] {
  const updates = [
    ...deployments.map(({ from, to, update, predecessor }) => updateText(from ?? predecessor?.model, to, update)),
    ...releases.flatMap(({ models }) => models.map(({ from, to, update }) => updateText(from, to, update))),
  ];
  const distinct = [...new Set(updates.filter((text) => text !== undefined))];
  return distinct.length > 1 ? [`${distinct.length} updates of models`] : distinct;
}

function updateText(from?: ReviewedModel, to?: ReviewedModel, update?: UpdateReview): string | undefined {
  if (from === undefined || to === undefined || update === undefined) {
    return undefined;
  }
  const [old, current] = [abridged(modelText(from)), abridged(modelText(to))];
  const change =
    old === current
      ? `${old} goes to ${abridged(to.sku ?? 'another SKU')}`
      : `${old} ${update.direction === 'backward' ? 'goes back' : 'gives way'} to ${current}`;
  return `${change} (${update.scope.replaceAll('-', ' ')}${update.driver === 'required' ? ', required' : ''})`;
}

function trafficTexts(changes: ChangeReport): string[] {
  const { traffic } = changes;
  const unevaluated = unevaluatedTexts(traffic);
  // Where all that moves goes to what has no evidence, that says both.
  const moves = movementTexts(traffic).filter((text) => !unevaluated.some((other) => other.startsWith(`${text} `)));
  return [...moves, ...killSwitchTexts(traffic), ...unevaluated];
}

function movementTexts(traffic: readonly TrafficReview[]): string[] {
  const moved = traffic.filter((one) => one.moved > 0);
  const largest = moved.reduce((most, one) => Math.max(most, one.moved), 0);
  if (largest > 0) {
    return [`${moved.length > 1 ? 'up to ' : ''}${shareText(largest)} of traffic moves`];
  }
  return traffic.some(({ landing }) => landing.changed > 0) ? ['traffic goes to what changes'] : [];
}

export function countedIf(count: number, one: string, many?: string): string[] {
  return count <= 0 ? [] : [counted(count, one, many)];
}

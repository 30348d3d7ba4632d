import { counted } from '../contracts/counted';
import { OutdatedReport, OutdatedRow, OutdatedState } from '../review/outdated-report';
import { replacementName } from '../review/replacement-name';
import { modelName, SCOPE_WORDS, STAGE_WORDS } from './change-wording';

/** What the table says in every form for people. What an input says is in it as it is: nothing is escaped. */

export const OUTDATED_TITLES = [
  'Deployment',
  'Model',
  'SKU',
  'Stage',
  'Retires',
  'Days left',
  'Newest',
  'Move to',
  'Scope',
  'Address',
] as const;

/** One cell for each title. */
export type OutdatedCells = Readonly<Record<(typeof OUTDATED_TITLES)[number], string>>;

/** Order in which the closing line counts. */
export const COUNTED_STATES: readonly (readonly [OutdatedState, string])[] = [
  ['retired', 'retired'],
  ['retiring', 'retiring'],
  ['deprecated', 'deprecated'],
  ['legacy', 'legacy'],
  ['newer-version', 'with a newer version'],
  ['unknown', 'unknown'],
];

export function outdatedCells(row: OutdatedRow): OutdatedCells {
  const { resource, model, newest, replacement, scope } = row;
  return {
    Deployment: resource.deployment ?? '',
    Model: modelName(model),
    SKU: model.sku ?? '',
    Stage: stageText(row),
    Retires: retiresText(row),
    'Days left': model.daysLeft === undefined ? '' : String(model.daysLeft),
    Newest: newest === undefined ? '' : newest.version,
    'Move to': replacement === undefined ? '' : replacementName(replacement),
    Scope: scope === undefined ? '' : SCOPE_WORDS[scope],
    Address: resource.address,
  };
}

/** What remarks are made from; rows of an inventory keep no advice. */
type RemarkedRow = Pick<
  OutdatedRow,
  'unknown' | 'newest' | 'model' | 'replacement' | 'isWaived' | 'waiver' | 'state' | 'advice'
>;

/** What has to be known of a row besides its cells. */
export function outdatedRemarks({
  unknown,
  newest,
  model,
  replacement,
  isWaived,
  waiver,
  state,
  advice,
}: RemarkedRow): string[] {
  const until = newest?.isNewer ? newest.retirementDate : undefined;
  const endsEarlier = until !== undefined && model.retirementDate !== undefined && until < model.retirementDate;
  return [
    ...(unknown === undefined ? [] : [unknown]),
    ...(isWaived ? [waivedText(waiver)] : []),
    ...(endsEarlier ? [`${newest!.version} retires earlier, on ${until}`] : []),
    ...(replacement?.remarks ?? []),
    ...(replacement === undefined && isEnding(state) && advice?.reason !== undefined ? [advice.reason] : []),
  ];
}

/** Whether a deployment has to move somewhere. */
function isEnding(state: OutdatedState): boolean {
  return state === 'retired' || state === 'retiring' || state === 'deprecated' || state === 'legacy';
}

/** `waived until 2026-12-05 by team-assistants`. */
function waivedText(waiver: OutdatedRow['waiver']): string {
  return waiver === undefined ? 'waived' : `waived until ${waiver.expires} by ${waiver.owner}`;
}

/** `2 of 5 deployments to look at: 1 retired, 1 unknown; as of 2026-11-21 (catalogue of 2026-10-05)`. */
export function outdatedSummary(report: OutdatedReport): string {
  const { rows, deploymentCount, currentCount, asOf, catalogAsOf, deviations = [] } = report;
  const counts = COUNTED_STATES.flatMap(([state, words]) => {
    const count = rows.filter((row) => row.state === state).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const listed = deploymentCount - currentCount;
  const judged =
    listed === 0
      ? `${counted(deploymentCount, 'deployment')}, none outdated`
      : `${listed} of ${counted(deploymentCount, 'deployment')} to look at: ${counts.join(', ')}`;
  const told = deviations.length === 0 ? '' : `; judged with: ${deviations.join(', ')}`;
  return `${judged}; as of ${asOf} (catalogue of ${catalogAsOf})${told}`;
}

/** The stage as the documentation calls it, or `unknown`. */
export function stageText({ state, model }: Pick<OutdatedRow, 'state' | 'model'>): string {
  return state === 'unknown' || model.stage === undefined ? 'unknown' : STAGE_WORDS[model.stage];
}

/** `2026-12-09`, `not before 2026-12-09` or `no date known`; empty where the model is not known. */
export function retiresText({
  model: { stage, retirementDate, retirementIsEarliest },
}: Pick<OutdatedRow, 'model'>): string {
  if (stage === undefined) {
    return '';
  }
  return retirementDate === undefined
    ? 'no date known'
    : `${retirementIsEarliest ? 'not before ' : ''}${retirementDate}`;
}

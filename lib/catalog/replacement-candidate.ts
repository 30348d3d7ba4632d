import { CalendarDate } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { UpdateScope } from './breadths';
import { ModelKind } from './catalog-document';
import { LifecycleAnswer } from './lifecycle';
import { Listing } from './model-availability';
import { ModelCatalog } from './model-catalog';
import { knownToLiveUntil, lifeOf, lifeText, ModelLife } from './model-life';
import { PinnedModel } from './pinned-model';
import { placementOf, UpdateSubject } from './placement';
import { succeeds, UpdateDirection } from './update-direction';
import { classifyUpdate } from './update-scope';

/** A model that could take the place of a pinned one. */
export interface ReplacementCandidate extends ModelLife {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly kind: ModelKind;
  /** `unknown` where no region was asked for, or the catalogue does not know what is offered there. */
  readonly regionListed: Listing;
  /** What the move to it amounts to. */
  readonly scope: UpdateScope;
  readonly direction: UpdateDirection;
  /** Whether it belongs to the line of the pinned model, or to one that continues it. */
  readonly continuesLine: boolean;
  /** One sentence without a full stop. */
  readonly why: string;
}

/** What a candidate is made from. */
export interface CandidateFacts {
  readonly answer: LifecycleAnswer;
  readonly kind: ModelKind;
  readonly regionListed: Listing;
  /** The pinned model, and what it does. */
  readonly pinned: PinnedModel;
  readonly from: UpdateSubject;
  readonly pinnedKind: ModelKind;
}

/** From the smallest change to the largest. */
const SCOPES_BY_SIZE: readonly UpdateScope[] = [
  'none',
  'deployment-option',
  'minor-version',
  'intermediate-version',
  'major-version',
  'variant',
  'generation',
  'model-change-general',
  'model-change-specialised',
];

/** The candidate with the reasons for and against it. */
export function candidateOf(facts: CandidateFacts, catalog: ModelCatalog): ReplacementCandidate {
  const { answer, kind, regionListed, from } = facts;
  const { format, name, version } = answer;
  const { scope, direction } = classifyUpdate(from, { format, name, version }, catalog);
  const [older, newer] = [placementOf(from, catalog), placementOf({ format, name, version }, catalog)];
  const isSameLine = older.family !== undefined && older.family.id === newer.family?.id;
  return {
    format,
    name,
    version,
    kind,
    ...lifeOf(answer),
    regionListed,
    scope,
    direction,
    continuesLine: (isSameLine && direction !== 'backward') || succeeds(newer, older),
    why: reasonsOf(facts, scope, direction),
  };
}

/** Best first; the order of equals is that of their names, whatever the order of the catalogue. */
export function compareCandidates(on: CalendarDate) {
  return (left: ReplacementCandidate, right: ReplacementCandidate): number =>
    standing(left) - standing(right) ||
    compareText(knownToLiveUntil(right, on) ?? '', knownToLiveUntil(left, on) ?? '') ||
    Number(right.continuesLine) - Number(left.continuesLine) ||
    SCOPES_BY_SIZE.indexOf(left.scope) - SCOPES_BY_SIZE.indexOf(right.scope) ||
    compareText(left.name, right.name) ||
    compareText(left.version, right.version) ||
    compareText(left.format, right.format);
}

/** What not every subscription can create, and what Azure replaces without notice, comes behind all else. */
function standing({ stage }: ReplacementCandidate): number {
  return stage === 'deprecated' ? 2 : Number(stage === 'preview');
}

/** How a model is called decides what moving to it takes: https://learn.microsoft.com/azure/ai-foundry/openai/how-to/reasoning */
function kindText(kind: ModelKind, pinnedKind: ModelKind, name: string): string {
  return kind === pinnedKind
    ? `${kind} like ${name}`
    : `${kind} instead of ${pinnedKind}, so that requests take other parameters`;
}

function reasonsOf(
  { answer, kind, pinnedKind, pinned, regionListed }: CandidateFacts,
  scope: UpdateScope,
  direction: UpdateDirection,
): string {
  const { sku, region } = pinned;
  const { stage } = answer;
  return [
    `alive${sku === undefined ? '' : ` under ${sku}`}${regionListed === 'listed' ? ` in ${region}` : ''}, ${lifeText(lifeOf(answer))}`,
    kindText(kind, pinnedKind, pinned.name),
    `${scope}${direction === 'backward' ? ', backward' : ''}`,
    ...(stage === 'legacy' ? ['legacy: its deprecation comes next'] : []),
    ...(stage === 'preview' ? ['a preview, which Azure upgrades even when told not to'] : []),
    ...(stage === 'deprecated' ? ['deprecated: a subscription that never deployed it cannot create it'] : []),
    ...(region !== undefined && regionListed === 'unknown' ? [`whether ${region} has it is not known`] : []),
  ].join('; ');
}

import { CalendarDate } from '../contracts/calendar-date';
import { quoted } from '../contracts/printable';
import { CandidateSearch } from './candidate-search';
import { ModelKind } from './catalog-document';
import { LifecycleLookup } from './lifecycle';
import { ModelCatalog } from './model-catalog';
import { kindOf } from './model-kind';
import { NamedReplacement, namedReplacement, subjectOf } from './named-replacement';
import { PinnedModel } from './pinned-model';
import { ReplacementCandidate } from './replacement-candidate';

/** What could take the place of a pinned model: facts to choose from, not a choice. */
export interface ReplacementAdvice {
  /** What Azure names as the next model: most often one, none where it names none yet. */
  readonly named: readonly NamedReplacement[];
  /** At most five models of the same publisher and kind that outlive the pinned one under its SKU and in its region, best first. */
  readonly candidates: readonly ReplacementCandidate[];
  /** The best model of the other kind that answers prompts (chat or reasoning), where it outlives the candidates. */
  readonly otherKind?: ReplacementCandidate;
  /** Why there is no candidate. */
  readonly reason?: string;
}

const MOST_CANDIDATES = 5;

/** Kinds that answer prompts through one API, with other parameters. */
const PROMPTED: readonly ModelKind[] = ['chat', 'reasoning'];

/**
 * What could take the place of a pinned model on a day.
 *
 * Candidates are of the same publisher (another one has its own terms, and prompts were not made for its models), do the same
 * (`kind`), are alive, are listed under the SKU and, where the catalogue knows the region, in it, and are
 * known to live longer than the pinned model or have no date. Generally available and legacy models come first, then previews,
 * then deprecated ones, which a subscription that never deployed them cannot create. Within these the longest life comes first,
 * then the line that continues the pinned model's, then the smallest scope of update. No date is ever assumed: a model without
 * one stands behind those that have one.
 *
 * @throws if the day is not written `YYYY-MM-DD`
 */
export function adviseReplacement(pinned: PinnedModel, catalog: ModelCatalog, on: CalendarDate): ReplacementAdvice {
  const lookup = catalog.lookup(pinned, on);
  if (lookup.kind !== 'known') {
    return { named: [], candidates: [], reason: unknownReason(pinned, lookup) };
  }
  const { answer } = lookup;
  const named = answer.replacements.map((each) => namedReplacement(pinned, answer, each, catalog, on));
  const kind = kindOf(subjectOf(answer, pinned), catalog);
  if (kind === undefined) {
    const reason = `the catalogue does not say what ${answer.name} does, so that no model can be called alike`;
    return { named, candidates: [], reason };
  }
  const search = new CandidateSearch(pinned, answer, kind, catalog, on);
  const candidates = search.ofKind(kind);
  const [other] = PROMPTED.includes(kind) ? search.ofKind(kind === 'chat' ? 'reasoning' : 'chat') : [];
  return {
    named,
    candidates: candidates.slice(0, MOST_CANDIDATES),
    ...(other && search.outlives(other, candidates[0]) && { otherKind: other }),
    ...(candidates.length === 0 && { reason: search.reasonForNone() }),
  };
}

function unknownReason({ name, version }: PinnedModel, { kind }: Exclude<LifecycleLookup, { kind: 'known' }>): string {
  const what = kind === 'unknown-model' ? `model ${quoted(name)}` : `version ${quoted(version)} of ${quoted(name)}`;
  return `the catalogue knows no ${what}`;
}

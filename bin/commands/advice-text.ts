import { ModelKind } from '../../lib/catalog/catalog-document';
import { lifeText } from '../../lib/catalog/model-life';
import { ReplacementAdvice } from '../../lib/catalog/replacement-advice';
import { ReplacementCandidate } from '../../lib/catalog/replacement-candidate';
import { versionedName } from '../../lib/contracts/versioned-name';

const MOST_NAMED = 3;

/** What a model may be replaced by, in one or two lines: what lives longest of the same kind, and of the other one. */
export function adviceLines(
  { candidates, otherKind, reason }: ReplacementAdvice,
  { sku, region }: { readonly sku?: string; readonly region?: string },
): string[] {
  const place = `${sku === undefined ? '' : ` under ${sku}`}${region === undefined ? '' : ` in ${region}`}`;
  const [best] = candidates;
  return [
    ...(best === undefined ? [] : [`${headOf(best)}${place}: ${together(candidates)}`]),
    ...(reason === undefined ? [] : [reason]),
    ...(otherKind === undefined ? [] : [`${otherKindHead(otherKind.kind)}: ${together([otherKind])}`]),
  ];
}

/** What has no date is not known to live longest. */
function headOf({ retirementDate, kind }: ReplacementCandidate): string {
  return retirementDate === undefined ? `other ${kind} models` : 'alive longest';
}

function otherKindHead(kind: ModelKind): string {
  return `longer as ${kind}, with other parameters`;
}

/** Those that live as long as the first, in the same stage. */
function together(candidates: readonly ReplacementCandidate[]): string {
  const first = candidates[0]!;
  const alike = candidates.filter(
    ({ stage, retirementDate }) => stage === first.stage && retirementDate === first.retirementDate,
  );
  const names = alike.slice(0, MOST_NAMED).map(({ name, version }) => versionedName(name, version));
  return `${names.join(', ')} (${first.stage}, ${lifeText(first)})`;
}

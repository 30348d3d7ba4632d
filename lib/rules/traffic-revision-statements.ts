import { abridged } from '../contracts/printable';
import { isWholeNumber } from '../contracts/whole-number';
import { valueOf } from '../facts/attribute';
import { RevisionSplitFact, RevisionWeight } from '../facts/traffic-facts';
import { expressionIn } from './release-text';
import { Statement, UNKNOWN } from './statement';

/**
 * What is wrong with the weights of a container app; the provider checks none of it at plan
 * (https://learn.microsoft.com/azure/container-apps/traffic-splitting).
 */
export function revisionStatements(split: RevisionSplitFact): Statement[] {
  return [
    ...split.weights.flatMap(wrongPercentage),
    ...sum(split),
    ...split.weights.flatMap((weight) => withoutRevision(split, weight)),
    ...repeatedLabels(split),
  ];
}

function wrongPercentage({ path, percentage }: RevisionWeight): Statement[] {
  const value = valueOf(percentage);
  return value === undefined || isWholeNumber(value, 0, 100)
    ? []
    : [{ path, message: `the weight is ${value}`, fix: 'write a whole percentage from 0 to 100' }];
}

function sum({ weights, hasUnreadWeights }: RevisionSplitFact): Statement[] {
  const unread = weights.find(({ percentage }) => percentage.state !== 'known');
  const total = weights.reduce((added, { percentage }) => added + (valueOf(percentage) ?? 0), 0);
  if (hasUnreadWeights || (unread !== undefined && total <= 100)) {
    return [
      {
        ...UNKNOWN,
        message: `whether the weights of revisions add up to 100 cannot be read before Terraform runs${unread === undefined ? '' : expressionIn({ value: unread.percentage })}`,
        fix: 'write the weights as literals',
      },
    ];
  }
  return total === 100
    ? []
    : [{ message: `the weights of revisions add up to ${total}`, fix: 'let the weights add up to 100' }];
}

/** In `Single` mode only the revision that the template declares is active. */
function withoutRevision(
  { revisionMode, revisionSuffix }: RevisionSplitFact,
  { path, latestRevision, revision }: RevisionWeight,
): Statement[] {
  if (valueOf(latestRevision) === 'true' || latestRevision.state === 'unknown' || revision.state === 'unknown') {
    return [];
  }
  if (revision.state === 'absent') {
    return [
      {
        path,
        message: 'a weight is for no revision: it names none and is not for the latest',
        fix: 'set latest_revision to true, or name the suffix of a revision',
      },
    ];
  }
  const suffix = valueOf(revisionSuffix);
  const isOther = suffix !== undefined && revision.value !== suffix && !revision.value.endsWith(`--${suffix}`);
  return isOther && valueOf(revisionMode)?.toLowerCase() === 'single'
    ? [
        {
          path,
          message: `a weight is for revision '${abridged(revision.value)}', and in Single mode only '${abridged(suffix)}' is active`,
          fix: 'set latest_revision to true',
        },
      ]
    : [];
}

function repeatedLabels({ weights }: RevisionSplitFact): Statement[] {
  const labels = weights.flatMap(({ label }) => valueOf(label) ?? []);
  const seen = new Set<string>();
  const repeated = labels.find((label) => seen.has(label) || !seen.add(label));
  return repeated === undefined
    ? []
    : [{ message: `two weights have the label '${abridged(repeated)}'`, fix: 'give every label to one revision' }];
}

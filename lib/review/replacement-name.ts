import { versionedName } from '../contracts/versioned-name';
import { OutdatedReplacement } from './outdated-report';

const BY_WORDS: Readonly<Record<OutdatedReplacement['by'], string>> = { azure: 'Azure', advised: 'advised' };

/**
 * `gpt-5.1@2025-11-13 (Azure, until 2027-05-15)`: `Azure` where Azure names it, `advised` where it lives longest, and how
 * long it is known to live itself.
 */
export function replacementName({
  name,
  version,
  by,
  retirementDate,
  retirementIsEarliest,
}: OutdatedReplacement): string {
  const until =
    retirementDate === undefined ? '' : `, until ${retirementDate}${retirementIsEarliest === true ? ' at least' : ''}`;
  return `${versionedName(name, version)} (${BY_WORDS[by]}${until})`;
}

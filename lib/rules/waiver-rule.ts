import { nearestRule } from './rules';

/** What to write instead of a rule that does not exist. */
export function existingRuleAdvice(rule: string): string {
  const nearest = nearestRule(rule);
  return nearest === undefined ? 'give a rule that is listed in docs/rules.md' : `did you mean '${nearest}'?`;
}

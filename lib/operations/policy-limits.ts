import { PolicyCondition, PolicyRule } from './policy-rule';

/**
 * The most that Azure Policy takes of one definition, the stricter number where its pages differ (512 nested conditions on the one,
 * 4,096 on the other):
 * https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-policy-limits and
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#policy-rule-limits
 */
const MOST = { conditions: 512, functions: 2048, bytes: 1_048_576 } as const;

/** Room for what stands beside the rule in the request: names, description, parameters, metadata. */
const BYTES_BESIDE_RULE = 16_384;

const FUNCTION_CALL = /\b[a-zA-Z]+\(/g;

/** A limit of Azure Policy that a rule breaks. */
export interface ExceededLimit {
  readonly what: 'conditions' | 'functions' | 'bytes';
  readonly count: number;
  readonly most: number;
}

/** The first limit that the rule breaks. */
export function exceededLimit(rule: PolicyRule): ExceededLimit | undefined {
  const conditions = conditionsIn(rule.if);
  const counts = {
    conditions: conditions.length,
    functions: conditions.reduce((sum, condition) => sum + functionsIn(condition), 0),
    bytes: Buffer.byteLength(JSON.stringify(rule)) + BYTES_BESIDE_RULE,
  };
  return (['conditions', 'functions', 'bytes'] as const)
    .map((what) => ({ what, count: counts[what], most: MOST[what] }))
    .find(({ count, most }) => count > most);
}

/** Operators count as well: the pages do not say which of the two is meant. */
function conditionsIn(condition: PolicyCondition): readonly PolicyCondition[] {
  return [condition, ...[...(condition.allOf ?? []), ...(condition.anyOf ?? [])].flatMap(conditionsIn)];
}

function functionsIn({ value = '', greaterOrEquals = '' }: PolicyCondition): number {
  return `${value} ${greaterOrEquals}`.match(FUNCTION_CALL)?.length ?? 0;
}

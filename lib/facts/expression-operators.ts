import { indexOutside } from './expression-text';

/** An expression taken apart at its loosest operator. */
export interface Operation {
  readonly operator: '?' | '||' | '&&' | '==' | '!=' | '!';
  /** Sources of the operands: three of a condition, one of a negation, two of the rest. */
  readonly operands: readonly string[];
}

/** Loosest first: https://developer.hashicorp.com/terraform/language/expressions/operators */
const BINARY = ['||', '&&', '==', '!='] as const;

/** The operation that an expression is, or `undefined` where it is none of those that decide which values there are. */
export function operationOf(text: string): Operation | undefined {
  if (!/[?|&!]|==/.test(text)) {
    return undefined;
  }
  const question = indexOutside(text, '?');
  if (question > 0) {
    const outcomes = text.slice(question + 1);
    const colon = colonOfCondition(outcomes);
    return colon < 0
      ? undefined
      : { operator: '?', operands: [text.slice(0, question), outcomes.slice(0, colon), outcomes.slice(colon + 1)] };
  }
  for (const operator of BINARY) {
    const at = indexOutside(text, operator);
    if (at > 0) {
      if (isComparison(operator) && /[=!]=/.test(text.slice(at + operator.length))) {
        return undefined;
      }
      return { operator, operands: [text.slice(0, at), text.slice(at + operator.length)] };
    }
  }
  return text.startsWith('!') ? { operator: '!', operands: [text.slice(1)] } : undefined;
}

/** Comparisons in a row bind to the left, which is beyond reading here. */
function isComparison(operator: string): boolean {
  return operator === '==' || operator === '!=';
}

/** A condition between `?` and `:` would move the colon: it is left alone. */
function colonOfCondition(outcomes: string): number {
  const colon = indexOutside(outcomes, ':');
  const next = indexOutside(outcomes, '?');
  return next >= 0 && next < colon ? -1 : colon;
}

/** Whether two values are equal, `undefined` where they are not both known and simple; Terraform compares types too. */
export function areEqual(left: unknown, right: unknown): boolean | undefined {
  const isSimple = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value);
  return isSimple(left) && isSimple(right) ? left === right : undefined;
}

/** A value as the condition it is; Terraform converts `"true"` and `"false"`. */
export function truthOf(value: unknown): boolean | undefined {
  return value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;
}

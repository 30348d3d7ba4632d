/** C# as it stands after the `@` in a policy, with its brackets: `(1 + 1)` or `{ return 1; }`. */
export interface PolicyExpression {
  readonly expression: string;
}

/**
 * An attribute's value or an element's text: literal text as API Management takes it, or an expression.
 * Numbers and booleans are text too (`'3'`, `'false'`).
 */
export type PolicyValue = string | PolicyExpression;

/** What every typed element may carry. */
export interface PolicyElement {
  /** What `context.LastError.PolicyId` is when this element fails. */
  readonly id?: PolicyValue;
}

/** A `metadata` of `trace` or a `dimension` of a metric. */
export interface NamedValue {
  readonly name: PolicyValue;
  /** A dimension without value takes API Management's own of that name (`API ID`, `Subscription ID` …). */
  readonly value?: PolicyValue;
}

/** The value of an expression that is one C# expression: `expression('1 + 1')` is written `@(1 + 1)`. */
export function expression(source: string): PolicyExpression {
  return { expression: `(${source})` };
}

/** The value of an expression made of C# statements, the last of which returns: written `@{…}`. */
export function statements(source: string): PolicyExpression {
  return { expression: `{${source}}` };
}

/** Whether the value is an expression and not literal text. */
export function isExpression(value: PolicyValue): value is PolicyExpression {
  return typeof value !== 'string';
}

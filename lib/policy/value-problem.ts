import { scanExpression } from './csharp-scanner';
import { isExpression, PolicyValue } from './policy-value';

/** Where a value is written: attributes take no line breaks, XML readers make spaces of them. */
export type ValuePosition = 'attribute' | 'text';

const CONTROL_CHARACTERS = { attribute: /[\p{Cc}\p{Cs}\ufffe\uffff]/u, text: /(?![\n\t])[\p{Cc}\p{Cs}\ufffe\uffff]/u };

/** What a value may hold although it looks like something else. */
export interface AllowedTexts {
  /**
   * Texts that may hold `${`: the tokens of the host, each as a whole value. None by default, so that Terraform never finds anything to
   * interpolate in what a user named.
   */
  readonly interpolations?: readonly string[];
  /** Named values of API Management that may stand as `{{name}}`, each as a whole literal value. None by default. */
  readonly namedValues?: readonly string[];
}

/** Why a value must not be written into a policy, with the way out; nothing when it may. */
export function valueProblem(
  value: PolicyValue,
  position: ValuePosition,
  { interpolations = [], namedValues = [] }: AllowedTexts = {},
): string | undefined {
  const text = isExpression(value) ? `@${value.expression}` : value;
  const control = CONTROL_CHARACTERS[position].exec(text)?.[0];
  if (control !== undefined) {
    const code = control.charCodeAt(0).toString(16).padStart(4, '0');
    return `holds the character U+${code.toUpperCase()}, which a policy cannot carry; write it as \\u${code} in a C# string`;
  }
  if (text.includes('{{') && !(typeof value === 'string' && namedValues.some((name) => value === `{{${name}}}`))) {
    return "holds '{{', which API Management reads as a named value; put a space between the braces, or use csharpString for text";
  }
  if (/[$%]\{/.test(text) && !(typeof value === 'string' && interpolations.includes(value))) {
    return "holds '${' or '%{', which Terraform would interpolate; use csharpString for text, and '\"…\" + x' instead of '$\"{x}\"'";
  }
  if (isExpression(value)) {
    return /^[({]/.test(value.expression) && scanExpression(value.expression, 0).end === value.expression.length
      ? undefined
      : "is not one C# expression in brackets; write '(…)' or '{ return …; }', every bracket and quote closed";
  }
  return /@[({]/.test(text)
    ? "is literal text that holds '@(' or '@{', which API Management reads as an expression; use csharpString in an expression"
    : undefined;
}

import { inertText } from './inert-text';

/**
 * Text for a plain text message. In one, `[text](target)` is a link and `{0}` a placeholder, so that what somebody
 * wrote must not hold them: brackets get a backslash, and braces of a placeholder are doubled
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, sections 3.11.5 and 3.11.6). Brackets that cannot
 * be a link stay as they are, because viewers show the backslashes and Terraform addresses are full of brackets.
 */
export function sarifText(text: string): string {
  const withoutPlaceholders = inertText(text).replace(/\{(\d+)\}/gu, '{{$1}}');
  return withoutPlaceholders.includes('](') ? withoutPlaceholders.replace(/[\\[\]]/gu, '\\$&') : withoutPlaceholders;
}

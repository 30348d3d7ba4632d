import { unescaped, xmlTokens } from './xml-tokens';

/** Something that a policy names, and where. */
export interface PolicyMention {
  readonly name: string;
  readonly element: string;
  readonly line: number;
  readonly column: number;
}

const BACKEND = /\s(?:embeddings-)?backend-id="([^"@{][^"{]*)"/g;
const FRAGMENT = /\sfragment-id="([^"@{][^"{]*)"/g;
const NAMED_VALUE = /\{\{([\w.-]+)\}\}/g;

const TAG = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<[A-Za-z][\w:-]*/g;
const ATTRIBUTE = /\s+[\w:-]+\s*=\s*(["'])/y;
/** Where a literal value ends; an expression may hold quotes of either kind, unescaped. */
const LITERAL_END: Readonly<Record<string, RegExp>> = { '"': /"/g, "'": /'/g };
const EXPRESSION_END: Readonly<Record<string, RegExp>> = {
  '"': /(?<=[)}])"(?=\s*\/?>|\s+[\w:-]+\s*=\s*["'])/g,
  "'": /(?<=[)}])'(?=\s*\/?>|\s+[\w:-]+\s*=\s*["'])/g,
};

/**
 * What azurerm has in its state after it sent a policy as `rawxml`: API Management answers XML of its own writing (double
 * quotes, its own indentation, no CDATA), and the provider un-escapes it as a whole.
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/apimanagement/api_management_api_policy_resource.go
 */
export function readBackUnescaped(raw: string): string {
  return unescaped(rewritten(raw));
}

/** What API Management answers when it is asked for `xml`, and for `rawxml` of a fragment. */
export function rewritten(raw: string): string {
  return doubleQuoted(raw)
    .replace(/<!\[CDATA\[([^]*?)\]\]>/g, '$1')
    .replace(/>\s+</g, '>\r\n\t<');
}

/**
 * Whether the provider plans no change: the same tokens where both are XML, else the same text without white space and
 * five entities.
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/apimanagement/helpers.go
 */
export function isSamePolicy(before: string, after: string): boolean {
  const [tokensBefore, tokensAfter] = [xmlTokens(before), xmlTokens(after)];
  const sameTokens =
    tokensBefore !== undefined &&
    tokensAfter !== undefined &&
    JSON.stringify(tokensBefore) === JSON.stringify(tokensAfter);
  return sameTokens || normalised(before) === normalised(after);
}

export function mentionedBackends(policy: string): readonly PolicyMention[] {
  return mentions(policy, BACKEND);
}

export function mentionedFragments(policy: string): readonly PolicyMention[] {
  return mentions(policy, FRAGMENT);
}

export function mentionedNamedValues(policy: string): readonly PolicyMention[] {
  return mentions(policy, NAMED_VALUE);
}

function mentions(policy: string, pattern: RegExp): PolicyMention[] {
  return [...doubleQuoted(policy).matchAll(pattern)].map((match) => {
    const before = policy.slice(0, match.index);
    const lines = before.slice(0, before.lastIndexOf('<') + 1).split('\n');
    const element = /<([\w:-]+)[^<]*$/.exec(before)?.[1] ?? 'policies';
    return { name: unescaped(match[1]!), element, line: lines.length, column: lines.at(-1)!.length };
  });
}

/** In the provider's order: an entity that another one makes is resolved too. */
function normalised(text: string): string {
  return text
    .replace(/[\n\r\t ]/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll('&apos;', "'");
}

/** Changes nothing else, so that places stay where they are. */
function doubleQuoted(raw: string): string {
  let written = '';
  let position = 0;
  for (const { index, 0: opening } of raw.matchAll(TAG)) {
    if (index < position) {
      continue;
    }
    let end = index + opening.length;
    written += raw.slice(position, end);
    for (let value = valueAt(raw, end); value !== undefined; value = valueAt(raw, end)) {
      written += `${raw.slice(end, value.start - 1)}"${raw.slice(value.start, value.end)}"`;
      end = value.end + 1;
    }
    position = end;
  }
  return written + raw.slice(position);
}

/** The value of the attribute that begins here, if one does. */
function valueAt(raw: string, position: number): { readonly start: number; readonly end: number } | undefined {
  ATTRIBUTE.lastIndex = position;
  const attribute = ATTRIBUTE.exec(raw);
  if (attribute === null) {
    return undefined;
  }
  const start = position + attribute[0].length;
  const ends = /^@[({]/.test(raw.slice(start, start + 2)) ? EXPRESSION_END : LITERAL_END;
  const pattern = ends[attribute[1]!]!;
  pattern.lastIndex = start;
  const end = pattern.exec(raw)?.index;
  return end === undefined ? undefined : { start, end };
}

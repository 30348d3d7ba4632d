const ENTITY = /&(?:(quot|amp|lt|gt|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));/g;
const CODE_ENTITY = /&(amp|lt|gt);/g;
const NAMED: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };

/** Text with its entities resolved; what is no entity stays, as API Management's raw form allows a bare `&`. */
export function resolveEntities(text: string): string {
  return text.includes('&') ? text.replace(ENTITY, resolve) : text;
}

/**
 * As `resolveEntities`, for C# that was written with bare quotes: there `&quot;` is text inside a string, and resolving
 * it would end that string.
 */
export function resolveEntitiesInCode(text: string): string {
  return text.replace(CODE_ENTITY, (_, name: string) => NAMED[name]!);
}

function resolve(entity: string, name?: string, decimal?: string, hexadecimal?: string): string {
  if (name !== undefined) {
    return NAMED[name]!;
  }
  const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number.parseInt(decimal, 10);
  return code === 0 || code > 0x10ffff ? entity : String.fromCodePoint(code);
}

/** Text between tags, written so that it is read back as it is. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** As `escapeText`, for an attribute in double quotes: azurerm reports a difference for ever when an attribute is in single ones. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

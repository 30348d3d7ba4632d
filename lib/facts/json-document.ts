import { resolveText, resolveValue } from './expression';
import { templateParts } from './expression-text';
import { parseJsonDocument } from './json';
import { Scope } from './scope';
import { Unresolved } from './unresolved';

/**
 * The object or list whose JSON text this is, with its expressions carried out as far as the scope allows, or
 * `undefined` if it is not such a text. JSON that a program wrote around Terraform expressions is read as well:
 * `{"endpoint": "${azurerm_cognitive_account.a.endpoint}", "limit": ${var.limit}}`.
 */
export function readJsonDocument(text: string, scope: Scope): unknown {
  return documentOf(resolveText(text, scope), scope);
}

/** The same for a text that was resolved already; a value that is no text is itself. */
export function documentOf(resolved: unknown, scope: Scope): unknown {
  if (typeof resolved === 'string') {
    return parseJsonDocument(resolved);
  }
  if (!(resolved instanceof Unresolved)) {
    return resolved;
  }
  if (resolved.encoded !== undefined) {
    return typeof resolved.encoded === 'object' ? resolved.encoded : undefined;
  }
  const document = parseAroundExpressions(resolved.expression);
  return document === undefined ? undefined : resolveValue(document, scope);
}

function parseAroundExpressions(template: string): unknown {
  const parts = /^\s*[{[]/.test(template) ? templateParts(template) : undefined;
  if (parts === undefined) {
    return undefined;
  }
  let document = '';
  for (const part of parts) {
    const expression = JSON.stringify(`\${${part.text}}`);
    document +=
      part.kind === 'text' ? part.text : /[:,[]\s*$/.test(document.slice(-64)) ? expression : expression.slice(1, -1);
  }
  return parseJsonDocument(document);
}

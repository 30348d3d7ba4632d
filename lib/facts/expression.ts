import { applyFunction } from './expression-functions';
import { areEqual, Operation, operationOf, truthOf } from './expression-operators';
import {
  closingIndex,
  closingQuote,
  indexOutside,
  isTemplate,
  splitOutside,
  templateParts,
  unquoted,
} from './expression-text';
import { DEEPEST_NESTING, JsonObject } from './json';
import { Scope, Step } from './scope';
import { Unresolved } from './unresolved';

/** Steps that one text may cost: nested `for` expressions multiply. */
const EFFORT_PER_TEXT = 50_000;

const IDENTIFIER = /^[A-Za-z_][\w-]*/;
const FOR = /^for\s+([A-Za-z_][\w-]*)(?:\s*,\s*([A-Za-z_][\w-]*))?\s+in\s/;

interface Effort {
  left: number;
}

/** A JSON value with its expressions carried out as far as the scope allows; the rest is `Unresolved`. */
export function resolveValue(value: unknown, scope: Scope, depth = 0): unknown {
  if (typeof value === 'string') {
    return resolveText(value, scope);
  }
  if (value instanceof Unresolved) {
    return resolveText(value.expression, scope);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > DEEPEST_NESTING) {
    return new Unresolved('…');
  }
  return Array.isArray(value)
    ? value.map((item) => resolveValue(item, scope, depth + 1))
    : resolveObject(value as JsonObject, scope, depth + 1);
}

/** Most objects hold no expression and are themselves. */
function resolveObject(object: JsonObject, scope: Scope, depth: number): JsonObject {
  const changed = Object.keys(object).flatMap((key): [string, unknown][] => {
    const resolved = resolveValue(object[key], scope, depth);
    return resolved === object[key] ? [] : [[key, resolved]];
  });
  return changed.length === 0 ? object : Object.fromEntries([...Object.entries(object), ...changed]);
}

/** A text with its `${…}` carried out: any value where the text is one expression, else a text, else `Unresolved`. */
export function resolveText(text: string, scope: Scope): unknown {
  return isTemplate(text) ? resolveTemplate(text, scope, { left: EFFORT_PER_TEXT }, 0) : text;
}

function resolveTemplate(template: string, scope: Scope, effort: Effort, depth: number): unknown {
  const parts = templateParts(template);
  if (parts === undefined || depth > DEEPEST_NESTING) {
    return new Unresolved(template);
  }
  const values = parts.map((part) =>
    part.kind === 'text' ? part.text : evaluateOrKeep(part.text, scope, effort, depth + 1),
  );
  if (parts.length === 1) {
    return values[0];
  }
  const isText = values.every((value) => ['string', 'number', 'boolean'].includes(typeof value));
  return isText
    ? values.map(String).join('')
    : new Unresolved(values.map((value, index) => textOf(value, parts[index]!.text)).join(''));
}

function textOf(value: unknown, source: string): string {
  return value instanceof Unresolved ? value.expression : typeof value === 'object' ? `\${${source}}` : String(value);
}

function evaluateOrKeep(source: string, scope: Scope, effort: Effort, depth: number): unknown {
  const value = evaluate(source, scope, effort, depth);
  if (value instanceof Unresolved && value.encoded !== undefined) {
    return new Unresolved(`\${${source}}`, value.encoded);
  }
  return value === undefined ? new Unresolved(`\${${source.trim()}}`) : value;
}

/** The value of an expression, or `undefined` where it is beyond reading. */
function evaluate(source: string, scope: Scope, effort: Effort, depth: number): unknown {
  const text = source.trim();
  effort.left -= 1;
  if (text === '' || effort.left < 0 || depth > DEEPEST_NESTING) {
    return undefined;
  }
  const operation = operationOf(text);
  if (operation !== undefined) {
    return evaluateOperation(operation, scope, effort, depth + 1);
  }
  if (text[0] === '"') {
    return closingQuote(text, 0) === text.length - 1
      ? resolveTemplate(unquoted(text.slice(1, -1)), scope, effort, depth + 1)
      : undefined;
  }
  if ('[{('.includes(text[0]!)) {
    return closingIndex(text, 0) === text.length - 1
      ? evaluateBracketed(text[0]!, text.slice(1, -1).trim(), scope, effort, depth + 1)
      : undefined;
  }
  if (/^-?\d+(?:\.\d+)?$/.test(text)) {
    return Number(text);
  }
  const constants: Record<string, unknown> = { true: true, false: false, null: null };
  return Object.hasOwn(constants, text) ? constants[text] : evaluateNamed(text, scope, effort, depth + 1);
}

function evaluateOperation({ operator, operands }: Operation, scope: Scope, effort: Effort, depth: number): unknown {
  const value = (index: number) => evaluate(operands[index]!, scope, effort, depth);
  const first = value(0);
  const truth = truthOf(first);
  switch (operator) {
    case '?':
      return truth === undefined ? undefined : value(truth ? 1 : 2);
    case '||':
      return truth === undefined || truth ? truth : truthOf(value(1));
    case '&&':
      return truth === undefined || !truth ? truth : truthOf(value(1));
    case '!':
      return truth === undefined ? undefined : !truth;
    case '==':
      return areEqual(first, value(1));
    case '!=': {
      const equal = areEqual(first, value(1));
      return equal === undefined ? undefined : !equal;
    }
  }
}

function evaluateBracketed(bracket: string, inside: string, scope: Scope, effort: Effort, depth: number): unknown {
  if (bracket === '(') {
    return evaluate(inside, scope, effort, depth);
  }
  const loop = FOR.exec(inside);
  if (loop !== null) {
    return evaluateFor(bracket, loop, inside.slice(loop[0].length), scope, effort, depth);
  }
  if (bracket === '[') {
    return splitOutside(inside, ',').map((item) => evaluateOrKeep(item, scope, effort, depth));
  }
  const entries = splitOutside(inside, ',\n').map((item) => {
    const at = [indexOutside(item, '='), indexOutside(item, ':')].filter((index) => index > 0);
    const separator = Math.min(...at);
    const key = at.length === 0 ? undefined : evaluateKey(item.slice(0, separator), scope, effort, depth);
    return key === undefined ? undefined : [key, evaluateOrKeep(item.slice(separator + 1), scope, effort, depth)];
  });
  return entries.every((entry) => entry !== undefined) ? Object.fromEntries(entries) : undefined;
}

function evaluateKey(source: string, scope: Scope, effort: Effort, depth: number): string | undefined {
  const text = source.trim();
  if (IDENTIFIER.exec(text)?.[0] === text) {
    return text;
  }
  const key = evaluate(text, scope, effort, depth);
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
}

function evaluateFor(
  bracket: string,
  loop: RegExpExecArray,
  rest: string,
  scope: Scope,
  effort: Effort,
  depth: number,
): unknown {
  const colon = indexOutside(rest, ':');
  const [body, condition] = splitAtCondition(rest.slice(colon + 1));
  const collection = colon < 0 ? undefined : evaluate(rest.slice(0, colon), scope, effort, depth);
  const items = collectionItems(collection);
  if (items === undefined) {
    return undefined;
  }
  const all = items.map(([key, value]) =>
    loop[2] === undefined ? scope.with(loop[1]!, value) : scope.with(loop[1]!, key).with(loop[2], value),
  );
  const truths = all.map((inner) => condition === undefined || truthOf(evaluate(condition, inner, effort, depth)));
  if (truths.includes(undefined)) {
    return undefined;
  }
  const scopes = all.filter((_inner, index) => truths[index]);
  if (bracket === '[') {
    return scopes.map((inner) => evaluateOrKeep(body, inner, effort, depth));
  }
  const arrow = indexOutside(body, '=>');
  const entries = scopes.map((inner) => {
    const key = arrow < 0 ? undefined : evaluate(body.slice(0, arrow), inner, effort, depth);
    return typeof key === 'string' || typeof key === 'number'
      ? [String(key), evaluateOrKeep(body.slice(arrow + 2), inner, effort, depth)]
      : undefined;
  });
  return entries.every((entry) => entry !== undefined) ? Object.fromEntries(entries) : undefined;
}

function splitAtCondition(body: string): [string, string?] {
  const at = indexOutside(body, ' if ');
  return at < 0 ? [body] : [body.slice(0, at), body.slice(at + ' if '.length)];
}

/** Keys and values of a list, set or map, or `undefined` if the value is none of them. */
export function collectionItems(collection: unknown): (readonly [Step, unknown])[] | undefined {
  if (Array.isArray(collection)) {
    return collection.map((item, index) => [index, item] as const);
  }
  return typeof collection === 'object' && collection !== null && !(collection instanceof Unresolved)
    ? Object.entries(collection)
    : undefined;
}

/** A function call or a reference such as `each.value.model["name"]`. */
function evaluateNamed(text: string, scope: Scope, effort: Effort, depth: number): unknown {
  const root = IDENTIFIER.exec(text)?.[0];
  if (root === undefined) {
    return undefined;
  }
  if (text[root.length] === '(') {
    if (closingIndex(text, root.length) !== text.length - 1) {
      return undefined;
    }
    const inputs = splitOutside(text.slice(root.length + 1, -1), ',');
    return root === 'try'
      ? evaluateTry(inputs, scope, effort, depth)
      : applyFunction(
          root,
          inputs.map((input) => evaluateOrKeep(input, scope, effort, depth)),
        );
  }
  const steps = stepsOf(text, root, scope, effort, depth);
  return steps && scope.read(root, steps);
}

/** The first input that has a value; one that is merely not known here may have one, so that nothing behind it counts. */
function evaluateTry(inputs: readonly string[], scope: Scope, effort: Effort, depth: number): unknown {
  for (const input of inputs) {
    const value = evaluate(input, scope, effort, depth);
    if (value !== undefined || !isMissing(input, scope, effort, depth)) {
      return value;
    }
  }
  return undefined;
}

/** Whether a reference leads into a value that is known and does not have the key. */
function isMissing(text: string, scope: Scope, effort: Effort, depth: number): boolean {
  const root = IDENTIFIER.exec(text)?.[0];
  const steps = root === undefined ? undefined : stepsOf(text, root, scope, effort, depth);
  const values = steps?.map((_step, index) => scope.read(root!, steps.slice(0, index + 1))) ?? [];
  const at = values.indexOf(undefined);
  const around = at > 0 ? values[at - 1] : undefined;
  return typeof around === 'object' && around !== null && !(around instanceof Unresolved);
}

/** The steps of a reference behind its root, or `undefined` where it is none or a step is not known. */
function stepsOf(text: string, root: string, scope: Scope, effort: Effort, depth: number): Step[] | undefined {
  const steps: Step[] = [];
  for (let position = root.length; position < text.length;) {
    const attribute = /^\.([A-Za-z_][\w-]*|\d+)/.exec(text.slice(position, position + 256));
    const end = text[position] === '[' ? closingIndex(text, position) : -1;
    const step =
      attribute?.[1] ?? (end < 0 ? undefined : evaluate(text.slice(position + 1, end), scope, effort, depth));
    if (typeof step !== 'string' && typeof step !== 'number') {
      return undefined;
    }
    steps.push(step);
    position = attribute ? position + attribute[0].length : end + 1;
  }
  return steps;
}

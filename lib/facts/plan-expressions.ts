import { templateParts } from './expression-text';
import { isObject, JsonObject, property } from './json';
import { Step } from './scope';

/** Blocks that `dynamic` may make: the configuration of a plan is silent about them. */
const MAYBE_DYNAMIC: ReadonlySet<string> = new Set([
  'container',
  'credentials',
  'env',
  'ingress',
  'model',
  'scale',
  'secret',
  'sku',
  'template',
  'traffic_weight',
]);

/** What the configuration says of an attribute. */
export interface Written {
  readonly references: readonly string[];
  readonly constant: unknown;
  /** Steps further into the value than the configuration is taken apart. */
  readonly rest: readonly Step[];
}

/** What the configuration says at the end of the steps: an attribute, or a block of them. */
export function nodeAt(expressions: unknown, steps: readonly Step[]): unknown {
  let node = expressions;
  for (const [index, step] of steps.entries()) {
    if (isExpression(node)) {
      return { ...writtenOf(node), rest: steps.slice(index) };
    }
    node = Array.isArray(node)
      ? node[typeof step === 'number' ? step : 0]
      : typeof step === 'number'
        ? step === 0
          ? node
          : undefined
        : property(node, step);
  }
  return isExpression(node) ? { ...writtenOf(node), rest: [] } : node;
}

/** Whether the configuration knows the block around the attribute, and not the attribute. */
export function isLeftOut(expressions: JsonObject, steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  const around = nodeAt(expressions, steps.slice(0, -1));
  return (
    typeof last === 'string' &&
    !MAYBE_DYNAMIC.has(last) &&
    isObject(around) &&
    !isWritten(around) &&
    !Object.hasOwn(around, last)
  );
}

function isExpression(node: unknown): node is JsonObject {
  return isObject(node) && (Array.isArray(node.references) || Object.hasOwn(node, 'constant_value'));
}

function writtenOf(node: JsonObject): Pick<Written, 'references' | 'constant'> {
  const references = Array.isArray(node.references) ? node.references : [];
  return {
    references: references.filter((reference): reference is string => typeof reference === 'string'),
    constant: property(node, 'constant_value'),
  };
}

/** Whether it is an attribute. */
export function isWritten(node: unknown): node is Written {
  return isObject(node) && Array.isArray(node.references) && Array.isArray(node.rest);
}

/** Terraform lists `a.b.c`, `a.b` and so on for one reference. */
export function outermost(references: readonly string[]): string[] {
  const shortened = new Set(
    references.flatMap((reference) => [...reference.matchAll(/[.[]/g)].map(({ index }) => reference.slice(0, index))),
  );
  return [...new Set(references)].filter((reference) => !shortened.has(reference));
}

/** The expression, where the text is nothing else. */
export function wholeExpression(text: string): string | undefined {
  const parts = templateParts(text);
  return parts?.length === 1 && parts[0]!.kind === 'expression' ? parts[0]!.text.trim() : undefined;
}

/** The attribute that a step inside a value belongs to. */
export function attributeOf(steps: readonly Step[]): string {
  return String(steps.filter((step) => typeof step === 'string').at(-1) ?? '');
}

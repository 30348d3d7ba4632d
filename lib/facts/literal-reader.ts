import { inside, pathTo, Place } from './attribute-path';
import { expressionOf } from './block';
import { ConfigurationBlock, originOf } from './configuration-block';
import { withDynamicBlocks } from './dynamic-blocks';
import { resolveText } from './expression';
import { isTemplate, quotedTexts, templateParts } from './expression-text';
import { LiteralFact, OpaqueFact } from './facts';
import { Instance } from './instances';
import { DEEPEST_NESTING, JsonObject } from './json';
import { documentOf } from './json-document';
import { Outside, Siblings } from './literal-siblings';
import { Unresolved } from './unresolved';

/** Values that one text may expand into: locals that repeat locals multiply. */
const MOST_EXPANDED_VALUES = 10_000;

/** Keys of a block that hold references and settings of Terraform itself, never a model. */
const TERRAFORM_KEYS: ReadonlySet<string> = new Set([
  '//',
  'depends_on',
  'lifecycle',
  'provider',
  'providers',
  'count',
]);

/** Where the texts that are found go. */
export interface LiteralSink {
  readonly literals: LiteralFact[];
  readonly opaque: OpaqueFact[];
}

/**
 * Collects the texts of one block that the filter accepts, each once for every instance in which it differs, with its
 * path. Expressions are carried out first; JSON inside a text is read as part of the path; of an expression that
 * cannot be carried out, the quoted texts in it count.
 */
export class LiteralReader {
  private readonly fixed: Instance;
  private usesEach = false;
  private expanded = 0;

  constructor(
    private readonly block: ConfigurationBlock,
    private readonly accepts: (text: string) => boolean,
    private readonly sink: LiteralSink,
  ) {
    this.fixed = { suffix: '', scope: block.scope };
  }

  /** @param body the block's content; not `block.body` where a reader replaced texts by what they stand for */
  read(body: JsonObject): void {
    const written = withDynamicBlocks(body, this.block.scope);
    const held = this.block.held.keysOf(body);
    const around = new Siblings(written);
    for (const key of Object.keys(written)) {
      if (!TERRAFORM_KEYS.has(key) && key !== 'for_each' && !held?.has(key)) {
        this.visit(written[key], inside(undefined, key), around, this.fixed);
      }
    }
    const isRead = this.usesEach && this.block.instances.expanded;
    if (Object.hasOwn(written, 'for_each') && !isRead && !held?.has('for_each')) {
      this.visit(written.for_each, inside(undefined, 'for_each'), around, this.fixed);
    }
  }

  private visit(value: unknown, place: Place, around: Siblings, instance: Instance, outside: Outside = {}): void {
    if (typeof value === 'string') {
      this.visitText(value, place, around, instance);
    } else if (value instanceof Unresolved) {
      this.visitText(value.expression, place, around, instance);
    } else if (typeof value !== 'object' || value === null) {
      return;
    } else if (place.depth > DEEPEST_NESTING) {
      this.reportOpaque(place, value, `it nests deeper than ${DEEPEST_NESTING} levels`);
    } else if (Array.isArray(value)) {
      this.visitList(value, place, around, instance);
    } else {
      this.visitObject(value as JsonObject, place, outside, instance);
    }
  }

  private visitList(list: readonly unknown[], place: Place, around: Siblings, instance: Instance): void {
    const beside = new Siblings(list, { around, step: place.step });
    list.forEach((item, index) => {
      this.visit(item, inside(place, index), beside, instance, { list, index });
    });
  }

  private visitObject(object: JsonObject, place: Place, outside: Outside, instance: Instance): void {
    const written = withDynamicBlocks(object, instance.scope);
    const held = this.block.held.keysOf(object);
    const around = new Siblings(written, outside);
    for (const key of Object.keys(written)) {
      if (key !== '//' && !held?.has(key)) {
        this.visit(written[key], inside(place, key), around, instance);
      }
    }
  }

  private visitText(text: string, place: Place, around: Siblings, instance: Instance): void {
    if (!isTemplate(text)) {
      this.visitResolved(text, place, around, instance);
      return;
    }
    const usesEach = instance === this.fixed && this.block.instances.expanded && text.includes('each.');
    if (!usesEach && !text.includes('local.') && !this.accepts(text)) {
      return;
    }
    this.usesEach ||= usesEach;
    for (const each of usesEach ? this.block.instances.all : [instance]) {
      this.visitResolved(resolveText(text, each.scope), place, around, each);
    }
  }

  private visitResolved(resolved: unknown, place: Place, around: Siblings, instance: Instance): void {
    const isText = typeof resolved === 'string';
    if (isText && !this.accepts(resolved)) {
      return;
    }
    const document = documentOf(resolved, instance.scope);
    if (typeof document === 'object' && document !== null && isText) {
      this.visit(document, place, around, instance);
    } else if (typeof document === 'object' && document !== null) {
      this.visitExpanded(document, place, around, instance);
    } else if (isText) {
      this.report(resolved, place, around, instance);
    } else if (resolved instanceof Unresolved) {
      this.visitUnresolved(resolved.expression, place, around, instance);
    }
  }

  private visitExpanded(document: object, place: Place, around: Siblings, instance: Instance): void {
    const before = this.expanded;
    this.expanded += sizeOf(document, MOST_EXPANDED_VALUES - before);
    if (this.expanded >= MOST_EXPANDED_VALUES) {
      this.expanded = before;
      this.reportOpaque(place, document, `it expands to more than ${MOST_EXPANDED_VALUES} values`);
    } else {
      this.visit(document, place, around, instance);
    }
  }

  private visitUnresolved(expression: string, place: Place, around: Siblings, instance: Instance): void {
    const parts = templateParts(expression) ?? [{ kind: 'text', text: expression }];
    const texts = parts.flatMap((part) => (part.kind === 'expression' ? quotedTexts(part.text) : []));
    const hasText = parts.some((part) => part.kind === 'text');
    for (const text of new Set(hasText ? [expression, ...texts] : texts)) {
      if (this.accepts(text)) {
        this.report(text, place, around, instance);
      }
    }
  }

  private report(value: string, place: Place, around: Siblings, instance: Instance): void {
    let siblings: LiteralFact['siblings'] | undefined;
    this.sink.literals.push({
      origin: originOf(this.block, instance),
      path: pathTo(place),
      value,
      // Most texts name living models, and nobody asks what stands beside them.
      get siblings() {
        return (siblings ??= around.of(place.step, instance.scope));
      },
    });
  }

  private reportOpaque(place: Place, value: unknown, reason: string): void {
    const expression = expressionOf(value);
    this.sink.opaque.push({ origin: this.block.origin, path: pathTo(place), expression, reason });
  }
}

/** Number of values inside, counted up to a limit; shared parts count as often as they appear. */
function sizeOf(value: unknown, limit: number): number {
  const waiting = [value];
  let size = 0;
  while (waiting.length > 0 && size < limit) {
    const next = waiting.pop();
    size += 1;
    if (typeof next === 'object' && next !== null && !(next instanceof Unresolved)) {
      for (const inner of Object.values(next)) {
        waiting.push(inner);
      }
    }
  }
  return size;
}

import { fillMissing, valuesAt } from './paths';
import { ReplacementTrigger, ResourceKind } from './resource-kind';
import { AttributeSchema, BlockSchema } from './schema';
import { canonical, copyOf, isEmpty, isObject, UNKNOWN, Value, ValueObject } from './value-encoding';

/** What the provider would do: the values it expects afterwards, and which paths rule out an update in place. */
export interface ResourcePlan {
  readonly planned: ValueObject;
  readonly requiresReplace: readonly (readonly (string | number)[])[];
}

/**
 * Plans the way a provider on Terraform's plugin SDK 2 does: defaults of the provider count as configured, computed
 * attributes of something new are unknown, and an absent value equals an empty one.
 * @param proposed Terraform's merge of configuration and prior state
 */
export function planChange(
  kind: ResourceKind,
  block: BlockSchema,
  prior: ValueObject | null,
  proposed: ValueObject,
): ResourcePlan {
  const planned = copyOf(proposed) as ValueObject;
  for (const [path, value] of Object.entries(kind.providerDefaults ?? {})) {
    fillMissing(planned, path, value);
  }
  planBlock(block, prior, planned);
  for (const [name, same] of Object.entries(kind.suppressDifference ?? {})) {
    const [before, after] = [prior?.[name], planned[name]];
    if (typeof before === 'string' && typeof after === 'string' && same(before, after)) {
      planned[name] = before;
    }
  }
  const requiresReplace = prior
    ? kind.forcesReplacement.flatMap((trigger) => changedPaths(trigger, prior, planned))
    : [];
  return { planned, requiresReplace };
}

function planBlock(block: BlockSchema, prior: ValueObject | null, planned: ValueObject): void {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    planned[name] = planAttribute(attribute, prior, prior?.[name] ?? null, planned[name] ?? null);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const blocks = planned[name];
    if (!Array.isArray(blocks)) {
      continue;
    }
    const before = prior?.[name];
    for (const [index, element] of blocks.entries()) {
      if (isObject(element)) {
        const counterpart = Array.isArray(before) ? counterpartOf(element, before, index, nested.nesting_mode) : null;
        planBlock(nested.block, counterpart, element);
      }
    }
  }
}

function planAttribute(attribute: AttributeSchema, owner: ValueObject | null, before: Value, after: Value): Value {
  if (attribute.computed && owner === null && after === null) {
    return UNKNOWN;
  }
  return owner !== null && !attribute.computed && isEmpty(before) && isEmpty(after) ? before : after;
}

/** Elements of a set have no index: the one before is the one with the same configured values. */
function counterpartOf(element: ValueObject, before: Value[], index: number, nesting: string): ValueObject | null {
  const candidates = nesting === 'list' ? [before[index]] : before;
  const found = candidates.find(
    (candidate) => isObject(candidate) && (nesting === 'list' || agrees(candidate, element)),
  );
  return isObject(found) ? found : null;
}

function agrees(candidate: ValueObject, element: ValueObject): boolean {
  return Object.entries(element).every(
    ([name, value]) => isEmpty(value) || canonical(candidate[name] ?? null) === canonical(value),
  );
}

function changedPaths(
  trigger: ReplacementTrigger,
  prior: ValueObject,
  planned: ValueObject,
): (readonly (string | number)[])[] {
  const { path, when = () => true } = typeof trigger === 'string' ? { path: trigger } : trigger;
  const before = new Map(valuesAt(prior, path).map(({ steps, value }) => [steps.join('.'), value]));
  return valuesAt(planned, path)
    .filter(({ steps, value }) => {
      const old = before.get(steps.join('.')) ?? null;
      return canonical(old) !== canonical(value) && !(isEmpty(old) && isEmpty(value)) && when(old, value);
    })
    .map(({ steps }) => steps);
}

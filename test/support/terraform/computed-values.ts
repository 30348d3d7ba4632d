import { createHash } from 'node:crypto';
import { BlockSchema, TypeConstraint } from './schema';
import { UNKNOWN, Value, ValueObject } from './value-encoding';

/** A stable GUID for a seed, so that two runs give the same identities. */
export function stableGuid(seed: string): string {
  const digits = createHash('sha256').update(seed).digest('hex');
  return [8, 4, 4, 4, 12]
    .map((length, index, all) => {
      const start = all.slice(0, index).reduce((sum, part) => sum + part, 0);
      return digits.slice(start, start + length);
    })
    .join('-');
}

/**
 * Gives every value that is still unknown one that Azure might have computed: names that end in `_id` are GUIDs,
 * other texts say what they stand for, numbers are 0, collections empty, and what may be anything is nothing.
 */
export function settleUnknowns(block: BlockSchema, values: ValueObject, seed: string): ValueObject {
  const settled: ValueObject = {};
  for (const [name, value] of Object.entries(values)) {
    const nested = block.block_types?.[name];
    const type = block.attributes?.[name]?.type;
    if (nested && Array.isArray(value)) {
      settled[name] = value.map((element, index) =>
        settleUnknowns(nested.block, element as ValueObject, `${seed}/${name}/${index}`),
      );
    } else {
      settled[name] = value === UNKNOWN ? computed(name, type, seed) : value;
    }
  }
  return settled;
}

function computed(name: string, type: TypeConstraint | undefined, seed: string): Value {
  if (type === 'string') {
    return name === 'id' || name.endsWith('_id')
      ? stableGuid(`${seed}/${name}`)
      : `computed-${name.replace(/_/g, '-')}`;
  }
  if (type === 'number') {
    return 0;
  }
  if (type === 'bool') {
    return false;
  }
  if (type === 'dynamic') {
    return null;
  }
  return Array.isArray(type) && type[0] === 'map' ? {} : [];
}

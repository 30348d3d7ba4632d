import { LiteralFact } from '../facts/facts';
import { LiteralContext, wordsOf } from './literal-context';

/** A version that stands in a setting of its own beside the model's name: `MODEL` and `MODEL_VERSION`. */
export interface PairedVersion {
  readonly key: string;
  readonly value: string;
}

/** Words in which the two keys of a pair may differ. */
const INTERCHANGEABLE = new Set(['name', 'id', 'model', 'models', 'version', 'deployment', 'value']);

/** The version beside a model's name, where a key that differs from the name's in nothing but `version` holds one. */
export function pairedVersion(literal: LiteralFact, context: LiteralContext): PairedVersion | undefined {
  const stem = stemOf(context.key);
  for (const [key, value] of Object.entries(literal.siblings)) {
    if (wordsOf(key).includes('version') && stemOf(key) === stem) {
      return { key, value: value.trim() };
    }
  }
  return undefined;
}

function stemOf(key: string): string {
  return wordsOf(key)
    .map((word) => word.replace(/^(model|deployment)(name|version|id)$/, '$1'))
    .filter((word) => !INTERCHANGEABLE.has(word))
    .join(' ');
}

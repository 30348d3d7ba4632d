import { LiteralFact } from '../facts/facts';
import { LiteralContext, wordsOf } from './literal-context';

/** A version that stands in a setting of its own beside the model's name: `MODEL` and `MODEL_VERSION`. */
export interface PairedVersion {
  readonly key: string;
  readonly value: string;
}

/** Words in which the two keys of a pair may differ. */
const INTERCHANGEABLE = new Set(['name', 'id', 'model', 'models', 'version', 'deployment', 'value']);

/** The versions beside a model's name: texts whose keys differ from the name's in nothing but `version`. */
export function pairedVersions(literal: LiteralFact, context: LiteralContext): PairedVersion[] {
  const stem = stemOf(context.key);
  return Object.entries(literal.siblings)
    .filter(([key]) => /version/i.test(key) && wordsOf(key).includes('version') && stemOf(key) === stem)
    .map(([key, value]) => ({ key, value: value.trim() }));
}

/** Whether a key for a version says that it is a model's; `AZURE_OPENAI_VERSION` is the API's as often as not. */
export function saysModelVersion(key: string, nameKey: string): boolean {
  const words = wordsOf(key);
  return (
    words.some((word) => /^(?:model|deployment)/.test(word)) ||
    (words.length === 1 && wordsOf(nameKey).at(-1) === 'name')
  );
}

/** How much of the text after a mention is searched for its version. */
const WINDOW = 120;

const VERSION_KEY = /([\w-]*version(?:name|id)?)["'\\\s]*[:=\s][>\s]*\\?["']?([\w.-]+)/gi;

/** Versions that the same text gives after the name, before it comes to another model or item: `--model-version 0613`. */
export function versionsInText(text: string, end: number, until: number, nameKey: string | undefined): PairedVersion[] {
  const after = text.slice(end, Math.min(end + WINDOW, until)).split(/\}|\n\s*- /, 1)[0]!;
  const stem = stemOf(nameKey ?? '');
  return [...after.matchAll(VERSION_KEY)]
    .map(([, key, value]) => ({ key: key!.replace(/^-+/, ''), value: value! }))
    .filter(({ key }) => ['', stem].includes(stemOf(key)));
}

function stemOf(key: string): string {
  return wordsOf(key)
    .map((word) => word.replace(/^(model|deployment)(name|version|id)$/, '$1'))
    .filter((word) => !INTERCHANGEABLE.has(word))
    .join(' ');
}

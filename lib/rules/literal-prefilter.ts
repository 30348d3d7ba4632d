import { ModelSpelling } from '../catalog/lifecycle';
import { ModelMentions } from './model-mentions';

const known = new WeakMap<readonly ModelSpelling[], ModelMentions>();

/** What finds the models of a catalogue in texts, made once for each list of spellings. */
export function mentionsOf(spellings: readonly ModelSpelling[]): ModelMentions {
  let mentions = known.get(spellings);
  if (mentions === undefined) {
    mentions = new ModelMentions(spellings);
    known.set(spellings, mentions);
  }
  return mentions;
}

/** Filter for `readStackConfiguration`: whether a text may name a model that the catalogue knows. */
export function mayNameModel(spellings: readonly ModelSpelling[]): (text: string) => boolean {
  const mentions = mentionsOf(spellings);
  return (text) => mentions.appearIn(text);
}

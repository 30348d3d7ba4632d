import { ModelSpelling } from '../catalog/lifecycle';
import { TextFilter } from '../facts/json-value';
import { ModelMentions } from './model-mentions';
import { QuickNameSearch } from './quick-name-search';

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

/** Filter for `readStackConfiguration` and `readPlanDocument`: whether a text may name a model that the catalogue knows. */
export function mayNameModel(spellings: readonly ModelSpelling[]): TextFilter {
  const mentions = mentionsOf(spellings);
  const quick = new QuickNameSearch(spellings.map(({ spelling }) => spelling));
  return Object.assign((text: string) => quick.mayAppearIn(text) && mentions.appearIn(text), {
    inJson: (json: Uint8Array, from: number, to: number) => quick.mayAppearInJson(json, from, to),
  });
}

import { isChosenDeploymentName, KeyMeaning, LiteralContext } from './literal-context';
import { FormedMention } from './mention-form';

/** Whether a mention names the model that something uses (`names`), may do so (`suggests`), or does neither. */
export type MentionWeight = 'names' | 'suggests' | 'none';

/** What is known of the mention besides its place. */
export interface MentionTraits {
  /** True where the text, or a setting beside it, says the version. */
  readonly hasVersion: boolean;
  /** True where a setting beside it says the version. */
  readonly isPair: boolean;
  /** True for `name@version`, which is how releases and gateways write a model. */
  readonly isRouteKey: boolean;
  /** True for names that are words or abbreviations of other things too: `ada`, `whisper`, `o1`. */
  readonly isPlainWord: boolean;
}

/** Weighs a mention; docs/literals.md shows the same as a table. */
export function weigh(mention: FormedMention, context: LiteralContext, traits: MentionTraits): MentionWeight {
  const isFile = mention.form === 'file' || (context.meaning === 'file' && mention.form !== 'url');
  if (isFile || context.meaning === 'owner') {
    return 'none';
  }
  const weight = weighInPlace(mention, context, traits);
  const isForPeople = context.isTag || context.meaning === 'prose';
  return isForPeople && weight === 'names' ? (traits.isPlainWord ? 'none' : 'suggests') : weight;
}

function weighInPlace(mention: FormedMention, context: LiteralContext, traits: MentionTraits): MentionWeight {
  const meaning = mention.assignedTo ?? context.meaning;
  if (mention.form === 'url') {
    return 'names';
  }
  if (mention.form === 'resource-id') {
    return 'suggests';
  }
  if (mention.form === 'whole' && isChosenDeploymentName(context) && !traits.isPair) {
    return traits.isPlainWord ? 'none' : 'suggests';
  }
  const isExact = mention.form === 'whole' || mention.form === 'assigned';
  if (isExact && callsModel(meaning)) {
    return 'names';
  }
  if (traits.isPlainWord) {
    return 'none';
  }
  if (traits.isRouteKey || (mention.form === 'whole' && traits.isPair)) {
    return 'names';
  }
  return traits.hasVersion ? weighVersioned(mention, meaning) : weighName(mention, context, meaning);
}

/** A name that is joined to a version is hardly anything else than a model. */
function weighVersioned(mention: FormedMention, meaning: KeyMeaning): MentionWeight {
  const isExact = mention.form === 'whole' || mention.form === 'assigned';
  const isRead = isExact ? meaning !== 'label' && meaning !== 'prose' : callsModel(meaning);
  return isRead ? 'names' : 'suggests';
}

function weighName(mention: FormedMention, context: LiteralContext, meaning: KeyMeaning): MentionWeight {
  if (meaning === 'prose') {
    return 'none';
  }
  if (mention.form === 'whole') {
    return context.isTag && meaning !== 'hint' ? 'none' : 'suggests';
  }
  if (mention.form === 'assigned') {
    return meaning === 'hint' ? 'suggests' : 'none';
  }
  return callsModel(meaning) ? 'suggests' : 'none';
}

function callsModel(meaning: KeyMeaning): boolean {
  return meaning === 'model' || meaning === 'deployment';
}

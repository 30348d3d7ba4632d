import { callsModel, isChosenDeploymentName, KeyMeaning, LiteralContext } from './literal-context';
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
  /** True for models that anybody may host or sell, Azure among others: `deepseek-r1`, `phi-3-mini-4k-instruct`. */
  readonly isServedElsewhere: boolean;
}

/** Weighs a mention; docs/literals.md shows the same as a table. */
export function weigh(mention: FormedMention, context: LiteralContext, traits: MentionTraits): MentionWeight {
  if (isLeftAlone(mention, context) || (context.isOtherCloud && traits.isPlainWord)) {
    return 'none';
  }
  const weight = weighInPlace(mention, context, traits);
  if (weight !== 'names') {
    return weight;
  }
  if (context.isTag || context.meaning === 'prose') {
    return traits.isPlainWord ? 'none' : 'suggests';
  }
  const isElsewhere = traits.isServedElsewhere && !context.isAzure && mention.form !== 'url';
  return mention.isComparison || isElsewhere ? 'suggests' : 'names';
}

/** Files, people and lists of what must not be used. */
function isLeftAlone({ form, assignedTo }: FormedMention, context: LiteralContext): boolean {
  const isInFileName = context.isFile && ['part', 'segment', 'words'].includes(form);
  return (
    form === 'file' ||
    isInFileName ||
    (context.meaning === 'file' && form !== 'url') ||
    context.meaning === 'owner' ||
    context.meaning === 'denied' ||
    assignedTo === 'denied'
  );
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

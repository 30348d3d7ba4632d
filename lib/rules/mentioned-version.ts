import { DeploymentScope, LifecycleAnswer } from '../catalog/lifecycle';
import { LiteralFact } from '../facts/facts';
import { LiteralContext } from './literal-context';
import { ModelMention } from './model-mentions';
import { pairedVersions, saysModelVersion, versionsInText } from './paired-version';
import { RuleContext } from './rule';

/** A date or a four-digit version, as Azure writes them; other versions beside a model are versions of something else. */
const LOOKS_LIKE_VERSION = /^\d{4}(?:-\d{2}-\d{2})?(?:-preview)?$/i;

/** Asked of models whose entry is for every version; it answers whatever the version. */
export const EVERY_VERSION = '';

/** The version that belongs to a mention, in its own text or in a setting beside it. */
export interface MentionedVersion {
  readonly text?: string;
  readonly answers: readonly LifecycleAnswer[];
  /** Whether the catalogue knows it for every model that is written like this. */
  readonly isListed: boolean;
  /** Key of the setting that holds it. */
  readonly pairedWith?: string;
  readonly isExpression: boolean;
}

/** Where a mention stands: its text, as it is read, and its place. */
export interface MentionPlace {
  readonly literal: LiteralFact;
  readonly text: string;
  readonly context: LiteralContext;
  /** Key that the text itself assigns the mention to. */
  readonly assignedKey?: string;
}

/** The version that the text, or a setting beside it, gives to a mention. */
export function mentionedVersion(context: RuleContext, mention: ModelMention, place: MentionPlace): MentionedVersion {
  const own = versionFrom(context, mention, mention.version);
  if (mention.version !== undefined || mention.isOpen) {
    return own;
  }
  const inText = versionsInText(place.text, mention.end, mention.until, place.assignedKey).map((pair) => ({
    ...versionFrom(context, mention, pair.value),
    pairedWith: pair.key,
  }));
  const beside = pairedVersions(place.literal, place.context).map((pair) => ({
    ...versionFrom(context, mention, pair.value),
    pairedWith: pair.key,
  }));
  return (
    [...inText, ...beside].find(({ isListed }) => isListed) ??
    beside.find(
      ({ text, isExpression, pairedWith }) =>
        (isExpression || LOOKS_LIKE_VERSION.test(text!)) && saysModelVersion(pairedWith, place.context.key),
    ) ??
    own
  );
}

function versionFrom(context: RuleContext, mention: ModelMention, text: string | undefined): MentionedVersion {
  const answers = text === undefined ? [] : answersFor(context, mention.models, scopeOf(mention), text);
  return { text, answers, isListed: answers.length > 0, isExpression: text?.includes('${') ?? false };
}

/** Which of a model's dates apply to a mention. */
export function scopeOf({ isFineTuned }: ModelMention): DeploymentScope {
  return isFineTuned ? 'fine-tune' : 'base';
}

/** What the catalogue says of a version, or of every version, of the models that are written like this. */
export function answersFor(
  context: RuleContext,
  models: ModelMention['models'],
  scope: DeploymentScope,
  version?: string,
): LifecycleAnswer[] {
  return models.flatMap(({ format, name, versions, cloud }) =>
    (version !== undefined ? [version] : versions.length > 0 ? versions : [EVERY_VERSION]).flatMap((asked) => {
      const lookup = context.catalog.lookup({ format, name, version: asked, scope, cloud }, context.asOf);
      return lookup.kind === 'known' ? [lookup.answer] : [];
    }),
  );
}

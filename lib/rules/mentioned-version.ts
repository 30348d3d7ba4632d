import { LifecycleAnswer } from '../catalog/lifecycle';
import { LiteralFact } from '../facts/facts';
import { LiteralContext } from './literal-context';
import { ModelMention } from './model-mentions';
import { pairedVersion } from './paired-version';
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

/** The version that the text, or a setting beside it, gives to a mention. */
export function mentionedVersion(
  context: RuleContext,
  literal: LiteralFact,
  mention: ModelMention,
  place: LiteralContext,
): MentionedVersion {
  const own = versionFrom(context, mention, mention.version);
  const pair = mention.version === undefined && !mention.isOpen ? pairedVersion(literal, place) : undefined;
  if (pair === undefined) {
    return own;
  }
  const paired = versionFrom(context, mention, pair.value);
  const isVersion = paired.isListed || paired.isExpression || LOOKS_LIKE_VERSION.test(pair.value);
  return isVersion ? { ...paired, pairedWith: pair.key } : own;
}

function versionFrom(context: RuleContext, mention: ModelMention, text: string | undefined): MentionedVersion {
  const answers = text === undefined ? [] : answersFor(context, mention.models, text);
  return { text, answers, isListed: answers.length > 0, isExpression: text?.includes('${') ?? false };
}

/** What the catalogue says of a version, or of every version, of the models that are written like this. */
export function answersFor(context: RuleContext, models: ModelMention['models'], version?: string): LifecycleAnswer[] {
  return models.flatMap(({ format, name, versions }) =>
    (version !== undefined ? [version] : versions.length > 0 ? versions : [EVERY_VERSION]).flatMap((asked) => {
      const lookup = context.catalog.lookup({ format, name, version: asked }, context.asOf);
      return lookup.kind === 'known' ? [lookup.answer] : [];
    }),
  );
}

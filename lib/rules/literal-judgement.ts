import { LifecycleAnswer } from '../catalog/lifecycle';
import { daysBetween } from '../contracts/calendar-date';
import { abridged } from '../contracts/printable';
import { LiteralFact } from '../facts/facts';
import { isRetired } from './deployment-verdict';
import { Finding } from './finding';
import { contextOf, LiteralContext } from './literal-context';
import { mentionsOf } from './literal-prefilter';
import { formOf, surroundingsOf } from './mention-form';
import { MentionWeight, weigh } from './mention-weight';
import { answersFor, MentionedVersion, mentionedVersion, scopeOf } from './mentioned-version';
import { ModelMention } from './model-mentions';
import { readableText } from './readable-text';
import { RuleContext } from './rule';

/** A mention of a model that is retired or soon will be, and what its context makes of it. */
export interface JudgedMention {
  readonly mention: ModelMention;
  readonly weight: Exclude<MentionWeight, 'none'>;
  readonly version: MentionedVersion;
  /** What the catalogue says of the version that is given, or of every version. */
  readonly answers: readonly LifecycleAnswer[];
}

/** Whether only another cloud than the one that is judged has the model. */
export function isOfOtherCloud({ mention }: JudgedMention): boolean {
  return mention.models.every(({ cloud }) => cloud !== undefined);
}

/** A literal that mentions such models. */
export interface JudgedLiteral {
  readonly literal: LiteralFact;
  readonly place: LiteralContext;
  readonly mentions: readonly JudgedMention[];
}

/** What a rule says of one mention. */
export interface Statement {
  readonly severity: 'error' | 'warning';
  readonly status: Finding['status'];
  readonly text: string;
  readonly fix: string;
  readonly model: Finding['model'];
  readonly retirementDate?: string;
}

const judged = new WeakMap<RuleContext, readonly JudgedLiteral[]>();

/** The literals that mention a model with a version that is retired or retires soon; worked out once in each context. */
export function judgedLiterals(context: RuleContext): readonly JudgedLiteral[] {
  const literals = judged.get(context) ?? judge(context);
  judged.set(context, literals);
  return literals;
}

/** Whether the model is retired on the day on which the period of warning ends. */
export function retiresSoon({ asOf, settings }: RuleContext, answer: LifecycleAnswer): boolean {
  return (
    isRetired(answer) ||
    (answer.retirementDate !== undefined && daysBetween(asOf, answer.retirementDate) <= settings.warnDays)
  );
}

/** Of several versions, the one that lives longest. */
export function lastToRetire(answers: readonly LifecycleAnswer[]): LifecycleAnswer {
  return answers.reduce((last, answer) =>
    (answer.retirementDate ?? '') > (last.retirementDate ?? '') ? answer : last,
  );
}

/** Where the version stands, if not in the text itself beside the name. */
export function beside(version: MentionedVersion): string {
  return version.pairedWith === undefined ? '' : `, its version in ${abridged(version.pairedWith)}`;
}

function judge(context: RuleContext): readonly JudgedLiteral[] {
  const finder = mentionsOf(context.catalog.spellings());
  const matters = retirementFilter(context);
  return context.facts.literals.flatMap((literal) => {
    const text = readableText(literal.value);
    const found = distinctMentions(finder.in(text), text).filter(matters);
    if (found.length === 0) {
      return [];
    }
    const place = contextOf(literal);
    const mentions = found
      .map((mention) => judgeMention(context, { literal, place, text }, mention))
      .filter((mention) => mention !== undefined);
    return mentions.length === 0 ? [] : [{ literal, place, mentions }];
  });
}

interface Surroundings {
  readonly literal: LiteralFact;
  readonly place: LiteralContext;
  readonly text: string;
}

function judgeMention(
  context: RuleContext,
  { literal, place, text }: Surroundings,
  mention: ModelMention,
): JudgedMention | undefined {
  const formed = formOf(mention, text);
  const { assignedKey } = formed;
  const version = mentionedVersion(context, mention, { literal, text, context: place, assignedKey });
  const isPair = version.pairedWith !== undefined;
  const isRouteKey = version.isListed && !isPair && text.slice(mention.start, mention.end).includes('@');
  // A deployment of the same app is judged itself, whatever it is called.
  if (!isPair && !isRouteKey && context.isDeployed(formed.name.toLowerCase())) {
    return undefined;
  }
  const weight = weigh(formed, place, {
    hasVersion: version.isListed,
    isPair,
    isRouteKey,
    isPlainWord: isPlainWord(mention),
    isServedElsewhere: mention.models.every(({ format }) => format !== 'OpenAI'),
  });
  if (weight === 'none') {
    return undefined;
  }
  const answers = version.isListed ? version.answers : answersFor(context, mention.models, scopeOf(mention));
  return { mention, weight, version, answers };
}

/** Whether some version of the models retires; most texts name living models and are done with here. */
function retirementFilter(context: RuleContext): (mention: ModelMention) => boolean {
  const known = {
    base: new Map<ModelMention['models'], boolean>(),
    'fine-tune': new Map<ModelMention['models'], boolean>(),
  };
  return (mention) => {
    const scope = scopeOf(mention);
    const matters =
      known[scope].get(mention.models) ??
      answersFor(context, mention.models, scope).some((answer) => retiresSoon(context, answer));
    known[scope].set(mention.models, matters);
    return matters;
  };
}

/** Long texts (policies, scripts) repeat themselves. */
function distinctMentions(mentions: readonly ModelMention[], text: string): readonly ModelMention[] {
  return mentions.length < 2
    ? mentions
    : [...new Map(mentions.map((mention) => [surroundingsOf(mention, text), mention])).values()];
}

/** Names without a digit or of three letters at most are words and abbreviations of other things too. */
function isPlainWord(mention: ModelMention): boolean {
  const { spelling } = mention.models[0]!;
  return !/\d/.test(spelling) || spelling.length <= 3;
}

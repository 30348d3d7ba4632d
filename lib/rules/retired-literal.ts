import { LifecycleAnswer } from '../catalog/lifecycle';
import { valueOf } from '../facts/attribute';
import { LiteralFact } from '../facts/facts';
import { isRetired } from './deployment-verdict';
import { Finding } from './finding';
import { retiredSince } from './lifecycle-wording';
import { contextOf, LiteralContext } from './literal-context';
import { mentionsOf } from './literal-prefilter';
import { formOf, surroundingsOf } from './mention-form';
import { weigh } from './mention-weight';
import { answersFor, EVERY_VERSION, MentionedVersion, mentionedVersion } from './mentioned-version';
import { ModelMention } from './model-mentions';
import { abridged, quoted } from './printable';
import { livingReplacement } from './replacement-advice';
import { Rule, RuleContext } from './rule';

/** A retired model that is named anywhere but in a deployment: settings, environment variables, policies, bodies. */
export const retiredLiteral: Rule = {
  id: 'retired-literal',
  summary: 'A text of the configuration names a model that Azure has retired.',
  why:
    'A program that asks for a retired model gets errors from Azure, wherever the name comes from: an environment ' +
    'variable, an app setting, a gateway policy or a request body. No deployment shows it.',
  fix: 'Name a model that lives, best by its route key, and take it from the deployment instead of a text.',
  severity: 'error',
  severityNote: 'error where the context names a model; warning where it only suggests one',
  unknownWhen:
    'A setting names a model and its version cannot be read or is not in the catalogue, while some version of the model is retired.',
  check(context) {
    const mentions = mentionsOf(context.catalog.spellings());
    const declared = declaredNames(context);
    const mayBeRetired = retirementFilter(context);
    return context.facts.literals.flatMap((literal) => {
      const found = distinctMentions(mentions.in(literal.value), literal).filter(({ models }) => mayBeRetired(models));
      if (found.length === 0) {
        return [];
      }
      const place = contextOf(literal);
      const statements = found
        .map((mention) => statementOn(context, literal, place, mention, declared))
        .filter((statement) => statement !== undefined);
      return statements.length === 0 ? [] : [findingOn(literal, place, statements)];
    });
  },
};

/** What the rule says of one mention. */
interface Statement {
  readonly severity: 'error' | 'warning';
  readonly status: Finding['status'];
  readonly text: string;
  readonly fix: string;
  readonly model: Finding['model'];
  readonly retirementDate?: string;
}

/** Whether some version of the models is retired; most texts name living models and are done with here. */
function retirementFilter(context: RuleContext): (models: ModelMention['models']) => boolean {
  const answers = new Map<ModelMention['models'], boolean>();
  return (models) => {
    const answer = answers.get(models) ?? answersFor(context, models).some(isRetired);
    answers.set(models, answer);
    return answer;
  };
}

/** Long texts (policies, scripts) repeat themselves. */
function distinctMentions(mentions: readonly ModelMention[], literal: LiteralFact): readonly ModelMention[] {
  return mentions.length < 2
    ? mentions
    : [...new Map(mentions.map((mention) => [surroundingsOf(mention, literal.value), mention])).values()];
}

/** A deployment of this configuration is judged itself, whatever it is called. */
function declaredNames(context: RuleContext): ReadonlySet<string> {
  const names = context.facts.deployments.map((fact) => valueOf(fact.deployment)?.toLowerCase());
  return new Set(names.filter((name) => name !== undefined));
}

function statementOn(
  context: RuleContext,
  literal: LiteralFact,
  place: LiteralContext,
  mention: ModelMention,
  declared: ReadonlySet<string>,
): Statement | undefined {
  const formed = formOf(mention, literal.value);
  const version = mentionedVersion(context, literal, mention, place);
  const isPair = version.pairedWith !== undefined;
  const isRouteKey = version.isListed && !isPair && literal.value.slice(mention.start, mention.end).includes('@');
  if (!isPair && !isRouteKey && declared.has(formed.name.toLowerCase())) {
    return undefined;
  }
  const traits = { hasVersion: version.isListed, isPair, isRouteKey, isPlainWord: isPlainWord(mention) };
  const weight = weigh(formed, place, traits);
  const isReadable = version.isListed || (version.text === undefined && !mention.isOpen);
  const answers = version.isListed ? version.answers : answersFor(context, mention.models);
  const retired = answers.filter(isRetired);
  if (weight === 'none' || retired.length === 0) {
    return undefined;
  }
  if (retired.length === answers.length && !mention.isOpen && (isReadable || version.isExpression)) {
    return retiredStatement(context, weight, lastToRetire(retired), version);
  }
  return isReadable || weight !== 'names' ? undefined : unclearStatement(retired[0]!, mention, version);
}

function retiredStatement(
  context: RuleContext,
  weight: 'names' | 'suggests',
  answer: LifecycleAnswer,
  version: MentionedVersion,
): Statement {
  const name = abridged(answer.name);
  const since = retiredSince(answer, context.asOf);
  const which = version.isListed
    ? `${name}@${abridged(answer.version)}, which ${since}`
    : answer.version === EVERY_VERSION
      ? `${name}, which ${since}`
      : `${name}, of which every version is retired (the last, ${abridged(answer.version)}, ${since})`;
  const replacement = livingReplacement(context, answer);
  const instead = replacement === undefined ? 'name a model that lives' : `name ${replacement} instead`;
  return {
    severity: weight === 'names' ? 'error' : 'warning',
    status: 'violation',
    text: `${weight === 'names' ? 'names' : 'seems to name'} ${which}${beside(version)}`,
    fix: weight === 'names' ? instead : `${instead}; if it is not meant as a model, waive this with a reason`,
    model: { format: answer.format, name: answer.name, ...(version.isListed && { version: answer.version }) },
    retirementDate: answer.retirementDate,
  };
}

/** A reader that cannot see the version neither passes nor condemns. */
function unclearStatement(answer: LifecycleAnswer, mention: ModelMention, version: MentionedVersion): Statement {
  const name = abridged(answer.name);
  const why = mention.isOpen
    ? 'goes on with an expression that Terraform alone can read'
    : version.isExpression
      ? `has its version in ${abridged(version.pairedWith!)}, which Terraform alone can read`
      : `has version ${quoted(version.text!)}, which the catalogue does not know`;
  return {
    severity: 'warning',
    status: 'unknown',
    text: `names ${name}, which ${why}: whether it is retired is not known`,
    fix: 'write the model and its version as literals, or add the version to a catalogue overlay',
    model: { format: answer.format, name: answer.name },
  };
}

function lastToRetire(answers: readonly LifecycleAnswer[]): LifecycleAnswer {
  return answers.reduce((last, answer) =>
    (answer.retirementDate ?? '') > (last.retirementDate ?? '') ? answer : last,
  );
}

/** Names without a digit or of three letters at most are words and abbreviations of other things too. */
function isPlainWord(mention: ModelMention): boolean {
  const { spelling } = mention.models[0]!;
  return !/\d/.test(spelling) || spelling.length <= 3;
}

function beside(version: MentionedVersion): string {
  return version.pairedWith === undefined ? '' : `, its version in ${abridged(version.pairedWith)}`;
}

/** One literal makes one finding, however many models it names. */
function findingOn(literal: LiteralFact, { key }: LiteralContext, statements: readonly Statement[]): Finding {
  const distinct = [...new Map(statements.map((statement) => [statement.text, statement])).values()];
  const worst =
    distinct.find(({ severity }) => severity === 'error') ??
    distinct.find(({ status }) => status === 'violation') ??
    distinct[0]!;
  const isKeyInPath = key === '' || literal.path.endsWith(key);
  return {
    rule: retiredLiteral.id,
    severity: worst.severity,
    status: worst.status,
    resource: { ...literal.origin, path: literal.path },
    message: `${abridged(literal.path)}${isKeyInPath ? '' : ` (${abridged(key)})`} ${distinct.map(({ text }) => text).join('; it ')}`,
    fix: worst.fix,
    model: worst.model,
    retirementDate: worst.retirementDate,
  };
}

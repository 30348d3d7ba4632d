import { LifecycleAnswer } from '../catalog/lifecycle';
import { abridged, quoted } from '../contracts/printable';
import { versionedName } from '../contracts/versioned-name';
import { DeployedModels } from './deployed-models';
import { isRetired } from './deployment-verdict';
import { retiredSince } from './lifecycle-wording';
import { literalFindings } from './literal-findings';
import { beside, isOfOtherCloud, JudgedMention, lastToRetire, Statement } from './literal-judgement';
import { EVERY_VERSION } from './mentioned-version';
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
  severityNote:
    'error where the context names a model; warning where it only suggests one, unless a deployment of the same configuration has the model: `model-retired` says it of that',
  unknownWhen:
    'A setting names a model and its version cannot be read or is not in the catalogue, while some version of the model is retired and another is not; or, in Azure Government, it names a model that only the public cloud has had and has retired.',
  check(context) {
    return literalFindings(retiredLiteral.id, context, statementOn);
  },
};

function statementOn(context: RuleContext, judged: JudgedMention, deployed: DeployedModels): Statement | undefined {
  const { mention, version, answers } = judged;
  const retired = answers.filter(isRetired);
  if (retired.length === 0) {
    return undefined;
  }
  const isAll = retired.length === answers.length && !mention.isOpen;
  if (isOfOtherCloud(judged)) {
    return isAll && judged.weight === 'names' ? elsewhereStatement(context, judged, lastToRetire(retired)) : undefined;
  }
  if (isAll) {
    if (judged.weight !== 'names' && retired.some((answer) => deployed.has(answer))) {
      return undefined;
    }
    return retiredStatement(context, judged, lastToRetire(retired));
  }
  const isReadable = version.isListed || (version.text === undefined && !mention.isOpen);
  return isReadable || judged.weight !== 'names' ? undefined : unclearStatement(judged, retired[0]!);
}

function retiredStatement(
  context: RuleContext,
  { mention, version, weight }: JudgedMention,
  answer: LifecycleAnswer,
): Statement {
  const named = version.isListed ? `${abridged(answer.name)}@${abridged(answer.version)}` : abridged(answer.name);
  const name = mention.isFineTuned ? `${named} (fine-tuned)` : named;
  const since = retiredSince(answer, context.asOf);
  const which =
    version.isListed || answer.version === EVERY_VERSION
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

/** The schedule of the cloud that is judged says nothing of the model; that the public cloud has given it up is telling. */
function elsewhereStatement(context: RuleContext, { version }: JudgedMention, answer: LifecycleAnswer): Statement {
  const name = abridged(answer.name);
  const since = retiredSince(answer, context.asOf);
  const [named, inPublic] =
    version.isListed || answer.version === EVERY_VERSION
      ? [versionedName(name, version.isListed ? abridged(answer.version) : undefined), `it ${since}`]
      : [name, `every version is retired (the last, ${abridged(answer.version)}, ${since})`];
  return {
    severity: 'warning',
    status: 'unknown',
    text: `names ${named}, which the catalogue does not have for Azure Government${beside(version)}; in the public cloud ${inPublic}`,
    fix: 'name a model that Azure Government has, or add this one to a catalogue overlay for that cloud',
    model: { format: answer.format, name: answer.name, ...(version.isListed && { version: answer.version }) },
  };
}

/** A reader that cannot see the version neither passes nor condemns. */
function unclearStatement({ mention, version }: JudgedMention, answer: LifecycleAnswer): Statement {
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

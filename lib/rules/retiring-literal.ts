import { LifecycleAnswer } from '../catalog/lifecycle';
import { abridged } from '../contracts/printable';
import { versionedName } from '../contracts/versioned-name';
import { DeployedModels } from './deployed-models';
import { isRetired } from './deployment-verdict';
import { retiresOn } from './lifecycle-wording';
import { literalFindings } from './literal-findings';
import { beside, isOfOtherCloud, JudgedMention, lastToRetire, retiresSoon, Statement } from './literal-judgement';
import { EVERY_VERSION } from './mentioned-version';
import { livingReplacement } from './replacement-advice';
import { Rule, RuleContext } from './rule';

/** A model that retires soon and is named in a setting, an environment variable, a policy or a body. */
export const retiringLiteral: Rule = {
  id: 'retiring-literal',
  summary: 'A text of the configuration names a model that retires soon.',
  why:
    'Where the model is deployed elsewhere, no deployment of this configuration gives advance notice: on the retirement ' +
    'date the program gets errors and `retired-literal` fails the build.',
  fix: 'Find out where the model is deployed, have its replacement deployed there, and name that before the date.',
  severity: 'warning',
  severityNote:
    'warning when the context names a model with at most `warnDays` (120) days left; a model that a deployment of the same configuration has is left to `model-retiring`',
  unknownWhen: 'Never: where the version cannot be read, it speaks only if every version retires within the period.',
  waiverLimit: 'until-retirement',
  check(context) {
    return literalFindings(retiringLiteral.id, context, statementOn);
  },
};

function statementOn(
  context: RuleContext,
  judgedMention: JudgedMention,
  deployed: DeployedModels,
): Statement | undefined {
  const { mention, version, weight, answers } = judgedMention;
  const isReadable = version.isListed || version.text === undefined || version.isExpression;
  const isForAll = answers.length > 0 && answers.every((answer) => retiresSoon(context, answer));
  const alive = answers.filter((answer) => !isRetired(answer));
  if (
    weight !== 'names' ||
    isOfOtherCloud(judgedMention) ||
    mention.isOpen ||
    !isReadable ||
    !isForAll ||
    alive.length === 0
  ) {
    return undefined;
  }
  if (alive.some((answer) => deployed.has(answer))) {
    return undefined;
  }
  const answer = lastToRetire(alive);
  const { format, name } = answer;
  const replacement = livingReplacement(context, answer);
  return {
    severity: 'warning',
    status: 'violation',
    text: `names ${wordingOf(context, answer, version.isListed)}${beside(version)}`,
    fix: `name ${replacement ?? 'a model that lives longer'} instead before that day`,
    model: { format, name, ...(version.isListed && { version: answer.version }) },
    retirementDate: answer.retirementDate,
  };
}

function wordingOf(context: RuleContext, answer: LifecycleAnswer, isListed: boolean): string {
  const name = abridged(answer.name);
  const when = retiresOn(answer, context.asOf);
  if (isListed) {
    return `${versionedName(name, abridged(answer.version))}, which ${when}`;
  }
  return answer.version === EVERY_VERSION
    ? `${name}, which ${when}`
    : `${name}, of which no version lives longer than ${abridged(answer.version)}, which ${when}`;
}

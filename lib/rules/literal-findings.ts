import { abridged } from '../contracts/printable';
import { DeployedModels } from './deployed-models';
import { Finding } from './finding';
import { JudgedLiteral, judgedLiterals, JudgedMention, Statement } from './literal-judgement';
import { RuleContext } from './rule';

/** What a rule finds in the literals of a configuration, given what it says of one mention of a model. */
export function literalFindings(
  rule: string,
  context: RuleContext,
  statementOn: (context: RuleContext, judged: JudgedMention, deployed: DeployedModels) => Statement | undefined,
): Finding[] {
  const deployed = new DeployedModels(context);
  return judgedLiterals(context).flatMap((judged) => {
    const statements = judged.mentions.map((mention) => statementOn(context, mention, deployed));
    return findingsOn(
      rule,
      judged,
      statements.filter((statement) => statement !== undefined),
    );
  });
}

/** One literal makes one finding, however many models it names. */
function findingsOn(rule: string, { literal, place }: JudgedLiteral, statements: readonly Statement[]): Finding[] {
  const distinct = [...new Map(statements.map((statement) => [statement.text, statement])).values()];
  const worst =
    distinct.find(({ severity }) => severity === 'error') ??
    distinct.find(({ status }) => status === 'violation') ??
    distinct[0];
  if (worst === undefined) {
    return [];
  }
  const isKeyInPath = place.key === '' || literal.path.endsWith(place.key);
  const where = `${abridged(literal.path)}${isKeyInPath ? '' : ` (${abridged(place.key)})`}`;
  return [
    {
      rule,
      severity: worst.severity,
      status: worst.status,
      resource: { ...literal.origin, path: literal.path },
      message: `${where} ${distinct.map(({ text }) => text).join('; it ')}`,
      fix: worst.fix,
      model: worst.model,
      retirementDate: worst.retirementDate,
    },
  ];
}

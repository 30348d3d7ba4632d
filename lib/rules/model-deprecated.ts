import { deploymentFinding } from './deployment-finding';
import { readableSku, verdictOf } from './deployment-verdict';
import { modelOnSku, provenance, retiresOn } from './lifecycle-wording';
import { moveAdvice } from './replacement-advice';
import { Rule } from './rule';

/** A deployment of a model in Azure's Deprecated stage whose retirement is not near enough for `model-retiring`. */
export const modelDeprecated: Rule = {
  id: 'model-deprecated',
  summary: 'A deployment uses a model version in the Deprecated stage.',
  why:
    'A Deprecated model still answers, but only subscriptions that have deployed this very version before may create deployments ' +
    'of it: the same configuration fails in a new subscription, a disaster-recovery one or a test one. (The ARM API calls this stage ' +
    '`Deprecating`; its `Deprecated` means retired.) A model that also retires within `warnDays` is reported by `model-retiring` alone, which says so.',
  fix: 'Plan the move to the replacement; do not build anything new on the model.',
  severity: 'warning',
  unknownWhen: 'The SKU cannot be read and the version is Deprecated on some SKUs only.',
  waiverLimit: 'until-retirement',
  check(context) {
    return context.facts.deployments.flatMap((fact) => {
      const verdict = verdictOf(context, fact);
      if (verdict.kind !== 'deprecated') {
        return [];
      }
      const { answer } = verdict;
      const doubt = verdict.dependsOnSku ? ' on some SKUs, and its SKU cannot be read before Terraform runs' : '';
      return [
        deploymentFinding(modelDeprecated, fact, {
          status: verdict.dependsOnSku ? 'unknown' : 'violation',
          attribute: verdict.dependsOnSku ? 'sku' : undefined,
          message:
            `${modelOnSku(fact)} is Deprecated${doubt}: a subscription that never deployed it cannot create it; ` +
            `${answer.retirementDate === undefined ? '' : 'it '}${retiresOn(answer, context.asOf)}${provenance(answer)}`,
          fix: moveAdvice(context, answer, readableSku(fact)),
          retirementDate: answer.retirementDate,
        }),
      ];
    });
  },
};

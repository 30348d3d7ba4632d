import { deploymentFinding } from './deployment-finding';
import { readableSku, deploymentVerdict } from './deployment-verdict';
import { modelText, provenance } from './lifecycle-wording';
import { livingReplacement } from './replacement-advice';
import { Rule } from './rule';

/** A deployment of a preview model. */
export const modelPreview: Rule = {
  id: 'model-preview',
  summary: 'A deployment uses a preview model.',
  why: 'A preview changes under its users and is upgraded or retired at about 90 days with 30 days of notice; `NoAutoUpgrade` does not keep it.',
  fix: 'Use a generally available version in production.',
  severity: 'warning',
  severityNote: 'warning; error when previews are forbidden (`forbidPreviews`)',
  unknownWhen:
    'Never: a model that cannot be read is reported by `model-unresolved`, one not in the catalogue by `model-unknown`.',
  check(context) {
    return context.facts.deployments.flatMap((fact) => {
      const verdict = deploymentVerdict(context, fact);
      if (!('outcomes' in verdict) || verdict.kind === 'retired' || verdict.answer.stage !== 'preview') {
        return [];
      }
      const replacement = livingReplacement(context, verdict.answer, readableSku(fact));
      return [
        deploymentFinding(modelPreview, fact, {
          severity: context.settings.forbidPreviews ? 'error' : undefined,
          message: `${modelText(fact)} is a preview, which Azure upgrades or retires even with NoAutoUpgrade${provenance(verdict.answer)}`,
          fix: `use a generally available model${replacement === undefined ? '' : `, for instance ${replacement}`}`,
          retirementDate: verdict.answer.retirementDate,
        }),
      ];
    });
  },
};

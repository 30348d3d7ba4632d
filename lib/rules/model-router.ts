import { valueOf } from '../facts/attribute';
import { deploymentFinding } from './deployment-finding';
import { modelText } from './lifecycle-wording';
import { Rule } from './rule';

const MODEL_ROUTER = 'model-router';

/** A deployment of Azure's model router. */
export const modelRouter: Rule = {
  id: 'model-router',
  summary: "A deployment uses Azure's `model-router`, which picks a model for each call.",
  why:
    'Which model answers is not pinned: a version of the router brings a set of models of its own, some of which retire before the router does, ' +
    'and prompts meet models that they were not tested with.',
  fix: 'Deploy the models that were tested and route between them yourself.',
  severity: 'warning',
  severityNote: 'warning; error when the model router is forbidden (`forbidModelRouter`)',
  unknownWhen: 'Never: a model name that cannot be read is reported by `model-unresolved`.',
  check(context) {
    return context.facts.deployments
      .filter((fact) => valueOf(fact.model)?.trim().toLowerCase() === MODEL_ROUTER)
      .map((fact) =>
        deploymentFinding(modelRouter, fact, {
          attribute: 'model',
          severity: context.settings.forbidModelRouter ? 'error' : undefined,
          message: `${modelText(fact)} picks a model for each call, so the models that answer are not pinned`,
          fix: 'deploy the models that were tested, each with its version, and route between them',
        }),
      );
  },
};

import { RuleDescription } from './rule';

/** A deployment that is otherwise on Azure than in the code. */
export const deploymentDrifted: RuleDescription = {
  id: 'deployment-drifted',
  summary:
    'The model, version, SKU, capacity or version upgrade option of a deployment is otherwise on Azure than in the code.',
  why:
    'Azure upgraded it, or somebody changed it outside of Terraform. Callers are answered by something else than what was reviewed, and the next ' +
    'apply goes back: for a model that is retired meanwhile Azure refuses that, and a change of SKU destroys the deployment first.',
  fix: 'Write down what runs if that is what should run, else apply the code; then see that only code changes it.',
  severity: 'warning',
  unknownWhen: 'Never: what the code leaves to an expression is not compared.',
};

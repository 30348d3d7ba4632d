import { RuleDescription } from './rule';

/** A deployment that code says stands, and that Azure has not. */
export const deploymentMissing: RuleDescription = {
  id: 'deployment-missing',
  summary: 'A state, a plan or a stack has a deployment on an account that was read, and it is not there.',
  why: 'Whatever calls it is answered with an error. It was deleted outside of Terraform, or its account was, or the code was never applied.',
  fix: 'Apply the code to create it again, or remove it from the code and the state.',
  severity: 'warning',
  severityNote: 'warning; as `--unknown` says where it is unknown',
  unknownWhen:
    'Azure does not list the account either, which may be there and not to be seen. What a plan is still to create, and what is on ' +
    'accounts that were not read, is left out.',
};

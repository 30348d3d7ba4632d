import { RuleDescription } from './rule';

/** A deployment that is on Azure and that no code declares. */
export const deploymentUndeclared: RuleDescription = {
  id: 'deployment-undeclared',
  summary: 'A deployment stands on Azure, and none of the plans, states or stacks that are given declares it.',
  why:
    'Nobody reviews its model, nothing warns its owner before the model retires, and it is billed or holds quota for as long as it stands: ' +
    'made by hand in the portal, left behind by a stack that is gone, or owned by code that was not given.',
  fix: 'Import it into the code that should own it, delete it once nothing calls it, or give the code that declares it as a further input.',
  severity: 'warning',
  severityNote: 'warning; as `--unknown` says where it is unknown',
  unknownWhen:
    'Something in the code may declare it and cannot be read: the account or the name is an expression, or the account is known by a name that several have.',
};

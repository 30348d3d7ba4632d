import { andMore } from '../contracts/and-more';
import { abridged, quoted } from '../contracts/printable';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { DeploymentStatement, deploymentFinding } from './deployment-finding';
import { DeploymentVerdict, deploymentVerdict } from './deployment-verdict';
import { Rule, RuleContext } from './rule';

const MOST_VERSIONS_NAMED = 12;

const OVERLAY_ADVICE = 'if it is newer than the catalogue, private or fine-tuned, describe it in an overlay file';

/** A deployment of a model or a version that the catalogue and its overlays do not have. */
export const modelUnknown: Rule = {
  id: 'model-unknown',
  summary: 'A deployment names a model or version that is neither in the catalogue nor in an overlay.',
  why:
    'Nobody can tell when it retires, and a misspelt name or version is refused by Azure only when Terraform applies ' +
    '(`DeploymentModelNotSupported`); azurerm has no check before that.',
  fix: 'Correct the spelling, update the package for newer models, or describe the model in an overlay file.',
  severity: 'error',
  unknownWhen: 'Never: a name, format or version that cannot be read is reported by `model-unresolved`.',
  check(context) {
    return context.facts.deployments.flatMap((fact) => {
      const verdict = deploymentVerdict(context, fact);
      const lookup = verdict.kind === 'unresolved' ? lookupByName(context, fact) : undefined;
      const failed = verdict.kind === 'not-in-catalogue' ? verdict.lookup : lookup;
      return failed === undefined ? [] : [deploymentFinding(modelUnknown, fact, statement(context, fact, failed))];
    });
  },
};

type FailedLookup = Extract<DeploymentVerdict, { kind: 'not-in-catalogue' }>['lookup'];

/** A name that nobody has is wrong with any version. */
function lookupByName({ catalog, asOf }: RuleContext, { model, format }: DeploymentFact): FailedLookup | undefined {
  const name = valueOf(model);
  if (name === undefined || format.state === 'unknown') {
    return undefined;
  }
  // No version is spelled so.
  const lookup = catalog.lookup({ format: valueOf(format), name, version: '?' }, asOf);
  return lookup.kind === 'unknown-model' ? lookup : undefined;
}

function statement(context: RuleContext, fact: DeploymentFact, lookup: FailedLookup): DeploymentStatement {
  const name = quoted(valueOf(fact.model) ?? '');
  const asOf = `the catalogue (as of ${context.catalog.asOf})`;
  if (lookup.kind === 'unknown-version') {
    return {
      attribute: 'version',
      message: `version ${quoted(valueOf(fact.version) ?? '')} of model ${name} is not in ${asOf}, which has ${listed(lookup.versions)}`,
      fix: `use a version that exists; ${OVERLAY_ADVICE}`,
    };
  }
  const format = valueOf(fact.format);
  const nearest = lookup.nearest.map((spelling) => quoted(spelling)).join(' or ');
  return {
    attribute: 'model',
    message: `model ${name}${format ? ` of format ${quoted(format)}` : ''} is not in ${asOf}`,
    fix:
      nearest === ''
        ? `check the model's name and format; ${OVERLAY_ADVICE}`
        : `did you mean ${nearest}? ${OVERLAY_ADVICE}`,
  };
}

function listed(versions: readonly string[]): string {
  if (versions.length === 0) {
    return 'no version of it';
  }
  const named = versions.slice(0, MOST_VERSIONS_NAMED).map(abridged).join(', ');
  return `${named}${andMore(versions.length - MOST_VERSIONS_NAMED, ' ')}`;
}

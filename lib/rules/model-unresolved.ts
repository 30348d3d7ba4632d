import { abridged } from '../contracts/printable';
import { DeploymentFact, OpaqueFact } from '../facts/facts';
import { deploymentFinding } from './deployment-finding';
import { UnresolvedAttribute, deploymentVerdict } from './deployment-verdict';
import { Finding } from './finding';
import { Rule } from './rule';

const WORDS: Readonly<Record<UnresolvedAttribute['name'], string>> = {
  format: 'format',
  model: 'model name',
  version: 'model version',
};

/**
 * The body of an azapi resource counts as opaque only where the resource's type says that it is a deployment, or that it
 * deploys a template, which may hold anything.
 */
const AZAPI_BODY = /^(?:sensitive_)?body\b(?!\.properties\.(?:mainT|t)emplate)/;

/** A deployment whose model cannot be read before Terraform runs, or a place that may declare one. */
export const modelUnresolved: Rule = {
  id: 'model-unresolved',
  summary: "A deployment's model name or version cannot be read before Terraform runs.",
  why:
    'A variable, a token or a value known only after apply cannot be judged, and what cannot be judged is not a pass: ' +
    'the model may be retired already.',
  fix: 'Write the model name and version as literals in the configuration, and take what differs per environment from code.',
  severity: 'error',
  severityNote: 'error; warning for a place that cannot be read and may or may not declare a deployment',
  unknownWhen: 'Always: the finding is that the model is not known.',
  check(context) {
    const deployments = context.facts.deployments.flatMap((fact) => {
      const verdict = deploymentVerdict(context, fact);
      return verdict.kind === 'unresolved' ? [unresolvedDeployment(fact, verdict.attributes)] : [];
    });
    return [...deployments, ...context.facts.opaque.map(opaquePlace)];
  },
};

function unresolvedDeployment(fact: DeploymentFact, attributes: readonly UnresolvedAttribute[]): Finding {
  const names = attributes.map((attribute) => WORDS[attribute.name]).join(' and ');
  const problems = attributes.map((attribute) => problem(fact, attribute));
  return deploymentFinding(modelUnresolved, fact, {
    status: 'unknown',
    attribute: attributes[0]!.name,
    message: `${problems.join('; ')}: whether the model is retired is not known`,
    fix: `write the ${names} as ${attributes.length > 1 ? 'literals' : 'a literal'}`,
  });
}

function problem(fact: DeploymentFact, attribute: UnresolvedAttribute): string {
  const name = `the ${WORDS[attribute.name]}`;
  if (attribute.expression !== undefined) {
    return `${name} cannot be read before Terraform runs: ${abridged(attribute.expression)}`;
  }
  return fact.declaredBy === 'module' ? `${name} is left to the module's own default` : `${name} is not given`;
}

function opaquePlace(fact: OpaqueFact): Finding {
  const isDeployment = AZAPI_BODY.test(fact.path) && fact.origin.type.startsWith('azapi_');
  return {
    rule: modelUnresolved.id,
    severity: isDeployment ? 'error' : 'warning',
    status: 'unknown',
    resource: { ...fact.origin, path: fact.path },
    message:
      `${abridged(fact.path)} ${isDeployment ? 'declares' : 'may declare'} a model deployment and cannot be read: ` +
      `${fact.reason} (${abridged(fact.expression)})`,
    fix: isDeployment
      ? 'write the body as an object with a literal model name and version'
      : 'write it as a literal value, or make sure that no retired model stands there and waive this',
  };
}

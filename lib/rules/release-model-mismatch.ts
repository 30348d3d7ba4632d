import { modelUrlVariable, roleVariablePart } from '../contracts/orchestrator-environment';
import { abridged } from '../contracts/printable';
import { ManifestModel, ReleaseManifest } from '../contracts/release-manifest';
import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { OrchestratorFact, WiringFact } from '../facts/release-facts';
import { Finding } from './finding';
import { identityOf } from './model-identity';
import { Bound, gatewayStatements, headerStatements, roleText, unseenGateways } from './release-gateway-statements';
import { expressionIn, modelKeyOf, releaseText } from './release-text';
import { Rule, RuleContext } from './rule';
import { ELSEWHERE, findingOf, Statement, UNKNOWN } from './statement';

/** A release that runs with another model than it is made of. */
export const releaseModelMismatch: Rule = {
  id: 'release-model-mismatch',
  summary:
    'What an orchestrator is wired to is not the model that its release binds: another version, another role, or no route.',
  why:
    'Prompt, settings and model version were evaluated as one unit. Wired to another version, the release answers differently ' +
    'under the same id; wired to none, every call of that role fails.',
  fix: 'Wire every role of the release to a deployment of exactly the bound version, or to a gateway with a route for it.',
  severity: 'error',
  severityNote: 'error; warning where it is unknown, note where another stack declares it',
  unknownWhen:
    'A URL or deployment name is a secret or an expression, the gateway or account is declared in another stack, or the manifest stands elsewhere. A deployment whose own version cannot be read is left to `model-unresolved`.',
  check(context) {
    return (context.facts.releases?.orchestrators ?? []).flatMap((orchestrator) => mismatches(context, orchestrator));
  },
};

function mismatches(context: RuleContext, orchestrator: OrchestratorFact): Finding[] {
  const { manifest: source, wiring } = orchestrator;
  if (source.state === 'elsewhere') {
    return [
      findingOf(releaseModelMismatch, orchestrator, {
        ...ELSEWHERE,
        path: source.path,
        message: `which models ${releaseText(orchestrator)} binds is not known: its manifest stands elsewhere`,
        fix: 'declare the blob with the manifest in the same stack, as ManifestStore does, and this rule reads it',
      }),
    ];
  }
  if (source.state !== 'read') {
    return [];
  }
  const byPart = new Map(wiring.map((wired) => [wired.variablePart, wired]));
  const roles = Object.entries(source.manifest.models).map(([role, model]): Bound => ({ role, model }));
  const statements = [
    ...roles.flatMap((bound) => roleStatements(context, orchestrator, bound, byPart.get(roleVariablePart(bound.role)))),
    ...unseenGateways(roles, byPart),
    ...withoutRole(source.manifest, wiring),
    ...headerStatements(orchestrator),
  ];
  return statements.map((statement) =>
    findingOf(releaseModelMismatch, orchestrator, {
      ...statement,
      message: `${releaseText(orchestrator)}: ${statement.message}`,
    }),
  );
}

function roleStatements(
  context: RuleContext,
  { hasUnreadVariables }: OrchestratorFact,
  bound: Bound,
  wired: WiringFact | undefined,
): Statement[] {
  const { role, model } = bound;
  if (wired === undefined || wired.url.value.state === 'absent') {
    return [
      {
        ...(hasUnreadVariables && UNKNOWN),
        model,
        message: hasUnreadVariables
          ? `where ${roleText(bound)} is called cannot be read: an expression makes the environment of the container`
          : `${roleText(bound)} is not wired: the container is not told ${modelUrlVariable(role)}`,
        fix: `set ${modelUrlVariable(role)} to the base URL of the gateway or account that serves the model`,
      },
    ];
  }
  const statements =
    wired.deployment.value.state === 'absent'
      ? gatewayStatements(context, bound, wired)
      : deploymentStatements(context, bound, wired);
  return statements.map((statement) => ({ model, ...statement }));
}

function deploymentStatements(context: RuleContext, bound: Bound, wired: WiringFact): Statement[] {
  const { deployment, target } = wired;
  const { path, value } = deployment;
  const name = valueOf(value);
  if (target?.serves !== undefined) {
    return servedStatements(context, bound, target.serves, path);
  }
  const isElsewhere = name !== undefined && context.isDeployed(name.toLowerCase());
  if (target?.lacksDeployment === 'certainly' && !isElsewhere) {
    return [
      {
        path,
        message: `${roleText(bound)} is wired to deployment '${abridged(name ?? '')}' of ${abridged(target.account!)}, which declares no such deployment`,
        fix: `declare the deployment with ${modelKeyOf(bound.model)}, or name one that has it`,
      },
    ];
  }
  const isAtLiteralStranger = wired.url.value.state === 'known' && target?.account === undefined;
  if (name !== undefined && isElsewhere && !isAtLiteralStranger && namesVersion(name, bound.model)) {
    return [];
  }
  return [
    {
      ...(name === undefined || target?.lacksDeployment === 'perhaps' ? UNKNOWN : ELSEWHERE),
      path,
      message:
        name === undefined
          ? `which deployment ${roleText(bound)} is wired to cannot be read before Terraform runs${expressionIn(deployment)}`
          : `whether deployment '${abridged(name)}' has ${roleText(bound)} is not known: this stack does not declare it`,
      fix: 'name the deployment literally or by its resource; declared in the same stack, this rule checks its version',
    },
  ];
}

function servedStatements(context: RuleContext, bound: Bound, serves: DeploymentFact, path: string): Statement[] {
  const name = valueOf(serves.model);
  const version = valueOf(serves.version);
  if (name === undefined || version === undefined) {
    return [];
  }
  const isBound =
    identityOf(context, { format: valueOf(serves.format), name, version }) === identityOf(context, bound.model);
  return isBound
    ? []
    : [
        {
          path,
          message: `${roleText(bound)} is wired to ${abridged(serves.origin.address)}, a deployment of ${modelKeyOf({ name, version })}`,
          fix: `wire the role to a deployment of ${modelKeyOf(bound.model)}, or make a new release that binds ${modelKeyOf({ name, version })}`,
        },
      ];
}

/**
 * Names of deployments begin with model and version where `ModelDeployment` makes them. Both have to end there: the versions of
 * `gpt-5` and `gpt-5-mini` are of one day.
 */
function namesVersion(deployment: string, { name, version }: ManifestModel): boolean {
  const text = deployment.toLowerCase();
  return ['_', '-'].some((separator) => {
    const start = `${name}${separator}${version}`.toLowerCase();
    return text === start || text.startsWith(`${start}${separator}`);
  });
}

function withoutRole({ models }: ReleaseManifest, wiring: readonly WiringFact[]): Statement[] {
  const parts = new Set(Object.keys(models).map(roleVariablePart));
  return wiring
    .filter(({ variablePart }) => !parts.has(variablePart))
    .map(({ variablePart, url, deployment }) => ({
      path: url.value.state === 'absent' ? deployment.path : url.path,
      message: `the container is told where role '${abridged(variablePart.toLowerCase().replaceAll('_', '-'))}' is, and the release has no model for it`,
      fix: 'take the variables out, or bind a model to the role in a new release',
    }));
}

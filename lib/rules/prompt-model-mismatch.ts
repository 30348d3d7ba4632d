import { abridged } from '../contracts/printable';
import { ManifestPrompt } from '../contracts/release-manifest';
import { parseRouteKey } from '../contracts/route-key';
import { OrchestratorFact } from '../facts/release-facts';
import { Finding } from './finding';
import { identityOf } from './model-identity';
import { modelKeyOf, releaseText } from './release-text';
import { Rule, RuleContext } from './rule';
import { findingOf, nameList } from './statement';

/** A prompt that goes to a model it was not written for. */
export const promptModelMismatch: Rule = {
  id: 'prompt-model-mismatch',
  summary: 'A release sends a prompt to a model version that the prompt is not made for, or to a role without model.',
  why:
    'A prompt is written and evaluated for certain model versions. Another version reads it differently: formats break, refusals ' +
    'appear, tools are called where they were not. Nothing fails loudly, answers just get worse.',
  fix: 'Evaluate the prompt with the bound version and add that version to what it is made for, or write another prompt; either makes a new release.',
  severity: 'error',
  unknownWhen:
    'Never: of a release whose manifest cannot be read, `release-not-immutable` or `release-model-mismatch` says so.',
  check(context) {
    return (context.facts.releases?.orchestrators ?? []).flatMap((orchestrator) =>
      orchestrator.manifest.state !== 'read'
        ? []
        : Object.entries(orchestrator.manifest.manifest.prompts).flatMap(([name, prompt]) =>
            mismatch(context, orchestrator, name, prompt),
          ),
    );
  },
};

function mismatch(
  context: RuleContext,
  orchestrator: OrchestratorFact,
  name: string,
  { model: role, madeFor }: ManifestPrompt,
): Finding[] {
  const { manifest: source } = orchestrator;
  if (source.state !== 'read') {
    return [];
  }
  const { models } = source.manifest;
  const prompt = `${releaseText(orchestrator)}: prompt '${abridged(name)}'`;
  if (!Object.hasOwn(models, role)) {
    const roles = nameList(Object.keys(models).map((known) => `'${abridged(known)}'`)) || 'none';
    return [
      findingOf(promptModelMismatch, orchestrator, {
        path: source.path,
        message: `${prompt} goes to role '${abridged(role)}', which has no model; the release has ${roles}`,
        fix: `bind a model to role '${abridged(role)}', or send the prompt to a role that has one`,
      }),
    ];
  }
  const bound = models[role]!;
  const identity = identityOf(context, bound);
  const isMadeFor = madeFor.some((key) => {
    const parts = parseRouteKey(key);
    return parts !== undefined && identityOf(context, { format: bound.format, ...parts }) === identity;
  });
  return isMadeFor
    ? []
    : [
        findingOf(promptModelMismatch, orchestrator, {
          path: source.path,
          message: `${prompt} goes to ${modelKeyOf(bound)} (role '${abridged(role)}') and is made for ${nameList(madeFor.map(abridged))}`,
          fix: `evaluate the prompt with ${modelKeyOf(bound)} and add that to what it is made for, or bind a version that it is made for`,
          model: bound,
        }),
      ];
}

import { ORCHESTRATOR_ENVIRONMENT } from '../contracts/orchestrator-environment';
import { abridged } from '../contracts/printable';
import { ManifestModel, releaseIdOf, releaseLabel } from '../contracts/release-manifest';
import { formatRouteKey } from '../contracts/route-key';
import { Attribute, valueOf } from '../facts/attribute';
import { OrchestratorFact } from '../facts/release-facts';

const labels = new WeakMap<OrchestratorFact, string | undefined>();

/** The label of the release: the one that the container is told, else the manifest's own. */
export function labelOf(orchestrator: OrchestratorFact): string | undefined {
  if (!labels.has(orchestrator)) {
    const { label, manifest } = orchestrator;
    labels.set(
      orchestrator,
      valueOf(label.value) ??
        (manifest.state === 'read' ? releaseLabel(manifest.manifest.name, releaseIdOf(manifest.text)) : undefined),
    );
  }
  return labels.get(orchestrator);
}

/** `release support-0123456789ab`. */
export function releaseText(orchestrator: OrchestratorFact): string {
  const label = labelOf(orchestrator);
  return label === undefined ? 'the release' : `release ${abridged(label)}`;
}

export function modelKeyOf(model: Pick<ManifestModel, 'name' | 'version'>): string {
  return abridged(formatRouteKey(model));
}

/** `release support-0123456789ab binds gpt-5.1@2025-11-13 (role 'chat'), which`. */
export function boundText(
  orchestrator: OrchestratorFact,
  { roles, model }: { readonly roles: readonly string[]; readonly model: ManifestModel },
): string {
  const named = roles.map((role) => `'${abridged(role)}'`).join(', ');
  return `${releaseText(orchestrator)} binds ${modelKeyOf(model)} (${roles.length === 1 ? 'role' : 'roles'} ${named}), which`;
}

/** Where the release says which models it binds. */
export function boundPath({ manifest, path }: OrchestratorFact): string {
  return manifest.state === 'absent' ? path : manifest.path;
}

/** What stands where a value cannot be read, in brackets. */
export function expressionIn({ value }: { readonly value: Attribute<unknown> }): string {
  return value.state === 'unknown' ? ` (${abridged(value.expression)})` : '';
}

export const {
  releaseId: RELEASE_ID,
  releaseLabel: RELEASE_LABEL,
  manifest: RELEASE_MANIFEST,
} = ORCHESTRATOR_ENVIRONMENT;

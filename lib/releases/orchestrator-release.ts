import { Token } from 'cdktf';
import { canonicalJson } from '../contracts/canonical-json';
import { isJsonObject } from '../contracts/json-file';
import { ReleaseManifest, releaseIdOf, releaseLabel } from '../contracts/release-manifest';
import { evidenceMalformed } from './errors';
import { KnowledgeIndex } from './knowledge-index';
import { ModelBinding } from './model-binding';
import { OrchestratorReleaseProps } from './orchestrator-release-props';
import { Prompt } from './prompt';
import { manifestOf } from './release-content';

/** Azure's limit of a tag's value. */
const LONGEST_EVIDENCE = 256;

/**
 * One immutable release of an orchestrator: image, prompts, configuration, orchestration logic and exact model versions as one
 * unit. Its id is the SHA-256 of its manifest, so that the same inputs are the same release on every machine and whatever is
 * edited is another one. It says nothing of where it runs: staging and production run the same release.
 *
 * @example
 *
 * const model = ModelVersion.openAi('gpt-5.1', '2025-11-13');
 * new OrchestratorRelease({
 *   name: 'assistant',
 *   image: `assistant@sha256:${'0'.repeat(64)}`,
 *   orchestration: '2.3.0',
 *   models: { chat: { model, config: { reasoningEffort: 'low' } } },
 *   prompts: { system: Prompt.inline('You answer briefly.', { madeFor: [model] }) },
 * });
 */
export class OrchestratorRelease {
  /** Name of the orchestrator. */
  public readonly name: string;

  /** SHA-256 of `manifestText`, 64 hex digits. */
  public readonly releaseId: string;

  /** `<name>-<first 12 digits of the id>`, at most 32 characters: what headers, routers and resources call the release. */
  public readonly label: string;

  /** The manifest: canonical JSON (RFC 8785), described by `schemas/release-manifest.schema.json`. */
  public readonly manifestText: string;

  /** `[host/]repository@sha256:<64 hex digits>`; a tag that was given with the digest is left out. */
  public readonly image: string;

  /** Version of the orchestration logic. */
  public readonly orchestration: string;

  /** Exact model versions by role. */
  public readonly models: { [role: string]: ModelBinding };

  /** Prompts by name. */
  public readonly prompts: { [name: string]: Prompt };

  /** The index that answers are grounded on. */
  public readonly knowledge?: KnowledgeIndex;

  /** Reference of the evidence that the release was evaluated. */
  public readonly evidence?: string;

  /** @internal */
  public readonly _manifest: ReleaseManifest;

  private readonly props: OrchestratorReleaseProps;

  constructor(props: OrchestratorReleaseProps) {
    const given = readOnce(props);
    const manifest = manifestOf(given);
    this.name = manifest.name;
    this.image = manifest.image;
    this.orchestration = manifest.orchestration;
    this.models = deepFrozen(
      Object.fromEntries(
        Object.entries(given.models).map(([role, { model }]) => [
          role,
          { model, config: manifest.models[role]!.config as ModelBinding['config'] },
        ]),
      ),
    );
    this.prompts = Object.freeze({ ...given.prompts });
    if (given.knowledge !== undefined) {
      this.knowledge = Object.freeze({ ...given.knowledge });
    }
    if (given.evidence !== undefined) {
      this.evidence = requireEvidence(this.name, given.evidence);
    }
    this._manifest = deepFrozen(manifest);
    this.manifestText = canonicalJson(manifest);
    this.releaseId = releaseIdOf(this.manifestText);
    this.label = releaseLabel(this.name, this.releaseId);
    this.props = Object.freeze({
      name: this.name,
      image: this.image,
      orchestration: this.orchestration,
      models: this.models,
      prompts: this.prompts,
      ...(this.knowledge !== undefined && { knowledge: this.knowledge }),
    });
    Object.freeze(this);
  }

  /**
   * The same release, with the same id, and the evidence that it was evaluated.
   *
   * @param reference - address or digest of the evidence, 1 to 256 characters
   */
  public withEvidence(reference: string): OrchestratorRelease {
    return new OrchestratorRelease({ ...this.props, evidence: reference });
  }
}

/** The properties as they are at one moment: what is hashed and what is wired are the same, whatever a getter says next time. */
function readOnce(props: OrchestratorReleaseProps): OrchestratorReleaseProps {
  const { models, prompts, knowledge, ...more } = props;
  const bindings = copied(models);
  return {
    ...more,
    models: isJsonObject(bindings)
      ? Object.fromEntries(Object.entries(bindings).map(([role, binding]) => [role, withConfig(copied(binding))]))
      : bindings,
    prompts: copied(prompts),
    ...(knowledge !== undefined && { knowledge: copied(knowledge) }),
  };
}

function withConfig(binding: ModelBinding): ModelBinding {
  return isJsonObject(binding) && binding.config !== undefined
    ? { model: binding.model, config: copied(binding.config) }
    : binding;
}

function copied<T>(value: T): T {
  return isJsonObject(value) ? { ...value } : value;
}

function requireEvidence(release: string, evidence: string): string {
  const isReference =
    Token.isUnresolved(evidence) ||
    (typeof evidence === 'string' && /^[^\p{Cc}\p{Cs}]+$/u.test(evidence) && evidence.length <= LONGEST_EVIDENCE);
  if (!isReference) {
    throw evidenceMalformed(release, evidence);
  }
  return evidence;
}

/** The value, with every plain object and list in it frozen. */
function deepFrozen<T extends object>(value: T): T {
  for (const item of Object.values(value) as unknown[]) {
    const prototype: unknown = typeof item === 'object' && item !== null ? Object.getPrototypeOf(item) : undefined;
    if (prototype === Object.prototype || prototype === Array.prototype) {
      deepFrozen(item as object);
    }
  }
  return Object.freeze(value);
}

import { createHash } from 'node:crypto';
import { RouteKey } from './route-key';

/**
 * What one release of an orchestrator is made of: image, prompts, configuration, orchestration logic and exact model versions
 * as one unit. Its text is canonical JSON, and the SHA-256 of that text is the release's id: whoever has both can verify them
 * without parsing anything. Published as `schemas/release-manifest.schema.json`.
 */
export interface ReleaseManifest {
  readonly schemaVersion: 1;
  /** Name of the orchestrator whose release it is. */
  readonly name: string;
  /** `[host/]repository@sha256:<64 hex digits>`. */
  readonly image: string;
  /** Version of the orchestration logic, as its owners count it. */
  readonly orchestration: string;
  /** By role, for instance `chat`, `reasoning`, `embeddings`. */
  readonly models: Readonly<Record<string, ManifestModel>>;
  /** By name, for instance `system`. */
  readonly prompts: Readonly<Record<string, ManifestPrompt>>;
  /** The index that answers are grounded on. */
  readonly knowledge?: ManifestKnowledge;
}

/** One exact model version and what it is called with. */
export interface ManifestModel {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly config: ManifestModelConfig;
}

/** Parameters of calls to a model; what is absent is the model's own default. */
export interface ManifestModelConfig {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxOutputTokens?: number;
  readonly reasoningEffort?: string;
  readonly verbosity?: string;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  /** Parameters that go to the model as they are, by their name in the request. */
  readonly other?: Readonly<Record<string, unknown>>;
}

/** A prompt and the model versions that it is made for. */
export interface ManifestPrompt {
  readonly text: string;
  /** Role of the model that the prompt goes to. */
  readonly model: string;
  /** Route keys, at least one. */
  readonly madeFor: readonly RouteKey[];
  /** How placeholders in the text are written. */
  readonly template: 'none' | 'mustache' | 'jinja2';
  /** Names of the placeholders. */
  readonly inputs: readonly string[];
  /**
   * How the rendered text becomes messages: `prompty` cuts it at lines such as `system:` and `user:`
   * (https://prompty.ai). Absent, it is one message.
   */
  readonly parser?: 'prompty';
}

/** A search index and the model that embedded what is in it. */
export interface ManifestKnowledge {
  readonly index: string;
  readonly embeddingModel: RouteKey;
  readonly dimensions: number;
}

/** Digits of a release's id that stand in names. */
const DIGITS_IN_LABEL = 12;

/** Role of the model that questions are embedded with. */
export const EMBEDDINGS_ROLE = 'embeddings';

/** SHA-256 of the manifest's text, 64 hex digits. */
export function releaseIdOf(manifestText: string): string {
  return createHash('sha256').update(manifestText, 'utf8').digest('hex');
}

/** Whether a value can be the id of a release. */
export function isReleaseId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

/** `<name>-<first 12 digits of the id>`: what headers, routers and resources call a release. */
export function releaseLabel(name: string, releaseId: string): string {
  return `${name}-${releaseId.slice(0, DIGITS_IN_LABEL)}`;
}

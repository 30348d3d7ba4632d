import { createHash } from 'node:crypto';
import { templateProblem } from './prompt-template';

/** As much of a release's manifest as this service uses; the whole is `schemas/release-manifest.schema.json`. */
export interface Manifest {
  readonly name: string;
  readonly orchestration: string;
  readonly models: Readonly<Record<string, ManifestModel>>;
  readonly prompts: Readonly<Record<string, ManifestPrompt>>;
  readonly knowledge?: { readonly index: string };
}

export interface ManifestModel {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly config: ModelConfig;
}

export interface ModelConfig {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxOutputTokens?: number;
  readonly reasoningEffort?: string;
  readonly verbosity?: string;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly other?: Readonly<Record<string, unknown>>;
}

export interface ManifestPrompt {
  readonly text: string;
  readonly model: string;
  readonly madeFor: readonly string[];
  readonly template: 'none' | 'mustache' | 'jinja2';
  readonly inputs: readonly string[];
  /** How the text becomes messages; absent, it is one. */
  readonly parser?: 'prompty';
}

/** The model's role and the prompt that this service works with. */
export const ROLE = 'chat';
export const PROMPT = 'system';

/** SHA-256 of the text, as hex digits. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The manifest in a text whose hash was checked, or what is wrong with it. */
export function parseManifest(text: string): { readonly manifest: Manifest } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'the manifest is not JSON' };
  }
  const problem = shapeProblem(value) ?? useProblem(value as Manifest);
  return problem === undefined ? { manifest: value as Manifest } : { problem };
}

/** `name@version` of a model. */
export function routeKey({ name, version }: ManifestModel): string {
  return `${name}@${version}`;
}

function shapeProblem(value: unknown): string | undefined {
  if (!isObject(value) || value.schemaVersion !== 1) {
    return `the manifest's schemaVersion is ${isObject(value) ? JSON.stringify(value.schemaVersion) : 'absent'}; this service reads 1`;
  }
  const model = isObject(value.models) ? value.models[ROLE] : undefined;
  if (!isObject(model) || !isObject(model.config) || ![model.format, model.name, model.version].every(isText)) {
    return `the manifest has no model of role '${ROLE}'`;
  }
  const prompt = isObject(value.prompts) ? value.prompts[PROMPT] : undefined;
  if (!isObject(prompt) || !isText(prompt.text) || !isTexts(prompt.madeFor) || !isTexts(prompt.inputs)) {
    return `the manifest has no prompt '${PROMPT}'`;
  }
  return isText(value.name) && isText(value.orchestration) ? undefined : 'the manifest names no release';
}

/** A manifest that is whole can still ask for what this service does not do. */
function useProblem({ models, prompts }: Manifest): string | undefined {
  const prompt = prompts[PROMPT]!;
  const key = routeKey(models[ROLE]!);
  if (prompt.model !== ROLE || !prompt.madeFor.includes(key)) {
    return `prompt '${PROMPT}' is made for ${prompt.model} ${prompt.madeFor.join(', ')} and not for ${ROLE} ${key}`;
  }
  return templateProblem(prompt);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

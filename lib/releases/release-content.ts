import { ModelVersion } from '../accounts/model-version';
import { parameterAnswer } from '../catalog/model-parameters';
import { isJsonObject } from '../contracts/json-file';
import {
  EMBEDDINGS_ROLE,
  ManifestKnowledge,
  ManifestModel,
  ManifestPrompt,
  ReleaseManifest,
} from '../contracts/release-manifest';
import {
  IMAGE_BY_DIGEST,
  INDEX_NAME,
  isReleaseWord,
  MODEL_ROLE,
  ORCHESTRATION_VERSION,
  PROMPT_NAME,
  RELEASE_NAME,
  ReleaseWord,
} from '../contracts/release-words';
import { requireDeclaredModel } from './declared-model-check';
import {
  dimensionsRefused,
  embeddingMismatch,
  holdsToken,
  imageHoldsToken,
  imageWithoutDigest,
  modelsMissing,
  notABinding,
  notAModelVersion,
  notAPrompt,
  parameterOutOfRange,
  promptModelMismatch,
  promptWithoutModel,
  wordMalformed,
} from './errors';
import { isIndexDimensions, MOST_INDEX_DIMENSIONS } from './index-dimensions';
import { KnowledgeIndex } from './knowledge-index';
import { ModelBinding } from './model-binding';
import { manifestConfig } from './model-config';
import { OrchestratorReleaseProps } from './orchestrator-release-props';
import { Prompt } from './prompt';
import { isSameVersion } from './same-version';
import { tokenPlace } from './token-place';

/** A tag in front of the digest, which has no effect beside it. */
const TAG = /:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}(?=@sha256:)/;

/** The manifest of a release. @throws if the release cannot be made of what is given */
export function manifestOf(props: OrchestratorReleaseProps): ReleaseManifest {
  const { name, orchestration, models = {}, prompts = {}, knowledge } = props;
  requireWord('release name', name, RELEASE_NAME);
  requireWord(`release '${name}', orchestration`, orchestration, ORCHESTRATION_VERSION);
  requireMapping(
    `release '${name}', models`,
    models,
    "{ chat: { model: ModelVersion.openAi('gpt-5.1', '2025-11-13') } }",
  );
  requireMapping(`release '${name}', prompts`, prompts, '{ system: Prompt.inline(…) }');
  const roles = Object.entries(models);
  if (roles.length === 0) {
    throw modelsMissing(name);
  }
  const bound = new Map(roles.map(([role, binding]) => [role, boundModel(name, role, binding)]));
  const manifestPrompts = Object.entries(prompts).map(([promptName, prompt]): [string, ManifestPrompt] => {
    requireWord(`release '${name}', prompt name`, promptName, PROMPT_NAME);
    return [promptName, boundPrompt(name, promptName, prompt, bound)];
  });
  return {
    schemaVersion: 1,
    name,
    image: imageByDigest(name, props.image),
    orchestration,
    models: Object.fromEntries([...bound].map(([role, { manifest }]) => [role, manifest])),
    prompts: Object.fromEntries(manifestPrompts),
    ...(knowledge !== undefined && { knowledge: boundKnowledge(name, knowledge, bound.get(EMBEDDINGS_ROLE)?.model) }),
  };
}

interface BoundModel {
  readonly model: ModelVersion;
  readonly manifest: ManifestModel;
}

function imageByDigest(release: string, image: string): string {
  if (tokenPlace(image, '') !== undefined) {
    throw imageHoldsToken(release);
  }
  const untagged = typeof image === 'string' ? image.replace(TAG, '') : image;
  if (!isReleaseWord(IMAGE_BY_DIGEST, untagged)) {
    throw imageWithoutDigest(release, image);
  }
  return untagged;
}

function boundModel(release: string, role: string, binding: ModelBinding): BoundModel {
  requireWord(`release '${release}', role`, role, MODEL_ROLE);
  const place = `release '${release}', models.${role}`;
  const model: unknown = (binding as ModelBinding | undefined)?.model;
  if (!(model instanceof ModelVersion)) {
    throw notABinding(place, binding);
  }
  if (!model.isResolved) {
    throw holdsToken(place);
  }
  const { format, name, version } = model;
  const config = manifestConfig(`${place}.config`, model, binding.config);
  return { model, manifest: { format, name, version, config } };
}

function boundPrompt(
  release: string,
  name: string,
  prompt: Prompt,
  bound: ReadonlyMap<string, BoundModel>,
): ManifestPrompt {
  const place = `release '${release}', prompts.${name}`;
  if (!(prompt instanceof Prompt)) {
    throw notAPrompt(place, prompt);
  }
  const { text, model: role, madeFor, template, inputs, cutIntoMessages, _declared: declared } = prompt;
  const binding = bound.get(role);
  if (binding === undefined) {
    throw promptWithoutModel(place, role, [...bound.keys()]);
  }
  const { model, manifest } = binding;
  if (!madeFor.some((version) => isSameVersion(version, model))) {
    throw promptModelMismatch(
      place,
      role,
      model.key,
      madeFor.map(({ key }) => key),
    );
  }
  if (declared !== undefined) {
    requireDeclaredModel(declared, { release, role, model, config: manifest.config });
  }
  return {
    text,
    model: role,
    // Both are sets: their order in the program does not make another release.
    madeFor: [...new Set(madeFor.map(({ key }) => key))].sort(),
    template,
    inputs: [...inputs].sort(),
    ...(cutIntoMessages && { parser: 'prompty' as const }),
  };
}

function boundKnowledge(release: string, knowledge: KnowledgeIndex, embeddings?: ModelVersion): ManifestKnowledge {
  requireMapping(`release '${release}', knowledge`, knowledge, '{ index, embeddingModel, dimensions }');
  const { index, embeddingModel, dimensions } = knowledge;
  const token = tokenPlace({ index, dimensions }, `release '${release}', knowledge`);
  if (token !== undefined) {
    throw holdsToken(token);
  }
  requireWord(`release '${release}', knowledge.index`, index, INDEX_NAME);
  const place = `release '${release}', knowledge.embeddingModel`;
  if (!(embeddingModel instanceof ModelVersion)) {
    throw notAModelVersion(place, embeddingModel);
  }
  if (!embeddingModel.isResolved) {
    throw holdsToken(place);
  }
  if (!isIndexDimensions(dimensions)) {
    const rule = `write how many numbers a vector of the index has, from 1 to ${MOST_INDEX_DIMENSIONS}`;
    throw dimensionsRefused(release, dimensions, rule);
  }
  const { format, name } = embeddingModel;
  const answer = parameterAnswer({ format, name, parameter: 'dimensions', value: dimensions });
  if (answer.kind === 'refused') {
    throw dimensionsRefused(release, dimensions, `${answer.reason} (${answer.source.url ?? answer.source.name})`);
  }
  if (embeddings !== undefined && !isSameVersion(embeddings, embeddingModel)) {
    throw embeddingMismatch(release, index, embeddingModel.key, embeddings.key);
  }
  return { index, embeddingModel: embeddingModel.key, dimensions };
}

function requireMapping(place: string, value: unknown, example: string): void {
  if (!isJsonObject(value)) {
    throw parameterOutOfRange(place, value, `an object, for instance ${example}`);
  }
}

function requireWord(place: string, value: unknown, word: ReleaseWord): void {
  if (tokenPlace(value, place) !== undefined) {
    throw holdsToken(place);
  }
  if (!isReleaseWord(word, value)) {
    throw wordMalformed(place, value, word);
  }
}

import { isJsonObject, JsonObject } from '../contracts/json-file';
import { fieldMalformed, parameterReference } from './prompty-errors';

/** A text of a file's front matter, and the field that holds it. */
export interface DeclaredText {
  readonly field: string;
  readonly text: string;
}

/** A parameter of a file's front matter: the property of `ModelConfig` that it is, or the name of another parameter. */
export interface DeclaredParameter {
  readonly field: string;
  readonly property: string;
  readonly isOther: boolean;
  readonly value: unknown;
}

/** What a prompt file says of the model that it is made for. */
export interface DeclaredModel {
  readonly path: string;
  /** Names of models or deployments. */
  readonly names: readonly DeclaredText[];
  readonly api?: DeclaredText;
  /** How the model is hosted, for instance `azure_openai` or `azure_serverless`. */
  readonly hosting?: DeclaredText;
  readonly parameters: readonly DeclaredParameter[];
}

/** Spellings of parameters in both versions of the format and in requests. */
const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['temperature', 'temperature'],
  ['top_p', 'topP'],
  ['topP', 'topP'],
  ['max_tokens', 'maxOutputTokens'],
  ['max_completion_tokens', 'maxOutputTokens'],
  ['max_output_tokens', 'maxOutputTokens'],
  ['maxOutputTokens', 'maxOutputTokens'],
  ['reasoning_effort', 'reasoningEffort'],
  ['reasoningEffort', 'reasoningEffort'],
  ['verbosity', 'verbosity'],
  ['seed', 'seed'],
  ['stop', 'stop'],
  ['stopSequences', 'stop'],
  ['presence_penalty', 'presencePenalty'],
  ['presencePenalty', 'presencePenalty'],
  ['frequency_penalty', 'frequencyPenalty'],
  ['frequencyPenalty', 'frequencyPenalty'],
]);

/** How an answer is transported, which is the caller's choice with every call. */
const TRANSPORT = ['stream', 'stream_options'];

/** `${env:NAME}` and `${file:path}`: the value lies outside the file. */
const REFERENCE = /\$\{(?:env|file):/i;

/** The property of `ModelConfig` that a parameter of a request is, by any of its spellings. */
export function configPropertyOf(parameter: string): string | undefined {
  return PROPERTIES.get(parameter);
}

/** @throws if `model` has another shape, or a parameter lies outside the file */
export function declaredModelOf(path: string, model: unknown): DeclaredModel {
  if (model === undefined || model === null) {
    return { path, names: [], parameters: [] };
  }
  if (typeof model === 'string') {
    return { path, names: written('model', model), parameters: [] };
  }
  if (!isJsonObject(model)) {
    throw fieldMalformed(path, 'model', model, 'the name of a model, or a mapping');
  }
  const configuration = mapping(path, 'model.configuration', model.configuration);
  const [api] = [...written('model.apiType', model.apiType), ...written('model.api', model.api)];
  const [hosting] = written('model.configuration.type', configuration.type);
  return {
    path,
    names: [
      ...written('model.id', model.id),
      ...written('model.configuration.azure_deployment', configuration.azure_deployment),
      ...written('model.configuration.name', configuration.name),
    ],
    ...(api !== undefined && { api }),
    ...(hosting !== undefined && { hosting }),
    parameters: [
      ...parametersOf(path, 'model.parameters', model.parameters),
      ...parametersOf(path, 'model.options', model.options),
    ],
  };
}

function parametersOf(path: string, place: string, given: unknown): DeclaredParameter[] {
  return Object.entries(mapping(path, place, given)).flatMap(([name, value]) => {
    const field = `${place}.${name}`;
    if (name === 'additionalProperties') {
      return parametersOf(path, field, value);
    }
    if (TRANSPORT.includes(name) || value === null) {
      return [];
    }
    if (REFERENCE.test(JSON.stringify(value))) {
      throw parameterReference(path, field, value);
    }
    const property = configPropertyOf(name);
    const isTextAlone = property === 'stop' && typeof value === 'string';
    return [
      { field, property: property ?? name, isOther: property === undefined, value: isTextAlone ? [value] : value },
    ];
  });
}

/** The text, if it stands in the file itself: a name that lies in the environment says nothing here. */
function written(field: string, value: unknown): DeclaredText[] {
  return typeof value === 'string' && value !== '' && !REFERENCE.test(value) ? [{ field, text: value }] : [];
}

function mapping(path: string, field: string, value: unknown): JsonObject {
  if (value === undefined || value === null) {
    return {};
  }
  if (!isJsonObject(value)) {
    throw typeof value === 'string' && REFERENCE.test(value)
      ? parameterReference(path, field, value)
      : fieldMalformed(path, field, value, 'a mapping');
  }
  return value;
}

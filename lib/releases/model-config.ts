import { ModelVersion } from '../accounts/model-version';
import { ModelParameter, parameterAnswer } from '../catalog/model-parameters';
import { canonicalJson } from '../contracts/canonical-json';
import { isJsonObject } from '../contracts/json-file';
import { ManifestModelConfig } from '../contracts/release-manifest';
import { isReleaseWord, PARAMETER_NAME } from '../contracts/release-words';
import { configPropertyOf } from './declared-model';
import {
  holdsToken,
  notPlainJson,
  otherParameterTaken,
  parameterOutOfRange,
  parameterRefused,
  parameterUnknown,
  wordMalformed,
} from './errors';
import { ModelConfig } from './model-binding';
import { tokenPlace } from './token-place';

interface Range {
  readonly allowed: string;
  accepts(value: unknown): boolean;
}

/**
 * What every model's parameter looks like at all: the request of chat completions in
 * https://learn.microsoft.com/azure/foundry/openai/latest.
 */
const RANGES: Readonly<Record<Exclude<keyof ModelConfig, 'other'>, Range>> = {
  temperature: between(0, 2),
  topP: between(0, 1),
  maxOutputTokens: {
    allowed: 'a whole number from 1 on',
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  },
  reasoningEffort: filledText("a word, for instance 'low'"),
  verbosity: filledText("a word, for instance 'low'"),
  seed: { allowed: 'a whole number', accepts: Number.isSafeInteger },
  stop: {
    allowed: 'a list of 1 to 4 texts that are not empty',
    accepts: (value) =>
      Array.isArray(value) && value.length >= 1 && value.length <= 4 && value.every(filledText('').accepts),
  },
  presencePenalty: between(-2, 2),
  frequencyPenalty: between(-2, 2),
};

/** What a request holds besides: which model, what it is asked, how the answer is transported. */
const SET_PER_CALL = ['model', 'messages', 'input', 'stream'];

/** Parameters of the Responses API that hold one of the named ones. */
const HOLDERS: Readonly<Record<string, { readonly field: string; readonly property: string }>> = {
  reasoning: { field: 'effort', property: 'reasoningEffort' },
  text: { field: 'verbosity', property: 'verbosity' },
};

/** A binding's configuration as the manifest holds it. @throws if a parameter cannot be used with the model */
export function manifestConfig(place: string, model: ModelVersion, config: ModelConfig = {}): ManifestModelConfig {
  if (!isJsonObject(config as unknown)) {
    throw parameterOutOfRange(place, config, 'an object, for instance { temperature: 0 }');
  }
  requireNoToken(place, config);
  const { other, ...named } = config;
  for (const [name, value] of Object.entries(named)) {
    if (value !== undefined) {
      requireParameter(place, name, value);
      requireAccepted(`${place}.${name}`, model, name as ModelParameter, value, config.reasoningEffort);
    }
  }
  if (other !== undefined) {
    requireOthers(`${place}.other`, other);
  }
  // No further parameters and none at all mean the same, so both are one release.
  const isEmpty = other === undefined || Object.keys(other).length === 0;
  return plainCopy(place, isEmpty ? named : config);
}

function requireNoToken(place: string, config: ModelConfig): void {
  const token = endingFor(place, () => tokenPlace(config, place));
  if (token !== undefined) {
    throw holdsToken(token);
  }
}

function requireParameter(place: string, name: string, value: unknown): void {
  if (!Object.hasOwn(RANGES, name)) {
    throw parameterUnknown(place, name, [...Object.keys(RANGES), 'other']);
  }
  const range = RANGES[name as keyof typeof RANGES];
  if (!range.accepts(value)) {
    throw parameterOutOfRange(`${place}.${name}`, value, range.allowed);
  }
}

function requireAccepted(
  place: string,
  { format, name }: ModelVersion,
  parameter: ModelParameter,
  value: unknown,
  reasoningEffort: string | undefined,
): void {
  const answer = parameterAnswer({
    format,
    name,
    parameter,
    value,
    ...(reasoningEffort !== undefined && { reasoningEffort }),
  });
  if (answer.kind === 'refused') {
    throw parameterRefused(place, value, answer.reason, answer.source.url ?? answer.source.name);
  }
}

function requireOthers(place: string, other: unknown): void {
  if (!isJsonObject(other)) {
    throw parameterOutOfRange(place, other, "an object, for instance { response_format: { type: 'json_object' } }");
  }
  for (const [name, value] of Object.entries(other)) {
    if (!isReleaseWord(PARAMETER_NAME, name)) {
      throw wordMalformed(`${place}, parameter`, name, PARAMETER_NAME);
    }
    const holder = Object.hasOwn(HOLDERS, name) ? HOLDERS[name] : undefined;
    const isHeld = holder !== undefined && isJsonObject(value) && Object.hasOwn(value, holder.field);
    const property = configPropertyOf(name) ?? (isHeld ? holder.property : undefined);
    if (property !== undefined || SET_PER_CALL.includes(name)) {
      throw otherParameterTaken(place, isHeld ? `${name}.${holder.field}` : name, property);
    }
  }
}

function plainCopy(place: string, config: ModelConfig): ManifestModelConfig {
  const text = endingFor(place, () => {
    try {
      return canonicalJson(config, place);
    } catch (error) {
      throw error instanceof TypeError ? notPlainJson(error.message) : error;
    }
  });
  return JSON.parse(text) as ManifestModelConfig;
}

/** The outcome of walking through values; those that hold themselves have no end. */
function endingFor<T>(place: string, walk: () => T): T {
  try {
    return walk();
  } catch (error) {
    throw error instanceof RangeError ? notPlainJson(`${place} is nested too deeply`) : error;
  }
}

function between(least: number, most: number): Range {
  return {
    allowed: `a number from ${least} to ${most}`,
    accepts: (value) => typeof value === 'number' && value >= least && value <= most,
  };
}

function filledText(allowed: string): Range {
  return { allowed, accepts: (value) => typeof value === 'string' && value !== '' };
}

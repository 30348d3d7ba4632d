import {
  Arbitrary,
  array,
  constant,
  constantFrom,
  dictionary,
  double,
  integer,
  jsonValue,
  option,
  record,
  string,
  stringMatching,
  uniqueArray,
} from 'fast-check';
import { ReleaseManifest } from '../../lib/contracts/release-manifest';

export const DIGEST = 'a'.repeat(64);

/** A manifest that holds every field. */
export const FULL: ReleaseManifest = {
  schemaVersion: 1,
  name: 'assistant',
  image: `example.azurecr.io/team/assistant@sha256:${DIGEST}`,
  orchestration: '2.3.0',
  models: {
    chat: {
      format: 'OpenAI',
      name: 'gpt-4o',
      version: '2024-11-20',
      config: {
        temperature: 0.2,
        topP: 1,
        maxOutputTokens: 800,
        reasoningEffort: 'low',
        verbosity: 'low',
        seed: 7,
        stop: ['END'],
        presencePenalty: -2,
        frequencyPenalty: 2,
        other: { response_format: { type: 'json_object' } },
      },
    },
    embeddings: { format: 'OpenAI', name: 'text-embedding-3-large', version: '1', config: {} },
  },
  prompts: {
    system: {
      text: 'Answer ${briefly}.',
      model: 'chat',
      madeFor: ['gpt-4o@2024-11-20'],
      template: 'jinja2',
      inputs: ['question'],
      parser: 'prompty',
    },
  },
  knowledge: { index: 'docs-2026', embeddingModel: 'text-embedding-3-large@1', dimensions: 3072 },
};

const word = stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,12}$/);
const routeKey = stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,8}@[A-Za-z0-9][A-Za-z0-9.-]{0,8}$/);
const filled = string({ minLength: 1, unit: 'grapheme' });
const role = stringMatching(/^[a-z][a-z0-9-]{0,10}$/);
const maybe = <T>(value: Arbitrary<T>) => option(value, { nil: undefined });
const between = (min: number, max: number) => double({ min, max, noNaN: true });

const config = record({
  temperature: maybe(between(0, 2)),
  topP: maybe(between(0, 1)),
  maxOutputTokens: maybe(integer({ min: 1 })),
  reasoningEffort: maybe(filled),
  verbosity: maybe(filled),
  seed: maybe(integer()),
  stop: maybe(array(filled, { minLength: 1, maxLength: 4 })),
  presencePenalty: maybe(between(-2, 2)),
  frequencyPenalty: maybe(between(-2, 2)),
  other: maybe(dictionary(stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/), jsonValue(), { maxKeys: 3 })),
});

const prompt = record({
  text: filled,
  model: role,
  madeFor: uniqueArray(routeKey, { minLength: 1, maxLength: 3 }),
  template: constantFrom('none' as const, 'mustache' as const, 'jinja2' as const),
  inputs: uniqueArray(stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,8}$/), { maxLength: 3 }),
  parser: maybe(constant('prompty' as const)),
});

/** Any manifest. */
export const anyManifest: Arbitrary<ReleaseManifest> = record({
  schemaVersion: constant(1 as const),
  name: stringMatching(/^[a-z]([a-z0-9]{0,3}-[a-z0-9]{1,3}){0,2}$/),
  image: stringMatching(/^([a-z0-9]{1,5}\.[a-z]{2,3}(:[0-9]{2,4})?\/)?[a-z0-9]{1,6}(\/[a-z0-9]{1,4})?$/).map(
    (repository) => `${repository}@sha256:${DIGEST}`,
  ),
  orchestration: stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,10}$/),
  models: dictionary(
    role,
    record({ format: constantFrom('OpenAI', 'Mistral AI', 'x'), name: word, version: word, config }),
    { minKeys: 1, maxKeys: 3 },
  ),
  prompts: dictionary(role, prompt, { maxKeys: 3 }),
  knowledge: maybe(
    record({
      index: stringMatching(/^[a-z0-9]{2,5}(-[a-z0-9]{1,3}){0,2}$/),
      embeddingModel: routeKey,
      dimensions: integer({ min: 1, max: 4096 }),
    }),
  ),
}).map((manifest) => JSON.parse(JSON.stringify(manifest)) as ReleaseManifest);

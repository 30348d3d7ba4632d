import { isJsonObject } from './json-file';
import { quoted } from './printable';
import {
  IMAGE_BY_DIGEST,
  INDEX_NAME,
  INPUT_NAME,
  MODEL_FORMAT,
  MODEL_ROLE,
  MODEL_WORD,
  ORCHESTRATION_VERSION,
  PARAMETER_NAME,
  PROMPT_NAME,
  RELEASE_NAME,
  ReleaseWord,
  ROUTE_KEY,
  isReleaseWord,
} from './release-words';

/** Reports one sentence for everything in a value that is not as it should be; `at` is the value's place, empty for the whole. */
export type ShapeCheck = (value: unknown, at: string, report: (problem: string) => void) => void;

const knowledge = fields({
  index: word(INDEX_NAME),
  embeddingModel: word(ROUTE_KEY),
  dimensions: number('a whole number from 1 on', (value) => Number.isSafeInteger(value) && value >= 1),
});

const config = fields(
  {},
  {
    temperature: numberBetween(0, 2),
    topP: numberBetween(0, 1),
    maxOutputTokens: number('a whole number from 1 on', (value) => Number.isSafeInteger(value) && value >= 1),
    reasoningEffort: filledText(),
    verbosity: filledText(),
    seed: number('a whole number', Number.isSafeInteger),
    stop: list(filledText(), { least: 1, most: 4, distinct: false }),
    presencePenalty: numberBetween(-2, 2),
    frequencyPenalty: numberBetween(-2, 2),
    other: table(PARAMETER_NAME, () => undefined),
  },
);

const model = fields({ format: word(MODEL_FORMAT), name: word(MODEL_WORD), version: word(MODEL_WORD), config });

const prompt = fields(
  {
    text: filledText(),
    model: word(MODEL_ROLE),
    madeFor: list(word(ROUTE_KEY), { least: 1, distinct: true }),
    template: oneOf('none', 'mustache', 'jinja2'),
    inputs: list(word(INPUT_NAME), { least: 0, distinct: true }),
  },
  { parser: oneOf('prompty') },
);

/** The shape of a manifest; `release-manifest.schema.json` says the same. */
export const MANIFEST_SHAPE: ShapeCheck = fields(
  {
    schemaVersion: oneOf(1),
    name: word(RELEASE_NAME),
    image: word(IMAGE_BY_DIGEST),
    orchestration: word(ORCHESTRATION_VERSION),
    models: table(MODEL_ROLE, model, 1),
    prompts: table(PROMPT_NAME, prompt),
  },
  { knowledge },
);

function fields(
  required: Readonly<Record<string, ShapeCheck>>,
  optional: Readonly<Record<string, ShapeCheck>> = {},
): ShapeCheck {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return (value, at, report) => {
    if (!isJsonObject(value)) {
      report(`${named(at)} is ${quoted(value)}; write an object with ${[...checks.keys()].join(', ')}`);
      return;
    }
    for (const name of Object.keys(required)) {
      if (!Object.hasOwn(value, name)) {
        report(`${named(at)} has no ${name}`);
      }
    }
    for (const [name, element] of Object.entries(value)) {
      const check = checks.get(name);
      if (check === undefined) {
        report(`${named(at)} has the unknown field ${quoted(name)}; known are ${[...checks.keys()].join(', ')}`);
      } else {
        check(element, at === '' ? name : `${at}.${name}`, report);
      }
    }
  };
}

function table(key: ReleaseWord, entry: ShapeCheck, least = 0): ShapeCheck {
  return (value, at, report) => {
    if (!isJsonObject(value)) {
      report(`${at} is ${quoted(value)}; write an object`);
      return;
    }
    const entries = Object.entries(value);
    if (entries.length < least) {
      report(`${at} is empty; write at least ${least} entry`);
    }
    for (const [name, element] of entries) {
      if (isReleaseWord(key, name)) {
        entry(element, `${at}.${name}`, report);
      } else {
        report(`${at} has the key ${quoted(name)}; write ${key.allowed}`);
      }
    }
  };
}

function list(item: ShapeCheck, size: { least: number; most?: number; distinct: boolean }): ShapeCheck {
  const { least, most = Number.POSITIVE_INFINITY, distinct } = size;
  return (value, at, report) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      report(
        `${at} is ${quoted(value)}; write a list${least > 0 ? ` of at least ${least}` : ''}${most < 9 ? ` and at most ${most}` : ''}`,
      );
      return;
    }
    value.forEach((element, index) => item(element, `${at}[${index}]`, report));
    if (distinct && new Set(value).size < value.length) {
      report(`${at} is ${quoted(value)}, which names something twice`);
    }
  };
}

function word(expected: ReleaseWord): ShapeCheck {
  return simple(expected.allowed, (value) => isReleaseWord(expected, value));
}

function filledText(): ShapeCheck {
  return simple('a text that is not empty', (value) => typeof value === 'string' && value !== '');
}

function number(allowed: string, accepts: (value: number) => boolean): ShapeCheck {
  return simple(allowed, (value) => typeof value === 'number' && accepts(value));
}

function numberBetween(least: number, most: number): ShapeCheck {
  return number(`a number from ${least} to ${most}`, (value) => value >= least && value <= most);
}

function oneOf(...values: readonly (string | number)[]): ShapeCheck {
  return simple(values.map(quoted).join(' or '), (value) => values.includes(value as string | number));
}

function simple(allowed: string, accepts: (value: unknown) => boolean): ShapeCheck {
  return (value, at, report) => {
    if (!accepts(value)) {
      report(`${at} is ${quoted(value)}; write ${allowed}`);
    }
  };
}

function named(at: string): string {
  return at === '' ? 'the manifest' : at;
}

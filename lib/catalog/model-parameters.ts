import { quoted } from '../contracts/printable';
import { CatalogSource } from './lifecycle';
import { sameFormat } from './model-key';

/** A parameter of calls to a model, as a release's manifest names it; `dimensions` is the length of an embedding's vector. */
export type ModelParameter =
  | 'temperature'
  | 'topP'
  | 'maxOutputTokens'
  | 'reasoningEffort'
  | 'verbosity'
  | 'seed'
  | 'stop'
  | 'presencePenalty'
  | 'frequencyPenalty'
  | 'dimensions';

/** What is asked: whether a model takes a value of a parameter. */
export interface ParameterQuestion {
  readonly format: string;
  readonly name: string;
  readonly parameter: ModelParameter;
  readonly value: unknown;
  /** Reasoning effort of the same call; left out, it is the model's own. */
  readonly reasoningEffort?: string;
}

/** Whether a model takes a parameter; unknown is unknown, never refused. */
export type ParameterAnswer =
  | { readonly kind: 'accepted' | 'unknown' }
  | { readonly kind: 'refused'; readonly reason: string; readonly source: CatalogSource };

/** What is known of some models and some parameters. Without a condition, the models never take them. */
interface ParameterRule {
  readonly models: readonly string[];
  readonly parameters: readonly string[];
  /** The words that are taken. */
  readonly values?: readonly string[];
  /** The parameter is taken with this reasoning effort alone, which is also the models' own. */
  readonly onlyWithEffort?: string;
  /** The smallest and the largest number that is taken. */
  readonly from?: number;
  readonly to?: number;
  readonly source: number;
}

interface ParameterKnowledge {
  readonly sources: readonly CatalogSource[];
  readonly rules: readonly ParameterRule[];
}

let loaded: ParameterKnowledge | undefined;

/** What the documentation says of a model and a parameter. */
export function parameterAnswer(question: ParameterQuestion): ParameterAnswer {
  const { sources, rules } = knowledge();
  const name = question.name.toLowerCase();
  const rule = sameFormat(question.format, 'OpenAI')
    ? rules.find(({ models, parameters }) => models.includes(name) && parameters.includes(question.parameter))
    : undefined;
  if (rule === undefined) {
    return { kind: 'unknown' };
  }
  const allowed = objection(rule, question);
  return allowed === undefined
    ? { kind: 'accepted' }
    : { kind: 'refused', reason: `${question.name} ${allowed}`, source: sources[rule.source]! };
}

/** Why the rule speaks against the value, as the second half of a sentence about the model. */
function objection(rule: ParameterRule, { parameter, value, reasoningEffort }: ParameterQuestion): string | undefined {
  const { values, onlyWithEffort, from, to } = rule;
  if (values !== undefined) {
    return values.includes(value as string) ? undefined : `takes ${parameter} ${values.map(quoted).join(', ')} alone`;
  }
  if (onlyWithEffort !== undefined) {
    return reasoningEffort === undefined || reasoningEffort === onlyWithEffort
      ? undefined
      : `takes ${parameter} only with reasoningEffort ${quoted(onlyWithEffort)}, not with ${quoted(reasoningEffort)}`;
  }
  if (from !== undefined && to !== undefined) {
    return typeof value === 'number' && value >= from && value <= to
      ? undefined
      : `takes ${parameter} ${from === to ? from : `from ${from} to ${to}`} alone`;
  }
  return `does not take ${parameter}`;
}

/** Read when first asked: whoever declares no release does not pay. */
function knowledge(): ParameterKnowledge {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  loaded ??= require('./data/model-parameters.json') as ParameterKnowledge;
  return loaded;
}

import { ModelKind } from './catalog-document';

/**
 * How large a change of model is, in the words of the Azure Architecture Center, `none` for no change at all.
 *
 * @see https://learn.microsoft.com/azure/architecture/ai-ml/guide/manage-foundation-models-lifecycle
 */
export type UpdateScope =
  | 'none'
  | 'minor-version'
  | 'intermediate-version'
  | 'major-version'
  | 'variant'
  | 'generation'
  | 'model-change-general'
  | 'model-change-specialised'
  | 'deployment-option';

/** How surely a part has to change along: `must`, `likely`, or `check` where an evaluation has to tell. */
export type BreadthNeed = 'must' | 'likely' | 'check';

/** What else changes when the model does: the five breadths of change. */
export interface UpdateBreadths {
  /** The model itself: a new deployment, and a new fine-tuning where the old one was fine-tuned. */
  readonly model: BreadthNeed;
  /** Parameters of the calls: temperature, token limits, reasoning effort. */
  readonly modelConfig: BreadthNeed;
  readonly prompt: BreadthNeed;
  /** The code around the calls, for instance function calling. */
  readonly orchestrationLogic: BreadthNeed;
  /** What is retrieved for the prompt, and the index that it is retrieved from. */
  readonly groundingData: BreadthNeed;
}

/**
 * The article's reasoning by scope. Model config and prompt are likely to change with most updates and a prompt
 * certainly does with a new model; orchestration follows new features; grounding data follows a new domain.
 */
const BY_SCOPE: Readonly<Record<UpdateScope, UpdateBreadths>> = {
  none: breadths('check', 'check', 'check', 'check', 'check'),
  'minor-version': breadths('must', 'check', 'check', 'check', 'check'),
  'intermediate-version': breadths('must', 'likely', 'likely', 'check', 'check'),
  'major-version': breadths('must', 'likely', 'likely', 'likely', 'check'),
  variant: breadths('must', 'likely', 'likely', 'check', 'check'),
  generation: breadths('must', 'likely', 'likely', 'likely', 'check'),
  'model-change-general': breadths('must', 'must', 'must', 'likely', 'check'),
  'model-change-specialised': breadths('must', 'must', 'must', 'likely', 'likely'),
  'deployment-option': breadths('must', 'likely', 'check', 'check', 'check'),
};

/** What changes along with an update of a scope between models of two kinds. */
export function breadthsOf(scope: UpdateScope, from?: ModelKind, to?: ModelKind): UpdateBreadths {
  const usual = BY_SCOPE[scope];
  if (scope === 'none' || scope === 'deployment-option') {
    return usual;
  }
  if (from === 'embeddings' || to === 'embeddings') {
    return ofEmbeddings(from, to);
  }
  if (from === undefined || to === undefined || from === to) {
    return usual;
  }
  // Reasoning models refuse sampling parameters and `max_tokens`:
  // https://learn.microsoft.com/azure/ai-foundry/openai/how-to/reasoning
  const isOnlyReasoning = [from, to].every((kind) => kind === 'chat' || kind === 'reasoning');
  return isOnlyReasoning
    ? { ...usual, modelConfig: 'must' }
    : { ...usual, modelConfig: 'must', prompt: 'must', orchestrationLogic: 'must' };
}

/** Vectors of two models cannot be compared: everything in the index is embedded again, and queries with it. */
function ofEmbeddings(from: ModelKind | undefined, to: ModelKind | undefined): UpdateBreadths {
  return from === to
    ? breadths('must', 'likely', 'check', 'likely', 'must')
    : breadths('must', 'must', 'must', 'must', 'must');
}

function breadths(
  model: BreadthNeed,
  modelConfig: BreadthNeed,
  prompt: BreadthNeed,
  orchestrationLogic: BreadthNeed,
  groundingData: BreadthNeed,
): UpdateBreadths {
  return { model, modelConfig, prompt, orchestrationLogic, groundingData };
}

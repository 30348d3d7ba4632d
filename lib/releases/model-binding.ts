import { ModelVersion } from '../accounts/model-version';

/**
 * Parameters with which a release calls a model. What is left out is the model's own default.
 *
 * They are checked against what the model is known to accept; a model that nothing is known of is never refused.
 */
export interface ModelConfig {
  /**
   * Sampling temperature, 0 to 2. Reasoning models refuse it.
   *
   * @default - the model's own
   */
  readonly temperature?: number;

  /**
   * Share of probability that tokens are sampled from, 0 to 1. Reasoning models refuse it.
   *
   * @default - the model's own
   */
  readonly topP?: number;

  /**
   * Most tokens of an answer, reasoning included; a whole number from 1 on.
   *
   * @default - the model's own
   */
  readonly maxOutputTokens?: number;

  /**
   * How long a reasoning model thinks: `none`, `minimal`, `low`, `medium`, `high`, `xhigh` or `max`; which of them depends on the model.
   *
   * @default - the model's own
   */
  readonly reasoningEffort?: string;

  /**
   * How much the model writes: `low`, `medium` or `high`; models of the gpt-5 series alone take it.
   *
   * @default - the model's own
   */
  readonly verbosity?: string;

  /**
   * Seed of sampling, a whole number: the same request then mostly has the same answer.
   *
   * @default - none
   */
  readonly seed?: number;

  /**
   * Texts at which the model stops, 1 to 4.
   *
   * @default - none
   */
  readonly stop?: string[];

  /**
   * How much tokens that occurred already are avoided, −2 to 2. Reasoning models refuse it.
   *
   * @default - the model's own
   */
  readonly presencePenalty?: number;

  /**
   * How much tokens are avoided for each time that they occurred, −2 to 2. Reasoning models refuse it.
   *
   * @default - the model's own
   */
  readonly frequencyPenalty?: number;

  /**
   * Further parameters, by their name in the request: plain JSON. They may not repeat a parameter that has a property here,
   * nor set `model`, `messages`, `input` or `stream`.
   *
   * @default - none
   */
  readonly other?: { [name: string]: unknown };
}

/** One exact model version and what it is called with. */
export interface ModelBinding {
  /** The version; the release is made for it and no other. */
  readonly model: ModelVersion;

  /**
   * Parameters of the calls.
   *
   * @default - the model's own
   */
  readonly config?: ModelConfig;
}

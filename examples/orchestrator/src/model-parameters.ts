import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import type { ModelConfig } from './manifest';

/** Parameters of a call by the names of the chat completions API. */
export type ModelParameters = Partial<ChatCompletionCreateParams>;

/**
 * What the release's config says, by the API's names; what it does not say is not sent.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function modelParameters(config: ModelConfig): ModelParameters {
  const parameters: Record<string, unknown> = {
    ...config.other,
    temperature: config.temperature,
    top_p: config.topP,
    max_completion_tokens: config.maxOutputTokens,
    reasoning_effort: config.reasoningEffort,
    verbosity: config.verbosity,
    seed: config.seed,
    stop: config.stop,
    presence_penalty: config.presencePenalty,
    frequency_penalty: config.frequencyPenalty,
  };
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
}

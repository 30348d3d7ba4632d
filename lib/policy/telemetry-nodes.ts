import { NamedValue, PolicyElement, PolicyValue } from './policy-value';

export interface TraceNode extends PolicyElement {
  readonly kind: 'trace';
  readonly source: PolicyValue;
  /** `verbose`, `information` or `error`. @default verbose */
  readonly severity?: PolicyValue;
  readonly message: PolicyValue;
  readonly metadata: readonly NamedValue[];
}

export interface EmitMetricNode extends PolicyElement {
  readonly kind: 'emit-metric';
  readonly name: PolicyValue;
  readonly namespace?: PolicyValue;
  /** @default 1 */
  readonly value?: PolicyValue;
  readonly defaultDimensions?: PolicyValue;
  /** 5 at most. */
  readonly dimensions: readonly NamedValue[];
}

/** The two names are one policy. */
export interface LlmEmitTokenMetricNode extends PolicyElement {
  readonly kind: 'llm-emit-token-metric' | 'azure-openai-emit-token-metric';
  readonly namespace?: PolicyValue;
  readonly name?: PolicyValue;
  /** `all`, `total-tokens`, `prompt-tokens` or `completion-tokens`. @default all */
  readonly valueType?: PolicyValue;
  /** @default false */
  readonly ignorePrompt?: PolicyValue;
  /** 5 at most. */
  readonly dimensions: readonly NamedValue[];
}

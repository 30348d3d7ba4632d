import { LlmTokenLimitNode } from '../policy/language-model-nodes';
import { TokenCounter } from './token-counters';

/** A counter, and how many tokens it may count. */
export interface TokenLimit {
  readonly counter: TokenCounter;
  readonly most: number;
}

/** A policy that let a request pass. */
export interface AppliedTokenLimit {
  readonly node: LlmTokenLimitNode;
  readonly rate: TokenLimit | undefined;
  readonly quota: TokenLimit | undefined;
  readonly ignorePrompt: boolean;
  /** Tokens of the prompt that were counted in advance. */
  readonly estimate: number;
}

/** What a request has been counted with. */
export class TokenUse {
  readonly applied: AppliedTokenLimit[] = [];
  private readonly counted = new Map<TokenCounter, number>();

  /** Makes the request count so many tokens in all, however many policies share a counter. */
  count({ counter, most }: TokenLimit, tokens: number): void {
    counter.add(tokens - (this.counted.get(counter) ?? 0), most);
    this.counted.set(counter, tokens);
  }

  /** The tokens that this request has been counted with. */
  countedIn(counter: TokenCounter): number {
    return this.counted.get(counter) ?? 0;
  }
}

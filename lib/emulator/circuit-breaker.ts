import { Clock } from './clock';
import { retryAfterMilliseconds } from './retry-after';

/** When a backend is left alone (learn.microsoft.com/azure/api-management/backends, "Circuit breaker"). */
export interface CircuitBreakerRule {
  /** Failures within the interval that trip it. */
  readonly failureCount: number;
  readonly intervalSeconds: number;
  readonly statusCodeRanges: readonly { readonly min: number; readonly max: number }[];
  /** `BackendConnectionFailure`, `Timeout`: which transport failures count. @default none */
  readonly errorReasons?: readonly string[];
  readonly tripSeconds: number;
  /** Whether a failure's `Retry-After` sets how long the circuit stays open. @default false */
  readonly acceptRetryAfter?: boolean;
}

/** How a call ended: a status with `Retry-After`, or the reason why there was none. */
export type CallOutcome = { readonly status: number; readonly retryAfter?: string } | { readonly errorReason: string };

/** The breaker of one backend on one gateway instance. */
export class CircuitBreaker {
  private failures: number[] = [];
  private openUntil = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly rule: CircuitBreakerRule,
    private readonly clock: Clock,
  ) {}

  /** Whether calls are answered 503 without reaching the backend. */
  get open(): boolean {
    return this.clock.now() < this.openUntil;
  }

  record(outcome: CallOutcome): void {
    if (!this.counts(outcome)) {
      return;
    }
    const now = this.clock.now();
    const since = now - this.rule.intervalSeconds * 1000;
    this.failures = [...this.failures.filter((time) => time > since), now];
    if (this.failures.length >= this.rule.failureCount) {
      this.failures = [];
      this.openUntil = now + this.openMilliseconds(outcome, now);
    }
  }

  private counts(outcome: CallOutcome): boolean {
    if ('errorReason' in outcome) {
      return this.rule.errorReasons?.includes(outcome.errorReason) ?? false;
    }
    return this.rule.statusCodeRanges.some(({ min, max }) => outcome.status >= min && outcome.status <= max);
  }

  private openMilliseconds(outcome: CallOutcome, now: number): number {
    const accepted = this.rule.acceptRetryAfter === true && 'status' in outcome;
    return (accepted ? retryAfterMilliseconds(outcome.retryAfter, now) : undefined) ?? this.rule.tripSeconds * 1000;
  }
}

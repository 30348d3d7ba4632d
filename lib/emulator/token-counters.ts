import { Clock } from './clock';

const MINUTE = 60_000;

/** Lengths of the fixed windows of `token-quota-period`. */
export const quotaPeriods = ['Hourly', 'Daily', 'Weekly', 'Monthly', 'Yearly'] as const;

export type QuotaPeriod = (typeof quotaPeriods)[number];

/** Counts the tokens of one key against a limit. */
export interface TokenCounter {
  /** Tokens that count now. */
  used(limit: number): number;
  /** Adds tokens, or gives some back. */
  add(tokens: number, limit: number): void;
  /** Seconds until so many tokens fit, undefined if they never do. */
  retryAfter(limit: number, tokens: number): number | undefined;
}

/**
 * Tokens a minute: windows of 60 seconds, of which the first starts with the first use. What was used beyond the limit is owed to
 * the next windows; API Management answers `Retry-After` of several minutes then.
 */
class RateCounter implements TokenCounter {
  private start = 0;
  private counted = 0;

  constructor(private readonly clock: Clock) {}

  used(limit: number): number {
    const windows = Math.floor((this.clock.now() - this.start) / MINUTE);
    this.start += windows * MINUTE;
    this.counted = Math.max(0, this.counted - windows * limit);
    return this.counted;
  }

  add(tokens: number, limit: number): void {
    if (this.used(limit) === 0) {
      this.start = this.clock.now();
    }
    this.counted = Math.max(0, this.counted + tokens);
  }

  retryAfter(limit: number, tokens: number): number | undefined {
    if (limit <= 0 || tokens > limit) {
      return undefined;
    }
    const windows = Math.max(1, Math.ceil((this.used(limit) + tokens - limit) / limit));
    return Math.ceil((this.start + windows * MINUTE - this.clock.now()) / 1000);
  }
}

/** Tokens in a period of the calendar (UTC): observed answers count down to the end of the hour and of the month. */
class QuotaCounter implements TokenCounter {
  private end = Number.NEGATIVE_INFINITY;
  private counted = 0;

  constructor(
    private readonly clock: Clock,
    private readonly period: QuotaPeriod,
  ) {}

  used(): number {
    const now = this.clock.now();
    if (now >= this.end) {
      this.end = endOfPeriod(this.period, new Date(now));
      this.counted = 0;
    }
    return this.counted;
  }

  add(tokens: number): void {
    this.counted = Math.max(0, this.used() + tokens);
  }

  retryAfter(limit: number, tokens: number): number | undefined {
    this.used();
    return tokens > limit ? undefined : Math.ceil((this.end - this.clock.now()) / 1000);
  }
}

function endOfPeriod(period: QuotaPeriod, now: Date): number {
  const [year, month, day, hour] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), now.getUTCHours()];
  switch (period) {
    case 'Hourly':
      return Date.UTC(year, month, day, hour + 1);
    case 'Daily':
      return Date.UTC(year, month, day + 1);
    case 'Weekly':
      // From Monday to Sunday; Azure's documentation does not say where a week begins.
      return Date.UTC(year, month, day + 7 - ((now.getUTCDay() + 6) % 7));
    case 'Monthly':
      return Date.UTC(year, month + 1);
    case 'Yearly':
      return Date.UTC(year + 1, 0);
  }
}

/** The counters of a gateway: "for each key value, a single counter is used for all scopes". */
export class TokenCounters {
  private readonly counters = new Map<string, TokenCounter>();

  constructor(private readonly clock: Clock) {}

  rate(key: string): TokenCounter {
    return this.counter(`rate ${key}`, () => new RateCounter(this.clock));
  }

  quota(key: string, period: QuotaPeriod): TokenCounter {
    return this.counter(`${period} ${key}`, () => new QuotaCounter(this.clock, period));
  }

  private counter(name: string, make: () => TokenCounter): TokenCounter {
    const counter = this.counters.get(name) ?? make();
    this.counters.set(name, counter);
    return counter;
  }
}

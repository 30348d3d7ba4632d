import { Clock } from './clock';
import { Value } from './csharp/values';

/** The cache of `cache-store-value` and its kin, shared by all requests. */
export class ValueCache {
  private readonly entries = new Map<string, { value: Value; expires: number }>();

  constructor(private readonly clock: Clock) {}

  store(key: string, value: Value, seconds: number): void {
    this.entries.set(key, { value, expires: this.clock.now() + seconds * 1000 });
  }

  lookup(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (entry && entry.expires <= this.clock.now()) {
      this.entries.delete(key);
      return undefined;
    }
    return entry?.value;
  }

  remove(key: string): void {
    this.entries.delete(key);
  }
}

import { parseTime, unixMilliseconds } from './csharp/time';

/** Milliseconds to wait by a `Retry-After` header in seconds or as a date (RFC 9110, §10.2.3); undefined if it is neither. */
export function retryAfterMilliseconds(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) {
    return Number(text) * 1000;
  }
  const time = /GMT$/.test(text) ? parseTime(text) : undefined;
  return time && Math.max(0, unixMilliseconds(time.ticks) - now);
}

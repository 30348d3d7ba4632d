import { unsupportedUse } from './exceptions';
import { DateTime, DateTimeOffset, TimeSpan, unixMilliseconds } from './time';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Standard formats as custom ones, invariant culture (learn.microsoft.com/dotnet/standard/base-types/standard-date-and-time-format-strings). */
const STANDARD: ReadonlyMap<string, string> = new Map([
  ['d', 'MM/dd/yyyy'],
  ['T', 'HH:mm:ss'],
  ['t', 'HH:mm'],
  ['s', "yyyy'-'MM'-'dd'T'HH':'mm':'ss"],
  ['u', "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"],
  ['R', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
  ['r', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
  ['O', "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"],
  ['o', "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"],
]);
const IN_UTC: ReadonlySet<string> = new Set(['R', 'r', 'u']);
const CUSTOM =
  /'([^']*)'|"([^"]*)"|\\(.)|d{1,4}|M{1,4}|yyyy|yy|HH?|hh?|mm?|ss?|f{1,7}|F{1,7}|tt|z{1,3}|K|[A-Za-z%]|[^A-Za-z'"\\%]/gs;

/** `ToString(format)` under the invariant culture. */
export function dateText(value: DateTime | DateTimeOffset, format?: string): string {
  const general = value instanceof DateTime ? 'MM/dd/yyyy HH:mm:ss' : 'MM/dd/yyyy HH:mm:ss zzz';
  const pattern = format === undefined || format === '' || format === 'G' ? general : (STANDARD.get(format) ?? format);
  if (pattern.length === 1) {
    throw unsupportedUse(`the date format '${format}'`);
  }
  const ticks = value instanceof DateTimeOffset && IN_UTC.has(format ?? '') ? value.utcTicks : value.ticks;
  const clock = new Date(unixMilliseconds(ticks));
  return pattern.replace(CUSTOM, (part: string, single?: string, double?: string, escaped?: string) => {
    const literal = single ?? double ?? escaped;
    return literal ?? partText(part, clock, ticks, value);
  });
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function partText(part: string, clock: Date, ticks: bigint, value: DateTime | DateTimeOffset): string {
  if (!/^[A-Za-z%]/.test(part)) {
    return part;
  }
  const text = clockText(part, clock) ?? fractionOrZone(part, ticks, value);
  if (text === undefined) {
    throw unsupportedUse(`the date format part '${part}'`);
  }
  return text;
}

function clockText(part: string, clock: Date): string | undefined {
  const hours = clock.getUTCHours();
  const numbers: Record<string, number> = {
    d: clock.getUTCDate(),
    M: clock.getUTCMonth() + 1,
    H: hours,
    h: hours % 12 === 0 ? 12 : hours % 12,
    m: clock.getUTCMinutes(),
    s: clock.getUTCSeconds(),
  };
  const number = numbers[part[0]!];
  if (number !== undefined && part.length <= 2) {
    return part.length === 1 ? String(number) : two(number);
  }
  switch (part) {
    case 'ddd':
      return DAYS[clock.getUTCDay()]!.slice(0, 3);
    case 'dddd':
      return DAYS[clock.getUTCDay()]!;
    case 'MMM':
      return MONTHS[clock.getUTCMonth()]!.slice(0, 3);
    case 'MMMM':
      return MONTHS[clock.getUTCMonth()]!;
    case 'yyyy':
      return String(clock.getUTCFullYear()).padStart(4, '0');
    case 'yy':
      return two(clock.getUTCFullYear() % 100);
    case 'tt':
      return hours < 12 ? 'AM' : 'PM';
    default:
      return undefined;
  }
}

function fractionOrZone(part: string, ticks: bigint, value: DateTime | DateTimeOffset): string | undefined {
  const fraction = String(ticks % 10_000_000n)
    .padStart(7, '0')
    .slice(0, part.length);
  if (/^f+$/.test(part)) {
    return fraction;
  }
  if (/^F+$/.test(part)) {
    return fraction.replace(/0+$/, '');
  }
  if (part === 'K' && value instanceof DateTime) {
    return value.utc ? 'Z' : '';
  }
  if (part !== 'K' && part !== 'zzz') {
    return undefined;
  }
  const minutes = value instanceof DateTimeOffset ? value.offsetMinutes : 0;
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `[-][d.]hh:mm:ss[.fffffff]`. */
export function durationText(value: TimeSpan): string {
  const size = value.ticks < 0n ? -value.ticks : value.ticks;
  const seconds = Number(size / 10_000_000n);
  const fraction = size % 10_000_000n;
  const days = Math.floor(seconds / 86_400);
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${value.ticks < 0n ? '-' : ''}${days > 0 ? `${days}.` : ''}${clock}${fraction > 0n ? `.${String(fraction).padStart(7, '0')}` : ''}`;
}

/** 100 nanoseconds, the unit of .NET's times. */
export const TICKS_PER_MILLISECOND = 10_000n;
const TICKS_PER_SECOND = 10_000_000n;
/** Ticks from 0001-01-01 to 1970-01-01. */
const UNIX_EPOCH_TICKS = 621_355_968_000_000_000n;

export class TimeSpan {
  declare private readonly clr: 'TimeSpan';
  constructor(readonly ticks: bigint) {}

  static fromMilliseconds(milliseconds: number): TimeSpan {
    return new TimeSpan(BigInt(Math.round(milliseconds * 10_000)));
  }
}

/** A point in time in UTC (or without a zone), as `System.DateTime` counts it. */
export class DateTime {
  declare private readonly clr: 'DateTime';
  constructor(
    readonly ticks: bigint,
    readonly utc: boolean,
  ) {}

  static fromMilliseconds(milliseconds: number): DateTime {
    return new DateTime(ticksFromUnix(milliseconds), true);
  }
}

/** A point in time with its distance from UTC; `ticks` are those of the local clock. */
export class DateTimeOffset {
  declare private readonly clr: 'DateTimeOffset';
  constructor(
    readonly ticks: bigint,
    readonly offsetMinutes: number,
  ) {}

  static fromMilliseconds(milliseconds: number, offsetMinutes = 0): DateTimeOffset {
    return new DateTimeOffset(ticksFromUnix(milliseconds) + minutesAsTicks(offsetMinutes), offsetMinutes);
  }

  get utcTicks(): bigint {
    return this.ticks - minutesAsTicks(this.offsetMinutes);
  }
}

function minutesAsTicks(minutes: number): bigint {
  return BigInt(minutes) * 60n * TICKS_PER_SECOND;
}

function ticksFromUnix(milliseconds: number): bigint {
  return UNIX_EPOCH_TICKS + BigInt(Math.round(milliseconds * 10_000));
}

/** Milliseconds since 1970 of ticks; less than a millisecond is dropped. */
export function unixMilliseconds(ticks: bigint): number {
  const since = ticks - UNIX_EPOCH_TICKS;
  const floor = since / TICKS_PER_MILLISECOND - (since % TICKS_PER_MILLISECOND < 0n ? 1n : 0n);
  return Number(floor);
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const HTTP_DATE =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/i;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** The time a text names, in ISO 8601 or as an HTTP date (RFC 9110); other notations of .NET are not read. A time without zone is UTC. */
export function parseTime(text: string): { ticks: bigint; offsetMinutes: number; zoned: boolean } | undefined {
  const trimmed = text.trim();
  const http = HTTP_DATE.exec(trimmed);
  if (http) {
    const month = MONTHS.indexOf(http[2]!.toLowerCase()) + 1;
    const local = localTicks([http[3], String(month), http[1], http[4], http[5], http[6]], undefined);
    return local === undefined ? undefined : { ticks: local, offsetMinutes: 0, zoned: true };
  }
  const iso = ISO.exec(trimmed);
  const ticks = iso ? localTicks(iso.slice(1, 7), iso[7]) : undefined;
  if (ticks === undefined) {
    return undefined;
  }
  const zone = /([+-])(\d{2}):?(\d{2})/.exec(iso![8] ?? '');
  const offsetMinutes = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  return Math.abs(offsetMinutes) > 840 ? undefined : { ticks, offsetMinutes, zoned: iso![8] !== undefined };
}

function localTicks(parts: readonly (string | undefined)[], fraction: string | undefined): bigint | undefined {
  const [year, month, day, hour, minute, second] = parts.map((part) => Number(part ?? 0));
  const milliseconds = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  const date = new Date(milliseconds);
  date.setUTCFullYear(year!);
  const exists =
    year! >= 1 &&
    date.getUTCMonth() === month! - 1 &&
    date.getUTCDate() === day &&
    hour! < 24 &&
    minute! < 60 &&
    second! < 60;
  return exists ? ticksFromUnix(date.getTime()) + BigInt((fraction ?? '').padEnd(7, '0')) : undefined;
}

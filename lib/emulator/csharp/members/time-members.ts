import { objectsEqual } from '../arithmetic';
import { argumentOutOfRange, malformedDate } from '../exceptions';
import { textOf } from '../format';
import { Environment, Invocation } from '../invocation';
import { compareValues } from '../ordering';
import { DateTime, DateTimeOffset, parseTime, TICKS_PER_MILLISECOND, TimeSpan, unixMilliseconds } from '../time';
import { dateText } from '../time-format';
import { Double, EnumValue, Int32, Int64, Value } from '../values';
import { instanceMembers, StaticMembers, staticMembers } from './member-table';

type Point = DateTime | DateTimeOffset;

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const LARGEST_TICKS = 3_155_378_975_999_999_999n;
/** Milliseconds in the units that `AddDays`, `FromHours` and so on count. */
const UNITS = { Days: 86_400_000, Hours: 3_600_000, Minutes: 60_000, Seconds: 1_000, Milliseconds: 1 } as const;

function shifted(point: Point, ticks: bigint): Point {
  const moved = point.ticks + ticks;
  if (moved < 0n || moved > LARGEST_TICKS) {
    throw argumentOutOfRange('value');
  }
  return point instanceof DateTime ? new DateTime(moved, point.utc) : new DateTimeOffset(moved, point.offsetMinutes);
}

/** Rounded to whole milliseconds, as the .NET Framework does. */
function milliseconds(call: Invocation, unit: number): bigint {
  const value = call.number(0) * unit;
  if (!Number.isFinite(value) || Math.abs(value) > 1e15) {
    throw argumentOutOfRange('value');
  }
  return BigInt(Math.trunc(value + (value >= 0 ? 0.5 : -0.5))) * TICKS_PER_MILLISECOND;
}

function clock(point: Point): Date {
  return new Date(unixMilliseconds(point.ticks));
}

function addMonths(point: Point, months: number): Point {
  const date = clock(point);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), lastDay);
  const target = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), day);
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return shifted(point, BigInt(target - start) * TICKS_PER_MILLISECOND);
}

function utcTicks(point: Point): bigint {
  return point instanceof DateTimeOffset ? point.utcTicks : point.ticks;
}

function durationOf(call: Invocation): bigint {
  const value = call.value(0);
  if (!(value instanceof TimeSpan)) {
    throw call.mismatch(0, value, 'TimeSpan');
  }
  return value.ticks;
}

export const pointMembers = instanceMembers<Point>({
  properties: {
    Year: (point) => new Int32(clock(point).getUTCFullYear()),
    Month: (point) => new Int32(clock(point).getUTCMonth() + 1),
    Day: (point) => new Int32(clock(point).getUTCDate()),
    Hour: (point) => new Int32(clock(point).getUTCHours()),
    Minute: (point) => new Int32(clock(point).getUTCMinutes()),
    Second: (point) => new Int32(clock(point).getUTCSeconds()),
    Millisecond: (point) => new Int32(clock(point).getUTCMilliseconds()),
    DayOfWeek: (point) => new EnumValue('DayOfWeek', DAY_NAMES[clock(point).getUTCDay()]!, clock(point).getUTCDay()),
    Ticks: (point) => new Int64(point.ticks),
    UtcTicks: (point) => new Int64(utcTicks(point)),
    Date: (point) =>
      new DateTime(point.ticks - (point.ticks % 864_000_000_000n), point instanceof DateTime && point.utc),
    TimeOfDay: (point) => new TimeSpan(point.ticks % 864_000_000_000n),
    UtcDateTime: (point) => new DateTime(utcTicks(point), true),
    DateTime: (point) => new DateTime(point.ticks, false),
    Offset: (point) => TimeSpan.fromMilliseconds((point instanceof DateTimeOffset ? point.offsetMinutes : 0) * 60_000),
  },
  methods: {
    ...Object.fromEntries(
      Object.entries(UNITS).map(([name, unit]) => [
        `Add${name}`,
        (point: Point, call: Invocation) => shifted(point, milliseconds(call, unit)),
      ]),
    ),
    AddTicks: (point, call) => shifted(point, BigInt(call.number(0))),
    AddMonths: (point, call) => addMonths(point, call.integer(0)),
    AddYears: (point, call) => addMonths(point, call.integer(0) * 12),
    Add: (point, call) => shifted(point, durationOf(call)),
    Subtract: (point, call) => {
      const other = call.value(0);
      return other instanceof DateTime || other instanceof DateTimeOffset
        ? new TimeSpan(utcTicks(point) - utcTicks(other))
        : shifted(point, -durationOf(call));
    },
    ToUniversalTime: (point) =>
      point instanceof DateTimeOffset ? new DateTimeOffset(point.utcTicks, 0) : new DateTime(point.ticks, true),
    ToUnixTimeSeconds: (point) => new Int64(BigInt(Math.floor(unixMilliseconds(utcTicks(point)) / 1000))),
    ToUnixTimeMilliseconds: (point) => new Int64(BigInt(unixMilliseconds(utcTicks(point)))),
    // A format provider after the format is taken as the invariant culture.
    ToString: (point, call) => (call.has(0) ? dateText(point, call.text(0)) : textOf(point)),
    Equals: (point, call) => objectsEqual(point, call.value(0)),
    CompareTo: (point, call) => new Int32(compareValues(point, call.value(0))),
  },
});

function whole(span: TimeSpan, unit: number, of?: number): Value {
  const count = span.ticks / (BigInt(unit) * TICKS_PER_MILLISECOND);
  return new Int32(Number(of === undefined ? count : count % BigInt(of)));
}

export const durationMembers = instanceMembers<TimeSpan>({
  properties: {
    Days: (span) => whole(span, UNITS.Days),
    Hours: (span) => whole(span, UNITS.Hours, 24),
    Minutes: (span) => whole(span, UNITS.Minutes, 60),
    Seconds: (span) => whole(span, UNITS.Seconds, 60),
    Milliseconds: (span) => whole(span, 1, 1000),
    ...Object.fromEntries(
      Object.entries(UNITS).map(([name, unit]) => [
        `Total${name}`,
        (span: TimeSpan) => new Double(Number(span.ticks) / (unit * 10_000)),
      ]),
    ),
    Ticks: (span) => new Int64(span.ticks),
  },
  methods: {
    ToString: (span, call) => {
      if (call.has(0) && call.text(0) !== 'c') {
        throw call.overloadMissing();
      }
      return textOf(span);
    },
    Add: (span, call) => new TimeSpan(span.ticks + durationOf(call)),
    Subtract: (span, call) => new TimeSpan(span.ticks - durationOf(call)),
    Negate: (span) => new TimeSpan(-span.ticks),
    Duration: (span) => new TimeSpan(span.ticks < 0n ? -span.ticks : span.ticks),
    Equals: (span, call) => objectsEqual(span, call.value(0)),
    CompareTo: (span, call) => new Int32(compareValues(span, call.value(0))),
  },
});

export const durationStatics = staticMembers({
  properties: { Zero: () => new TimeSpan(0n) },
  methods: {
    ...Object.fromEntries(
      Object.entries(UNITS).map(([name, unit]) => [
        `From${name}`,
        (call: Invocation) => new TimeSpan(milliseconds(call, unit)),
      ]),
    ),
    FromTicks: (call) => new TimeSpan(BigInt(call.number(0))),
  },
  construct: (call) => {
    const parts = call.passed.map((_, index) => BigInt(call.integer(index)));
    if (parts.length !== 3 && parts.length !== 4) {
      throw call.overloadMissing();
    }
    const [days, hours, minutes, seconds] = parts.length === 3 ? [0n, ...parts] : parts;
    return new TimeSpan((((days! * 24n + hours!) * 60n + minutes!) * 60n + seconds!) * 10_000_000n);
  },
});

type Maker = (time: { ticks: bigint; offsetMinutes: number; zoned: boolean }) => Point;

function pointStatics(
  make: Maker,
  now: (environment: Environment) => Point,
  lowest: Point,
  highest: Point,
): StaticMembers {
  return staticMembers({
    properties: { UtcNow: now, Now: now, MinValue: () => lowest, MaxValue: () => highest },
    methods: {
      Parse: (call) => {
        const time = parseTime(call.text(0));
        if (time === undefined) {
          throw malformedDate();
        }
        return make(time);
      },
      TryParse: (call) => {
        const text = call.textOrNull(0);
        const time = text === null ? undefined : parseTime(text);
        call.assign(call.count - 1, time === undefined ? lowest : make(time));
        return time !== undefined;
      },
      FromUnixTimeSeconds: (call) => DateTimeOffset.fromMilliseconds(call.number(0) * 1000),
      FromUnixTimeMilliseconds: (call) => DateTimeOffset.fromMilliseconds(call.number(0)),
    },
    construct: (call) => constructed(call, make),
  });
}

/** `new DateTime(year, month, day[, hour, minute, second])`; of DateTimeOffset with an offset at the end. */
function constructed(call: Invocation, make: Maker): Point {
  const last = call.has(0) ? call.value(call.count - 1) : null;
  const given = last instanceof TimeSpan ? call.count - 1 : call.count;
  if (given !== 3 && given !== 6) {
    throw call.overloadMissing();
  }
  const [year, month, day, hour = 0, minute = 0, second = 0] = Array.from({ length: given }, (_, at) =>
    call.integer(at),
  );
  const two = (number: number): string => String(number).padStart(2, '0');
  const time = parseTime(
    `${String(year).padStart(4, '0')}-${two(month!)}-${two(day!)}T${two(hour)}:${two(minute)}:${two(second)}`,
  );
  if (time === undefined) {
    throw argumentOutOfRange('year, month or day');
  }
  const offsetMinutes = last instanceof TimeSpan ? Number(last.ticks / 600_000_000n) : 0;
  return make({ ...time, offsetMinutes });
}

export const dateTimeStatics = pointStatics(
  // DateTime.Parse turns a time with a zone into the gateway's local time, which is UTC.
  (time) => new DateTime(time.ticks - BigInt(time.offsetMinutes) * 600_000_000n, time.zoned),
  (environment) => DateTime.fromMilliseconds(environment.now()),
  new DateTime(0n, false),
  new DateTime(LARGEST_TICKS, false),
);

export const dateTimeOffsetStatics = pointStatics(
  (time) => new DateTimeOffset(time.ticks, time.offsetMinutes),
  (environment) => DateTimeOffset.fromMilliseconds(environment.now()),
  new DateTimeOffset(0n, 0),
  new DateTimeOffset(LARGEST_TICKS, 0),
);

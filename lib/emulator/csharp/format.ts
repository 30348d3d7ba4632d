import { argumentInvalid, ClrException, unsupportedUse } from './exceptions';
import { isJToken, JProperty, jsonText, JValue } from './json';
import { DateTime, DateTimeOffset, TimeSpan } from './time';
import { dateText, durationText } from './time-format';
import { typeNameOf } from './type-names';
import {
  Boxed,
  Capture,
  Char,
  Double,
  EnumValue,
  ExceptionValue,
  Guid,
  Int32,
  Int64,
  KeyValuePair,
  StringBuilder,
  UriValue,
  Value,
} from './values';

/**
 * A double's text under the invariant culture: 15 significant digits, as the .NET Framework that API Management documents
 * (.NET Core 3.0 and later write the shortest text that reads back).
 */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  }
  if (value === 0) {
    return '0';
  }
  const [mantissa, exponent] = value.toExponential(14).split('e') as [string, string];
  const power = Number(exponent);
  const digits = mantissa.replace(/\.?0+$/, '');
  if (power >= 15 || power <= -5) {
    return `${digits}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const fixed = Number(`${digits}e${power}`).toFixed(Math.max(0, 14 - power));
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

/** `ToString()` of a value; null is the empty string, as in a concatenation. */
export function textOf(value: Value): string {
  if (value === null) {
    return '';
  }
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if (value instanceof Boxed) {
    return textOf(value.value);
  }
  if (value instanceof Int32 || value instanceof Int64) {
    return String(value.value);
  }
  if (value instanceof Double) {
    return doubleText(value.value);
  }
  if (value instanceof Char) {
    return value.value;
  }
  return isJToken(value) ? tokenText(value) : objectText(value);
}

function tokenText(token: Parameters<typeof jsonText>[0]): string {
  if (!(token instanceof JValue)) {
    return token instanceof JProperty ? jsonText(token, true) : jsonText(token, true);
  }
  if (typeof token.value === 'boolean') {
    return token.value ? 'True' : 'False';
  }
  if (typeof token.value === 'number') {
    return doubleText(token.value);
  }
  return token.value === null ? '' : String(token.value);
}

function objectText(value: object): string {
  if (value instanceof EnumValue) {
    return value.name;
  }
  if (value instanceof Guid || value instanceof Capture) {
    return value.text;
  }
  if (value instanceof UriValue) {
    return value.url.href;
  }
  if (value instanceof StringBuilder) {
    return value.parts.join('');
  }
  if (value instanceof DateTime || value instanceof DateTimeOffset) {
    return dateText(value);
  }
  if (value instanceof TimeSpan) {
    return durationText(value);
  }
  if (value instanceof KeyValuePair) {
    return `[${textOf(value.key)}, ${textOf(value.value)}]`;
  }
  if (value instanceof ExceptionValue) {
    return `System.${value.type}: ${value.message}`;
  }
  throw unsupportedUse(`ToString() of ${typeNameOf(value as Value)}`);
}

/** `ToString(format)` of a number, for the formats D, N, F, X, 0 and 0.00. */
export function numberText(value: Int32 | Int64 | Double, format: string): string {
  const standard = /^(?<letter>[DdNnFfXxGgRr])(?<digits>\d{0,2})$/.exec(format)?.groups;
  const custom = /^(?<integer>[0#]+)(?:\.(?<fraction>0+))?$/.exec(format)?.groups;
  if (custom) {
    const digits = custom.fraction?.length ?? 0;
    return padded(roundedText(value, digits), custom.integer!.replaceAll('#', '').length);
  }
  const letter = standard?.letter?.toUpperCase();
  const precision = standard?.digits === '' || standard === undefined ? undefined : Number(standard.digits);
  if (letter === 'F' || letter === 'N') {
    const text = roundedText(value, precision ?? 2);
    return letter === 'F' ? text : text.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
  }
  if ((letter === 'G' || letter === 'R') && precision === undefined) {
    return textOf(value);
  }
  if (value instanceof Double || (letter !== 'D' && letter !== 'X')) {
    const known = letter === 'D' || letter === 'X';
    throw known
      ? new ClrException('FormatException', 'Format specifier was invalid.')
      : unsupportedUse(`the number format '${format}'`);
  }
  return letter === 'D' ? padded(String(value.value), precision ?? 0) : hexadecimal(value, format, precision ?? 0);
}

function hexadecimal(value: Int32 | Int64, format: string, digits: number): string {
  const bits = BigInt.asUintN(value instanceof Int32 ? 32 : 64, BigInt(value.value));
  const text = bits.toString(16).padStart(digits, '0');
  return format.startsWith('X') ? text.toUpperCase() : text;
}

function padded(text: string, digits: number): string {
  const [, sign, integer, fraction] = /^(-?)(\d*)(.*)$/.exec(text)!;
  return `${sign}${integer!.padStart(digits, '0')}${fraction}`;
}

/** Away from zero at one half, on the 15 digits that .NET shows. */
function roundedText(value: Int32 | Int64 | Double, digits: number): string {
  if (!(value instanceof Double)) {
    return digits === 0 ? String(value.value) : `${value.value}.${'0'.repeat(digits)}`;
  }
  if (!Number.isFinite(value.value)) {
    return doubleText(value.value);
  }
  if (digits > 15 || Math.abs(value.value) >= 1e15) {
    throw unsupportedUse(`${digits} decimal digits of ${doubleText(value.value)}`);
  }
  const scaled = Math.round(Number(`${Math.abs(Number(value.value.toPrecision(15)))}e${digits}`));
  const text = String(scaled).padStart(digits + 1, '0');
  const sign = value.value < 0 && scaled !== 0 ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `string.Format`. */
export function compositeText(format: string, values: readonly Value[]): string {
  const pattern = /\{\{|\}\}|\{(\d{1,6})(?:,\s*(-?\d{1,6}))?(?::([^{}]*))?\}|[{}]/g;
  return format.replace(pattern, (match: string, index?: string, width?: string, itemFormat?: string) => {
    if (match === '{{' || match === '}}') {
      return match[0]!;
    }
    if (index === undefined) {
      throw new ClrException('FormatException', 'Input string was not in a correct format.');
    }
    if (Number(index) >= values.length) {
      throw new ClrException(
        'FormatException',
        'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
      );
    }
    const text = formatted(values[Number(index)]!, itemFormat);
    const columns = Number(width ?? 0);
    return columns < 0 ? text.padEnd(-columns) : text.padStart(columns);
  });
}

function formatted(given: Value, format: string | undefined): string {
  const value = given instanceof Boxed ? given.value : given;
  if (format === undefined || format === '') {
    return textOf(value);
  }
  if (value instanceof Int32 || value instanceof Int64 || value instanceof Double) {
    return numberText(value, format);
  }
  if (value instanceof DateTime || value instanceof DateTimeOffset) {
    return dateText(value, format);
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value instanceof Char) {
    return textOf(value);
  }
  throw argumentInvalid(`format '${format}'`);
}

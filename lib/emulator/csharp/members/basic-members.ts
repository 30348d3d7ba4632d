import { objectsEqual } from '../arithmetic';
import { argumentNull, argumentOutOfRange, ClrException, indexOutOfRange } from '../exceptions';
import { compositeText, textOf } from '../format';
import { Invocation } from '../invocation';
import {
  Bytes,
  Double,
  EnumValue,
  ExceptionValue,
  Guid,
  Int32,
  RandomSource,
  StringBuilder,
  TextEncoding,
  UriValue,
  Value,
} from '../values';
import { instanceMembers, StaticMembers, staticMembers } from './member-table';

const GUID = /^[({]?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})[)}]?$/i;
const EMPTY_GUID = new Guid('00000000-0000-0000-0000-000000000000');

function guidText(guid: Guid, call: Invocation): string {
  const format = call.has(0) ? call.text(0).toUpperCase() : 'D';
  const forms: Record<string, string> = {
    D: guid.text,
    N: guid.text.replaceAll('-', ''),
    B: `{${guid.text}}`,
    P: `(${guid.text})`,
  };
  if (!Object.hasOwn(forms, format)) {
    throw new ClrException(
      'FormatException',
      'Format string can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".',
    );
  }
  return forms[format]!;
}

function parsedGuid(text: string | null): Guid | undefined {
  const parts = GUID.exec(text ?? '');
  return parts ? new Guid(parts.slice(1).join('-').toLowerCase()) : undefined;
}

function requiredGuid(text: string): Guid {
  const guid = parsedGuid(text);
  if (guid === undefined) {
    throw new ClrException('FormatException', 'Unrecognized Guid format.');
  }
  return guid;
}

export const guidMembers = instanceMembers<Guid>({
  methods: { ToString: guidText, Equals: (guid, call) => objectsEqual(guid, call.value(0)) },
});

export const guidStatics = staticMembers({
  properties: { Empty: () => EMPTY_GUID },
  construct: (call) => (call.count === 0 ? EMPTY_GUID : requiredGuid(call.text(0))),
  methods: {
    NewGuid: (call) => new Guid(call.environment.newGuid()),
    Parse: (call) => requiredGuid(call.text(0)),
    TryParse: (call) => {
      const guid = parsedGuid(call.textOrNull(0));
      call.assign(1, guid ?? EMPTY_GUID);
      return guid !== undefined;
    },
  },
});

function nextRandom(source: RandomSource, call: Invocation): Value {
  const lowest = call.count === 2 ? call.integer(0) : 0;
  const highest = call.count === 0 ? 2_147_483_647 : call.integer(call.count - 1);
  if (lowest > highest) {
    throw argumentOutOfRange(call.count === 2 ? 'minValue' : 'maxValue');
  }
  return new Int32(lowest + Math.floor(source.next() * (highest - lowest)));
}

export const randomMembers = instanceMembers<RandomSource>({
  methods: { Next: nextRandom, NextDouble: (source) => new Double(source.next()) },
});

/** A seed is not followed: .NET's sequence of numbers is not reproduced, the emulator's own source is used. */
export const randomStatics = staticMembers({ construct: (call) => new RandomSource(() => call.environment.random()) });

export const bytesMembers = instanceMembers<Bytes>({
  properties: { Length: (bytes) => new Int32(bytes.buffer.length) },
  index: (bytes, call) => new Int32(bytes.buffer[call.integer(0)] ?? outside()),
});

function outside(): never {
  throw indexOutOfRange();
}

export const encodingMembers = instanceMembers<TextEncoding>({
  methods: {
    GetBytes: (encoding, call) => {
      const text = call.text(0);
      // ASCII has no character for what lies beyond it and writes a question mark.
      return new Bytes(Buffer.from(encoding.name === 'ascii' ? text.replace(/[^\0-\x7f]/g, '?') : text, 'utf8'));
    },
    GetString: (encoding, call) => {
      const value = call.value(0);
      if (!(value instanceof Bytes)) {
        throw value === null ? argumentNull('bytes') : call.mismatch(0, value, 'byte[]');
      }
      const text = value.buffer.toString(encoding.name === 'ascii' ? 'latin1' : 'utf8');
      return encoding.name === 'ascii' ? text.replace(/[\x80-\xff]/g, '?') : text;
    },
  },
});

export const encodingStatics = staticMembers({
  properties: { UTF8: () => new TextEncoding('utf8'), ASCII: () => new TextEncoding('ascii') },
});

export const builderMembers = instanceMembers<StringBuilder>({
  properties: { Length: (builder) => new Int32(textOf(builder).length) },
  methods: {
    Append: (builder, call) => {
      builder.parts.push(textOf(call.value(0)));
      return builder;
    },
    AppendLine: (builder, call) => {
      builder.parts.push(`${call.has(0) ? call.text(0) : ''}\r\n`);
      return builder;
    },
    AppendFormat: (builder, call) => {
      builder.parts.push(
        compositeText(
          call.text(0),
          call.passed.slice(1).map((_, index) => call.value(index + 1)),
        ),
      );
      return builder;
    },
    ToString: textOf,
  },
});

export const builderStatics = staticMembers({
  construct: (call) => {
    const builder = new StringBuilder();
    if (call.has(0)) {
      builder.parts.push(call.text(0));
    }
    return builder;
  },
});

export const exceptionMembers = instanceMembers<ExceptionValue>({
  properties: { Message: (exception) => exception.message },
  methods: { ToString: textOf },
});

export function exceptionStatics(type: string): StaticMembers {
  return staticMembers({
    construct: (call) =>
      new ExceptionValue(type, call.has(0) ? call.text(0) : `Exception of type 'System.${type}' was thrown.`),
  });
}

export const enumMembers = instanceMembers<EnumValue>({
  methods: { ToString: textOf, Equals: (value, call) => objectsEqual(value, call.value(0)) },
});

/** An enumeration's members in the order of their numbers, from 0. */
export function enumStatics(type: string, names: readonly string[], first = 0): StaticMembers {
  return staticMembers({
    properties: Object.fromEntries(
      names.map((name, number) => [name, () => new EnumValue(type, name, number + first)]),
    ),
  });
}

export const uriMembers = instanceMembers<UriValue>({
  properties: {
    Host: (uri) => uri.url.hostname,
    Scheme: (uri) => uri.url.protocol.replace(':', ''),
    AbsolutePath: (uri) => uri.url.pathname,
    AbsoluteUri: (uri) => uri.url.href,
    PathAndQuery: (uri) => uri.url.pathname + uri.url.search,
    Query: (uri) => uri.url.search,
    Fragment: (uri) => uri.url.hash,
    OriginalString: (uri) => uri.original,
    Port: (uri) => new Int32(Number(uri.url.port || (uri.url.protocol === 'https:' ? 443 : 80))),
  },
  methods: { ToString: textOf },
});

export const uriStatics = staticMembers({
  methods: {
    EscapeDataString: (call) =>
      encodeURIComponent(call.text(0)).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    UnescapeDataString: (call) => unescaped(call.text(0)),
  },
  construct: (call) => {
    const text = call.text(0);
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text) || call.count !== 1) {
      throw new ClrException('UriFormatException', 'Invalid URI: The format of the URI could not be determined.');
    }
    return new UriValue(new URL(text), text);
  },
});

function unescaped(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

import { argumentNull } from '../exceptions';
import { textOf } from '../format';
import { Invocation } from '../invocation';
import { regularExpression } from '../regular-expression';
import { Capture, EnumValue, GroupCollection, Int32, Regex, Sequence, Value, Lambda } from '../values';
import { instanceMembers, staticMembers } from './member-table';

const MISSING = new Capture('Group', false, '', 0);

function captureOf(match: RegExpExecArray): Capture {
  const groups = new Map<string, Capture>();
  const names = Object.entries(match.indices?.groups ?? {});
  match.forEach((text: string | undefined, number) => {
    const index = match.indices?.[number]?.[0] ?? 0;
    groups.set(String(number), text === undefined ? MISSING : new Capture('Group', true, text, index));
  });
  names.forEach(([name, range]) => {
    groups.set(name, range ? new Capture('Group', true, match.groups![name]!, range[0]) : MISSING);
  });
  return new Capture('Match', true, match[0], match.index, groups);
}

const NO_MATCH = new Capture('Match', false, '', 0, new Map([['0', MISSING]]));

function matches(pattern: string, options: number, input: string): Capture[] {
  return [...input.matchAll(regularExpression(pattern, options, 'dg'))].map((match) =>
    captureOf(match as RegExpExecArray),
  );
}

/** `$1`, `${name}`, `$$` and `$&` of a replacement; an unknown group stays as written. */
function expanded(replacement: string, match: Capture): string {
  return replacement.replace(
    /\$(?:(\d+)|\{(\w+)\}|([$&]))/g,
    (whole: string, number?: string, name?: string, sign?: string) => {
      if (sign !== undefined) {
        return sign === '$' ? '$' : match.text;
      }
      const group = match.groups.get(number === undefined ? name! : String(Number(number)));
      return group === undefined ? whole : group.text;
    },
  );
}

function replaced(pattern: string, options: number, input: string, call: Invocation, at: number): string {
  const replacement = call.value(at);
  if (typeof replacement !== 'string' && !(replacement instanceof Lambda)) {
    throw replacement === null ? argumentNull('replacement') : call.mismatch(at, replacement, 'string');
  }
  let from = 0;
  let result = '';
  matches(pattern, options, input).forEach((match) => {
    const text = typeof replacement === 'string' ? expanded(replacement, match) : textOf(replacement.invoke([match]));
    result += input.slice(from, match.index) + text;
    from = match.index + match.text.length;
  });
  return result + input.slice(from);
}

function split(pattern: string, options: number, input: string): Sequence {
  return new Sequence(
    input.split(regularExpression(pattern, options, '')).map((part) => part ?? ''),
    'array',
    'String',
  );
}

function firstMatch(pattern: string, options: number, input: string): Capture {
  const match = regularExpression(pattern, options).exec(input);
  return match ? captureOf(match) : NO_MATCH;
}

export const regexMembers = instanceMembers<Regex>({
  methods: {
    IsMatch: (regex, call) => regularExpression(regex.pattern, regex.options).test(call.text(0)),
    Match: (regex, call) => firstMatch(regex.pattern, regex.options, call.text(0)),
    Matches: (regex, call) => new Sequence(matches(regex.pattern, regex.options, call.text(0)), 'query'),
    Replace: (regex, call) => replaced(regex.pattern, regex.options, call.text(0), call, 1),
    Split: (regex, call) => split(regex.pattern, regex.options, call.text(0)),
    ToString: (regex) => regex.pattern,
  },
});

function optionsOf(call: Invocation, at: number): number {
  return call.has(at) ? call.enumeration(at, 'RegexOptions').number : 0;
}

export const regexStatics = staticMembers({
  methods: {
    IsMatch: (call) => regularExpression(call.text(1), optionsOf(call, 2)).test(call.text(0)),
    Match: (call) => firstMatch(call.text(1), optionsOf(call, 2), call.text(0)),
    Matches: (call) => new Sequence(matches(call.text(1), optionsOf(call, 2), call.text(0)), 'query'),
    Replace: (call) => replaced(call.text(1), optionsOf(call, 3), call.text(0), call, 2),
    Split: (call) => split(call.text(1), optionsOf(call, 2), call.text(0)),
  },
  construct: (call) => {
    const regex = new Regex(call.text(0), optionsOf(call, 1));
    regularExpression(regex.pattern, regex.options);
    return regex;
  },
});

export const captureMembers = instanceMembers<Capture>({
  properties: {
    Success: (capture) => capture.success,
    Value: (capture) => capture.text,
    Index: (capture) => new Int32(capture.index),
    Length: (capture) => new Int32(capture.text.length),
    Groups: (capture) => new GroupCollection(capture.groups),
  },
  methods: { ToString: (capture) => capture.text, Result: (capture, call) => expanded(call.text(0), capture) },
});

export const groupsMembers = instanceMembers<GroupCollection>({
  properties: {
    Count: (collection) => new Int32([...collection.groups.keys()].filter((key) => /^\d+$/.test(key)).length),
  },
  index: (collection, call): Value => {
    const key = call.value(0);
    return collection.groups.get(key instanceof Int32 ? String(key.value) : call.text(0)) ?? MISSING;
  },
});

function option(name: string, number: number): () => Value {
  return () => new EnumValue('RegexOptions', name, number);
}

export const regexOptionsStatics = staticMembers({
  properties: {
    None: option('None', 0),
    IgnoreCase: option('IgnoreCase', 1),
    Multiline: option('Multiline', 2),
    Compiled: option('Compiled', 8),
    Singleline: option('Singleline', 16),
    CultureInvariant: option('CultureInvariant', 512),
  },
});

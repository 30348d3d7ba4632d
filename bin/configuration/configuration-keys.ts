import { isAbsolute, win32 } from 'node:path';
import { nearestNames } from '../../lib/catalog/nearest-names';
import { quoted } from '../../lib/contracts/printable';
import { COMMENT_ID_ADVICE, isCommentId } from '../../lib/report/comment-id';
import { FORMATS, isFormat } from '../../lib/report/writers';
import { findRule, nearestRule } from '../../lib/rules/rules';
import { Configuration } from './configuration';
import { ConfigurationProblem, LocatedEntry, LocatedValue, Place } from './located-value';

/** Says what is wrong with a value, at the place of the value or of a part of it. */
type Check = (value: LocatedValue, report: (place: Place, text: string) => void) => void;

const MOST_DAYS = 99_999;

const CHECKS: Readonly<Record<keyof Configuration | '$schema', Check>> = {
  $schema: text('the address of the schema'),
  catalog: text('the path of a catalogue file'),
  overlays: listOf(text('the path of an overlay file')),
  cloud: oneOf('public', 'usgovernment'),
  warnDays: days,
  failDays: days,
  failOn: oneOf('error', 'warning', 'never'),
  unknown: oneOf('fail', 'warn', 'pass'),
  severities,
  forbidPreviews: yesOrNo,
  forbidModelRouter: yesOrNo,
  waivers: listOf(text('the path of a waiver file')),
  baseline: text('the path of a baseline file'),
  requireFresh: yesOrNo,
  formats: listOf(format),
  commentId,
};

/** Every key of a configuration file. */
export const CONFIGURATION_KEYS: readonly string[] = Object.keys(CHECKS);

/** What is wrong with a configuration; nothing where it is a `Configuration`, but for the form of its formats. */
export function configurationProblems(value: LocatedValue): ConfigurationProblem[] {
  const problems: ConfigurationProblem[] = [];
  const report = (place: Place, problem: string) => problems.push({ place, text: problem });
  if (value.kind !== 'map') {
    report(value.place, `the file holds ${described(value)}; write keys and values, for instance 'failDays: 30'`);
    return problems;
  }
  for (const entry of value.entries) {
    if (Object.hasOwn(CHECKS, entry.key)) {
      CHECKS[entry.key as keyof typeof CHECKS](entry.value, (place, problem) =>
        report(place, `${entry.key} ${problem}`),
      );
    } else {
      report(entry.place, unknownKey(entry));
    }
  }
  return problems;
}

function unknownKey({ key }: LocatedEntry): string {
  if (key === 'asOf') {
    return `${quoted(key)} is not known here: a file that fixes the day would pass for ever; give it with --as-of`;
  }
  const [nearest] = nearestNames(key, CONFIGURATION_KEYS);
  const hint = nearest === undefined ? `known are ${CONFIGURATION_KEYS.join(', ')}` : `did you mean '${nearest}'?`;
  return `${quoted(key)} is not known here; ${hint}`;
}

function text(what: string): Check {
  return (value, report) => {
    if (value.kind !== 'scalar' || typeof value.value !== 'string' || !/\S/.test(value.value)) {
      report(value.place, `is ${described(value)}; give ${what}`);
    } else if (value.value.includes('\0')) {
      report(value.place, `holds a character that no path has; give ${what}`);
    }
  };
}

function listOf(check: Check): Check {
  return (value, report) => {
    if (value.kind !== 'list') {
      report(value.place, `is ${described(value)}; write a list, for instance [a, b]`);
      return;
    }
    value.items.forEach((item, index) => check(item, (place, problem) => report(place, `[${index}] ${problem}`)));
  };
}

function oneOf(...words: readonly string[]): Check {
  return (value, report) => {
    if (value.kind !== 'scalar' || !words.includes(value.value as string)) {
      report(value.place, `is ${described(value)}; allowed are ${words.join(', ')}`);
    }
  };
}

function days(value: LocatedValue, report: (place: Place, text: string) => void): void {
  const given = value.kind === 'scalar' ? value.value : undefined;
  if (!Number.isInteger(given) || (given as number) < 0 || (given as number) > MOST_DAYS) {
    report(value.place, `is ${described(value)}; give a whole number of days, 0 to ${MOST_DAYS}`);
  }
}

function yesOrNo(value: LocatedValue, report: (place: Place, text: string) => void): void {
  if (value.kind !== 'scalar' || typeof value.value !== 'boolean') {
    report(value.place, `is ${described(value)}; allowed are true and false`);
  }
}

function commentId(value: LocatedValue, report: (place: Place, text: string) => void): void {
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || !isCommentId(value.value)) {
    report(value.place, `is ${described(value)}; ${COMMENT_ID_ADVICE}`);
  }
}

function severities(value: LocatedValue, report: (place: Place, text: string) => void): void {
  if (value.kind !== 'map') {
    report(value.place, `is ${described(value)}; write rules and severities, for instance 'model-preview: error'`);
    return;
  }
  const severity = oneOf('error', 'warning', 'note', 'off');
  for (const { key, place, value: given } of value.entries) {
    if (findRule(key) === undefined) {
      const nearest = nearestRule(key);
      const hint = nearest === undefined ? 'the rules are listed in docs/rules.md' : `did you mean '${nearest}'?`;
      report(place, `names the rule ${quoted(key)}, which does not exist; ${hint}`);
    }
    severity(given, (at, problem) => report(at, `.${key} ${problem}`));
  }
}

/**
 * A file of outputs stays below the configuration: who may change the configuration of a repository may not thereby
 * write to any place of the machine that reviews it.
 */
function format(value: LocatedValue, report: (place: Place, text: string) => void): void {
  const given = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
  const [name, ...rest] = given?.split('=') ?? [];
  const file = rest.join('=');
  if (given === undefined || !isFormat(name ?? '')) {
    report(value.place, `is ${described(value)}; known formats are ${FORMATS.join(', ')}`);
  } else if (rest.length > 0 && (!/\S/.test(file) || file.includes('\0'))) {
    report(value.place, `is ${described(value)}; name a file behind '=', for instance ${name}=report.${name}`);
  } else if (
    isAbsolute(file) ||
    win32.isAbsolute(file) ||
    /^[A-Za-z]:/.test(file) ||
    /(^|[\\/])\.\.([\\/]|$)/.test(file)
  ) {
    report(
      value.place,
      `is ${described(value)}; a configuration may write below its own folder only: give other files with --format`,
    );
  }
}

function described(value: LocatedValue): string {
  switch (value.kind) {
    case 'list':
      return 'a list';
    case 'map':
      return 'a map of keys and values';
    case 'scalar':
      return value.value === null ? 'empty' : quoted(value.value);
  }
}

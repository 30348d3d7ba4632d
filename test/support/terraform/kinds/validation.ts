import { UNKNOWN, Value, ValueObject } from '../value-encoding';

const ACCOUNT_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/]+$/;

/**
 * `ExactlyOneOf` in the provider's source. An unknown counts as given.
 * @param within path of the block that has the attributes, with a full stop at its end
 */
export function exactlyOneOf(config: ValueObject, names: readonly string[], within = ''): string[] {
  const given = names.filter((name) => isGiven(config[name]));
  const paths = (some: readonly string[]) => some.map((name) => within + name).join(',');
  const all = paths(names);
  if (given.length === 1) {
    return [];
  }
  return [
    given.length === 0
      ? `"${within}${names[0]}": one of \`${all}\` must be specified`
      : `"${within}${names[0]}": only one of \`${all}\` can be specified, but \`${paths(given)}\` were specified.`,
  ];
}

/** `AtLeastOneOf` in the provider's source. */
export function atLeastOneOf(config: ValueObject, names: readonly string[], within = ''): string[] {
  return names.some((name) => isGiven(config[name]))
    ? []
    : [`"${within}${names[0]}": one of \`${names.map((name) => within + name).join(',')}\` must be specified`];
}

/** `ConflictsWith` in the provider's source. */
export function notBoth(config: ValueObject, first: string, second: string, within = ''): string[] {
  return isGiven(config[first]) && isGiven(config[second])
    ? [`"${within}${first}": conflicts with ${within}${second}`]
    : [];
}

/** `IntBetween` in the provider's source; nothing and unknown pass. */
export function between(name: string, value: Value | undefined, least: number, most: number): string[] {
  return typeof value !== 'number' || (value >= least && value <= most)
    ? []
    : [`expected ${name} to be in the range (${least} - ${most}), got ${value}`];
}

/** A regular expression in the provider's source; nothing and unknown pass. */
export function matching(value: Value | undefined, pattern: RegExp, problem: string): string[] {
  return typeof value !== 'string' || pattern.test(value) ? [] : [problem];
}

/** `StringInSlice` in the provider's source; nothing and unknown pass. */
export function oneOf(name: string, value: Value | undefined, allowed: readonly string[]): string[] {
  return typeof value !== 'string' || allowed.includes(value)
    ? []
    : [`expected ${name} to be one of [${allowed.map((each) => `"${each}"`).join(' ')}], got ${value}`];
}

/** The provider compares the fixed segments of an id with their case. */
export function accountId(value: Value | undefined): string[] {
  return typeof value !== 'string' || ACCOUNT_ID.test(value)
    ? []
    : [
        `parsing the Account ID ${JSON.stringify(value)}: expected ` +
          '/subscriptions/{…}/resourceGroups/{…}/providers/Microsoft.CognitiveServices/accounts/{…}',
      ];
}

function isGiven(value: Value | undefined): boolean {
  return value === UNKNOWN || (Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined);
}

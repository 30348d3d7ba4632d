import { UNKNOWN, Value, ValueObject } from '../value-encoding';

const ACCOUNT_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/]+$/;

/** `ExactlyOneOf` in the provider's source. An unknown counts as given. */
export function exactlyOneOf(config: ValueObject, names: readonly string[]): string[] {
  const given = names.filter((name) => isGiven(config[name]));
  const all = names.join(',');
  if (given.length === 1) {
    return [];
  }
  return [
    given.length === 0
      ? `"${names[0]}": one of \`${all}\` must be specified`
      : `"${names[0]}": only one of \`${all}\` can be specified, but \`${given.join(',')}\` were specified.`,
  ];
}

/** `AtLeastOneOf` in the provider's source. */
export function atLeastOneOf(config: ValueObject, names: readonly string[]): string[] {
  return names.some((name) => isGiven(config[name]))
    ? []
    : [`"${names[0]}": one of \`${names.join(',')}\` must be specified`];
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

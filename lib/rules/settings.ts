import { badDays, ThresholdNames, thresholdsCross } from './errors';
import { RuleSettings } from './rule';

const DEFAULT_FAIL_DAYS = 30;

/** Microsoft names a replacement 90 to 120 days before a retirement, not earlier. */
const DEFAULT_WARN_DAYS = 120;

/**
 * The settings with every default in place.
 *
 * @param names what the user calls the thresholds
 * @throws if a threshold is not a whole number of days, or the warning would come after the error
 */
export function resolveSettings(
  given: Partial<RuleSettings> = {},
  names: ThresholdNames = { warnDays: 'warnDays', failDays: 'failDays' },
): RuleSettings {
  const failDays = requireDays(names.failDays, given.failDays ?? DEFAULT_FAIL_DAYS);
  const warnDays = requireDays(names.warnDays, given.warnDays ?? Math.max(DEFAULT_WARN_DAYS, failDays));
  if (warnDays < failDays) {
    throw thresholdsCross(failDays, warnDays, names);
  }
  return {
    failDays,
    warnDays,
    forbidPreviews: given.forbidPreviews ?? false,
    forbidModelRouter: given.forbidModelRouter ?? false,
  };
}

function requireDays(name: string, given: number): number {
  if (!Number.isInteger(given) || given < 0) {
    throw badDays(name, given);
  }
  return given;
}

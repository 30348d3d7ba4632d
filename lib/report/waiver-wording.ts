import { Finding } from '../rules/finding';
import { WAIVER_RULES } from '../rules/rules';

const ABOUT_WAIVERS: ReadonlySet<string> = new Set(WAIVER_RULES.map(({ id }) => id));

/** What tables have below them, for findings that belong to no row. */
export const WAIVERS_TITLE = 'Waivers';

/** `error waiver-expired: the waiver of … expired on …; correct the finding … (waivers.json, waivers[0])`. */
export function waiverTexts(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ rule }) => ABOUT_WAIVERS.has(rule))
    .map(({ severity, rule, message, fix, resource: { declaredAt } }) => {
      const place = declaredAt === undefined ? '' : ` (${declaredAt})`;
      return `${severity} ${rule}: ${message}; ${fix}${place}`;
    });
}

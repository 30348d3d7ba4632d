import { printable } from '../../lib/contracts/printable';
import { resolveSettings } from '../../lib/rules/settings';
import { JudgementOptions } from './judgement-options';

/**
 * What lets pass more than the defaults do, a few words each: whoever reads the report has not seen the command line,
 * and a configuration file may come with the very change that is reviewed.
 */
export function deviationsOf(options: JudgementOptions): string[] {
  const { severity = {}, failOn, unknown, failDays, warnDays, configuration } = options;
  const usual = resolveSettings();
  const shorter = (name: string, given: number | undefined, least: number) =>
    given !== undefined && given < least ? [`${name} ${given} instead of ${least}`] : [];
  return [
    ...(configuration === undefined ? [] : [configurationText(configuration, options)]),
    ...Object.entries(severity).map(([rule, weight]) => `${rule} is ${weight}`),
    ...(failOn === 'never' ? ['no finding fails'] : []),
    ...(unknown === 'pass' ? ['what cannot be seen is only noted'] : []),
    ...shorter('failDays', failDays, usual.failDays),
    ...shorter('warnDays', warnDays, usual.warnDays),
  ];
}

/** What a configuration file sets beside what is told with its value. */
function configurationText(file: string, { configured = [] }: JudgementOptions): string {
  return `settings of ${printable(file)}${configured.length === 0 ? '' : ` (${configured.join(', ')})`}`;
}

/** What an evaluation came to. `unknown` is no pass: there were too few samples to tell. */
export type Verdict = 'pass' | 'fail' | 'unknown';

export const VERDICTS: readonly Verdict[] = ['pass', 'fail', 'unknown'];

/** `fail` if any of them fails, else `unknown` if any is unknown, else `pass`; `unknown` where there are none. */
export function overallVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) {
    return 'fail';
  }
  return verdicts.length === 0 || verdicts.includes('unknown') ? 'unknown' : 'pass';
}

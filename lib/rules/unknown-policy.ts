import { Finding, Severity } from './finding';

/** What a finding means whose value could not be seen: it fails, it warns, or it is only noted. */
export type UnknownPolicy = 'fail' | 'warn' | 'pass';

const SEVERITIES: Readonly<Record<UnknownPolicy, Severity>> = { fail: 'error', warn: 'warning', pass: 'note' };

/** The finding with the weight that the policy gives it, if it is about something unknown. */
export function weighUnknown(finding: Finding, policy: UnknownPolicy): Finding {
  return finding.status === 'unknown' ? { ...finding, severity: SEVERITIES[policy] } : finding;
}

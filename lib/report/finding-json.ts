import { Finding } from '../rules/finding';
import { fingerprintOf } from '../rules/fingerprint';

/** A finding as the JSON of tables has it. */
export function findingDocument(finding: Finding) {
  const { account, ...resource } = finding.resource;
  // Azure's word for what an account is known by is its id.
  return { ...finding, resource: { ...resource, accountId: account }, fingerprint: fingerprintOf(finding) };
}

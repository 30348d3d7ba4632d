import { Finding } from '../rules/finding';
import { fingerprintOf } from '../rules/fingerprint';
import { compareSeverities } from '../rules/severity-order';
import { addressIn, declaredPlace, inputFinder, inputNamer } from './finding-place';
import { inertText } from './inert-text';
import { RunReport } from './run-report';
import { artifactLocation } from './sarif-location';
import { SARIF_RULE_INDEX } from './sarif-rules';
import { sarifText } from './sarif-text';

/** The findings as SARIF results: those that count first, worst first. */
export function sarifResults(report: RunReport, workingDirectory: string) {
  const inputOf = inputFinder(report);
  const nameOf = inputNamer(report);
  const isCompared = report.hasKnownFindings ?? report.findings.some(({ carriedOver }) => carriedOver !== undefined);
  const numbered = fingerprintNumbering();
  return [...report.findings]
    .sort(
      (left, right) =>
        Number(isStanding(left)) - Number(isStanding(right)) || compareSeverities(left.severity, right.severity),
    )
    .map((finding) => ({
      ruleId: inertText(finding.rule),
      ruleIndex: SARIF_RULE_INDEX.get(finding.rule),
      level: finding.severity,
      message: { text: sarifText(messageOf(finding, nameOf(finding))) },
      locations: [
        {
          physicalLocation: physicalLocation(finding, inputOf(finding), workingDirectory),
          logicalLocations: logicalLocations(finding),
        },
      ],
      partialFingerprints: numbered(finding),
      // Once one result says whether it is suppressed, all have to (section 3.27.23).
      suppressions: suppressions(finding),
      ...(isCompared ? { baselineState: finding.carriedOver === undefined ? 'new' : 'unchanged' } : {}),
      properties: propertiesOf(finding, nameOf(finding)),
    }));
}

function isStanding({ waived, carriedOver }: Finding): boolean {
  return waived !== undefined || carriedOver !== undefined;
}

function messageOf(finding: Finding, input: string | undefined): string {
  return `${addressIn(finding, input)}: ${finding.message}. Fix: ${finding.fix}.`;
}

/**
 * GitHub shows no result without a file, so that one whose place nobody recorded stands at its input.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
function physicalLocation(finding: Finding, input: string | undefined, workingDirectory: string) {
  const { file, line } = declaredPlace(finding) ?? { file: inputFile(input), line: 1 };
  return {
    artifactLocation: artifactLocation(file, workingDirectory),
    region: { startLine: line ?? 1 },
  };
}

function inputFile(input: string | undefined): string {
  return input === undefined || input === '-' || input === '' ? 'standard-input' : input;
}

function logicalLocations({ resource }: Finding) {
  const { address, type, constructPath } = resource;
  const ofTerraform = { fullyQualifiedName: inertText(address), kind: 'resource', decoratedName: inertText(type) };
  return constructPath === undefined
    ? [ofTerraform]
    : [ofTerraform, { fullyQualifiedName: inertText(constructPath), kind: 'object' }];
}

/**
 * GitHub matches alerts by `primaryLocationLineHash` alone; where it is absent, the upload takes the hash of the line,
 * which for a plan is the whole plan: https://github.com/github/codeql-action/blob/main/src/fingerprints.ts
 */
function fingerprintNumbering() {
  const seen = new Map<string, number>();
  return (finding: Finding) => {
    const fingerprint = fingerprintOf(finding);
    const number = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, number);
    const unique = `${fingerprint}:${number}`;
    return { 'modelLifecycle/v1': unique, primaryLocationLineHash: unique };
  };
}

function suppressions({ waived }: Finding) {
  if (waived === undefined) {
    return [];
  }
  const { reason, owner, expires } = waived;
  const justification = inertText(`${reason} (owner: ${owner}, until ${expires})`);
  return [{ kind: 'external', status: 'accepted', justification }];
}

function propertiesOf({ status, resource, model, retirementDate, carriedOver }: Finding, input: string | undefined) {
  const given = {
    input,
    deployment: resource.deployment,
    accountId: resource.account,
    path: resource.path,
    model: model?.name,
    modelVersion: model?.version,
    sku: model?.sku,
    retirementDate,
    carriedOverFrom: carriedOver?.from,
    carriedOverSince: carriedOver?.since,
  };
  const texts = Object.entries(given).flatMap(([name, text]) => (text === undefined ? [] : [[name, inertText(text)]]));
  return { unknown: status === 'unknown', ...(Object.fromEntries(texts) as Record<string, string>) };
}

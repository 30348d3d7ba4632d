import { FindingChange, TouchedDeployment } from '../review/catalog-effect';
import { Finding, FindingResource } from '../rules/finding';
import { fingerprintOf } from '../rules/fingerprint';
import { CatalogDifferenceReport } from './catalog-difference-report';
import { jsonText } from './json-text';

const DIFFERENCE_SCHEMA_VERSION = 1;

/** What changed between two catalogues for programs, as described by `catalog-difference.schema.json`. */
export function catalogDifferenceJson({ older, newer, difference, effect }: CatalogDifferenceReport): string {
  return jsonText({
    schemaVersion: DIFFERENCE_SCHEMA_VERSION,
    older,
    newer,
    ...difference,
    ...(effect && {
      effect: {
        ...effect,
        touched: effect.touched.map(touchedDocument),
        findings: effect.findings.map(changeDocument),
      },
    }),
  });
}

function touchedDocument({ resource, ...rest }: TouchedDeployment) {
  return { resource: resourceDocument(resource), ...rest };
}

function changeDocument({ change, before, after }: FindingChange) {
  return {
    change,
    ...(before && { before: findingDocument(before) }),
    ...(after && { after: findingDocument(after) }),
  };
}

function findingDocument(finding: Finding) {
  return { ...finding, resource: resourceDocument(finding.resource), fingerprint: fingerprintOf(finding) };
}

/** Azure's word for what an account is known by is its id. */
function resourceDocument({ account, ...rest }: FindingResource) {
  return { ...rest, accountId: account };
}

import { elementShape } from './element-shapes';
import { elementName } from './node-values';
import { FragmentDocument, PolicyDocument, PolicyNode, policySections } from './policy-document';
import { GatewayTier, missingPolicies } from './policy-limits';
import { PlacedNode } from './policy-walk';

/** Containers whose children run in the section itself; in any other, children belong to a request or response of its own. */
const PASSING_CONTAINERS: readonly string[] = ['choose', 'retry', 'wait', 'limit-concurrency'];

/**
 * `backend` takes exactly one policy: with two, API Management refuses the document when it is saved; with none, it
 * forwards nothing (https://learn.microsoft.com/azure/api-management/forward-request-policy).
 */
export function backendProblems(document: PolicyDocument | FragmentDocument): string[] {
  if (document.kind === 'fragment' || document.backend.length === 1) {
    return [];
  }
  const count = document.backend.length;
  return count === 0
    ? ['backend is empty, so that no request is forwarded; put <base /> or <forward-request /> into it']
    : [`backend holds ${count} policies, API Management accepts one; put them into one <retry> or <choose>`];
}

/** Whether a node may stand where it stands, on a gateway of the tier. */
export function placementProblems(
  { node, place, section, ancestors }: PlacedNode,
  document: PolicyDocument | FragmentDocument,
  tier: GatewayTier | undefined,
): string[] {
  const name = elementName(node);
  const problems: string[] = [];
  if (document.kind === 'fragment') {
    problems.push(...fragmentProblems(node, place));
  } else if (node.kind === 'base' && ancestors.length > 0) {
    problems.push(`${place} stands inside another policy; <base /> is a direct child of its section`);
  } else if (node.kind === 'base' && !place.endsWith('[0]')) {
    problems.push(`${place} is the second <base /> of ${section}; keep one`);
  }
  const sections = elementShape(name)?.sections;
  const runsHere = ancestors.every((ancestor) => PASSING_CONTAINERS.includes(elementName(ancestor)));
  if (section !== undefined && sections !== undefined && runsHere && !sections.includes(section)) {
    // return-response takes a body in every section: https://learn.microsoft.com/azure/api-management/api-management-error-handling-policies.
    const fix = node.kind === 'set-body' ? 'put it into <return-response>' : `move it to ${sections.join(' or ')}`;
    problems.push(`${place} is not available in ${section}; ${fix}`);
  }
  if (tier !== undefined && missingPolicies[tier].includes(name)) {
    problems.push(`${place} does not exist in the ${tier} tier; remove it or choose another tier`);
  }
  return problems;
}

function fragmentProblems(node: PolicyNode, place: string): string[] {
  const name = elementName(node);
  if (node.kind === 'base' || node.kind === 'include-fragment') {
    return [`${place} cannot stand in a fragment; put it into the policy that includes the fragment`];
  }
  return (policySections as readonly string[]).includes(name)
    ? [`${place} is a section, which a fragment has not; keep only the policies in it`]
    : [];
}

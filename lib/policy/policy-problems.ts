import { elementProblems } from './element-problems';
import { FragmentDocument, PolicyDocument } from './policy-document';
import { GatewayTier, largestFragment, largestPolicy, policySize } from './policy-limits';
import { allNodes } from './policy-walk';
import { referencesOf } from './references';
import { backendProblems, placementProblems } from './section-problems';
import { SerialiseOptions, serialisePolicy } from './serialise-policy';
import { variableProblems } from './variable-problems';

export interface PolicyCheckOptions extends SerialiseOptions {
  /** The tier of the gateway. @default size and availability are not judged, but for what no tier allows */
  readonly tier?: GatewayTier;
  /** Backends that exist: API Management refuses a policy that names another one literally. @default not judged */
  readonly backendIds?: readonly string[];
  /** Fragments that exist. @default not judged */
  readonly fragmentIds?: readonly string[];
  /** Variables that other scopes or fragments set before this policy runs. @default none */
  readonly variablesSetElsewhere?: readonly string[];
}

/**
 * Everything that API Management would refuse, or run otherwise than it reads: a sentence for each, with the place
 * (`inbound/choose[0]/when[2]/set-header[0]`) and the way out. Empty when there is nothing.
 */
export function policyProblems(
  document: PolicyDocument | FragmentDocument,
  options: PolicyCheckOptions = {},
): string[] {
  return [...contentProblems(document, options), ...sizeProblems(document, options)];
}

/** The same without the size, for a document whose fragments were put in their places: they do not count towards it. */
export function contentProblems(
  document: PolicyDocument | FragmentDocument,
  options: PolicyCheckOptions = {},
): string[] {
  const { tier } = options;
  const nodes = allNodes(document);
  return [
    ...backendProblems(document),
    ...nodes.flatMap((node) => placementProblems(node, document, tier)),
    ...nodes.flatMap((node) => elementProblems(node, options)),
    ...variableProblems(document, options.variablesSetElsewhere),
    ...missingReferences(document, options),
  ];
}

function missingReferences(document: PolicyDocument | FragmentDocument, options: PolicyCheckOptions): string[] {
  const { backends, fragments } = referencesOf(document);
  const missing = (
    kind: string,
    references: readonly { readonly id: string; readonly place: string }[],
    existing: readonly string[] | undefined,
  ): string[] => {
    const known = new Set(existing);
    return existing === undefined
      ? []
      : references
          .filter(({ id }) => !known.has(id) && !id.includes('${'))
          .map(
            ({ id, place }) =>
              `${place} names the ${kind} '${id}', which does not exist; declare it or correct the name`,
          );
  };
  return [...missing('backend', backends, options.backendIds), ...missing('fragment', fragments, options.fragmentIds)];
}

/** A policy that cannot be written has no size: what is wrong with it is among the problems of its values. */
function sizeProblems(document: PolicyDocument | FragmentDocument, options: PolicyCheckOptions): string[] {
  let size: number;
  try {
    size = policySize(serialisePolicy(document, options));
  } catch {
    return [];
  }
  const largest = document.kind === 'fragment' ? largestFragment : largestPolicy[options.tier ?? 'classic'];
  const what = document.kind === 'fragment' ? 'fragment' : 'policy';
  const tier = document.kind === 'policies' && options.tier !== undefined ? ` of the ${options.tier} tier` : '';
  return size <= largest
    ? []
    : [`the ${what} has ${size} bytes, the largest${tier} has ${largest}; move parts into fragments or split it`];
}

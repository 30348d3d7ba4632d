import { FragmentDocument, PolicyDocument, PolicyNode } from './policy-document';

/**
 * The policy with the content of its fragments in their places, as API Management runs it: what a fragment reads and sets
 * can only be judged there. Fragments that are not given stay as they are.
 */
export function expandFragments(
  document: PolicyDocument,
  fragments: ReadonlyMap<string, FragmentDocument>,
): PolicyDocument {
  const expand = (nodes: readonly PolicyNode[]): PolicyNode[] => nodes.flatMap((node) => expanded(node));
  const expanded = (node: PolicyNode): readonly PolicyNode[] => {
    switch (node.kind) {
      case 'include-fragment': {
        const fragment = typeof node.fragmentId === 'string' ? fragments.get(node.fragmentId) : undefined;
        return fragment?.children ?? [node];
      }
      case 'choose':
        return [
          {
            ...node,
            whens: node.whens.map((when) => ({ ...when, children: expand(when.children) })),
            ...(node.otherwise && { otherwise: { ...node.otherwise, children: expand(node.otherwise.children) } }),
          },
        ];
      case 'retry':
      case 'other':
        return [{ ...node, children: expand(node.children) }];
      default:
        return [node];
    }
  };
  return {
    ...document,
    inbound: expand(document.inbound),
    backend: expand(document.backend),
    outbound: expand(document.outbound),
    onError: expand(document.onError),
  };
}

import { elementName } from './node-values';
import { FragmentDocument, PolicyDocument, PolicyNode, PolicySection } from './policy-document';

/** A node and where it stands. */
export interface PlacedNode {
  readonly node: PolicyNode;
  /** For instance `inbound/choose[0]/when[2]/set-header[1]`: counted from 0 among siblings of the same name. */
  readonly place: string;
  /** Absent in fragments: the section is that of the policy which includes them. */
  readonly section?: PolicySection;
  /** The policies around it, outermost first. */
  readonly ancestors: readonly PolicyNode[];
}

/** Policies side by side, with the place of what holds them. */
export interface NodeList {
  readonly nodes: readonly PolicyNode[];
  readonly place: string;
  readonly section?: PolicySection;
}

/** The lists that a document consists of: its sections in order, or the fragment's own. */
export function documentLists(document: PolicyDocument | FragmentDocument): NodeList[] {
  if (document.kind === 'fragment') {
    return [{ nodes: document.children, place: 'fragment' }];
  }
  return [
    { nodes: document.inbound, place: 'inbound', section: 'inbound' },
    { nodes: document.backend, place: 'backend', section: 'backend' },
    { nodes: document.outbound, place: 'outbound', section: 'outbound' },
    { nodes: document.onError, place: 'on-error', section: 'on-error' },
  ];
}

/** The lists that a node holds: the branches of `choose`, the children of any other. */
export function childLists(node: PolicyNode, place: string): NodeList[] {
  if (node.kind === 'choose') {
    const whens = node.whens.map((when, index) => ({ nodes: when.children, place: `${place}/when[${index}]` }));
    return node.otherwise === undefined
      ? whens
      : [...whens, { nodes: node.otherwise.children, place: `${place}/otherwise` }];
  }
  return 'children' in node ? [{ nodes: node.children, place }] : [];
}

/** The nodes of a list with their places. */
export function placed(list: NodeList): { readonly node: PolicyNode; readonly place: string }[] {
  const counts = new Map<string, number>();
  return list.nodes.map((node) => {
    const name = elementName(node);
    const index = counts.get(name) ?? 0;
    counts.set(name, index + 1);
    return { node, place: `${list.place}/${name}[${index}]` };
  });
}

/** Every node of a document, each before those in it. */
export function allNodes(document: PolicyDocument | FragmentDocument): PlacedNode[] {
  const nodes: PlacedNode[] = [];
  const visit = (list: NodeList, section: PolicySection | undefined, ancestors: readonly PolicyNode[]): void => {
    for (const { node, place } of placed(list)) {
      nodes.push({ node, place, ancestors, ...(section === undefined ? {} : { section }) });
      const inner = [...ancestors, node];
      childLists(node, place).forEach((children) => visit(children, section, inner));
    }
  };
  documentLists(document).forEach((list) => visit(list, list.section, []));
  return nodes;
}

import { ROUTER_VARIABLES } from '../contracts/traffic-row';
import { comparedValues } from '../policy/compared-values';
import { ChooseNode, PolicyDocument, PolicyNode, WhenBranch } from '../policy/policy-document';
import { allNodes, documentLists } from '../policy/policy-walk';
import { UnreadPart, unreadParts } from './unread-parts';

const { rows: ROWS, salt: SALT, killSwitch: KILL_SWITCH, chosen: CHOSEN } = ROUTER_VARIABLES;

const READ: ReadonlySet<string> = new Set([ROWS, SALT, KILL_SWITCH]);

const QUOTED_LABEL = /"[a-z][a-z0-9-]*-[0-9a-f]{12}"/g;

/** What a router's policy does besides its rows, its salt, its kill switch, and the backends of its releases. */
export function unreadPolicyParts(document: PolicyDocument): UnreadPart[] {
  const read = readVariables(document);
  return unreadParts(
    documentLists(document).flatMap(({ nodes, place }) =>
      nodes.map((node) => [place, withoutWhatIsRead(node, read)] as const),
    ),
  );
}

/** Of several that are called the same the last one is read. */
function readVariables(document: PolicyDocument): ReadonlySet<PolicyNode> {
  const last = new Map(
    allNodes(document).flatMap(({ node }) =>
      node.kind === 'set-variable' && typeof node.name === 'string' && READ.has(node.name)
        ? [[node.name, node] as const]
        : [],
    ),
  );
  return new Set(last.values());
}

function withoutWhatIsRead(node: PolicyNode, read: ReadonlySet<PolicyNode>): unknown {
  if (read.has(node) && node.kind === 'set-variable') {
    return { ...node, value: '' };
  }
  const inner = (children: readonly PolicyNode[]) => children.map((child) => withoutWhatIsRead(child, read));
  if (node.kind === 'choose') {
    return {
      ...node,
      whens: branchesOf(node, inner),
      ...(node.otherwise && { otherwise: inner(node.otherwise.children) }),
    };
  }
  return 'children' in node ? { ...node, children: inner(node.children) } : node;
}

/** Branches that do the same for one release each are one, however many releases there are. */
function branchesOf({ whens }: ChooseNode, inner: (children: readonly PolicyNode[]) => unknown[]): unknown[] {
  return [
    ...new Set(
      whens.map((when) => JSON.stringify(isOfLabel(when) ? ofAnyLabel(when) : [when.condition, inner(when.children)])),
    ),
  ];
}

function isOfLabel({ condition }: WhenBranch): boolean {
  return comparedValues(condition)
    .flat()
    .some(({ subject }) => subject.kind === 'variable' && subject.name === CHOSEN);
}

function ofAnyLabel({ condition, children }: WhenBranch): unknown[] {
  const anyLabel = JSON.stringify(condition).replaceAll('\\"', '"').replace(QUOTED_LABEL, '"label"');
  return [anyLabel, children.map((node) => (node.kind === 'set-backend-service' ? node.kind : node))];
}

import { bothOf, ComparedValue, comparedValues } from '../policy/compared-values';
import { PolicyDocument, PolicyNode, PolicyValue } from '../policy/policy-document';
import { isExpression } from '../policy/policy-value';
import { childLists, documentLists, NodeList, placed } from '../policy/policy-walk';
import { deploymentIn } from './model-address';

/** A policy that chooses where a call goes. */
export interface ChosenTarget {
  readonly place: string;
  readonly backendId?: PolicyValue;
  readonly baseUrl?: PolicyValue;
  /** The deployment that the path of the call is changed to. */
  readonly deployment?: string;
}

/** What a policy does where certain comparisons hold. */
export interface PolicyBranch {
  readonly place: string;
  /** Ways to get there; one without comparisons outside of conditions. */
  readonly alternatives: readonly (readonly ComparedValue[])[];
  readonly targets: readonly ChosenTarget[];
  /** Variables that are set to literal text. */
  readonly assigned: readonly string[];
  readonly answers: boolean;
}

/** The branches of a policy in the order in which they stand, those around others first. */
export function branchesOf(document: PolicyDocument): PolicyBranch[] {
  const branches: PolicyBranch[] = [];
  const visit = (list: NodeList, alternatives: PolicyBranch['alternatives']): void => {
    const nodes = placed(list);
    branches.push({ place: list.place, alternatives, ...contentOf(nodes) });
    for (const { node, place } of nodes) {
      childLists(node, place).forEach((children, index) => {
        const when = node.kind === 'choose' ? node.whens[index] : undefined;
        const own = when === undefined ? [] : comparedValues(when.condition);
        visit(children, own.length === 0 ? alternatives : bothOf(own, alternatives));
      });
    }
  };
  documentLists(document).forEach((list) => visit(list, [[]]));
  return branches;
}

type Content = Pick<PolicyBranch, 'targets' | 'assigned' | 'answers'>;

function contentOf(nodes: readonly { readonly node: PolicyNode; readonly place: string }[]): Content {
  const chosen = nodes.flatMap(({ node, place }): ChosenTarget[] =>
    node.kind === 'set-backend-service' ? [{ place, backendId: node.backendId, baseUrl: node.baseUrl }] : [],
  );
  const rewritten = nodes.flatMap(({ node, place }): ChosenTarget[] => {
    const deployment =
      node.kind === 'rewrite-uri' && !isExpression(node.template) ? deploymentIn(node.template) : undefined;
    return deployment === undefined ? [] : [{ place, deployment }];
  });
  const deployment = rewritten.at(-1)?.deployment;
  return {
    targets: chosen.length === 0 ? rewritten : chosen.map((target) => ({ ...target, deployment })),
    assigned: nodes.flatMap(({ node }) =>
      node.kind === 'set-variable' && !isExpression(node.value) ? [node.value] : [],
    ),
    answers: nodes.some(({ node }) => node.kind === 'return-response'),
  };
}

import { Argument, ExpressionSyntax, PostfixExpression, TypeName } from './syntax';
import { nodesOf, SyntaxNode } from './syntax-walk';

/** One use of a type or member in an expression. */
export interface MemberUse {
  /** `static` members and `constructor` name their type; an `instance` member does not, for it takes a compiler to know it. */
  readonly kind: 'static' | 'instance' | 'constructor' | 'type';
  readonly type?: string;
  /** Absent for `type` and `constructor`. */
  readonly member?: string;
  readonly at: number;
}

/** Every type and member that an expression uses, in the order of the text. Members of `context` are instance members. */
export function membersCalled(syntax: ExpressionSyntax): MemberUse[] {
  const nodes = [...nodesOf(syntax)];
  const locals = new Set<string>(['context', ...nodes.flatMap(namesDeclared)]);
  return nodes.flatMap((node) => usesOf(node, locals)).sort((left, right) => left.at - right.at);
}

function outNames(list: readonly Argument[]): string[] {
  return list.flatMap((argument) => (argument.out?.declares ? [argument.out.name] : []));
}

function namesDeclared(node: SyntaxNode): string[] {
  switch (node.kind) {
    case 'declaration':
      return node.variables.map((variable) => variable.name);
    case 'lambda':
      return [...node.parameters];
    case 'foreach':
      return [node.name];
    case 'try':
      return node.catches.flatMap((caught) => (caught.name === undefined ? [] : [caught.name]));
    case 'is':
      return node.declares === undefined ? [] : [node.declares];
    case 'postfix':
      return node.steps.flatMap((step) => (step.kind === 'call' ? outNames(step.arguments) : []));
    default:
      return [];
  }
}

function usesOf(node: SyntaxNode, locals: ReadonlySet<string>): MemberUse[] {
  switch (node.kind) {
    case 'postfix':
      return usesOfChain(node, locals);
    case 'new':
      return [
        { kind: 'constructor', type: node.type.name, at: node.at },
        ...node.type.arguments.flatMap((type) => typeUses(type, node.at)),
      ];
    case 'new-array':
      return node.elementType ? typeUses(node.elementType, node.at) : [];
    case 'cast':
    case 'as':
    case 'is':
    case 'declaration':
    case 'foreach':
      return node.type ? typeUses(node.type, node.at) : [];
    case 'try':
      return node.catches.flatMap((caught) => (caught.type ? typeUses(caught.type, node.at) : []));
    default:
      return [];
  }
}

function typeUses(type: TypeName, at: number): MemberUse[] {
  return [{ kind: 'type', type: type.name, at }, ...type.arguments.flatMap((argument) => typeUses(argument, at))];
}

function usesOfChain(chain: PostfixExpression, locals: ReadonlySet<string>): MemberUse[] {
  const { target } = chain;
  const staticType = target.kind === 'name' && !locals.has(target.name) ? target.name : undefined;
  return chain.steps.flatMap((step, index): MemberUse[] => {
    if (step.kind !== 'member') {
      return [];
    }
    const use: MemberUse =
      index === 0 && staticType !== undefined
        ? { kind: 'static', type: staticType, member: step.name, at: step.at }
        : { kind: 'instance', member: step.name, at: step.at };
    return [use, ...step.typeArguments.flatMap((type) => typeUses(type, step.at))];
  });
}

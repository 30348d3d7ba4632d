import { Argument, BlockStatement, Expression, ExpressionSyntax, Statement } from './syntax';

export type SyntaxNode = Expression | Statement;

/** Every expression and statement of a tree, outer before inner. Works with a list: a tree may lean as far to the left as it likes. */
export function* nodesOf(syntax: ExpressionSyntax): Generator<SyntaxNode> {
  const waiting: SyntaxNode[] = [syntax.body];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    const children = childrenOf(node).filter((child) => child !== undefined);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      waiting.push(children[index]!);
    }
  }
}

function values(list: readonly Argument[]): (Expression | undefined)[] {
  return list.map((argument) => argument.value);
}

function childrenOf(node: SyntaxNode): (SyntaxNode | undefined)[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
    case 'break':
    case 'continue':
      return [];
    case 'postfix':
      return [node.target, ...node.steps.flatMap((step) => (step.kind === 'member' ? [] : values(step.arguments)))];
    case 'unary':
    case 'cast':
    case 'as':
    case 'is':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'conditional':
      return [...node.branches.flatMap((branch) => [branch.condition, branch.value]), node.otherwise];
    case 'coalesce':
      return [...node.operands];
    case 'lambda':
      return [node.body];
    case 'new':
      return [
        ...values(node.arguments),
        ...node.initializer.flatMap((element) =>
          element.kind === 'element' ? element.values : [...element.indices, element.value],
        ),
      ];
    case 'new-array':
      return [node.size, ...node.elements];
    case 'assignment':
      return [node.target, node.value];
    case 'increment':
      return [node.target];
    default:
      return childrenOfStatement(node);
  }
}

function childrenOfStatement(node: Exclude<Statement, { kind: 'break' | 'continue' }>): (SyntaxNode | undefined)[] {
  switch (node.kind) {
    case 'block':
      return [...node.statements];
    case 'declaration':
      return node.variables.map((variable) => variable.value);
    case 'expression':
      return [node.expression];
    case 'if':
      return [...node.branches.flatMap((branch) => [branch.condition, branch.body]), node.otherwise];
    case 'foreach':
      return [node.source, node.body];
    case 'for':
      return [node.initializer, node.condition, ...node.updates, node.body];
    case 'while':
      return [node.condition, node.body];
    case 'switch':
      return [node.value, ...node.sections.flatMap((section) => [...section.labels, section.body])];
    case 'try':
      return [node.body, ...node.catches.map((caught): BlockStatement => caught.body), node.finallyBody];
    case 'return':
    case 'throw':
      return [node.value];
  }
}

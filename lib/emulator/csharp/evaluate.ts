import {
  BlockStatement,
  ExpressionSyntax,
  ForEachStatement,
  ForStatement,
  Statement,
  SwitchStatement,
  TryStatement,
  TypeName,
} from '../../policy/expressions/syntax';
import { valuesEqual } from './arithmetic';
import { ClrException, ExpressionDefect, nullReference } from './exceptions';
import { ExpressionEvaluator } from './expression-evaluator';
import { Environment } from './invocation';
import { itemsOf } from './members/linq-members';
import { Scope } from './scope';
import { typeNameOf } from './type-names';
import { isInstance } from './type-tests';
import { ExceptionValue, unboxed, Value } from './values';

/** How a statement ended: normally, or by a jump. */
type Completion = 'normal' | 'break' | 'continue' | { readonly returned: Value };

/** Exceptions that are not by themselves the type that is caught. */
const BASE_TYPES: ReadonlyMap<string, readonly string[]> = new Map([
  ['ArgumentNullException', ['ArgumentException', 'SystemException']],
  ['ArgumentOutOfRangeException', ['ArgumentException', 'SystemException']],
  ['DivideByZeroException', ['ArithmeticException', 'SystemException']],
  ['OverflowException', ['ArithmeticException', 'SystemException']],
  ['JsonReaderException', ['JsonException']],
]);

/**
 * The value of a policy expression.
 *
 * @param syntax the expression's tree
 * @param context the value of `context`
 * @throws ClrException if the expression raises an exception that it does not catch
 * @throws ExpressionDefect if it does not compile, or uses what is not implemented
 */
export function evaluate(syntax: ExpressionSyntax, context: Value, environment: Environment): Value {
  return new StatementRunner(environment).run(syntax, context);
}

class StatementRunner {
  private readonly expressions: ExpressionEvaluator;
  /** The exceptions being handled, for `throw;`. */
  private readonly handled: ClrException[] = [];

  constructor(environment: Environment) {
    this.expressions = new ExpressionEvaluator(environment, (block, scope) => this.value(block, scope));
  }

  run(syntax: ExpressionSyntax, context: Value): Value {
    const scope = new Scope();
    scope.declare('context', context);
    const { body } = syntax;
    const value = body.kind === 'block' ? this.value(body, scope) : this.expressions.evaluate(body, scope);
    return unboxed(value);
  }

  private value(block: BlockStatement, scope: Scope): Value {
    const completion = this.block(block, scope);
    if (typeof completion === 'string') {
      throw new ExpressionDefect('not all code paths return a value: end the expression with a return statement');
    }
    return completion.returned;
  }

  private block(block: BlockStatement, outer: Scope): Completion {
    const scope = new Scope(outer);
    for (const statement of block.statements) {
      const completion = this.statement(statement, scope);
      if (completion !== 'normal') {
        return completion;
      }
    }
    return 'normal';
  }

  private statement(node: Statement, scope: Scope): Completion {
    this.expressions.step();
    switch (node.kind) {
      case 'block':
        return this.block(node, scope);
      case 'declaration':
        node.variables.forEach(({ name, value }) => {
          scope.declare(name, value && this.expressions.evaluate(value, scope), node.type);
        });
        return 'normal';
      case 'expression':
        this.expressions.evaluate(node.expression, scope);
        return 'normal';
      case 'if': {
        const branch = node.branches.find(({ condition }) => this.expressions.condition(condition, scope));
        const chosen = branch?.body ?? node.otherwise;
        return chosen ? this.statement(chosen, new Scope(scope)) : 'normal';
      }
      case 'foreach':
        return this.forEach(node, scope);
      case 'for':
        return this.forLoop(node, new Scope(scope));
      case 'while':
        return this.loop(
          () => this.expressions.condition(node.condition, scope),
          () => this.statement(node.body, new Scope(scope)),
        );
      case 'switch':
        return this.switchOver(node, scope);
      case 'try':
        return this.attempt(node, scope);
      case 'return':
        return { returned: node.value ? this.expressions.evaluate(node.value, scope) : null };
      case 'throw':
        throw this.thrown(node.value && this.expressions.evaluate(node.value, scope));
      case 'break':
      case 'continue':
        return node.kind;
    }
  }

  private loop(holds: () => boolean, body: () => Completion, update?: () => void): Completion {
    while (holds()) {
      this.expressions.step();
      const completion = body();
      if (completion === 'break') {
        return 'normal';
      }
      if (typeof completion === 'object') {
        return completion;
      }
      update?.();
    }
    return 'normal';
  }

  private forEach(node: ForEachStatement, scope: Scope): Completion {
    const source = this.expressions.evaluate(node.source, scope);
    if (source === null) {
      throw nullReference();
    }
    const items = itemsOf(source);
    if (items === undefined) {
      throw new ExpressionDefect(`foreach cannot go through a value of type ${typeNameOf(source)}`);
    }
    const length = items.length;
    let index = 0;
    return this.loop(
      () => {
        if (items.length !== length) {
          throw new ClrException(
            'InvalidOperationException',
            'Collection was modified; enumeration operation may not execute.',
          );
        }
        return index < length;
      },
      () => {
        const inner = new Scope(scope);
        inner.declare(node.name, items[index]!, node.type);
        index += 1;
        return this.statement(node.body, inner);
      },
    );
  }

  private forLoop(node: ForStatement, scope: Scope): Completion {
    if (node.initializer) {
      this.statement(node.initializer, scope);
    }
    return this.loop(
      () => node.condition === undefined || this.expressions.condition(node.condition, scope),
      () => this.statement(node.body, new Scope(scope)),
      () => node.updates.forEach((update) => this.expressions.evaluate(update, scope)),
    );
  }

  private switchOver(node: SwitchStatement, scope: Scope): Completion {
    const value = this.expressions.evaluate(node.value, scope);
    const matching = node.sections.find(({ labels }) =>
      labels.some((label) => label !== undefined && valuesEqual(value, this.expressions.evaluate(label, scope))),
    );
    const section = matching ?? node.sections.find(({ labels }) => labels.includes(undefined));
    if (!section) {
      return 'normal';
    }
    const completion = this.block(section.body, scope);
    if (completion === 'normal') {
      throw new ExpressionDefect('control cannot fall out of a case: end it with break or return');
    }
    return completion === 'break' ? 'normal' : completion;
  }

  private attempt(node: TryStatement, scope: Scope): Completion {
    try {
      return this.block(node.body, scope);
    } catch (error) {
      const caught = error instanceof ClrException && node.catches.find(({ type }) => catches(type, error));
      if (!caught) {
        throw error;
      }
      return this.handle(caught, error as ClrException, scope);
    } finally {
      if (node.finallyBody) {
        this.block(node.finallyBody, scope);
      }
    }
  }

  private handle(caught: TryStatement['catches'][number], error: ClrException, scope: Scope): Completion {
    const inner = new Scope(scope);
    if (caught.name !== undefined) {
      inner.declare(caught.name, new ExceptionValue(error.type, error.message));
    }
    this.handled.push(error);
    const completion = this.block(caught.body, inner);
    this.handled.pop();
    return completion;
  }

  private thrown(value: Value | undefined): Error {
    if (value === undefined) {
      return this.handled[this.handled.length - 1] ?? new ExpressionDefect("'throw;' stands outside of a catch");
    }
    return value instanceof ExceptionValue
      ? new ClrException(value.type, value.message)
      : new ExpressionDefect(`a value of type ${typeNameOf(value)} cannot be thrown`);
  }
}

function catches(type: TypeName | undefined, error: ClrException): boolean {
  if (type === undefined || type.name === 'Exception' || type.name === error.type) {
    return true;
  }
  return BASE_TYPES.get(error.type)?.includes(type.name) ?? isInstance(type, new ExceptionValue(error.type, ''));
}

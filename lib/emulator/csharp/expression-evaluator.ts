import {
  Argument,
  BinaryExpression,
  BlockStatement,
  Expression,
  LambdaExpression,
  PostfixExpression,
  PostfixStep,
  TypeTestExpression,
} from '../../policy/expressions/syntax';
import { applyBinary, applyUnary } from './arithmetic';
import { Evaluation, invocationOf } from './call-arguments';
import { castTo } from './conversion';
import { ExpressionDefect, nullReference, objectNeedsCast, unsupportedUse } from './exceptions';
import { Environment, Invocation } from './invocation';
import { callMethod, readIndex, readProperty, writeIndex } from './member-access';
import { createArray, createObject } from './object-creation';
import { Scope } from './scope';
import { startStatic } from './static-access';
import { typeNameOf } from './type-names';
import { isInstance } from './type-tests';
import { Boxed, Char, Double, Int32, Int64, Lambda, Value } from './values';

/** Far more than a policy needs; a loop that does not end must not hold the gateway. */
const MOST_STEPS = 10_000_000;

/** Evaluates expressions; the blocks of lambdas are run by whoever owns the statements. */
export class ExpressionEvaluator implements Evaluation {
  private steps = 0;

  constructor(
    readonly environment: Environment,
    private readonly runBlock: (block: BlockStatement, scope: Scope) => Value,
  ) {}

  /** Counts a step of work. */
  step(): void {
    this.steps += 1;
    if (this.steps > MOST_STEPS) {
      throw new ExpressionDefect(`the expression ran more than ${MOST_STEPS} steps: does a loop of it never end?`);
    }
  }

  evaluate(node: Expression, scope: Scope): Value {
    this.step();
    switch (node.kind) {
      case 'literal':
        return literalValue(node.literal);
      case 'name':
        return scope.read(node.name);
      case 'postfix':
        return this.chain(node, scope);
      case 'unary':
        return applyUnary(node.operator, this.evaluate(node.operand, scope));
      case 'binary':
        return this.binary(node, scope);
      case 'conditional': {
        const branch = node.branches.find(({ condition }) => this.condition(condition, scope));
        return this.evaluate(branch?.value ?? node.otherwise, scope);
      }
      case 'coalesce':
        return this.coalesce(node.operands, scope);
      case 'cast':
        return castTo(node.type, this.evaluate(node.operand, scope));
      case 'as': {
        const value = this.evaluate(node.operand, scope);
        return isInstance(node.type, value) ? castTo(node.type, value) : null;
      }
      case 'is':
        return this.typeTest(node, scope);
      case 'lambda':
        return this.lambda(node, scope);
      case 'new':
        return createObject(this, node, scope);
      case 'new-array':
        return createArray(this, node, scope);
      case 'assignment': {
        const value = this.evaluate(node.value, scope);
        return this.assign(node.target, scope, (old) =>
          node.operator === undefined ? value : applyBinary(node.operator, old(), value),
        );
      }
      case 'increment':
        return this.increment(node, scope);
    }
  }

  /** A condition's answer. */
  condition(node: Expression, scope: Scope): boolean {
    const value = this.evaluate(node, scope);
    if (typeof value !== 'boolean') {
      const type = value instanceof Boxed ? 'object' : typeNameOf(value);
      throw new ExpressionDefect(`a condition is of type ${type}, not bool`);
    }
    return value;
  }

  /** Long chains of operators lean to the left and are worked off from the inside without nesting. */
  private binary(node: BinaryExpression, scope: Scope): Value {
    const chain: BinaryExpression[] = [];
    let inner: Expression = node;
    while (inner.kind === 'binary') {
      chain.push(inner);
      inner = inner.left;
    }
    return chain.reduceRight<Value>(
      (left, operation) => {
        this.step();
        const { operator, right } = operation;
        if (operator !== '&&' && operator !== '||') {
          return applyBinary(operator, left, this.evaluate(right, scope));
        }
        if (typeof left !== 'boolean') {
          throw new ExpressionDefect(`operator '${operator}' has an operand of type ${typeNameOf(left)}, not bool`);
        }
        return left === (operator === '||') ? left : this.condition(right, scope);
      },
      this.evaluate(inner, scope),
    );
  }

  private coalesce(operands: readonly Expression[], scope: Scope): Value {
    for (const operand of operands.slice(0, -1)) {
      const value = this.evaluate(operand, scope);
      if (value !== null) {
        return value;
      }
    }
    return this.evaluate(operands[operands.length - 1]!, scope);
  }

  private typeTest(node: TypeTestExpression, scope: Scope): Value {
    const value = this.evaluate(node.operand, scope);
    const holds = node.type === undefined ? value === null : isInstance(node.type, value);
    if (node.declares !== undefined) {
      scope.declare(node.declares, holds ? castTo(node.type!, value) : undefined, node.type);
    }
    return holds;
  }

  private lambda(node: LambdaExpression, scope: Scope): Lambda {
    return new Lambda(node.parameters.length, (values) => {
      this.step();
      const inner = new Scope(scope);
      node.parameters.forEach((name, index) => inner.declare(name, values[index] ?? null));
      return node.body.kind === 'block' ? this.runBlock(node.body, inner) : this.evaluate(node.body, inner);
    });
  }

  private chain(node: PostfixExpression, scope: Scope): Value {
    let index = 0;
    let value: Value;
    if (node.target.kind === 'name' && !scope.has(node.target.name)) {
      [value, index] = startStatic(this, node, node.target.name, scope);
    } else {
      value = this.evaluate(node.target, scope);
    }
    for (; index < node.steps.length; index += 1) {
      const step = node.steps[index]!;
      if (step.kind !== 'call' && step.conditional && value === null) {
        return null;
      }
      const next = node.steps[index + 1];
      if (step.kind === 'member' && next?.kind === 'call') {
        value = callMethod(value, step.name, this.invocation(value, step, next.arguments, scope));
        index += 1;
      } else {
        value = this.follow(value, step, scope);
      }
    }
    return value;
  }

  private invocation(
    target: Value,
    step: Extract<PostfixStep, { kind: 'member' }>,
    list: readonly Argument[],
    scope: Scope,
  ): Invocation {
    if (target === null) {
      throw nullReference();
    }
    return invocationOf(this, `${typeNameOf(target)}.${step.name}`, list, scope, step.typeArguments);
  }

  private follow(target: Value, step: PostfixStep, scope: Scope): Value {
    if (step.kind === 'call') {
      throw unsupportedUse('calling a value');
    }
    return step.kind === 'member'
      ? readProperty(target, step.name)
      : readIndex(target, this.indices(target, step, scope));
  }

  private indices(target: Value, step: Extract<PostfixStep, { kind: 'index' }>, scope: Scope): Invocation {
    return invocationOf(this, `${typeNameOf(target)}[]`, step.arguments, scope);
  }

  private increment(node: Extract<Expression, { kind: 'increment' }>, scope: Scope): Value {
    let before: Value = null;
    const after = this.assign(node.target, scope, (old) => {
      before = old();
      const sum = applyBinary(node.operator, before, new Int32(1));
      return before instanceof Char ? castTo({ name: 'Char', arguments: [], nullable: false, rank: 0 }, sum) : sum;
    });
    return node.prefix ? after : before;
  }

  /** Assigns to a local or an indexer what `compute` makes of the old value. */
  private assign(target: Expression, scope: Scope, compute: (old: () => Value) => Value): Value {
    if (target.kind === 'name') {
      const value = compute(() => scope.read(target.name));
      scope.assign(target.name, value);
      return value;
    }
    const { steps, ...rest } = target as PostfixExpression;
    const step = steps[steps.length - 1] as Extract<PostfixStep, { kind: 'index' }>;
    const before = steps.slice(0, -1);
    const owner =
      before.length === 0 ? this.evaluate(rest.target, scope) : this.chain({ ...rest, steps: before }, scope);
    if (owner instanceof Boxed) {
      throw objectNeedsCast('an index');
    }
    const call = this.indices(owner, step, scope);
    const value = compute(() => readIndex(owner, call));
    writeIndex(owner, call, value);
    return value;
  }
}

function literalValue(literal: Extract<Expression, { kind: 'literal' }>['literal']): Value {
  switch (literal.type) {
    case 'int':
      return new Int32(literal.value);
    case 'long':
      return new Int64(literal.value);
    case 'double':
      return new Double(literal.value);
    case 'char':
      return new Char(literal.value);
    default:
      return literal.value;
  }
}

import {
  Argument,
  BinaryExpression,
  BlockStatement,
  Expression,
  LambdaExpression,
  NewExpression,
  PostfixExpression,
  PostfixStep,
  TypeTestExpression,
} from '../../policy/expressions/syntax';
import { applyBinary, applyUnary } from './arithmetic';
import { castTo, convertImplicitly, defaultOf, isInstance } from './conversion';
import {
  argumentOutOfRange,
  ExpressionDefect,
  memberMissing,
  nullReference,
  objectNeedsCast,
  unsupportedUse,
} from './exceptions';
import { Environment, Invocation, PassedValue } from './invocation';
import { callMethod, readIndex, readProperty, writeIndex } from './member-access';
import { staticsOf } from './members/registry';
import { Scope } from './scope';
import { typeNameOf } from './type-names';
import { Boxed, Char, Double, Int32, Int64, Lambda, Sequence, Value } from './values';

/** Far more than a policy needs; a loop that does not end must not hold the gateway. */
const MOST_STEPS = 1_000_000;
const LARGEST_ARRAY = 1_000_000;

/** Evaluates expressions; the blocks of lambdas are run by whoever owns the statements. */
export class ExpressionEvaluator {
  private steps = 0;

  constructor(
    private readonly environment: Environment,
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
        return this.create(node, scope);
      case 'new-array':
        return this.createArray(node, scope);
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
      [value, index] = this.startStatic(node, node.target.name, scope);
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

  /** `Type.Member` or `Type.Method(…)` at the start of a chain. */
  private startStatic(node: PostfixExpression, type: string, scope: Scope): [Value, number] {
    const [first, second] = node.steps;
    if (first?.kind !== 'member') {
      throw unsupportedUse(`calling '${type}'`);
    }
    if (type === 'System' || type === 'Newtonsoft') {
      throw unsupportedUse(`names with a namespace ('${type}.${first.name}'): write the type alone`);
    }
    const members = staticsOf(type);
    if (second?.kind === 'call') {
      const method = members.methods.get(first.name);
      if (!method) {
        throw memberMissing(type, first.name);
      }
      const passed = second.arguments.map((argument) => this.pass(argument, scope));
      return [method(new Invocation(`${type}.${first.name}`, passed, first.typeArguments, this.environment)), 2];
    }
    const property = members.properties.get(first.name);
    if (!property) {
      throw memberMissing(type, first.name);
    }
    return [property(this.environment), 1];
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
    const passed = list.map((argument) => this.pass(argument, scope));
    return new Invocation(`${typeNameOf(target)}.${step.name}`, passed, step.typeArguments, this.environment);
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
    const passed = step.arguments.map((argument) => this.pass(argument, scope));
    return new Invocation(`${typeNameOf(target)}[]`, passed, [], this.environment);
  }

  private pass(argument: Argument, scope: Scope): PassedValue {
    const { out, name, value } = argument;
    if (!out) {
      return { name, value: this.evaluate(value!, scope) };
    }
    if (out.name === '_' && !scope.has('_')) {
      return { name, value: null, assign: () => undefined };
    }
    if (out.declares) {
      scope.declare(out.name, undefined);
    }
    return { name, value: null, assign: (assigned) => scope.assign(out.name, assigned) };
  }

  private create(node: NewExpression, scope: Scope): Value {
    const passed = node.arguments.map((argument) => this.pass(argument, scope));
    const invocation = new Invocation(`new ${node.type.name}`, passed, node.type.arguments, this.environment);
    const construct = staticsOf(node.type.name).construct;
    if (!construct) {
      throw unsupportedUse(`the constructor of '${node.type.name}'`);
    }
    const made = construct(invocation);
    node.initializer.forEach((element) => {
      const values = (element.kind === 'element' ? element.values : element.indices).map((value) => ({
        value: this.evaluate(value, scope),
      }));
      const call = new Invocation(`${node.type.name}.Add`, values, [], this.environment);
      if (element.kind === 'element') {
        callMethod(made, 'Add', call);
      } else {
        writeIndex(made, call, this.evaluate(element.value, scope));
      }
    });
    return made;
  }

  private createArray(node: Extract<Expression, { kind: 'new-array' }>, scope: Scope): Value {
    const { elementType } = node;
    if (node.size) {
      const size = this.evaluate(node.size, scope);
      if (!(size instanceof Int32) || size.value < 0 || size.value > LARGEST_ARRAY) {
        throw argumentOutOfRange('size');
      }
      return new Sequence(
        Array.from({ length: size.value }, () => defaultOf(elementType!)),
        'array',
        elementType!.name,
      );
    }
    const items = node.elements.map((element) => this.evaluate(element, scope));
    if (elementType) {
      return new Sequence(
        items.map((item) => convertImplicitly(elementType, item)),
        'array',
        elementType.name,
      );
    }
    const [sample] = items.filter((item) => item !== null);
    return new Sequence(items, 'array', sample === undefined ? 'Object' : typeNameOf(sample));
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

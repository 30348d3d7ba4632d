/**
 * Syntax tree of the C# 7 that policy expressions are written in.
 * `at` is the offset of a node's first character in the expression's text.
 * Chains that people write long (operators, `a.b().c()`, `? :`, `??`, `else if`) are lists or lean to the left, so that none of them nests deeply.
 */

/** A type as written; keywords have their .NET name (`int` is `Int32`), namespaces are dropped. */
export interface TypeName {
  readonly name: string;
  readonly arguments: readonly TypeName[];
  /** Written with `?`. */
  readonly nullable: boolean;
  /** Number of `[]`. */
  readonly rank: number;
}

export type LiteralValue =
  | { readonly type: 'string' | 'char'; readonly value: string }
  | { readonly type: 'int' | 'double'; readonly value: number }
  | { readonly type: 'long'; readonly value: bigint }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'null'; readonly value: null };

export interface LiteralExpression {
  readonly kind: 'literal';
  readonly at: number;
  readonly literal: LiteralValue;
}

/** A local, `context`, or a type (`Convert`, `int`). */
export interface NameExpression {
  readonly kind: 'name';
  readonly at: number;
  readonly name: string;
  readonly typeArguments: readonly TypeName[];
}

export interface Argument {
  /** The parameter's name in `name: value`. */
  readonly name?: string;
  /** What `out var x`, `out int x` and `out x` assign to. */
  readonly out?: { readonly name: string; readonly declares: boolean };
  /** Absent for `out`. */
  readonly value?: Expression;
}

export type PostfixStep =
  | {
      readonly kind: 'member';
      readonly at: number;
      readonly name: string;
      readonly typeArguments: readonly TypeName[];
      readonly conditional: boolean;
    }
  | {
      readonly kind: 'index';
      readonly at: number;
      readonly arguments: readonly Argument[];
      readonly conditional: boolean;
    }
  | { readonly kind: 'call'; readonly at: number; readonly arguments: readonly Argument[] };

/** `target.member(arguments)[index]?.member`: one chain, which `?.` cuts short as a whole. */
export interface PostfixExpression {
  readonly kind: 'postfix';
  readonly at: number;
  readonly target: Expression;
  readonly steps: readonly PostfixStep[];
}

export interface UnaryExpression {
  readonly kind: 'unary';
  readonly at: number;
  readonly operator: '-' | '+' | '!' | '~';
  readonly operand: Expression;
}

export type BinaryOperator =
  '*' | '/' | '%' | '+' | '-' | '<<' | '>>' | '<' | '>' | '<=' | '>=' | '==' | '!=' | '&' | '^' | '|' | '&&' | '||';

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly at: number;
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `a ? b : c ? d : e`. */
export interface ConditionalExpression {
  readonly kind: 'conditional';
  readonly at: number;
  readonly branches: readonly { readonly condition: Expression; readonly value: Expression }[];
  readonly otherwise: Expression;
}

export interface CoalesceExpression {
  readonly kind: 'coalesce';
  readonly at: number;
  readonly operands: readonly Expression[];
}

/** `(type)operand`, `operand as type`. */
export interface ConversionExpression {
  readonly kind: 'cast' | 'as';
  readonly at: number;
  readonly type: TypeName;
  readonly operand: Expression;
}

/** `operand is type name`. */
export interface TypeTestExpression {
  readonly kind: 'is';
  readonly at: number;
  readonly operand: Expression;
  /** Absent in `is null`. */
  readonly type?: TypeName;
  readonly declares?: string;
}

export interface LambdaExpression {
  readonly kind: 'lambda';
  readonly at: number;
  readonly parameters: readonly string[];
  readonly body: Expression | BlockStatement;
}

export type InitializerElement =
  | { readonly kind: 'element'; readonly values: readonly Expression[] }
  | { readonly kind: 'index'; readonly indices: readonly Expression[]; readonly value: Expression };

export interface NewExpression {
  readonly kind: 'new';
  readonly at: number;
  readonly type: TypeName;
  readonly arguments: readonly Argument[];
  readonly initializer: readonly InitializerElement[];
}

/** `new[] { … }`, `new string[] { … }`, `new int[3]`. */
export interface NewArrayExpression {
  readonly kind: 'new-array';
  readonly at: number;
  readonly elementType?: TypeName;
  readonly size?: Expression;
  readonly elements: readonly Expression[];
}

export interface AssignmentExpression {
  readonly kind: 'assignment';
  readonly at: number;
  readonly target: Expression;
  /** Absent for `=`; `+` for `+=`. */
  readonly operator?: BinaryOperator;
  readonly value: Expression;
}

/** `x++`, `--x`. */
export interface IncrementExpression {
  readonly kind: 'increment';
  readonly at: number;
  readonly target: Expression;
  readonly operator: '+' | '-';
  readonly prefix: boolean;
}

export type Expression =
  | LiteralExpression
  | NameExpression
  | PostfixExpression
  | UnaryExpression
  | BinaryExpression
  | ConditionalExpression
  | CoalesceExpression
  | ConversionExpression
  | TypeTestExpression
  | LambdaExpression
  | NewExpression
  | NewArrayExpression
  | AssignmentExpression
  | IncrementExpression;

export interface BlockStatement {
  readonly kind: 'block';
  readonly at: number;
  readonly statements: readonly Statement[];
}

export interface DeclarationStatement {
  readonly kind: 'declaration';
  readonly at: number;
  /** Absent for `var`. */
  readonly type?: TypeName;
  readonly variables: readonly { readonly at: number; readonly name: string; readonly value?: Expression }[];
}

export interface ExpressionStatement {
  readonly kind: 'expression';
  readonly at: number;
  readonly expression: Expression;
}

export interface IfStatement {
  readonly kind: 'if';
  readonly at: number;
  readonly branches: readonly { readonly condition: Expression; readonly body: Statement }[];
  readonly otherwise?: Statement;
}

export interface ForEachStatement {
  readonly kind: 'foreach';
  readonly at: number;
  readonly type?: TypeName;
  readonly name: string;
  readonly source: Expression;
  readonly body: Statement;
}

export interface ForStatement {
  readonly kind: 'for';
  readonly at: number;
  readonly initializer?: DeclarationStatement | ExpressionStatement;
  readonly condition?: Expression;
  readonly updates: readonly Expression[];
  readonly body: Statement;
}

export interface WhileStatement {
  readonly kind: 'while';
  readonly at: number;
  readonly condition: Expression;
  readonly body: Statement;
}

export interface SwitchStatement {
  readonly kind: 'switch';
  readonly at: number;
  readonly value: Expression;
  readonly sections: readonly {
    /** `default` is undefined. */
    readonly labels: readonly (Expression | undefined)[];
    readonly body: BlockStatement;
  }[];
}

export interface TryStatement {
  readonly kind: 'try';
  readonly at: number;
  readonly body: BlockStatement;
  readonly catches: readonly { readonly type?: TypeName; readonly name?: string; readonly body: BlockStatement }[];
  readonly finallyBody?: BlockStatement;
}

/** `return value;`, `throw value;` */
export interface ExitStatement {
  readonly kind: 'return' | 'throw';
  readonly at: number;
  readonly value?: Expression;
}

export interface JumpStatement {
  readonly kind: 'break' | 'continue';
  readonly at: number;
}

export type Statement =
  | BlockStatement
  | DeclarationStatement
  | ExpressionStatement
  | IfStatement
  | ForEachStatement
  | ForStatement
  | WhileStatement
  | SwitchStatement
  | TryStatement
  | ExitStatement
  | JumpStatement;

/** A policy expression: `@(value)` or `@{ statements }`. */
export interface ExpressionSyntax {
  readonly text: string;
  readonly body: Expression | BlockStatement;
}

/** The type as it is written in C#. */
export function typeText(type: TypeName): string {
  const list = type.arguments.length > 0 ? `<${type.arguments.map(typeText).join(', ')}>` : '';
  return `${type.name}${list}${type.nullable ? '?' : ''}${'[]'.repeat(type.rank)}`;
}

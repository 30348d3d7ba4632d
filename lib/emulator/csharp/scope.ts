import { TypeName } from '../../policy/expressions/syntax';
import { convertImplicitly } from './conversion';
import { ExpressionDefect } from './exceptions';
import { Value } from './values';

interface Local {
  value: Value | undefined;
  /** Absent for `var` and parameters. */
  readonly type?: TypeName;
}

/** The local variables of a block, and those around it. */
export class Scope {
  private readonly locals = new Map<string, Local>();

  constructor(private readonly outer?: Scope) {}

  /** @throws if the name is taken: C# hides no local behind another */
  declare(name: string, value: Value | undefined, type?: TypeName): void {
    if (this.find(name)) {
      throw new ExpressionDefect(`a local variable named '${name}' is already defined in this scope`);
    }
    this.locals.set(name, { value: type && value !== undefined ? convertImplicitly(type, value) : value, type });
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  read(name: string): Value {
    const local = this.find(name);
    if (local?.value === undefined) {
      throw new ExpressionDefect(
        local ? `use of unassigned local variable '${name}'` : `the name '${name}' does not exist here`,
      );
    }
    return local.value;
  }

  assign(name: string, value: Value): void {
    const local = this.find(name);
    if (!local) {
      throw new ExpressionDefect(`the name '${name}' does not exist here`);
    }
    local.value = local.type ? convertImplicitly(local.type, value) : value;
  }

  private find(name: string): Local | undefined {
    return this.locals.get(name) ?? this.outer?.find(name);
  }
}

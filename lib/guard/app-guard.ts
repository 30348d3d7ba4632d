import { IConstruct } from 'constructs';
import { alreadyProtected } from './errors';
import { HostStack, stacksOf } from './host';
import { GuardSettings, guardSettings } from './settings';
import { StackInspection } from './stack-inspection';

// Two copies of this package in one app share one guard.
const APP_GUARD_SYMBOL = Symbol.for('cdktf-azure-model-lifecycle/guard');

/** Who is protected, and what was found, in one construct tree. */
export class AppGuard {
  /** The guard of the tree that holds the construct; made when first asked for. */
  public static of(construct: IConstruct): AppGuard {
    const root = construct.node.root as IConstruct & { [APP_GUARD_SYMBOL]?: AppGuard };
    return (root[APP_GUARD_SYMBOL] ??= new AppGuard(root));
  }

  private readonly explicit = new Map<IConstruct, GuardSettings>();
  private readonly inspections = new Map<HostStack, StackInspection>();
  private defaults?: GuardSettings;
  private hasOwnConstructs = false;

  private constructor(public readonly root: IConstruct) {}

  public protect(scope: IConstruct, settings: GuardSettings): void {
    if (this.explicit.has(scope)) {
      throw alreadyProtected(scope);
    }
    this.explicit.set(scope, settings);
  }

  /**
   * A construct of this package is somewhere in the tree: the whole tree is guarded with default settings.
   *
   * @returns whether this is news
   */
  public protectByDefault(): boolean {
    const isFirst = !this.hasOwnConstructs;
    this.hasOwnConstructs = true;
    return isFirst;
  }

  /** Settings of the nearest protected scope around the stack. */
  public settingsFor(stack: HostStack): GuardSettings | undefined {
    for (const scope of [...stack.node.scopes].reverse()) {
      const settings = this.explicit.get(scope);
      if (settings) {
        return settings;
      }
    }
    return this.hasOwnConstructs ? (this.defaults ??= guardSettings()) : undefined;
  }

  public guardedStacks(): HostStack[] {
    return stacksOf(this.root).filter((stack) => this.settingsFor(stack) !== undefined);
  }

  public unguardedStacks(): HostStack[] {
    return stacksOf(this.root).filter((stack) => this.settingsFor(stack) === undefined);
  }

  public record(stack: HostStack, inspection: StackInspection): void {
    this.inspections.set(stack, inspection);
  }

  public inspectionOf(stack: HostStack): StackInspection | undefined {
    return this.inspections.get(stack);
  }

  /** All that was found since the last `forget`, in the order of the stacks. */
  public recorded(): StackInspection[] {
    return [...this.inspections.values()];
  }

  /** Forgets what earlier synthesis runs found. */
  public forget(): void {
    this.inspections.clear();
  }
}

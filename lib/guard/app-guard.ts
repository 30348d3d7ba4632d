import { IConstruct } from 'constructs';
import { deploymentNamesOf } from '../rules/evaluate';
import { declaredDeploymentNames } from './declared-deployments';
import { alreadyProtected } from './errors';
import { HostStack, stacksOf } from './host';
import { GuardSettings, guardSettings } from './settings';
import { StackInspection } from './stack-inspection';

// Two copies of this package in one app share one guard.
const APP_GUARD_SYMBOL = Symbol.for('cdktf-azure-model-lifecycle/guard/1');

/** Who is protected, and what was found, in one construct tree. */
export class AppGuard {
  /** The guard of the tree that holds the construct; made when first asked for. */
  public static of(construct: IConstruct): AppGuard {
    const root = construct.node.root as IConstruct & { [APP_GUARD_SYMBOL]?: AppGuard };
    const existing = root[APP_GUARD_SYMBOL];
    if (existing) {
      return existing;
    }
    const guard = new AppGuard(root);
    Object.defineProperty(root, APP_GUARD_SYMBOL, { value: guard });
    return guard;
  }

  private readonly explicit = new Map<IConstruct, GuardSettings>();
  private readonly inspections = new Map<HostStack, StackInspection>();
  private defaults?: GuardSettings;
  private hasOwnConstructs = false;
  /** Stacks of the run that is under way: walking the tree for each of them would cost quadratic time. */
  private stacksOfRun?: readonly HostStack[];
  private deploymentNamesOfRun?: Set<string>;
  private synthesising?: HostStack;

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

  /** Protected stacks in the order in which they are synthesised. */
  public guardedStacks(): HostStack[] {
    return this.stacks().filter((stack) => this.settingsFor(stack) !== undefined);
  }

  public unguardedStacks(): HostStack[] {
    return this.stacks().filter((stack) => this.settingsFor(stack) === undefined);
  }

  /** Whether no later stack is judged by the same settings; `ofAll`: whether no later stack is judged at all. */
  public isLast(stack: HostStack, ofAll = false): boolean {
    const settings = this.settingsFor(stack);
    const stacks = this.stacks();
    const later = stacks.slice(stacks.indexOf(stack) + 1);
    return !later.some((other) => {
      const theirs = this.settingsFor(other);
      return theirs !== undefined && (ofAll || theirs === settings);
    });
  }

  /** A synthesis of the whole app starts: what earlier ones found is forgotten. */
  public startRun(): void {
    this.inspections.clear();
    this.synthesising = undefined;
    this.stacksOfRun = stacksOf(this.root);
    this.deploymentNamesOfRun = undefined;
  }

  public endRun(): void {
    this.stacksOfRun = undefined;
    this.deploymentNamesOfRun = undefined;
  }

  /** Names, in lower case, of deployments in all stacks: as constructs give them and, of inspected stacks, as resolved. */
  public deploymentNames(): ReadonlySet<string> {
    const names = this.deploymentNamesOfRun ?? declaredDeploymentNames(this.root);
    this.deploymentNamesOfRun = this.stacksOfRun && names;
    return names;
  }

  /** The Aspects of a stack run: it is being synthesised, unless it is met on the way through one that encloses it. */
  public enter(stack: HostStack): void {
    const isInside = this.synthesising !== undefined && stack.node.scopes.slice(0, -1).includes(this.synthesising);
    this.synthesising = isInside ? this.synthesising : stack;
  }

  /** Whether the stack itself is being synthesised, and not one around it. */
  public isSynthesising(stack: HostStack): boolean {
    const isIt = this.synthesising === stack;
    this.synthesising = isIt ? undefined : this.synthesising;
    return isIt;
  }

  public record(inspection: StackInspection): void {
    this.inspections.set(inspection.stack, inspection);
    deploymentNamesOf(inspection.facts).forEach((name) => this.deploymentNamesOfRun?.add(name));
  }

  /** What was found in the protected stacks of a list, by their settings, once the last of them has been inspected. */
  public completed(
    stacks: readonly HostStack[],
    matches: (settings: GuardSettings) => boolean = () => true,
  ): StackInspection[] | undefined {
    const isMissing = (stack: HostStack) => {
      const settings = this.inspections.has(stack) ? undefined : this.settingsFor(stack);
      return settings !== undefined && matches(settings);
    };
    // Stacks are inspected in their order: the last one answers first.
    if ([...stacks].reverse().some(isMissing)) {
      return undefined;
    }
    return stacks.flatMap((stack) => this.inspections.get(stack) ?? []).filter(({ settings }) => matches(settings));
  }

  public inspectionOf(stack: HostStack): StackInspection | undefined {
    return this.inspections.get(stack);
  }

  /** All that was found in this run, in the order of the stacks. */
  public recorded(): StackInspection[] {
    return [...this.inspections.values()];
  }

  /** Every stack of the tree in the order in which they are synthesised. */
  public stacks(): readonly HostStack[] {
    return this.stacksOfRun ?? stacksOf(this.root);
  }
}

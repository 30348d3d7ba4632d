import { Aspects, IAspect } from 'cdktf';
import { IConstruct } from 'constructs';
import { AppGuard } from './app-guard';
import { HostStack, isApp, stacksOf } from './host';
import { armStack } from './stack-hook';
import { guardSynthesis } from './synthesis-hook';

const INSTALLED_SYMBOL = Symbol.for('cdktf-azure-model-lifecycle/installed');

/**
 * Arms the inspection of one stack when its Aspects run.
 * It does not judge by itself: an Aspect that runs later may still change what it would have seen.
 * Attached to an App it would never run, so it is not exported from the package.
 */
class ArmInspection implements IAspect {
  constructor(private readonly guard: AppGuard) {}

  public visit(node: IConstruct): void {
    if (isInstalledOn(node, this.guard)) {
      armStack(node as HostStack, this.guard);
    }
  }
}

/** Installs the guard on the tree: on the stacks there are now and, when synthesis starts, on those made since. */
export function install(guard: AppGuard): void {
  if (isApp(guard.root)) {
    guardSynthesis(guard.root, guard, () => installOnStacks(guard));
  }
  installOnStacks(guard);
}

/** Installs the guard on one stack, if it is protected. */
export function installOnStack(stack: HostStack, guard: AppGuard): void {
  if (!isInstalledOn(stack, guard) && guard.settingsFor(stack) !== undefined) {
    Object.defineProperty(stack, INSTALLED_SYMBOL, { value: guard });
    Aspects.of(stack).add(new ArmInspection(guard));
  }
}

function installOnStacks(guard: AppGuard): void {
  stacksOf(guard.root).forEach((stack) => installOnStack(stack, guard));
}

function isInstalledOn(node: IConstruct & { [INSTALLED_SYMBOL]?: AppGuard }, guard: AppGuard): boolean {
  return node[INSTALLED_SYMBOL] === guard;
}

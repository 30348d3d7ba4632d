import { IConstruct } from 'constructs';
import { STACK_COMMENT_KEY } from '../contracts/metadata';
import { Finding } from '../rules/finding';
import { AppGuard } from './app-guard';
import { notAnAppOrStack, waiverOutsideStack } from './errors';
import { addWaiver } from './given-waivers';
import { FindingSeverity, LifecycleFinding, LifecycleWaiverProps, ModelLifecycleGuardProps } from './guard-props';
import { isApp, isStack, stackOf } from './host';
import { install } from './install';
import { guardSettings } from './settings';
import { judgeStack } from './stack-inspection';

/**
 * Fails `cdktf synth` when the app references a model that Azure has retired, or is about to.
 *
 * Every construct of this package guards its whole app with default settings by itself;
 * call `protect` to change the settings, or to guard an app that uses none of its constructs.
 */
export class ModelLifecycleGuard {
  /**
   * Guards every stack of an App, those created later included, or one stack.
   *
   * @param scope the App or a TerraformStack
   * @throws if the scope is something else or protected already, or a date, file or threshold in the props cannot be used
   */
  public static protect(scope: IConstruct, props: ModelLifecycleGuardProps = {}): void {
    if (!isApp(scope) && !isStack(scope)) {
      throw notAnAppOrStack(scope);
    }
    const guard = AppGuard.of(scope);
    guard.protect(scope, guardSettings(props));
    install(guard);
  }

  /**
   * Accepts the findings of one rule on a construct and everything below it, nested stacks included, until a date.
   *
   * The findings are still reported, and do not fail. A waiver that matches nothing, has expired,
   * or runs longer than its rule allows is a finding itself.
   *
   * @param construct a stack, or a construct in one
   * @throws if the construct is not inside a stack
   */
  public static waive(construct: IConstruct, props: LifecycleWaiverProps): void {
    const stack = stackOf(construct);
    if (stack === undefined) {
      throw waiverOutsideStack(construct);
    }
    const waivers = addWaiver(stack, { ...props, resource: construct.node.path });
    // In the stack's own comment block `model-lifecycle check` finds them in the synthesised files too.
    stack.addOverride(`//.${STACK_COMMENT_KEY}`, { waivers });
  }

  /**
   * What the guard finds in a stack as it stands now, for tests of your own stacks.
   *
   * Aspects are not run and nothing is annotated.
   *
   * @param stack a TerraformStack; an unprotected one is judged with default settings
   * @throws if the construct is not a stack
   */
  public static inspect(stack: IConstruct): LifecycleFinding[] {
    if (!isStack(stack)) {
      throw notAnAppOrStack(stack);
    }
    return judgeStack(stack, AppGuard.of(stack)).map(toLifecycleFinding);
  }

  private constructor() {}
}

function toLifecycleFinding(finding: Finding): LifecycleFinding {
  return {
    rule: finding.rule,
    severity: finding.severity as FindingSeverity,
    address: finding.resource.address,
    constructPath: finding.resource.constructPath,
    message: finding.message,
    fix: finding.fix,
    isUnknown: finding.status === 'unknown',
    isWaived: finding.waived !== undefined,
    retirementDate: finding.retirementDate,
  };
}

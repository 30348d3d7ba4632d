import { Step } from '../facts/scope';
import { actionOn } from '../rules/planned-changes';
import { DeploymentReview } from './change-report';
import { JudgedChange } from './joined-changes';

/** Terraform's `action_reason`: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'Terraform replaces it because the state marks it as tainted',
  replace_by_request: 'Terraform replaces it because -replace asks for it',
  replace_by_triggers: 'Terraform replaces it because something that its replace_triggered_by names changes',
  delete_because_wrong_repetition: 'Terraform destroys it because its resource got or lost count or for_each',
  delete_because_count_index: 'Terraform destroys it because its index is beyond its count',
  delete_because_each_key: 'Terraform destroys it because its for_each does not hold its key any more',
  delete_because_no_move_target:
    'Terraform destroys it because a moved block leads it to an address that nothing declares',
};

/** Why Terraform destroys what stood before, as the plan tells; nothing for what it keeps, and for what a template declares. */
export function actionCause(change: JudgedChange): Pick<DeploymentReview, 'actionReason' | 'replacePaths'> {
  const { before, movedFrom, stack } = change;
  const { plan } = movedFrom?.stack ?? stack;
  const planned = plan && before && before.declaredBy !== 'template' ? actionOn(plan, before.origin) : undefined;
  if (planned?.action !== 'replace' && planned?.action !== 'delete') {
    return {};
  }
  const { reason, replacePaths } = planned;
  return {
    ...(reason !== undefined && { actionReason: reason }),
    ...(replacePaths.length > 0 && { replacePaths: replacePaths.map(pathText) }),
  };
}

/** The cause in a sentence without a full stop; nothing where it goes without saying: what is not declared is destroyed. */
export function causeRemarks(change: JudgedChange): string[] {
  const { actionReason = '', replacePaths = [] } = actionCause(change);
  if (Object.hasOwn(REASONS, actionReason)) {
    return [REASONS[actionReason]!];
  }
  return replacePaths.length === 0
    ? []
    : [
        `Terraform replaces it because ${replacePaths.join(', ')} ${replacePaths.length === 1 ? 'changes' : 'change'}, which its provider cannot do in place`,
      ];
}

/** `model.name`: of most blocks there is one, so that its number says nothing. */
function pathText(steps: readonly Step[]): string {
  return steps
    .map((step, index) =>
      typeof step === 'number' ? (step === 0 ? '' : `[${step}]`) : `${index === 0 ? '' : '.'}${step}`,
    )
    .join('');
}

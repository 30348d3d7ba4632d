import { inputName } from '../contracts/input-name';
import { Attribute, valueOf } from '../facts/attribute';
import { DeploymentDrift } from '../facts/plan-facts';
import { causeRemarks } from './action-cause';
import { JudgedChange, previousAddress } from './joined-changes';
import { judgedDeployment, modelText } from './judged-model';
import { isUpdate } from './model-update';
import { inPlaceRemarks, orderRemark } from './replacement-remarks';

/** What a reviewer should know of a change besides what it is; full sentences without a full stop. */
export function remarksOn(change: JudgedChange, drift: DeploymentDrift | undefined): string[] {
  return [
    ...movingRemarks(change),
    ...causeRemarks(change),
    ...outcomeRemarks(change),
    ...settingRemarks(change),
    ...unreadRemarks(change),
    ...driftRemarks(change, drift),
  ];
}

/** Whether a deployment that is kept has something that a reviewer should see: its capacity or upgrade option, or drift. */
export function isRemarkable(change: JudgedChange, drift: DeploymentDrift | undefined): boolean {
  return change.outcome !== 'kept' || settingRemarks(change).length + driftRemarks(change, drift).length > 0;
}

function movingRemarks({ movedFrom, stack, outcome }: JudgedChange): string[] {
  if (movedFrom === undefined) {
    return [];
  }
  const [old, current] = [inputName(movedFrom.stack.name), inputName(stack.name)];
  if (movedFrom.outcome === 'destroyed') {
    return outcome === 'imported'
      ? [`${current} adopts it while ${old} destroys it; let ${old} forget it with a removed block instead`]
      : [`it moves from ${old}, which destroys it, to ${current}, which creates it again`];
  }
  return outcome === 'created'
    ? [`${old} forgets it and ${current} creates it, which Azure refuses while it exists; import it there instead`]
    : [`it moves from ${old}, which forgets it, to ${current}, which adopts it; nothing happens to it on Azure`];
}

function outcomeRemarks(change: JudgedChange): string[] {
  const { outcome, movedFrom } = change;
  switch (outcome) {
    case 'changed-in-place':
      return inPlaceRemarks(change);
    case 'replaced':
    case 'recreated':
      return movedFrom === undefined || outcome === 'recreated' ? [orderRemark(change)] : [];
    case 'moved':
      return movedFrom === undefined && previousAddress(change) !== undefined ? ['only its address changes'] : [];
    case 'imported':
      return movedFrom === undefined ? ['it exists on Azure, and Terraform adopts it'] : [];
    case 'forgotten':
      return ['Terraform lets go of it; it lives on, and no later plan shows when its model retires'];
    default:
      return [];
  }
}

function settingRemarks({ before, after }: JudgedChange): string[] {
  return before === undefined || after === undefined
    ? []
    : [
        ...settingRemark('capacity', before.capacity, after.capacity),
        ...settingRemark('version upgrade option', before.versionUpgradeOption, after.versionUpgradeOption),
      ];
}

function settingRemark(name: string, before: Attribute<unknown>, after: Attribute<unknown>): string[] {
  const isSame = before.state === after.state && valueOf(before) === valueOf(after);
  return isSame || before.state === 'unknown'
    ? []
    : [`${name} goes from ${settingText(before)} to ${settingText(after)}`];
}

function settingText(attribute: Attribute<unknown>): string {
  return attribute.state === 'unknown' ? 'what is known only after the apply' : String(valueOf(attribute) ?? 'none');
}

function unreadRemarks({ to, after }: JudgedChange): string[] {
  const unread = to?.model.unread ?? [];
  return [
    ...(unread.length === 0
      ? []
      : [`${unread.join(', ')} ${unread.length === 1 ? 'is' : 'are'} known only after the apply`]),
    ...(after?.mayNotExist ? ['count or for_each cannot be read, so that there may be no such deployment'] : []),
  ];
}

function driftRemarks({ stack }: JudgedChange, drift: DeploymentDrift | undefined): string[] {
  if (drift === undefined || stack.before === undefined) {
    return [];
  }
  const recorded = judgedDeployment(stack.before, drift.recorded);
  if (drift.found === undefined) {
    return [`something other than Terraform deleted it since the last apply, which left ${modelText(recorded.model)}`];
  }
  const found = judgedDeployment(stack.before, drift.found);
  return isUpdate(recorded, found)
    ? [
        `something other than Terraform changed it since the last apply: ${modelText(recorded.model)} was left and ${modelText(found.model)} is there`,
      ]
    : [];
}

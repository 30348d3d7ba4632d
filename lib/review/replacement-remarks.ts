import { valueOf } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { modelChange } from '../rules/model-change';
import { refusesModelChange } from '../rules/model-change-refusal';
import { JudgedChange } from './joined-changes';
import { isUpdate } from './model-update';

/** What callers meet while one deployment takes the place of another; full sentences without a full stop. */
export function orderRemark(change: JudgedChange): string {
  const refusal = refusalOf(change);
  return refusal === undefined ? orderOf(change) : refusedRemark(change, refusal);
}

/** What callers meet where a deployment is changed as it stands; nothing where the model stays. */
export function inPlaceRemarks(change: JudgedChange): string[] {
  const { from, to } = change;
  if (!isChanged(change)) {
    return [];
  }
  if (from?.identity !== undefined && from.identity === to?.identity) {
    return ['every call goes to the other SKU at once'];
  }
  const isRefused = isRetired(change) || refusesOtherModel(change);
  return [
    isRefused
      ? 'Azure refuses the change, so that applying fails and callers keep the old model'
      : 'every caller of this deployment gets the other model at once, without a ramp and without a way back',
  ];
}

/**
 * Why Azure refuses to create the new one: `ServiceModelDeprecated` for a retired model, `ServiceModelDeprecating` for a
 * Deprecated one in a subscription that never had it.
 * https://github.com/microsoft/microsoft-foundry-for-vscode/issues/491
 * https://github.com/microsoft/microsoft-foundry-for-vscode/issues/557
 */
function refusalOf(change: JudgedChange): string | undefined {
  if (isRetired(change)) {
    return 'Azure refuses to create one of a retired model';
  }
  return change.to?.model.stage === 'deprecated'
    ? 'Azure refuses to create one of a Deprecated model in a subscription that never deployed it'
    : undefined;
}

function refusedRemark({ replaceOrder }: JudgedChange, refusal: string): string {
  switch (replaceOrder) {
    case 'destroy-first':
      return `the old one is destroyed, and ${refusal}: then the name stays gone`;
    case 'create-first':
      return `${refusal}, and then the old one stays and applying fails`;
    default:
      return `nothing orders destruction and creation, and ${refusal}: where the old one is destroyed all the same, the name stays gone`;
  }
}

function orderOf({ replaceOrder, before, after }: JudgedChange): string {
  const hasSameName = sameKnown(before?.deployment, after?.deployment) && sameKnown(before?.account, after?.account);
  switch (replaceOrder) {
    case 'destroy-first':
      return 'calls fail from the destruction of the old one until the new one is there';
    case 'create-first':
      return hasSameName
        ? 'the new one is created before the old one is destroyed, which Azure refuses because the name is taken'
        : 'the new one is there before the old one goes; calls to the old name fail from then on';
    default:
      return 'nothing orders destruction and creation: calls may fail in between, and the creation while the old one exists';
  }
}

/** A SKU that cannot be read may be one on which the model lives on. */
function isRetired({ to }: JudgedChange): boolean {
  return to?.ending === 'retired' && to.model.unread.length === 0;
}

function refusesOtherModel({ before, after }: JudgedChange): boolean {
  const changed = before && after ? modelChange(before, after).changed : [];
  return after !== undefined && changed.length > 0 && refusesModelChange(after, changed) === 'certainly';
}

function isChanged({ from, to }: JudgedChange): boolean {
  return from === undefined || to === undefined || isUpdate(from, to) || to.model.unread.length > 0;
}

function sameKnown(
  before: DeploymentFact['account'] | undefined,
  after: DeploymentFact['account'] | undefined,
): boolean {
  const [old, current] = [before && valueOf(before), after && valueOf(after)];
  return old !== undefined && current !== undefined && old.toLowerCase() === current.toLowerCase();
}

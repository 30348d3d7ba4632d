import { Attribute } from '../facts/attribute';
import { DeploymentFact } from '../facts/facts';
import { DeploymentChange, DeploymentOutcome } from '../facts/plan-facts';
import { coordinatesOf } from '../rules/coordinates';
import { JudgedModel, judgedDeployment } from './judged-model';
import { isUpdate } from './model-update';
import { addressBefore, ReviewedStack } from './reviewed-stack';

/** What becomes of one deployment, with its models judged. */
export interface JudgedChange {
  /** The input that the deployment stands in afterwards, or stood in. */
  readonly stack: ReviewedStack;
  readonly outcome: DeploymentOutcome;
  readonly before?: DeploymentFact;
  readonly after?: DeploymentFact;
  readonly from?: JudgedModel;
  readonly to?: JudgedModel;
  readonly replaceOrder?: DeploymentChange['replaceOrder'];
  /** Account by which deployments are told to belong together; absent where nothing says which one it is. */
  readonly account?: string;
  /** Set where another input lets go of it. */
  readonly movedFrom?: { readonly stack: ReviewedStack; readonly outcome: 'destroyed' | 'forgotten' };
}

/** The changes of all plans; a deployment that one plan lets go of and another takes over is one. */
export function judgedChanges(stacks: readonly ReviewedStack[]): JudgedChange[] {
  const changes = stacks.flatMap((stack) =>
    (stack.plan?.deployments ?? []).map((change) => judgedChange(stack, change)),
  );
  const leaving = new Map<string, JudgedChange>();
  for (const change of changes) {
    const key = change.before && coordinatesOf(change.before);
    if (key !== undefined && (change.outcome === 'destroyed' || change.outcome === 'forgotten')) {
      leaving.set(key, change);
    }
  }
  const joined = new Set<JudgedChange>();
  const arrived = changes.map((change) => {
    const isArriving = change.outcome === 'created' || change.outcome === 'imported';
    const key = isArriving && change.after ? coordinatesOf(change.after) : undefined;
    const left = key === undefined ? undefined : leaving.get(key);
    if (left === undefined || left.stack.input === change.stack.input) {
      return change;
    }
    joined.add(left);
    return join(left, change);
  });
  return arrived.filter((change) => !joined.has(change));
}

/** Where the deployment stood before, if that was another address: facts before a plan have the address after a `moved` block. */
export function previousAddress({ stack, before, after }: JudgedChange): string | undefined {
  if (after === undefined) {
    return undefined;
  }
  const { address } = after.origin;
  const addresses = [before?.origin.address, addressBefore(stack, address)];
  return addresses.find((previous) => previous !== undefined && previous !== address);
}

function judgedChange(stack: ReviewedStack, change: DeploymentChange): JudgedChange {
  const { outcome, before, after, replaceOrder } = change;
  const account = accountKey(stack, (after ?? before)?.account);
  return {
    stack,
    outcome,
    ...(before && stack.before && { before, from: judgedDeployment(stack.before, before) }),
    ...(after && { after, to: judgedDeployment(stack.after, after) }),
    ...(replaceOrder && { replaceOrder }),
    ...(account !== undefined && { account }),
  };
}

function join(left: JudgedChange, arriving: JudgedChange): JudgedChange {
  const outcome = joinedOutcome(left, arriving);
  return {
    ...arriving,
    outcome,
    before: left.before,
    from: left.from,
    movedFrom: { stack: left.stack, outcome: left.outcome as 'destroyed' | 'forgotten' },
  };
}

function joinedOutcome(left: JudgedChange, { outcome, to }: JudgedChange): DeploymentOutcome {
  if (outcome === 'created') {
    return left.outcome === 'destroyed' ? 'recreated' : 'created';
  }
  if (left.outcome === 'destroyed') {
    return 'imported';
  }
  return left.from !== undefined && to !== undefined && isUpdate(left.from, to) ? 'changed-in-place' : 'moved';
}

/** Resource ids mean the same everywhere, expressions only within their stack. */
function accountKey({ input }: ReviewedStack, account: Attribute | undefined): string | undefined {
  if (account === undefined || account.state === 'absent') {
    return undefined;
  }
  return account.state === 'known'
    ? JSON.stringify([account.value.toLowerCase()])
    : JSON.stringify([input, account.expression]);
}

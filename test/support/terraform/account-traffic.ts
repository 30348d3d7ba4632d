import { accountProvisioningStateInvalid, requestConflict } from './azure-error';
import { WhileAccountIsBusy } from './resource-kind';

interface Traffic {
  running: number;
  /** When an operation last began or ended. */
  lastChange: number;
}

/**
 * Operations on Cognitive Services accounts get in each other's way: an account takes one at a time, and a private
 * endpoint cannot connect to one that is being changed.
 */
export class AccountTraffic {
  private readonly accounts = new Map<string, Traffic>();
  private readonly queues = new Map<string, Promise<unknown>>();

  /** @param now counts starts and ends of all operations */
  constructor(private readonly now: () => number) {}

  /**
   * Runs an operation when its account lets it.
   * @param account id of the account, or `undefined` for an operation that touches none
   * @param work what takes time
   * @param effect what the operation does in the end, unless it is refused
   * @throws AzureError when Azure refuses two operations at a time
   */
  async run<T>(
    account: string | undefined,
    rule: WhileAccountIsBusy | undefined,
    work: () => Promise<void>,
    effect: () => T,
  ): Promise<T> {
    const key = account?.toLowerCase();
    if (key === undefined || rule === undefined) {
      await work();
      return effect();
    }
    if (rule !== 'queue') {
      return this.refuseOverlap(key, rule, work, effect);
    }
    const turn = (this.queues.get(key) ?? Promise.resolve()).catch(() => undefined);
    const mine = turn.then(() => this.occupy(key, work, effect));
    this.queues.set(key, mine);
    return mine;
  }

  private async occupy<T>(account: string, work: () => Promise<void>, effect: () => T): Promise<T> {
    const leave = this.enter(account);
    try {
      await work();
      return effect();
    } finally {
      leave();
    }
  }

  /** Looks twice, so that it does not matter which of two operations was the first by a millisecond. */
  private async refuseOverlap<T>(
    account: string,
    rule: 'RequestConflict' | 'AccountProvisioningStateInvalid',
    work: () => Promise<void>,
    effect: () => T,
  ): Promise<T> {
    const traffic = this.trafficOf(account);
    const refuseWhen = (busy: boolean) => {
      if (busy) {
        throw rule === 'RequestConflict' ? requestConflict(account) : accountProvisioningStateInvalid(account);
      }
    };
    refuseWhen(traffic.running > 0);
    const leave = rule === 'RequestConflict' ? this.enter(account) : () => undefined;
    const own = traffic.running;
    const started = this.now();
    try {
      await work();
      refuseWhen(traffic.running > own || traffic.lastChange > started);
      return effect();
    } finally {
      leave();
    }
  }

  /** Makes the account busy until the answer is called. */
  private enter(account: string): () => void {
    const traffic = this.trafficOf(account);
    traffic.running += 1;
    traffic.lastChange = this.now();
    return () => {
      traffic.running -= 1;
      traffic.lastChange = this.now();
    };
  }

  private trafficOf(account: string): Traffic {
    const known = this.accounts.get(account) ?? { running: 0, lastChange: 0 };
    this.accounts.set(account, known);
    return known;
  }
}

import { valueOf } from './attribute';
import { accountAddress } from './deployment-coordinates';
import { AccountFact, ConfigurationFacts, DeploymentFact } from './facts';

/** Name of an account within its resource id. */
const ACCOUNT_NAME = /\/accounts\/([^/]+)$/;

/** Accounts by each way to find them; of several, the first. */
interface AccountIndex {
  readonly byAddress: ReadonlyMap<string, AccountFact>;
  readonly byId: ReadonlyMap<string, AccountFact>;
  readonly byName: ReadonlyMap<string, readonly AccountFact[]>;
}

const indexes = new WeakMap<readonly AccountFact[], AccountIndex>();

/** The region of the account that a deployment stands in, as the configuration writes it; absent where it does not say. */
export function regionOf(fact: DeploymentFact, facts: ConfigurationFacts): string | undefined {
  const found = accountIn(facts, fact);
  return found && valueOf(found.location);
}

/** The name of the account that a deployment stands in; absent where the configuration does not declare the account. */
export function accountNameOf(fact: DeploymentFact, facts: ConfigurationFacts): string | undefined {
  const found = accountIn(facts, fact);
  return found && valueOf(found.name);
}

function accountIn({ accounts = [] }: ConfigurationFacts, { account }: DeploymentFact): AccountFact | undefined {
  const index = indexOf(accounts);
  const address = accountAddress(account);
  return address === undefined ? accountOf(valueOf(account), index) : index.byAddress.get(address);
}

function accountOf(written: string | undefined, { byId, byName }: AccountIndex): AccountFact | undefined {
  const id = (written ?? '').trim().replace(/\/+$/, '').toLowerCase();
  const name = ACCOUNT_NAME.exec(id)?.[1];
  return byId.get(id) ?? onlyOne(name === undefined ? [] : (byName.get(name) ?? []));
}

/** An account whose id is not known yet goes by its name, where no other one has it. */
function onlyOne([one, ...others]: readonly AccountFact[]): AccountFact | undefined {
  return others.length === 0 && one?.id.state !== 'known' ? one : undefined;
}

function indexOf(accounts: readonly AccountFact[]): AccountIndex {
  const known = indexes.get(accounts);
  if (known !== undefined) {
    return known;
  }
  const byAddress = new Map<string, AccountFact>();
  const byId = new Map<string, AccountFact>();
  const byName = new Map<string, AccountFact[]>();
  for (const account of accounts) {
    const [id, name] = [valueOf(account.id)?.toLowerCase(), valueOf(account.name)?.toLowerCase()];
    byAddress.set(account.origin.address, byAddress.get(account.origin.address) ?? account);
    if (id !== undefined) {
      byId.set(id, byId.get(id) ?? account);
    }
    if (name !== undefined) {
      byName.set(name, [...(byName.get(name) ?? []), account]);
    }
  }
  const index = { byAddress, byId, byName };
  indexes.set(accounts, index);
  return index;
}

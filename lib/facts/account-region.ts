import { valueOf } from './attribute';
import { accountAddress } from './deployment-coordinates';
import { AccountFact, ConfigurationFacts, DeploymentFact } from './facts';

/** Name of an account within its resource id. */
const ACCOUNT_NAME = /\/accounts\/([^/]+)$/;

/** The region of the account that a deployment stands in, as the configuration writes it; absent where it does not say. */
export function regionOf({ account }: DeploymentFact, { accounts = [] }: ConfigurationFacts): string | undefined {
  const address = accountAddress(account);
  const found =
    address === undefined
      ? accountOf(valueOf(account), accounts)
      : accounts.find(({ origin }) => origin.address === address);
  return found && valueOf(found.location);
}

function accountOf(written: string | undefined, accounts: readonly AccountFact[]): AccountFact | undefined {
  const id = (written ?? '').trim().replace(/\/+$/, '').toLowerCase();
  const name = ACCOUNT_NAME.exec(id)?.[1];
  return accounts.find((one) => valueOf(one.id)?.toLowerCase() === id) ?? onlyOneNamed(name, accounts);
}

/** An account whose id is not known yet goes by its name, where no other one has it. */
function onlyOneNamed(name: string | undefined, accounts: readonly AccountFact[]): AccountFact | undefined {
  const [one, ...others] = accounts.filter((each) => name !== undefined && valueOf(each.name)?.toLowerCase() === name);
  return others.length === 0 && one?.id.state !== 'known' ? one : undefined;
}

import { abridged } from '../contracts/printable';
import { nameList } from './statement';

const textByAccounts = new WeakMap<ReadonlySet<string>, string>();

/** `account models`, of ids; a subscription may hold very many, and so may the roles on it. */
export function accountsText(accounts: ReadonlySet<string>): string {
  const known = textByAccounts.get(accounts);
  if (known !== undefined) {
    return known;
  }
  const names = [...accounts].map((account) => abridged(account.slice(account.lastIndexOf('/') + 1)));
  const text = `${names.length === 1 ? 'account' : 'accounts'} ${nameList(names)}`;
  textByAccounts.set(accounts, text);
  return text;
}

import { abridgedTo } from '../contracts/printable';
import { versionedName } from '../contracts/versioned-name';
import { EventDeployment, LifecycleEvent, UndatedReason } from '../review/retirement-calendar';
import { accountText } from './account-text';

/** What every calendar says of events, in the same words; a line each, and printable. */

const LONGEST_NAME = 80;
const LONGEST_PLACE = 300;

export const UNDATED_WORDS: Readonly<Record<UndatedReason, string>> = {
  'no-date': 'the catalogue has no retirement date',
  'retired-without-date': 'retired, on a day that the catalogue does not have',
  'not-in-catalogue': 'not in the catalogue',
  'not-pinned': 'no version pinned',
  unreadable: 'model or version cannot be read',
};

/** `gpt-4o@2024-08-06 on GlobalStandard (fine-tuned)`. */
export function eventModelText({ model: { name, version, sku }, scope }: LifecycleEvent): string {
  const where = sku === undefined ? '' : ` on ${abridgedTo(LONGEST_NAME, sku)}`;
  const tuned = scope === 'fine-tune' ? ' (fine-tuned)' : '';
  return versionedName(abridgedTo(LONGEST_NAME, name), abridgedTo(LONGEST_NAME, version)) + where + tuned;
}

/** `gpt-4o@2024-08-06 on GlobalStandard retires`. */
export function eventTitle(event: LifecycleEvent): string {
  return `${eventModelText(event)} ${happening(event)}`;
}

/** `chat, in models in resource group rg (azurerm_cognitive_deployment.chat of stack production)`. */
export function eventDeploymentText(resource: EventDeployment): string {
  const { deployment, address, stack } = resource;
  const place = `${address}${stack === undefined ? '' : ` of stack ${stack}`}`;
  if (deployment === undefined) {
    return abridgedTo(LONGEST_PLACE, place);
  }
  const account = eventAccountText(resource);
  const where = account === undefined ? '' : `, in ${account}`;
  return abridgedTo(LONGEST_PLACE, `${deployment}${where} (${place})`);
}

/** The account by its id, else by its name, else by the address that an expression leads to. */
export function eventAccountText({ account, accountName }: EventDeployment): string | undefined {
  const address = /^\$\{(.+)\.(?:id|name)\}$/s.exec(account ?? '')?.[1];
  return address === undefined ? account && accountText(account) : (accountName ?? address);
}

function happening({ kind, isEarliest }: LifecycleEvent): string {
  if (kind === 'deprecation') {
    return 'is Deprecated from this day';
  }
  return isEarliest ? 'may retire, not before this day' : 'retires';
}

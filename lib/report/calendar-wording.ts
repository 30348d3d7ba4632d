import { abridgedTo } from '../contracts/printable';
import { versionedName } from '../contracts/versioned-name';
import { LifecycleEvent, UndatedReason } from '../review/retirement-calendar';
import { FindingResource } from '../rules/finding';
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
export function eventDeploymentText({ deployment, account, address, stack }: FindingResource): string {
  const place = `${address}${stack === undefined ? '' : ` of stack ${stack}`}`;
  if (deployment === undefined) {
    return abridgedTo(LONGEST_PLACE, place);
  }
  const where = account === undefined ? '' : `, in ${accountText(account)}`;
  return abridgedTo(LONGEST_PLACE, `${deployment}${where} (${place})`);
}

function happening({ kind, isEarliest }: LifecycleEvent): string {
  if (kind === 'deprecation') {
    return 'is Deprecated from this day';
  }
  return isEarliest ? 'may retire, not before this day' : 'retires';
}

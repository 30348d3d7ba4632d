import { abridgedInFront } from '../contracts/printable';

const RESOURCE_ID =
  /\/resourceGroups\/([^/]{1,90})\/providers\/Microsoft\.CognitiveServices\/accounts\/([^/]{1,64})$/iu;

/** `contoso-models in resource group rg-models`, where the account is known by its id; else what it is known by. */
export function accountText(account: string): string {
  const [, group, name] = RESOURCE_ID.exec(account.slice(-300)) ?? [];
  return name === undefined ? abridgedInFront(account) : `${name} in resource group ${group}`;
}

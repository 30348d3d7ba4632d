import { textAttribute } from './block';
import { ConfigurationBlock, originOf } from './configuration-block';
import { resolveValue } from './expression';
import { AccountFact } from './facts';
import { property } from './json';
import { ACCOUNT_TYPE, isType } from './resource-type';

/** https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cognitive_account and its kin */
const AZURERM_ACCOUNTS: ReadonlySet<string> = new Set(['azurerm_cognitive_account', 'azurerm_ai_services']);

/** The accounts that a block declares, or reads from Azure: none unless it is one. */
export function readAccounts(block: ConfigurationBlock): AccountFact[] {
  return isAccount(block)
    ? block.instances.all.map((instance) => {
        const read = (key: string) => textAttribute(resolveValue(property(block.body, key), instance.scope));
        return { origin: originOf(block, instance), id: read('id'), name: read('name'), location: read('location') };
      })
    : [];
}

function isAccount({ origin, body, scope }: ConfigurationBlock): boolean {
  return (
    AZURERM_ACCOUNTS.has(origin.type) ||
    (origin.type === 'azapi_resource' && isType(resolveValue(property(body, 'type'), scope), ACCOUNT_TYPE))
  );
}

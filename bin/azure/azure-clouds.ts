import { AzureCloud } from '../../lib/catalog/lifecycle';

/** Where a cloud of Azure is asked. */
export interface CloudEndpoints {
  /** Address of Azure Resource Manager; tokens are for this address, wherever they are sent. */
  readonly resourceManager: string;
  /** Where Microsoft Entra ID gives tokens. */
  readonly authority: string;
}

/**
 * The clouds whose models the catalogue knows. Azure operated by 21Vianet is none of them: no region of it is among those
 * that have Foundry.
 *
 * @see https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure
 * @see https://learn.microsoft.com/azure/foundry/reference/region-support
 */
export const AZURE_CLOUDS: Readonly<Record<AzureCloud, CloudEndpoints>> = {
  public: {
    resourceManager: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
  },
  usgovernment: {
    resourceManager: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
  },
};

/**
 * Authorities that are asked whether the authority of a tenant is a real one before a secret goes there; others are
 * trusted because somebody named them.
 *
 * @see https://learn.microsoft.com/javascript/api/@azure/identity/defaultazurecredentialoptions
 */
export function isMicrosoftAuthority(authority: string): boolean {
  const hosts = ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.partner.microsoftonline.cn'];
  return URL.canParse(authority) && hosts.includes(new URL(authority).hostname);
}

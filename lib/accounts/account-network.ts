import { CognitiveAccountNetworkAcls } from '@cdktf/provider-azurerm/lib/cognitive-account';
import { Token } from 'cdktf';
import { allowListWithoutEffect, ipRangeInvalid } from './errors';
import { ModelAccountProps } from './model-account-props';

/** Who reaches the account over the network. */
export interface AccountNetwork {
  readonly publicNetworkAccessEnabled: boolean;
  readonly networkAcls: CognitiveAccountNetworkAcls;
}

const OCTET = '(?:0|[1-9]\\d{0,2})';
const ADDRESS = new RegExp(`^(?<octets>${OCTET}(?:\\.${OCTET}){3})(?:/(?:[1-9]|[12]\\d|30))?$`);

/** Private (RFC 1918), loopback and link-local addresses: no caller comes from them over the internet. */
const PRIVATE_ADDRESS = /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;

/**
 * Network rules that admit nobody but the allow-lists, and no public endpoint where there is no allow-list.
 *
 * `bypass` is written because Azure fills in `AzureServices`; azurerm accepts it for the kinds OpenAI and AIServices:
 * https://github.com/hashicorp/terraform-provider-azurerm/pull/28221
 */
export function accountNetwork(props: ModelAccountProps, path: string): AccountNetwork {
  const { allowedIpRanges = [], allowedSubnetIds = [], allowAllNetworks = false } = props;
  const listed = allowedIpRanges.length + allowedSubnetIds.length > 0;
  if (allowAllNetworks && listed) {
    throw allowListWithoutEffect(path);
  }
  // A list that Terraform knows later has one token in it, which stands for the whole.
  for (const range of Token.isUnresolved(allowedIpRanges) ? [] : allowedIpRanges) {
    if (!Token.isUnresolved(range) && !isPublicRange(range)) {
      throw ipRangeInvalid(path, range);
    }
  }
  return {
    publicNetworkAccessEnabled: allowAllNetworks || listed,
    networkAcls: {
      defaultAction: allowAllNetworks ? 'Allow' : 'Deny',
      bypass: props.allowTrustedServices === true ? 'AzureServices' : 'None',
      ipRules: allowedIpRanges.length > 0 ? allowedIpRanges : undefined,
      virtualNetworkRules:
        allowedSubnetIds.length > 0
          ? allowedSubnetIds.map((subnetId) => ({ subnetId, ignoreMissingVnetServiceEndpoint: false }))
          : undefined,
    },
  };
}

/** Blocks smaller than /30 and private addresses are refused: https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks */
function isPublicRange(range: unknown): boolean {
  const octets = typeof range === 'string' ? ADDRESS.exec(range)?.groups?.octets : undefined;
  return (
    octets !== undefined && octets.split('.').every((octet) => Number(octet) <= 255) && !PRIVATE_ADDRESS.test(octets)
  );
}

import { Fn, Token } from 'cdktf';
import { endpointSuffixInvalid } from './errors';
import { isDomainName } from './resource-names';

/** The domain of Azure's public cloud; of the others: https://learn.microsoft.com/azure/private-link/private-endpoint-dns */
const PUBLIC_CLOUD_SUFFIX = 'openai.azure.com';

/** The subdomain that an account has unless it was given another one. */
export function defaultSubdomain(accountName: string): string {
  return Token.isUnresolved(accountName) ? Fn.lower(accountName) : String(accountName).toLowerCase();
}

/** The domain under which accounts answer, checked. */
export function endpointSuffix(given: string | undefined, path: string): string {
  const suffix = given ?? PUBLIC_CLOUD_SUFFIX;
  if (!Token.isUnresolved(suffix) && !isDomainName(suffix)) {
    throw endpointSuffixInvalid(path, suffix);
  }
  return suffix;
}

export function formatOpenAiEndpoint(subdomain: string, suffix: string): string {
  return `https://${subdomain}.${suffix}`;
}

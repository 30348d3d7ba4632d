import { isRestError, PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import { DefaultAzureCredential, TokenCredential } from '@azure/identity';
import { isMicrosoftAuthority } from './azure-clouds';
import { AzureFailure, brokenAnswer, nobodySignedIn, notAnAuthority, signInRefused } from './errors';
import { withLimits } from './request-policies';
import { transportFailure } from './transport-failure';

/**
 * Whoever is signed in: environment variables, workload identity, managed identity, Azure CLI, Azure PowerShell and Azure
 * Developer CLI are tried, in this order. Its failures are of class `AzureFailure`.
 *
 * @param authority address of Microsoft Entra ID
 * @param timeout seconds that one answer of it may take; the SDK would wait for ever
 * @throws if the address is none with `https`, which the SDK would pass over
 * @see https://learn.microsoft.com/azure/developer/javascript/sdk/authentication/credential-chains#defaultazurecredential-overview
 */
export function signIn(authority: string, timeout: number): TokenCredential {
  if (!/^https:/i.test(authority) || !URL.canParse(authority)) {
    throw notAnAuthority(authority);
  }
  const trouble: Trouble = {};
  const credential = new DefaultAzureCredential({
    authorityHost: authority,
    disableInstanceDiscovery: !isMicrosoftAuthority(authority),
    retryOptions: { maxRetries: 3, retryDelayInMs: 300 },
    additionalPolicies: [
      { policy: noticing(new URL(authority).origin, trouble), position: 'perRetry' },
      { policy: withLimits(timeout), position: 'perRetry' },
    ],
  });
  return {
    getToken: async (scopes, options) => {
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        throw trouble.failure ?? signInFailure(error);
      }
    },
  };
}

/** Why the last request to Microsoft Entra ID had no answer of it: the SDK's own errors no longer say so. */
interface Trouble {
  failure?: AzureFailure;
}

function noticing(origin: string, trouble: Trouble): PipelinePolicy {
  return {
    name: 'signInTrouble',
    sendRequest: async (request, next) => {
      const url = new URL(request.url);
      if (url.origin !== origin) {
        return next(request);
      }
      try {
        const response = await next(request);
        trouble.failure = isJson(response) ? undefined : brokenAnswer(`${response.status} of ${url.host} and no JSON`);
        return response;
      } catch (error) {
        trouble.failure =
          error instanceof AzureFailure ? error : isRestError(error) ? transportFailure(error, url.host) : undefined;
        throw trouble.failure?.reason === 'unreachable' ? trouble.failure : error;
      }
    },
  };
}

function isJson({ bodyAsText }: PipelineResponse): boolean {
  try {
    JSON.parse(bodyAsText ?? '');
    return true;
  } catch {
    return false;
  }
}

/** The SDK tells its errors by their names. */
function signInFailure(error: unknown): AzureFailure {
  if (error instanceof Error && error.name === 'AggregateAuthenticationError' && 'errors' in error) {
    return nobodySignedIn((error.errors as unknown[]).map(wordsOf));
  }
  return signInRefused(wordsOf(error));
}

/** What a credential says, without where to read more and without numbers for Microsoft's support. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [credential] = /^\w+Credential\b/.exec(text) ?? [];
  const [, details] = /More details:(.*)$/s.exec(text) ?? [];
  const words = details === undefined ? text : `${credential === undefined ? '' : `${credential}: `}${details.trim()}`;
  return words
    .replace(/^Error: /, '')
    .replace(/To troubleshoot, visit \S+/g, '')
    .replace(/\s*Trace ID: .*$/s, '')
    .trim();
}

import { DefaultAzureCredential, getBearerTokenProvider, ManagedIdentityCredential } from '@azure/identity';

/** Gives tokens for a scope; each is kept until it is about to expire. */
export type TokenSource = (scope: string) => Promise<string>;

/** Tokens of the container's user-assigned identity; on a developer's computer, of whoever is signed in. */
export function tokenSource(clientId: string | undefined): TokenSource {
  const credential =
    clientId === undefined ? new DefaultAzureCredential() : new ManagedIdentityCredential({ clientId });
  const providers = new Map<string, () => Promise<string>>();
  return (scope) => {
    const provider = providers.get(scope) ?? getBearerTokenProvider(credential, scope);
    providers.set(scope, provider);
    return provider();
  };
}

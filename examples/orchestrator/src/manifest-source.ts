import type { TokenSource } from './identity';
import { mayReceiveTokens } from './settings';

/** Text of the manifest, or why there is none; `permanent` if asking again would not help. */
export type FetchedManifest = { readonly text: string } | { readonly problem: string; readonly permanent: boolean };

const STORAGE_SCOPE = 'https://storage.azure.com/.default';
/** Entra tokens are taken from 2017-11-09 on: learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory */
const STORAGE_VERSION = '2021-12-02';
const LARGEST_MANIFEST = 4 * 1024 * 1024;
const TIMEOUT = 20_000;

/** Reads the blob with the container's identity. */
export async function fetchManifest(url: string, tokenFor: TokenSource, signal: AbortSignal): Promise<FetchedManifest> {
  if (!mayReceiveTokens(url)) {
    return { problem: `RELEASE_MANIFEST_URL is '${url}'; give a URL with https`, permanent: true };
  }
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${await tokenFor(STORAGE_SCOPE)}`, 'x-ms-version': STORAGE_VERSION },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    if (!response.ok) {
      return { problem: `RELEASE_MANIFEST_URL answered ${response.status}`, permanent: false };
    }
    const text = await response.text();
    return text.length <= LARGEST_MANIFEST
      ? { text }
      : { problem: `the manifest is larger than ${LARGEST_MANIFEST} characters`, permanent: true };
  } catch (error) {
    return { problem: `RELEASE_MANIFEST_URL was not read: ${(error as Error).message}`, permanent: false };
  }
}

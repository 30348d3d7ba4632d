import { setTimeout as pause } from 'node:timers/promises';
import type { TokenSource } from './identity';
import { digestOf, Manifest, parseManifest } from './manifest';
import { fetchManifest } from './manifest-source';
import { mayReceiveTokens, Settings } from './settings';

/** A release whose manifest is the one that its id was made of. */
export interface VerifiedRelease {
  readonly id: string;
  readonly label: string;
  readonly manifest: Manifest;
}

/** Why there is no verified release. */
export interface ReleaseProblem {
  readonly code: 'release_unverified';
  readonly message: string;
}

export type ReleaseState = { readonly verified: VerifiedRelease } | { readonly problem: ReleaseProblem };

/** Told of each state: one for a manifest in the environment, more while one is being fetched. */
export type StateListener = (state: ReleaseState) => void;

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

/**
 * Verifies the release. A manifest that is wrong stays wrong; one that cannot be fetched is asked for again, since a role
 * assignment takes minutes to be effective.
 */
export async function verifyRelease(
  settings: Settings,
  tokenFor: TokenSource,
  listener: StateListener,
  signal: AbortSignal,
): Promise<void> {
  const { manifest, manifestUrl } = settings.release;
  if (manifest !== undefined || manifestUrl === undefined) {
    listener(judge(settings, manifest));
    return;
  }
  for (let wait = FIRST_PAUSE; !signal.aborted; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
    const answer = await fetchManifest(manifestUrl, tokenFor, signal);
    if ('text' in answer) {
      listener(judge(settings, answer.text));
      return;
    }
    listener(unverified(answer.problem));
    if (answer.permanent) {
      return;
    }
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
}

function judge({ release, model }: Settings, text: string | undefined): ReleaseState {
  if (!/^[0-9a-f]{64}$/.test(release.id)) {
    return unverified(`RELEASE_ID is '${release.id}' and not 64 hex digits`);
  }
  if (text === undefined) {
    return unverified('neither RELEASE_MANIFEST nor RELEASE_MANIFEST_URL is set');
  }
  const digest = digestOf(text);
  if (digest !== release.id) {
    return unverified(`RELEASE_ID is ${release.id}, but SHA-256 of the manifest is ${digest}`);
  }
  const parsed = parseManifest(text);
  if ('problem' in parsed) {
    return unverified(parsed.problem);
  }
  const { manifest } = parsed;
  const label = `${manifest.name}-${digest.slice(0, 12)}`;
  if (release.label !== label) {
    return unverified(`RELEASE_LABEL is '${release.label}', but the manifest makes it '${label}'`);
  }
  if (!mayReceiveTokens(model.url)) {
    return unverified(`MODEL_CHAT_URL is '${model.url}'; give a URL with https`);
  }
  if (model.routeHeader === undefined && model.deployment === undefined) {
    return unverified('neither MODEL_ROUTE_HEADER nor MODEL_CHAT_DEPLOYMENT is set');
  }
  return { verified: { id: digest, label, manifest } };
}

export function unverified(message: string): { readonly problem: ReleaseProblem } {
  return { problem: { code: 'release_unverified', message } };
}

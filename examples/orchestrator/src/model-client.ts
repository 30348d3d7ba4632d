import { context, propagation } from '@opentelemetry/api';
import OpenAI from 'openai';
import type { TokenSource } from './identity';
import { ROLE, routeKey } from './manifest';
import type { VerifiedRelease } from './release';
import type { Settings } from './settings';

/** Below the four minutes after which Azure cuts an idle connection. */
const TIMEOUT = 230_000;
/** Calls again only where no gateway does: it tries the other deployments of the version itself. */
const RETRIES_WITHOUT_GATEWAY = 2;

/** The client for the release's model, and the name under which the model is called. */
export interface ModelClient {
  readonly client: OpenAI;
  readonly model: string;
  readonly address: URL;
}

/**
 * A gateway is told version and release in headers, and replaces the model's name in the body by that of the deployment it chose.
 * Without a gateway the model is the deployment, whose version the configuration pins.
 */
export function modelClient({ model: wired }: Settings, release: VerifiedRelease, tokenFor: TokenSource): ModelClient {
  const bound = release.manifest.models[ROLE]!;
  const throughGateway = wired.routeHeader !== undefined;
  const headers = {
    ...(wired.routeHeader !== undefined && { [wired.routeHeader]: routeKey(bound) }),
    ...(wired.releaseHeader !== undefined && { [wired.releaseHeader]: release.label }),
  };
  const client = new OpenAI({
    baseURL: wired.url,
    apiKey: () => tokenFor(wired.scope),
    defaultHeaders: headers,
    timeout: TIMEOUT,
    maxRetries: throughGateway ? 0 : RETRIES_WITHOUT_GATEWAY,
  });
  return { client, model: throughGateway ? bound.name : wired.deployment!, address: new URL(wired.url) };
}

/** Headers by which the gateway's traces become part of this one. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

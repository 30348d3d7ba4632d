import { abridged, quoted } from '../contracts/printable';
import { RELEASE_NAME } from '../contracts/release-words';

/** Errors of orchestrators, their releases, and what these are bound to. */

/** A model version that a release or a knowledge API calls, in a role. */
export interface WantedModel {
  /** `release chat-0a1b2c3d4e5f` or `knowledge API <path>`. */
  readonly consumer: string;
  readonly role: string;
  readonly format: string;
  readonly key: string;
}

export function modelNotOffered(
  wanted: WantedModel,
  source: string,
  advice: string,
  offered: readonly string[],
): Error {
  return mismatch(
    wanted,
    `${source} offers no such version, only ${listed(offered)}; ${advice}, or make a release that is bound to one that is offered`,
  );
}

export function modelSpelledOtherwise(wanted: WantedModel, source: string, key: string): Error {
  return mismatch(
    wanted,
    `${source} has it as ${key}, which callers name in exactly that spelling; write it the same in the release and in the deployment`,
  );
}

export function modelDeclaredRetired(wanted: WantedModel, source: string, offered: readonly string[]): Error {
  return mismatch(
    wanted,
    `${source} has it declared retired with addRetiredRoute; make a release that is bound to another one (it offers ${listed(offered)}), ` +
      'or deploy the version, leave out addRetiredRoute and call gateway.addRoute before the orchestrator is declared',
  );
}

export function modelRetired(wanted: WantedModel, source: string, offered: readonly string[]): Error {
  return mismatch(
    wanted,
    `${source} answers that the version is gone; make a release that is bound to another one (it offers ${listed(offered)})`,
  );
}

export function modelAmbiguous(wanted: WantedModel, deployments: readonly string[]): Error {
  return mismatch(
    wanted,
    `${deployments.length} deployments have it (${deployments.join(', ')}); pass the one that is to be called, ` +
      'or go through a gateway, which spreads calls over deployments of one version',
  );
}

export function modelTakesBatchesOnly(wanted: WantedModel, deployment: string, sku: string): Error {
  return mismatch(
    wanted,
    `${deployment} is of type ${sku} and takes batch jobs alone; pass a standard or provisioned deployment`,
  );
}

export function releaseNotMade(path: string): Error {
  return new Error(`release of ${path} is none: pass an OrchestratorRelease as it was made, not a copy of it`);
}

export function modelsNotMade(path: string): Error {
  return new Error(
    `models of ${path} is no source of models: pass OrchestratorModels.throughGateway(…) or OrchestratorModels.direct([…])`,
  );
}

export function deploymentsMissing(): Error {
  return new Error('OrchestratorModels.direct was given no deployments; pass one for each model of the releases');
}

export function gatewayWantsKeys(consumer: string, gateway: string): Error {
  return new Error(
    `${consumer} cannot call through ${gateway}: its callers have subscription keys, and an orchestrator has a managed identity and no key; ` +
      'use GatewayAccess.entra, if need be in a second gateway of the same service',
  );
}

export function identityAfterGateway(path: string, gateway: string): Error {
  return new Error(
    `${path} and ${gateway} lie in different stacks, and each would wait for the other: the gateway for the identity that it admits, ` +
      "the app for the gateway; declare the identity in the gateway's stack or one before it and pass it as identity",
  );
}

export function manifestTooLarge(path: string, bytes: number, most: number): Error {
  return new Error(
    `the environment variables of ${path} take ${bytes} bytes with the release's manifest, and ${most} are the most; ` +
      'pass manifestStore, from which the app reads the manifest',
  );
}

export function variablesTooLarge(path: string, bytes: number, most: number): Error {
  return new Error(
    `the environment variables of ${path} take ${bytes} bytes, and ${most} are the most; shorten environmentVariables`,
  );
}

export function knowledgeMissing(path: string, label: string, index: string): Error {
  return new Error(
    `release-model-mismatch: release ${label} is grounded on index ${quoted(index)}, and ${path} has no knowledge API; pass knowledge`,
  );
}

export function knowledgeUnbound(path: string, label: string): Error {
  return new Error(
    `release-model-mismatch: ${path} has a knowledge API, and release ${label} is bound to no index; ` +
      'state knowledge in the release, so that its id changes with the index, or leave out the knowledge API',
  );
}

export function knowledgeDiffers(label: string, api: string, bound: string, served: string): Error {
  return new Error(
    `release-model-mismatch: release ${label} is bound to ${abridged(bound)}, and ${api} serves ${abridged(served)}; ` +
      'pass the knowledge API of that index, or make a release that is bound to this one',
  );
}

export function importNotClear(path: string): Error {
  return new Error(
    `${path} has to say which release runs there: pass release, or name and releaseId where its content is not known here`,
  );
}

export function releaseNameInvalid(path: string, name: unknown): Error {
  return new Error(
    `name ${quoted(name)} of ${path} is not the name of an orchestrator: it has ${RELEASE_NAME.allowed}`,
  );
}

export function releaseIdInvalid(path: string, id: unknown): Error {
  return new Error(
    `releaseId ${quoted(id)} of ${path} is not the id of a release: it is the SHA-256 of its manifest, 64 hex digits in lower case`,
  );
}

export function urlInvalid(path: string, url: unknown): Error {
  return new Error(
    `url ${quoted(url)} of ${path} is not valid: write 'https://<host>' without a path and without a slash at the end`,
  );
}

function mismatch({ consumer, role, format, key }: WantedModel, rest: string): Error {
  return new Error(`release-model-mismatch: ${consumer} binds role ${quoted(role)} to ${format} ${key}, and ${rest}`);
}

function listed(offered: readonly string[]): string {
  return offered.length === 0 ? 'nothing' : [...offered].sort().join(', ');
}

export function modelAudienceInvalid(audience: unknown): Error {
  return new Error(
    `modelAudience ${quoted(audience)} is not valid: write the audience of the cloud as text, for instance 'https://cognitiveservices.azure.com'`,
  );
}

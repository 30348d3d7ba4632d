/** Environment variables of an orchestrator's container: all that it is told by the configuration that declares it. */
export const ORCHESTRATOR_ENVIRONMENT = {
  /** SHA-256 of the manifest's text, 64 hex digits. */
  releaseId: 'RELEASE_ID',
  /** `<name>-<12 hex digits>`, for headers and telemetry. */
  releaseLabel: 'RELEASE_LABEL',
  /** The manifest itself: canonical JSON, see `release-manifest.ts`. */
  manifest: 'RELEASE_MANIFEST',
  /** Where the manifest is kept, if it is too large for the environment. */
  manifestUrl: 'RELEASE_MANIFEST_URL',
  /** Header in which the gateway is told `name@version`; absent where models are called without a gateway. */
  routeHeader: 'MODEL_ROUTE_HEADER',
  /** Header in which the gateway is told the release; absent where models are called without a gateway. */
  releaseHeader: 'MODEL_RELEASE_HEADER',
  /** Base URL of the knowledge API. */
  knowledgeUrl: 'KNOWLEDGE_URL',
  /** Client id of the container's user-assigned identity. */
  clientId: 'AZURE_CLIENT_ID',
  port: 'PORT',
} as const;

/** Base URL for OpenAI's clients (it ends in `/openai/v1`) for the model of a role. */
export function modelUrlVariable(role: string): string {
  return `MODEL_${roleVariablePart(role)}_URL`;
}

/** Deployment name, where a model is called without a gateway. */
export function modelDeploymentVariable(role: string): string {
  return `MODEL_${roleVariablePart(role)}_DEPLOYMENT`;
}

/** Scope of the Microsoft Entra token for the model of a role, for instance `https://cognitiveservices.azure.com/.default`. */
export function modelScopeVariable(role: string): string {
  return `MODEL_${roleVariablePart(role)}_SCOPE`;
}

/** A role as variables spell it: upper case, `_` for `-`. */
export function roleVariablePart(role: string): string {
  return role.toUpperCase().replaceAll('-', '_');
}

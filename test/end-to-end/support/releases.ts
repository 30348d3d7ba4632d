import { canonicalJson } from '../../../lib/contracts/canonical-json';
import {
  modelDeploymentVariable,
  modelScopeVariable,
  modelUrlVariable,
  ORCHESTRATOR_ENVIRONMENT,
} from '../../../lib/contracts/orchestrator-environment';
import { ReleaseManifest, releaseIdOf, releaseLabel } from '../../../lib/contracts/release-manifest';

export const SCOPE = 'https://cognitiveservices.azure.com/.default';
export const DEPLOYMENT = 'gpt-5.1_2025-11-13_globalstandard';

/** A manifest with one model and one prompt; tests say what is different. */
export function manifestOf(more: Partial<ReleaseManifest> = {}): ReleaseManifest {
  return {
    schemaVersion: 1,
    name: 'chat',
    image: `contoso.azurecr.io/chat@sha256:${'a'.repeat(64)}`,
    orchestration: '1.0.0',
    models: { chat: { format: 'OpenAI', name: 'gpt-5.1', version: '2025-11-13', config: {} } },
    prompts: { system: promptOf('You answer questions on tea.') },
    ...more,
  };
}

export function promptOf(
  text: string,
  more: Partial<ReleaseManifest['prompts'][string]> = {},
): ReleaseManifest['prompts'][string] {
  return { text, model: 'chat', madeFor: ['gpt-5.1@2025-11-13'], template: 'none', inputs: [], ...more };
}

/** The variables of a container that calls a deployment without a gateway. */
export function environmentOf(manifest: ReleaseManifest, modelUrl: string): Record<string, string> {
  const text = canonicalJson(manifest);
  const id = releaseIdOf(text);
  return {
    [ORCHESTRATOR_ENVIRONMENT.releaseId]: id,
    [ORCHESTRATOR_ENVIRONMENT.releaseLabel]: releaseLabel(manifest.name, id),
    [ORCHESTRATOR_ENVIRONMENT.manifest]: text,
    [ORCHESTRATOR_ENVIRONMENT.clientId]: '00000000-0000-0000-0000-00000000000a',
    [modelUrlVariable('chat')]: `${modelUrl}/openai/v1`,
    [modelScopeVariable('chat')]: SCOPE,
    [modelDeploymentVariable('chat')]: DEPLOYMENT,
  };
}

import { Surface } from './routing-table';

/** An operation of the inference API that the gateway forwards. */
export interface ModelOperation {
  readonly id: string;
  readonly displayName: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the API's path. */
  readonly urlTemplate: string;
  /** A form with files: its model cannot be written anew, so it goes to the backend whose URL names the deployment. */
  readonly multipart?: boolean;
  /** Names a response that one account keeps. */
  readonly stored?: boolean;
}

/**
 * Sources: https://learn.microsoft.com/azure/ai-foundry/openai/reference (dated) and
 * https://learn.microsoft.com/azure/ai-foundry/openai/latest (v1).
 */
const INFERENCE: readonly Omit<ModelOperation, 'method'>[] = [
  { id: 'chat-completions', displayName: 'Chat completions', urlTemplate: '/chat/completions' },
  { id: 'completions', displayName: 'Completions', urlTemplate: '/completions' },
  { id: 'embeddings', displayName: 'Embeddings', urlTemplate: '/embeddings' },
  { id: 'images-generations', displayName: 'Image generation', urlTemplate: '/images/generations' },
  { id: 'images-edits', displayName: 'Image editing', urlTemplate: '/images/edits', multipart: true },
  { id: 'audio-speech', displayName: 'Speech', urlTemplate: '/audio/speech' },
  {
    id: 'audio-transcriptions',
    displayName: 'Transcription',
    urlTemplate: '/audio/transcriptions',
    multipart: true,
  },
  { id: 'audio-translations', displayName: 'Translation', urlTemplate: '/audio/translations', multipart: true },
];

const DEPLOYMENT_PREFIX = '/deployments/{deployment}';

/** Each once under the deployment, as `AzureOpenAI` calls it, and once without, where the header alone says which. */
const datedOperations: readonly ModelOperation[] = INFERENCE.flatMap((operation): ModelOperation[] => [
  { ...operation, method: 'POST', urlTemplate: DEPLOYMENT_PREFIX + operation.urlTemplate },
  {
    ...operation,
    method: 'POST',
    id: `${operation.id}-by-header`,
    displayName: `${operation.displayName} (by header)`,
  },
]);

export const v1Operations: readonly ModelOperation[] = [
  ...INFERENCE.map((operation): ModelOperation => ({ ...operation, method: 'POST' })),
  { id: 'responses', displayName: 'Response', method: 'POST', urlTemplate: '/responses' },
  ...(
    [
      ['responses-get', 'Stored response', 'GET', '/responses/{response_id}'],
      ['responses-delete', 'Delete a stored response', 'DELETE', '/responses/{response_id}'],
      ['responses-cancel', 'Cancel a background response', 'POST', '/responses/{response_id}/cancel'],
      ['responses-input-items', 'Input of a stored response', 'GET', '/responses/{response_id}/input_items'],
    ] as const
  ).map(([id, displayName, method, urlTemplate]) => ({ id, displayName, method, urlTemplate, stored: true })),
];

export function operationsOf(surface: Surface): readonly ModelOperation[] {
  return surface === 'dated' ? datedOperations : v1Operations;
}

/** The parameters of a template, in its order. */
export function templateParameters(urlTemplate: string): string[] {
  return [...urlTemplate.matchAll(/\{\*?([^}]+)\}/g)].map((match) => match[1]!);
}

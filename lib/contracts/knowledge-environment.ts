/**
 * Environment variables of a knowledge API's container, besides `PORT`, `AZURE_CLIENT_ID`, those of telemetry and those by which it
 * reaches the model of role `embeddings` (`orchestrator-environment.ts`).
 */
export const KNOWLEDGE_ENVIRONMENT = {
  /** `https://<service>.search.windows.net`. */
  searchEndpoint: 'SEARCH_ENDPOINT',
  searchIndex: 'SEARCH_INDEX',
  /** `name@version` of the model whose vectors the index holds: questions are embedded with it and no other. */
  embeddingModel: 'KNOWLEDGE_EMBEDDING_MODEL',
  /** Numbers in one vector. */
  dimensions: 'KNOWLEDGE_DIMENSIONS',
} as const;

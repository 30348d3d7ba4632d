/** Kind of a Cognitive Services account; changing it replaces the account. */
export enum ModelAccountKind {
  /** A Foundry resource: models of every format, and projects. */
  AI_SERVICES = 'AIServices',

  /** An Azure OpenAI resource: models of format `OpenAI` alone. */
  OPEN_AI = 'OpenAI',
}

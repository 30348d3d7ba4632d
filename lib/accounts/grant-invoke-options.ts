/** Which of an account's models a caller may use. */
export enum InvokeRole {
  /**
   * Models of format `OpenAI`: the role `Cognitive Services OpenAI User`, the least that Microsoft documents for them.
   *
   * @see https://learn.microsoft.com/azure/ai-services/openai/how-to/role-based-access-control
   */
  OPENAI_MODELS = 'Cognitive Services OpenAI User',

  /**
   * Models of every format: the role `Cognitive Services User`, the least built-in role for other Foundry models.
   *
   * @see https://learn.microsoft.com/training/modules/secure-azure-openai-authentication-authorization/
   */
  ALL_MODELS = 'Cognitive Services User',
}

/** What kind of identity a principal is. */
export enum PrincipalType {
  /** A managed identity or an application. */
  SERVICE_PRINCIPAL = 'ServicePrincipal',

  /** A person. */
  USER = 'User',

  /** A group of Microsoft Entra ID. */
  GROUP = 'Group',
}

/** Options of `grantInvoke`. */
export interface GrantInvokeOptions {
  /**
   * Which models the principal may call.
   *
   * @default InvokeRole.OPENAI_MODELS
   */
  readonly role?: InvokeRole;

  /**
   * What kind of identity the principal is. Stated, Azure accepts an identity that was created a moment ago.
   *
   * @default PrincipalType.SERVICE_PRINCIPAL
   */
  readonly principalType?: PrincipalType;
}

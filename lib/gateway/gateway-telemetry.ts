/**
 * Where a gateway reports its calls, with the version that was asked for and the one that served.
 *
 * Requests and answers are logged without their bodies: a body that is logged is held back until it is complete, and nothing
 * streams any more (https://learn.microsoft.com/azure/api-management/how-to-server-sent-events).
 *
 * Exactly one of `connectionString` and `connectionStringSecretId` is given.
 */
export interface GatewayTelemetry {
  /** Resource id of the Application Insights component. */
  readonly applicationInsightsId: string;

  /**
   * Connection string of the component, for instance `applicationInsights.connectionString` of the Terraform resource.
   *
   * It is kept as a secret named value of the service, and in the Terraform state.
   *
   * @default - read from `connectionStringSecretId`
   */
  readonly connectionString?: string;

  /**
   * Id of the Key Vault secret with the connection string: `https://<vault>.vault.azure.net/secrets/<name>`.
   *
   * The identity of the service needs the role `Key Vault Secrets User` on the vault before the gateway is created. Without
   * a version in the id, API Management follows a changed secret within four hours.
   *
   * @default - `connectionString` is given
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-properties
   */
  readonly connectionStringSecretId?: string;

  /**
   * Namespace of the token metrics, 1 to 256 letters, digits, spaces, `.`, `_`, `/` and `-`, starting with a letter.
   *
   * API Management sends metrics only where the diagnostic of the API says so, which the azurerm provider cannot write
   * (https://github.com/hashicorp/terraform-provider-azurerm/issues/27541): an ARM template deployment writes it then.
   * Turning the metrics off again takes two applies, because the first one deletes the diagnostic together with the template.
   *
   * @default - no token metrics
   */
  readonly tokenMetricsNamespace?: string;

  /**
   * How many of the calls are logged, in percent, 0 to 100; failed calls are always logged.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;
}

import { checkedEntraTokens } from './entra-tokens';
import { CallerAccess } from './policy/policy-options';

const ENTRA = { call: 'GatewayAccess.entra', what: 'gateway', example: 'api://model-gateway' };

/** Microsoft Entra tokens as the way to call a gateway. */
export interface EntraAccessOptions {
  /** Id (GUID) or domain of the tenant that issues the tokens; may be a Terraform token. */
  readonly tenantId: string;

  /**
   * Audiences that a token may have, at least one: the application id URI or the client id of the app registration that
   * stands for the gateway, for instance `api://model-gateway`. Each may be a Terraform token.
   */
  readonly audiences: string[];
}

/** How callers of a gateway prove who they are. */
export class GatewayAccess {
  /**
   * Microsoft Entra tokens: a caller's token carries the app role of the route, or its application was given access with
   * `grantAccess`.
   *
   * @throws if the tenant or an audience cannot be one, or there is no audience
   * @see https://learn.microsoft.com/azure/api-management/validate-azure-ad-token-policy
   */
  public static entra(options: EntraAccessOptions): GatewayAccess {
    return new GatewayAccess({ kind: 'entra', ...checkedEntraTokens(ENTRA, options) });
  }

  /**
   * Subscription keys of products, which `addProduct` makes and keeps in Key Vault.
   *
   * Whoever holds a key can call the gateway; prefer `entra`.
   */
  public static subscriptionKeys(): GatewayAccess {
    return new GatewayAccess({ kind: 'keys' });
  }

  /** @internal */
  public readonly _callers: CallerAccess;

  private constructor(callers: CallerAccess) {
    this._callers = callers;
  }
}

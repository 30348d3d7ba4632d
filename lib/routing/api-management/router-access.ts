import { checkedEntraTokens } from '../../gateway/entra-tokens';
import { isAppRole } from '../../gateway/gateway-names';
import { routerOverrideRoleInvalid } from './errors';
import { UserAccess } from './policy/router-policy-options';

const ENTRA = { call: 'RouterAccess.entra', what: 'router', example: 'api://chat' };

/** Microsoft Entra tokens as the way to call a router. */
export interface RouterEntraAccessOptions {
  /** Id (GUID) or domain of the tenant that issues the tokens; may be a Terraform token. */
  readonly tenantId: string;

  /**
   * Audiences that a token may have, at least one: the application id URI or the client id of the app registration that stands for the
   * router, for instance `api://chat`. Each may be a Terraform token.
   */
  readonly audiences: string[];

  /**
   * App role whose holders may choose a release by header, where the router allows it: 1 to 120 letters, digits and `_.:/-`.
   *
   * @default 'Releases.Override'
   */
  readonly overrideRole?: string;
}

/** How users of a router prove who they are. The id of a user decides which release serves him. */
export class RouterAccess {
  /**
   * Microsoft Entra tokens; a user is told by the claim `oid`, or `sub` where the token has none.
   *
   * @throws if the tenant, an audience or the role cannot be one, or there is no audience
   * @see https://learn.microsoft.com/azure/api-management/validate-azure-ad-token-policy
   */
  public static entra(options: RouterEntraAccessOptions): RouterAccess {
    const tokens = checkedEntraTokens(ENTRA, options);
    const { overrideRole = 'Releases.Override' } = options;
    if (!isAppRole(overrideRole)) {
      throw routerOverrideRoleInvalid(overrideRole);
    }
    return new RouterAccess({ kind: 'entra', ...tokens, overrideRole });
  }

  /**
   * Subscription keys of the service's products. All calls with keys of one subscription count as one user, so that an application with
   * one key has one release; prefer `entra`.
   */
  public static subscriptionKeys(): RouterAccess {
    return new RouterAccess({ kind: 'keys' });
  }

  /**
   * Anybody. A caller is told by a cookie that the router gives on the first visit (`HttpOnly`, `Secure`, `SameSite`); whoever throws it
   * away, or makes up another, is somebody else.
   */
  public static anonymous(): RouterAccess {
    return new RouterAccess({ kind: 'anonymous' });
  }

  /** @internal */
  public readonly _users: UserAccess;

  private constructor(users: UserAccess) {
    this._users = users;
  }
}

import { TrafficRow } from '../../../contracts/traffic-row';
import { GatewayTier } from '../../../policy/policy-limits';

/** How the router knows who calls. */
export type UserAccess =
  | {
      readonly kind: 'entra';
      readonly tenantId: string;
      readonly audiences: readonly string[];
      readonly overrideRole: string;
    }
  | { readonly kind: 'keys' }
  | { readonly kind: 'anonymous' };

/** Everything that the policy of a router is made of. */
export interface RouterPolicyOptions {
  /** Begins the names of what the router has in the service. */
  readonly name: string;
  /** Path of the API, without slash at either end. */
  readonly path: string;
  readonly tier: GatewayTier;
  readonly access: UserAccess;
  readonly rows: readonly TrafficRow[];
  readonly salt: string;
  readonly override: boolean;
  /** Client ids that may override, divided by commas; may hold tokens. */
  readonly overrideApps: string;
  readonly pin?: { readonly inCookie: boolean };
  readonly mirror?: { readonly label: string; readonly url: string; readonly buckets: number };
  readonly timeoutSeconds: number;
  readonly corsOrigins?: readonly string[];
  readonly forwardsAuthorization: boolean;
  readonly traces: boolean;
}

/** Name of the named value that holds the key which signs pins. */
export function pinKeyName(router: string): string {
  return `${router}-pin-key`;
}

/** Id of the backend that leads to a release. */
export function backendIdOf(router: string, label: string): string {
  return `${router}-${label}`;
}

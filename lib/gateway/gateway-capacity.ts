/**
 * How far the routing table of a gateway is from the largest policy of its tier.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#api-management-limits
 */
export interface GatewayCapacity {
  /** Routes that the gateway has now, without those that are retired. */
  readonly routes: number;

  /** Bytes that a route takes on average in the policy that is full first; without routes, what a usual one would take. */
  readonly bytesPerRoute: number;

  /** Bytes of the largest policy as it is now. */
  readonly largestPolicyBytes: number;

  /** Bytes that a policy may have in the tier of the service. */
  readonly limitBytes: number;

  /** Routes like those now that fit. */
  readonly routesThatFit: number;
}

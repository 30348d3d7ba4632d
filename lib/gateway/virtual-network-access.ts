/** How an API Management service takes part in a virtual network. */
export enum VirtualNetworkAccess {
  /** Callers reach the gateway from the internet; the gateway reaches what lies in the network. */
  EXTERNAL = 'External',
  /** Callers reach the gateway only from within the network. */
  INTERNAL = 'Internal',
}

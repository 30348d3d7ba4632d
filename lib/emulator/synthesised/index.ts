export { CallerClaims, CallerToken, callerTokens } from './caller-tokens';
export { gatewaysOf, SynthesisedGateway } from './gateway-reader';
export { GatewayRoute, RouteTable } from './route-table';
export { targetTransport } from './target-transport';
export { parseTarget, Target, TargetedGateway, withTargets } from './targets';

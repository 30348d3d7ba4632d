export {
  claimsOf,
  placeholderTokens,
  TokenClaims,
  TokenSource,
  TokenVerdict,
  TokenVerifier,
  unsignedTokens,
} from './access-tokens';
export { CircuitBreakerRule } from './circuit-breaker';
export { Clock, systemClock } from './clock';
export { DEFECT_HEADER, EmulatedGateway, EmulatedGatewayOptions, GatewayAnswer } from './emulated-gateway';
export { EmulatorServices } from './emulator-services';
export {
  GatewayApi,
  GatewayBackend,
  GatewayDefinition,
  GatewayOperation,
  GatewaySubscription,
} from './gateway-definition';
export { GatewayPipeline, IncomingRequest, PipelineAnswer, PipelineOptions } from './gateway-pipeline';
export { HeaderBag } from './header-bag';
export { durationSeconds } from './iso-duration';
export { MessageBody } from './message-body';
export { TraceEntry } from './request-state';
export { BackendRequest, BackendResponse, BackendTransport, httpTransport } from './transport';

import { randomUUID } from 'node:crypto';
import { placeholderTokens, TokenSource, TokenVerifier, unsignedTokens } from './access-tokens';
import { Clock, systemClock } from './clock';
import { BackendTransport, httpTransport } from './transport';

/** What the emulator takes from outside; tests replace any of it. */
export interface EmulatorServices {
  readonly clock: Clock;
  /** From 0 up to 1: weights and jitter. */
  readonly random: () => number;
  readonly newGuid: () => string;
  readonly tokens: TokenSource;
  readonly verifyToken: TokenVerifier;
  readonly transport: BackendTransport;
}

export function servicesWith(given: Partial<EmulatorServices> = {}): EmulatorServices {
  const clock = given.clock ?? systemClock;
  return {
    clock,
    random: Math.random,
    newGuid: randomUUID,
    tokens: placeholderTokens,
    verifyToken: unsignedTokens(clock),
    transport: httpTransport,
    ...given,
  };
}

import { effectUnknown } from './errors';
import { PolicyEffect } from './model-policy-props';

/** @throws if what was given as an effect is none; JavaScript lets any text through */
export function requireEffect(path: string, property: string, effect: unknown): void {
  const effects = Object.values<unknown>(PolicyEffect);
  if (effect !== undefined && !effects.includes(effect)) {
    throw effectUnknown(path, property, effect, effects.join(', '));
  }
}

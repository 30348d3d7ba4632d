/**
 * One value of a configuration as far as it can be read before Terraform runs.
 * An unknown value is never treated as absent, and never as a pass.
 */
export type Attribute<T = string> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'absent' }
  /** `expression` is what stands in the configuration, for instance `${var.version}`. */
  | { readonly state: 'unknown'; readonly expression: string };

export const ABSENT: Attribute<never> = { state: 'absent' };

export function known<T>(value: T): Attribute<T> {
  return { state: 'known', value };
}

export function unknown(expression: string): Attribute<never> {
  return { state: 'unknown', expression };
}

/** The value where it is known. */
export function valueOf<T>(attribute: Attribute<T>): T | undefined {
  return attribute.state === 'known' ? attribute.value : undefined;
}

import { Token } from 'cdktf';

/** Whether a value breaks its rule; what only Terraform knows may be anything. */
export function refused(value: unknown, isValid: (value: unknown) => boolean): boolean {
  return !Token.isUnresolved(value) && !isValid(value);
}

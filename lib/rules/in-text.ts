import { inputName } from '../contracts/input-name';
import { abridged } from '../contracts/printable';
import { ConfigurationFacts } from '../facts/facts';

/** ` in production`: which of several configurations something stands in, by its stack or else its input. */
export function inText({ stack, input }: Pick<ConfigurationFacts, 'stack' | 'input'>): string {
  const name = stack ?? (input === undefined ? undefined : inputName(input));
  return name === undefined ? '' : ` in ${abridged(name)}`;
}

import { ConfigurationFacts } from '../facts/facts';
import { Finding } from './finding';

/** A finding of one of several configurations, with the input that the configuration was read from where that is known. */
export function foundIn({ input }: Pick<ConfigurationFacts, 'input'>, finding: Finding): Finding {
  return input === undefined ? finding : { ...finding, resource: { ...finding.resource, input } };
}

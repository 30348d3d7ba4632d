import { inputName } from '../../lib/contracts/input-name';
import { isJsonObject } from '../../lib/contracts/json-file';
import { abridged, quoted } from '../../lib/contracts/printable';
import { ConfigurationFacts } from '../../lib/facts/facts';
import { PlanInput } from './review-inputs';
import { GivenSynthesis } from './stack-match';

/** Deployments that are named; the rest is counted. */
const MOST_EXAMPLES = 3;

/** A plan of whose model deployments the synthesis knows less than half. */
export interface SynthesisGap {
  /** A few words, to stand among what the report was judged with. */
  readonly short: string;
  /** A sentence for standard error, with examples. */
  readonly full: string;
}

/** Where a synthesis knows less than half of the model deployments that a plan leaves: it may be another app's, or older. */
export function synthesisGaps({ option, folder }: GivenSynthesis, plans: readonly PlanInput[]): SynthesisGap[] {
  return plans.flatMap(({ input, facts, synthesised }) => {
    const addresses = deploymentAddresses(facts);
    const unknown = addresses.filter((address) => !declares(synthesised?.configuration, address));
    const known = addresses.length - unknown.length;
    if (2 * known >= addresses.length) {
      return [];
    }
    const short = `${option} knows ${known} of ${addresses.length} model deployments of ${abridged(inputName(input))}`;
    const examples = unknown.slice(0, MOST_EXAMPLES).map((address) => quoted(abridged(address)));
    const more = unknown.length > MOST_EXAMPLES ? ` and ${unknown.length - MOST_EXAMPLES} more` : '';
    return [
      {
        short,
        full:
          `${short}, not ${examples.join(', ')}${more}: construct paths and waivers of these are missing; ` +
          `give the output of the code that was planned (${option} is ${quoted(folder)})`,
      },
    ];
  });
}

/** Of deployments that a plan destroys, the code knows nothing any more. */
function deploymentAddresses({ plan }: ConfigurationFacts): string[] {
  const after = (plan?.deployments ?? []).flatMap((change) => change.after?.origin.address ?? []);
  return [...new Set(after)];
}

/** Whether a synthesised stack declares a resource, or the module that it is in. */
function declares(configuration: unknown, address: string): boolean {
  const [, first = '', second = ''] = /^([\w-]+)\.([\w-]+)/.exec(address) ?? [];
  const keys = first === 'module' ? [first, second] : ['resource', first, second];
  const found = keys.reduce<unknown>(
    (value, key) => (isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    configuration,
  );
  return found !== undefined;
}

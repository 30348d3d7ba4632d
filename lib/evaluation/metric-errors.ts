import { quoted } from '../contracts/printable';

export function gateInvalid(given: unknown): Error {
  return new Error(`${quoted(given)} is no gate of a metric: write { name: 'answers-correct', minimum: 0.9 }`);
}

export function gateNameInvalid(name: unknown, allowed: string): Error {
  return new Error(`name ${quoted(name)} of a metric is none: write ${allowed}`);
}

export function gateMemberUnknown(name: string, member: string, members: readonly string[]): Error {
  return new Error(
    `metric ${quoted(name)} has ${quoted(member)}, which no gate has: a gate has ${members.join(', ')}; respell it or leave it out`,
  );
}

export function gateMemberInvalid(name: string, member: string, given: unknown, allowed: string): Error {
  return new Error(`${member} of metric ${quoted(name)} is ${quoted(given)}: write ${allowed}`);
}

export function gateRangeEmpty(name: string, minimum: number, maximum: number): Error {
  return new Error(
    `minimum ${minimum} of metric ${quoted(name)} is greater than its maximum ${maximum}, so that nothing could pass: swap them or leave one out`,
  );
}

export function observationsInvalid(name: string, side: string, given: unknown): Error {
  const what = given === null || typeof given !== 'object' ? quoted(given) : 'an object';
  return new Error(
    `the observations of metric ${quoted(name)} in the ${side} are ${what}: give a list of { case, value }`,
  );
}

export function observationsMissing(name: string): Error {
  return new Error(
    `metric ${quoted(name)} has no observation in the candidate: at least one case has to be measured; see why the run left out every one, or leave out the metric`,
  );
}

export function caseInvalid(name: string, side: string, index: number, given: unknown): Error {
  return new Error(
    `case ${quoted(given)} of observation ${index} of metric ${quoted(name)} in the ${side} is none: write a text that is not empty, the same in every run`,
  );
}

export function caseRepeated(name: string, side: string, repeated: string): Error {
  return new Error(
    `metric ${quoted(name)} has case ${quoted(repeated)} twice in the ${side}: repeats of one case are not independent; give each case one value, for instance the mean of its repeats`,
  );
}

export function valueInvalid(name: string, side: string, of: string, given: unknown, largest: number): Error {
  return new Error(
    `value ${quoted(given)} of case ${quoted(of)} of metric ${quoted(name)} in the ${side} is neither true or false nor a number from ${-largest} to ${largest}: leave out a case that was not measured, and give one that failed the value of a failure`,
  );
}

export function valuesMixed(name: string, side: string, of: string, given: number): Error {
  return new Error(
    `metric ${quoted(name)} has true or false for some cases and ${given} for case ${quoted(of)} in the ${side}: a rate has true, false, 1 and 0 alone, and a score has numbers alone`,
  );
}

export function rateMarginInvalid(name: string, margin: number): Error {
  return new Error(
    `margin of metric ${quoted(name)} is ${margin}: the metric is a rate, so write a number from 0 to 1, for instance 0.05 for five of a hundred cases`,
  );
}

export function rateThresholdInvalid(name: string, member: string, threshold: number): Error {
  return new Error(
    `${member} of metric ${quoted(name)} is ${threshold}: the metric is a rate, so write a share from 0 to 1, for instance 0.9 for ninety of a hundred cases`,
  );
}

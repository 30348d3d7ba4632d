import { andMore } from '../../lib/contracts/and-more';
import { inputName } from '../../lib/contracts/input-name';
import { abridged, printable } from '../../lib/contracts/printable';
import { BroadWaiver } from '../../lib/rules/waivers';

const MOST_INPUTS = 5;

/** What is told of a waiver of a file that covers findings of several inputs: the plans of two stages hold the same addresses. */
export function broadWaiverText({ source, inputs }: BroadWaiver): string {
  const names = inputs.map((input) => abridged(inputName(input)));
  const listed = `${names.slice(0, MOST_INPUTS).join(', ')}${andMore(names.length - MOST_INPUTS, ' ')}`;
  return (
    `the waiver at ${printable(source)} covers findings in ${inputs.length} inputs (${listed}); ` +
    `give it "input" to limit it to one of them, or "input": "*" where all are meant`
  );
}

/** The same in the few words that a report has room for. */
export function shortBroadWaiverText({ source, inputs }: BroadWaiver): string {
  return `one waiver for ${inputs.length} inputs (${printable(source)})`;
}

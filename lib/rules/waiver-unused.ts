import { inputName } from '../contracts/input-name';
import { abridged, quoted } from '../contracts/printable';
import { Finding } from './finding';
import { PlacedWaiver, waiverFinding, waiverText } from './placed-waiver';
import { RuleDescription } from './rule';
import { nameList } from './statement';
import { isNamed } from './waiver-input';

/** A waiver that covers no finding. */
export const waiverUnused: RuleDescription = {
  id: 'waiver-unused',
  summary: 'A waiver covers no finding.',
  why: 'The finding is corrected or the resource is misspelt; either way the waiver is waiting to hide a finding that nobody has looked at.',
  fix: 'Remove the waiver, or correct its rule, resource and input.',
  severity: 'warning',
  unknownWhen: 'Never.',
  waiverLimit: 'never',
};

/** `inputs` are the names of all that was judged, none where they are not known. */
export function unusedWaiver(placed: PlacedWaiver, inputs: readonly string[] = []): Finding {
  const { input } = placed;
  if (input !== undefined && inputs.length > 0 && !isNamed(input, inputs)) {
    return waiverFinding(waiverUnused, placed, {
      message: `${waiverText(placed)} covers no finding: nothing that is judged here is called ${quoted(input)}`,
      fix: `remove it, or correct its input; judged here: ${nameList(inputs.map((name) => abridged(inputName(name))))}`,
    });
  }
  return waiverFinding(waiverUnused, placed, {
    message: `${waiverText(placed)} covers no finding`,
    fix: `remove it, or correct its ${input === undefined ? 'rule and resource' : 'rule, resource and input'}`,
  });
}

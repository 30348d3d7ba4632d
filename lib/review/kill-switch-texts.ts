import { TrafficReview } from './change-report';

/** Kill switches that a plan turns, and what it changes behind one that is on, in a few words each. */
export function killSwitchTexts(traffic: readonly TrafficReview[]): string[] {
  const switches = traffic.flatMap(({ killSwitch }) => killSwitch ?? []);
  const goesOn = switches.some(({ before, after }) => after === 'on' && before !== 'on');
  const goesOff = switches.some(({ before, after }) => before === 'on' && after === 'off');
  const hides = switches.some(({ hidden = 0 }) => hidden > 0);
  return [
    ...(goesOn ? ['a kill switch goes on'] : []),
    ...(goesOff ? ['a kill switch goes off'] : []),
    ...(hides ? ['shares change behind a kill switch'] : []),
  ];
}

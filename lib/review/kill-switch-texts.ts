import { TrafficReview } from './change-report';

/** Kill switches that a plan turns, and what it changes behind one that is on, in a few words each. */
export function killSwitchTexts(traffic: readonly TrafficReview[]): string[] {
  const switches = traffic.flatMap(({ killSwitch }) => killSwitch ?? []);
  const goesOn = switches.some(({ before, after }) => after === 'on' && before !== 'on');
  const goesOff = switches.some(({ before, after }) => before === 'on' && after === 'off');
  const dealsAnew = switches.some(({ dealing }) => dealing !== undefined);
  const hides = switches.some(({ hidden = 0, dealing }) => hidden > 0 && dealing === undefined);
  return [
    ...(goesOn ? ['a kill switch goes on'] : []),
    ...(goesOff ? ['a kill switch goes off'] : []),
    ...(dealsAnew ? ['a salt changes behind a kill switch'] : []),
    ...(hides ? ['shares change behind a kill switch'] : []),
  ];
}

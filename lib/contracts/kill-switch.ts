/** Ends the name of the named value that sends everybody of a router to stable. */
const NAME_END = '-kill-switch';

export type KillSwitchPosition = 'on' | 'off';

/** Name of the kill switch of a router in API Management. */
export function killSwitchName(router: string): string {
  return `${router}${NAME_END}`;
}

/** Whether a named value is called like the kill switch of a router. */
export function isKillSwitchName(name: string): boolean {
  return name.endsWith(NAME_END);
}

/** Anything but `off` stops the experiment: whoever reaches for the switch in a hurry is understood. */
export function killSwitchPosition(text: string): KillSwitchPosition {
  return text.trim().toLowerCase() === 'off' ? 'off' : 'on';
}

/** Where a release may stand in its life. */
const RELEASE_STAGES = ['candidate', 'canary', 'stable', 'draining', 'retired'] as const;

export type ReleaseStageWord = (typeof RELEASE_STAGES)[number];

/**
 * Variables that a router's policy in API Management keeps: its rows, the salt of its hash, the position of its kill switch, and
 * the label that was chosen.
 */
export const ROUTER_VARIABLES = {
  rows: 'releases',
  salt: 'salt',
  killSwitch: 'kill-switch',
  chosen: 'release',
} as const;

/** What a router does with one release: the buckets from `from` up to, not including, `to` go to it. */
export interface TrafficRow {
  /** Label of the release, `<name>-<12 hex digits>`. */
  readonly label: string;
  readonly stage: ReleaseStageWord;
  readonly from: number;
  readonly to: number;
}

const LABEL = /^[a-z][a-z0-9-]*-[0-9a-f]{12}$/;

const ROW = /^(?<label>[^|]*)\|(?<stage>[a-z]+)\|(?<from>\d{1,5})\|(?<to>\d{1,5})$/;

/** Whether a text can be the label of a release that a router knows; wider than what a release can be called. */
export function isRoutedLabel(text: string): boolean {
  return LABEL.test(text);
}

export function isReleaseStage(text: string): text is ReleaseStageWord {
  return (RELEASE_STAGES as readonly string[]).includes(text);
}

/** Rows as one text, `label|stage|from|to;…`: what a router's policy holds. */
export function formatTrafficRows(rows: readonly TrafficRow[]): string {
  return rows.map(({ label, stage, from, to }) => `${label}|${stage}|${from}|${to}`).join(';');
}

/** The rows of a text, or `undefined` if it is not one of rows. */
export function parseTrafficRows(text: string): TrafficRow[] | undefined {
  const rows = text.split(';').map((row) => ROW.exec(row)?.groups);
  return rows.every((groups) => groups !== undefined && isRoutedLabel(groups.label!) && isReleaseStage(groups.stage!))
    ? rows.map((groups) => ({
        label: groups!.label!,
        stage: groups!.stage as ReleaseStageWord,
        from: Number(groups!.from),
        to: Number(groups!.to),
      }))
    : undefined;
}

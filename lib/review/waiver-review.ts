import { JudgementDate } from '../contracts/as-of';
import { CalendarDate } from '../contracts/calendar-date';
import { settleWaivers } from '../rules/evaluate';
import { Finding, Severity } from '../rules/finding';
import { PlacedWaiver } from '../rules/placed-waiver';
import { SeverityOverrides } from '../rules/severities';
import { waiverUnused } from '../rules/waiver-unused';

/** The waiver that covers what is found of a deployment. */
export interface CoveringWaiver {
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds; of several waivers, of the one that ends first. */
  readonly expires: CalendarDate;
}

/** What is found of one deployment, as far as waivers leave it. */
export interface WaiverState {
  /** Weight of the worst finding that no waiver covers. */
  readonly severity?: Severity;
  /** Whether something is found, and waivers cover all of it. */
  readonly isWaived: boolean;
  readonly waiver?: CoveringWaiver;
}

/** What waivers are judged with. */
export interface WaiverReview {
  readonly judgement: JudgementDate;
  readonly severities?: SeverityOverrides;
  /** Names of all inputs and stacks that are judged. @default - they are not known */
  readonly inputs?: readonly string[];
  /** Whether all that a waiver could cover is among the findings. */
  readonly isAsked: (waiver: PlacedWaiver) => boolean;
}

const SEVEREST_FIRST: readonly Severity[] = ['error', 'warning', 'note'];

/**
 * What is wrong with waivers where not every rule is asked: malformed, too long or expired of all, unused only of those
 * that something was asked about. A file of waivers serves several commands.
 */
export function reviewedWaivers(
  findings: readonly Finding[],
  waivers: readonly PlacedWaiver[],
  { isAsked, ...settings }: WaiverReview,
): Finding[] {
  const others = waivers.filter((waiver) => !isAsked(waiver));
  return [
    ...settleWaivers(findings, waivers.filter(isAsked), settings),
    ...settleWaivers(findings, others, settings).filter(({ rule }) => rule !== waiverUnused.id),
  ];
}

/** What waivers leave of the findings about one deployment. */
export function waiverStateOf(about: readonly Finding[]): WaiverState {
  const open = about.filter(({ waived }) => waived === undefined).map(({ severity }) => severity);
  const severity = SEVEREST_FIRST.find((each) => open.includes(each));
  const isWaived = about.length > 0 && open.length === 0;
  const [waiver] = isWaived ? about.flatMap(({ waived }) => waived ?? []).sort(soonestFirst) : [];
  return { ...(severity && { severity }), isWaived, ...(waiver && { waiver }) };
}

function soonestFirst(left: CoveringWaiver, right: CoveringWaiver): number {
  return left.expires < right.expires ? -1 : Number(left.expires > right.expires);
}

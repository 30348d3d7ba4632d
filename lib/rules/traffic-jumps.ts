import { abridged } from '../contracts/printable';
import { shareText } from '../contracts/share-text';
import { BUCKETS } from '../contracts/traffic-bucket';
import { PlanFacts } from '../facts/plan-facts';
import { rowsInEffect } from '../facts/traffic-dealing';
import { RoutedRow, RouterFact } from '../facts/traffic-facts';
import { Finding } from './finding';
import { hiddenRouterFindings } from './hidden-routers';
import { actionOn, isChangedAt, thisPlan } from './planned-changes';
import { usersText } from './routed-traffic';
import { Rule } from './rule';
import { findingOf, Statement, UNKNOWN } from './statement';
import { dealingStatements, killSwitchStatements, unreadPartStatements } from './users-moved-at-once';

/**
 * The largest step of a ramp. Microsoft's own example goes from 5 % to 25, 50 and 100 %
 * (https://learn.microsoft.com/en-us/training/modules/aaai-implement-cicd-multi-agent-systems-github-actions/3-implement-progressive-deployment-strategies):
 * its last step moves half of the users. A step beyond that puts most users on a release that a minority has seen at best.
 */
const LARGEST_STEP = BUCKETS / 2;

const LARGEST_STEP_TEXT = `${(LARGEST_STEP / BUCKETS) * 100} points`;

/** More users moved at once than a ramp would. */
export const trafficJumps: Rule = {
  id: 'traffic-jumps',
  summary:
    'One plan moves more users than a step of a ramp would: a release becomes stable without having been canary, a share grows by more than 50 points, a release that has users vanishes from the router, or the salt changes while releases share the users.',
  why:
    'What goes wrong with a new model or prompt then goes wrong for most users at once, and is noticed by them instead of by a few. ' +
    'A release that vanishes while it has users takes their conversations with it. Going back to a release that was stable or is draining ' +
    'is the way out of an emergency and is not reported, however large the step, and neither is a kill switch that goes on. Another salt deals all ' +
    'users anew: most of a small canary go back in the middle of their conversations, and others take their places.',
  fix: 'Make the release canary with a small share, watch it, and let the share grow in steps; let the old one drain. Keep the salt through a ramp.',
  severity: 'warning',
  unknownWhen:
    'The rows or the salt of a router that the plan changes cannot be read, before or after, or whether it turns the kill switch; ' +
    'the policy or configuration of a router with users changes besides them; or the plan changes a policy that is sensitive and may be a router.',
  check(context) {
    const { plan } = context.facts;
    if (plan === undefined) {
      return [];
    }
    const before = new Map(
      (plan.before.traffic?.routers ?? []).map((router) => [addressAfter(plan, router.origin.address), router]),
    );
    const pairs = (context.facts.traffic?.routers ?? []).flatMap((after) => {
      const earlier = before.get(after.origin.address);
      return earlier === undefined ? [] : [{ before: earlier, after }];
    });
    // A router may repeat its rows in several policies.
    const distinct = new Map(pairs.map((pair) => [JSON.stringify([pair.before, pair.after].map(tableOf)), pair]));
    return [
      ...[...distinct.values()].flatMap((pair) => statementsOn(plan, pair.before, pair.after)),
      ...hiddenRouterFindings(trafficJumps, context, plan),
    ];
  },
};

function tableOf({ rows, unread, salt, killSwitch, rowsFrom, saltFrom, unreadParts }: RouterFact): unknown[] {
  return [rows, unread, salt, killSwitch?.position, rowsFrom, saltFrom, unreadParts];
}

/** A router that moves to another address is the same one. */
function addressAfter(plan: PlanFacts, address: string): string {
  const moved = actionOn(plan, { address });
  return moved?.previousAddress === address ? moved.address : address;
}

function statementsOn(plan: PlanFacts, before: RouterFact, after: RouterFact): Finding[] {
  const statements =
    isUnread(before) || isUnread(after)
      ? unreadStatements(plan, after)
      : [
          ...jumps(plan, before, after),
          ...dealingStatements(plan, before, after),
          ...killSwitchStatements(plan, before, after),
          ...unreadPartStatements(plan, before, after),
        ];
  return statements.map((statement) => findingOf(trafficJumps, after, statement));
}

function isUnread({ unread }: RouterFact): boolean {
  return unread !== undefined;
}

function unreadStatements(plan: PlanFacts, after: RouterFact): Statement[] {
  const held = (after.rowsFrom ?? []).find((origin) => isChangedAt(plan, origin));
  const changed = isChangedAt(plan, after.origin)
    ? 'the router'
    : held && `${abridged(held.address)}, which holds the router's rows`;
  return changed === undefined
    ? []
    : [
        {
          ...UNKNOWN,
          message: `${thisPlan(plan)} changes ${changed}, and how many users that moves cannot be read`,
          fix: "write the rows as a literal: 'label|stage|from|to' divided by ';'",
        },
      ];
}

function jumps(plan: PlanFacts, before: RouterFact, after: RouterFact): Statement[] {
  const earlier = byLabel(before);
  const later = byLabel(after);
  // A router that had no users moves none.
  if (before.rows.every((row) => shareOf(row) === 0)) {
    return [];
  }
  return [
    ...[...later.values()].flatMap((row) => jumpTo(earlier.get(row.label), row, returnText(before, after))),
    ...[...earlier.values()].flatMap((row) => (later.has(row.label) ? [] : vanished(plan, row))),
  ];
}

/** Why users come back to releases that they had been taken from. */
function returnText(before: RouterFact, after: RouterFact): string {
  return before.killSwitch?.position === 'on' && after.killSwitch?.position === 'off'
    ? ', as the kill switch goes off'
    : '';
}

function jumpTo(before: RoutedRow | undefined, after: RoutedRow, why: string): Statement[] {
  const { label, stage } = after;
  const grown = shareOf(after) - (before === undefined ? 0 : shareOf(before));
  const isReturn = before?.stage === 'stable' || before?.stage === 'draining';
  if (isReturn || grown <= 0) {
    return [];
  }
  const name = abridged(label);
  const until = before === undefined ? 'was not in the router' : `had ${usersText(before)}`;
  const wasSeen = before !== undefined && (before.stage === 'canary' || shareOf(before) > 0);
  const isPromotion = stage === 'stable' && !wasSeen;
  if (!isPromotion && grown <= LARGEST_STEP) {
    return [];
  }
  return [
    {
      message: isPromotion
        ? `${name} ${until} and gets ${usersText(after)} of users as the stable release, without having been canary${why}`
        : `${name} ${until} and gets ${usersText(after)} of users: ${shareText(grown / BUCKETS)} of users move at once, more than ${LARGEST_STEP_TEXT}${why}`,
      fix: `make ${name} canary with a small share first, and let the share grow in steps`,
      subject: label,
    },
  ];
}

function vanished(plan: PlanFacts, row: RoutedRow): Statement[] {
  if (shareOf(row) <= 0) {
    return [];
  }
  const name = abridged(row.label);
  return [
    {
      message: `${name} has ${usersText(row)} of users${row.stage === undefined ? '' : ` as ${row.stage}`} and is not in the router after ${thisPlan(plan)}: their conversations end with it`,
      fix: `make ${name} draining without a share, and take it out once nobody uses it any more`,
      subject: row.label,
    },
  ];
}

function byLabel(router: RouterFact): ReadonlyMap<string, RoutedRow> {
  return new Map(rowsInEffect(router).map((row) => [row.label, row]));
}

function shareOf({ from, to }: RoutedRow): number {
  return Math.max(0, to - from);
}

import { abridged } from '../contracts/printable';
import { BUCKETS } from '../contracts/traffic-bucket';
import { RoutedRow, RouterFact } from '../facts/traffic-facts';
import { labelOf } from './release-text';
import { distinctRouters, orchestratorOf } from './routed-traffic';
import { Rule, RuleContext } from './rule';
import { ELSEWHERE, findingOf, nameList, Statement, UNKNOWN } from './statement';
import { revisionStatements } from './traffic-revision-statements';

/** Users whom a router sends nowhere, or to two places. */
export const trafficIncomplete: Rule = {
  id: 'traffic-incomplete',
  summary:
    'The shares of a router do not send every user to exactly one release that runs: gaps, overlaps, no stable release or two, no backend; or the weights of revisions do not add up to 100.',
  why:
    'A user in a gap gets an error, and a user in an overlap changes release when rows change their order. Without exactly one ' +
    'stable release the kill switch has nowhere to send anybody. Azure refuses weights that do not add up, in the middle of an apply.',
  fix: 'Let every bucket from 0 to 9,999 belong to one release, one of them stable, and give each release that may be called a backend.',
  severity: 'error',
  severityNote: 'error; warning where it is unknown, note where another stack declares it',
  unknownWhen:
    'The rows, weights or the configuration of nginx are expressions or a secret, nothing in the router says where a release is, or it is where this stack declares no app and the host is not named by the label.',
  check(context) {
    return [
      ...distinctRouters(context).flatMap((router) =>
        statementsOn(context, router).map((statement) => findingOf(trafficIncomplete, router, statement)),
      ),
      ...(context.facts.traffic?.revisions ?? []).flatMap((split) =>
        revisionStatements(split).map((statement) => findingOf(trafficIncomplete, split, statement)),
      ),
    ];
  },
};

function statementsOn(context: RuleContext, router: RouterFact): Statement[] {
  if (router.unread !== undefined) {
    return [
      {
        ...(router.isUncertain && UNKNOWN),
        message: `the router ${abridged(router.unread)}: who is sent where is not known`,
        fix:
          router.kind === 'nginx'
            ? 'write the configuration of nginx as text of the template'
            : "write the rows as a literal: 'label|stage|from|to' divided by ';'",
      },
    ];
  }
  return [...labels(router), ...stages(router), ...coverage(router), ...targets(context, router)];
}

function labels({ rows }: RouterFact): Statement[] {
  const seen = new Set<string>();
  const repeated = new Set(rows.filter(({ label }) => seen.has(label) || !seen.add(label)).map(({ label }) => label));
  return repeated.size === 0
    ? []
    : [
        {
          message: `${named([...repeated])} ${repeated.size === 1 ? 'has' : 'have'} more than one row`,
          fix: 'give every release one row',
        },
      ];
}

/** A router that tells nobody's stage has none to check. */
function stages({ rows }: RouterFact): Statement[] {
  const stable = rows.filter(({ stage }) => stage === 'stable').map(({ label }) => label);
  const early = rows.filter(({ stage, from, to }) => stage === 'candidate' && to > from).map(({ label }) => label);
  const statements: Statement[] = [];
  if (stable.length !== 1 && rows.some(({ stage }) => stage !== undefined)) {
    statements.push({
      message:
        stable.length === 0
          ? 'no release is stable: there is none that the rest, and everybody in an emergency, is sent to'
          : `${stable.length} releases are stable: ${named(stable)}`,
      fix: 'let exactly one release be stable',
    });
  }
  if (early.length > 0) {
    statements.push({
      message: `${named(early)} ${early.length === 1 ? 'is a candidate and gets' : 'are candidates and get'} users`,
      fix: 'make a candidate canary before it gets users',
    });
  }
  return statements;
}

function coverage({ rows }: RouterFact): Statement[] {
  const broken = rows.filter(({ from, to }) => to < from || to > BUCKETS);
  if (broken.length > 0) {
    return [
      {
        message: `${named(broken.map(({ label, from, to }) => `${label} (${from} to ${to})`))}: buckets go from 0 to ${BUCKETS}, and no row ends before it starts`,
        fix: 'write the buckets of a row as from|to, to not included',
      },
    ];
  }
  const shares = rows.filter(({ from, to }) => to > from).sort((left, right) => left.from - right.from);
  const gaps: string[] = [];
  const overlaps: string[] = [];
  let end = 0;
  let last: RoutedRow | undefined;
  for (const row of shares) {
    if (row.from > end) {
      gaps.push(`${end} to ${row.from - 1}`);
    } else if (row.from < end) {
      overlaps.push(`${last!.label} and ${row.label} (${row.from} to ${Math.min(end, row.to) - 1})`);
    }
    last = row.to > end ? row : last;
    end = Math.max(end, row.to);
  }
  if (end < BUCKETS) {
    gaps.push(`${end} to ${BUCKETS - 1}`);
  }
  return [
    ...statementOf(gaps, 'nobody gets the users in buckets', 'let the rows cover every bucket from 0 to 9999'),
    ...statementOf(overlaps, 'two releases share buckets:', 'let every bucket belong to one release'),
  ];
}

function statementOf(found: readonly string[], what: string, fix: string): Statement[] {
  return found.length === 0 ? [] : [{ message: `${what} ${named(found)}`, fix }];
}

/** A retired release is answered by the router itself. */
function targets(context: RuleContext, { rows }: RouterFact): Statement[] {
  const called = rows.filter(({ stage, from, to }) => stage !== 'retired' || to > from);
  const missing = called.filter(({ target }) => target === 'missing').map(({ label }) => label);
  const elsewhere = called.flatMap(({ label, elsewhere: place }) =>
    place === undefined ? [] : [`${label} (${place})`],
  );
  const unknown = called.filter(({ target }) => target === 'unknown').map(({ label }) => label);
  return [
    ...statementOf(
      missing,
      'there is no backend for',
      'give each release that may be called a branch with its backend, or retire it',
    ),
    ...statementOf(unknown, 'nothing says where to find', 'name the backend of each release literally').map(
      (statement) => ({ ...ELSEWHERE, ...statement }),
    ),
    ...statementOf(
      elsewhere,
      'whether the release runs there is not known, where this stack declares no app and the host is not named by the label:',
      'lead each label to the app that runs it, in this stack or at https://<label>.<domain>',
    ).map((statement) => ({ ...ELSEWHERE, ...statement })),
    ...called.flatMap((row) => crossed(context, row)),
  ];
}

/** The app that a row leads to has to run the release of that label, and to say so. */
function crossed(context: RuleContext, row: RoutedRow): Statement[] {
  if (row.app === undefined) {
    return [];
  }
  const orchestrator = orchestratorOf(context, row);
  const isThere = orchestrator?.origin.address === row.app;
  const label = isThere ? labelOf(orchestrator!) : undefined;
  const leads = `${abridged(row.label)} leads to ${abridged(row.app)}`;
  const fix = `lead ${abridged(row.label)} to the app that runs it`;
  if (label === undefined) {
    const message = isThere
      ? `${leads}, and which release that app runs cannot be read`
      : `${leads}, whose containers are told no release`;
    return [{ ...UNKNOWN, message, fix: `${fix}, and tell that its release as Orchestrator does` }];
  }
  return label === row.label ? [] : [{ message: `${leads}, which runs release ${abridged(label)}`, fix }];
}

function named(names: readonly string[]): string {
  return nameList(names.map(abridged));
}

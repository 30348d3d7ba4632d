import { isCalendarDate } from '../contracts/calendar-date';
import { quoted } from '../contracts/printable';
import { releaseLabel } from '../contracts/release-manifest';
import { compareText } from '../contracts/text-order';
import { EvaluatedRelease, EvidenceRecord, releaseNameOf } from './evidence-record';
import { isAccepted } from './metric-comparison';
import { JudgedMetric } from './metric-judgement';
import { overallVerdict } from './verdict';

/** What contradicts itself in a record that has the right shape, one sentence each; the id is not looked at. */
export function contradictionsIn(record: EvidenceRecord): string[] {
  const { release, baseline, metrics } = record;
  return [
    ...labelProblems(release, 'release'),
    ...(baseline === undefined ? [] : labelProblems(baseline.release, 'baseline.release')),
    ...roleProblems(record),
    ...orderProblems(metrics),
    ...metrics.flatMap((metric) => metricProblems(metric, baseline !== undefined)),
    ...timeProblems(record),
    ...verdictProblems(record),
  ];
}

/** A time as text that orders as the times do. */
export function momentOrder(moment: string): string {
  const [seconds = '', fraction = ''] = moment.replace('Z', '').split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}

function labelProblems({ id, label }: EvaluatedRelease, at: string): string[] {
  const expected = releaseLabel(releaseNameOf(label), id);
  return label === expected ? [] : [`${at}.label is ${quoted(label)}, and ${at}.id makes it ${quoted(expected)}`];
}

function roleProblems({ subject }: EvidenceRecord): string[] {
  const [models, configs] = [subject.models, subject.configs].map((table) => Object.keys(table).sort().join(', '));
  return models === configs
    ? []
    : [`subject.models has the roles ${models}, and subject.configs has ${configs}; both have the same`];
}

function orderProblems(metrics: readonly JudgedMetric[]): string[] {
  return metrics.slice(1).flatMap(({ name }, index) => {
    const order = compareText(metrics[index]!.name, name);
    if (order === 0) {
      return [`metrics names ${quoted(name)} twice`];
    }
    return order < 0 ? [] : [`metrics has ${quoted(name)} behind ${quoted(metrics[index]!.name)}; order them by name`];
  });
}

function metricProblems(metric: JudgedMetric, hasBaseline: boolean): string[] {
  const { name, value, samples, threshold = {}, interval, better, baseline, verdict } = metric;
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = threshold;
  const problems: string[] = [];
  if (interval[0] > interval[1] || (baseline !== undefined && baseline.interval[0] > baseline.interval[1])) {
    problems.push('has an interval whose lower end is above its upper end');
  }
  if (baseline !== undefined && !hasBaseline) {
    problems.push('is compared with a baseline, and the record names none');
  }
  if (verdict === 'pass' && samples === 0) {
    problems.push("has the verdict 'pass' and no samples");
  }
  if (verdict === 'pass' && value < minimum) {
    problems.push(`has the verdict 'pass', and its value ${value} is below the minimum ${minimum}`);
  }
  if (verdict === 'pass' && value > maximum) {
    problems.push(`has the verdict 'pass', and its value ${value} is above the maximum ${maximum}`);
  }
  if (verdict === 'pass' && baseline !== undefined && !isAccepted(baseline.interval, baseline.margin, better)) {
    problems.push("has the verdict 'pass', and its difference from the baseline may be worse than the margin");
  }
  return problems.map((problem) => `metric ${quoted(name)} ${problem}`);
}

function timeProblems({ startedAt, finishedAt }: EvidenceRecord): string[] {
  const missing = Object.entries({ startedAt, finishedAt }).filter(
    ([, moment]) => !isCalendarDate(moment.slice(0, 10)),
  );
  if (missing.length > 0) {
    return missing.map(([field, moment]) => `${field} is ${quoted(moment)}, a day that does not exist`);
  }
  return momentOrder(startedAt) <= momentOrder(finishedAt)
    ? []
    : [`finishedAt ${quoted(finishedAt)} is before startedAt ${quoted(startedAt)}`];
}

function verdictProblems({ metrics, verdict }: EvidenceRecord): string[] {
  const expected = overallVerdict(metrics.map((metric) => metric.verdict));
  return verdict === expected ? [] : [`verdict is ${quoted(verdict)}, and the metrics make it ${quoted(expected)}`];
}

import { CalendarDate, daysBetween, isCalendarDate } from '../contracts/calendar-date';
import { compareText } from '../contracts/text-order';
import { isWholeNumber } from '../contracts/whole-number';
import { judgementDayMalformed, maximumAgeMalformed } from './errors';
import { differencesOf, EvaluatedSubject, SubjectDifference } from './evaluated-subject';
import { EvidenceAnswer, leastOf } from './evidence-answer';
import { momentOrder } from './evidence-consistency';
import { RefusedEvidence, SourcedEvidence } from './evidence-folder';
import { isFileOfSuite } from './evidence-places';
import { EvaluatedRelease, releaseNameOf } from './evidence-record';
import { Verdict } from './verdict';

/** A release that evidence is looked for. */
export interface AskedRelease extends EvaluatedRelease {
  /** What it is made of. Without it no answer says which parts of another release differ, nor that a record lies about its release. */
  readonly subject?: EvaluatedSubject;
}

/** How evidence is judged. */
export interface EvidenceJudgement {
  /** Files that hold no record that can be used: nothing in their place passes. */
  readonly refused?: readonly RefusedEvidence[];
  /** The day on which ages are judged, in UTC. @default - ages are not judged */
  readonly asOf?: CalendarDate;
  /** Days that evidence holds, 0 to 36500; it still holds on the last of them. @default - evidence never becomes stale */
  readonly maximumAge?: number;
}

/** Clocks differ, and so do days: what finished one day ahead of the judgement is not from the future. */
const DAYS_AHEAD = 1;

const OLDEST = 36_500;

const WORST_FIRST: readonly Verdict[] = ['fail', 'unknown', 'pass'];

/** Records of evidence, and what they say of a release. */
export class EvidenceBook {
  /** @throws if the day is none, or the age is no whole number of days */
  public static of(records: readonly SourcedEvidence[], judgement: EvidenceJudgement = {}): EvidenceBook {
    const { asOf, maximumAge } = judgement;
    if (asOf !== undefined && !isCalendarDate(asOf)) {
      throw judgementDayMalformed(asOf);
    }
    if (maximumAge !== undefined && !isWholeNumber(maximumAge, 0, OLDEST)) {
      throw maximumAgeMalformed(maximumAge);
    }
    return new EvidenceBook([...records].sort(newestFirst), judgement);
  }

  private constructor(
    private readonly records: readonly SourcedEvidence[],
    private readonly judgement: EvidenceJudgement,
  ) {}

  /** The suites that a release has evidence of, good or bad, by name. */
  public suitesOf(release: EvaluatedRelease): readonly string[] {
    const suites = this.records.filter(({ record }) => record.release.id === release.id);
    return [...new Set(suites.map(({ record }) => record.suite))].sort(compareText);
  }

  /**
   * What the newest record of a suite says of a release; an older one that passed does not count. Without a suite, the answer is
   * that of the suite which is furthest from passing, among those that the release has evidence of.
   */
  public for(release: AskedRelease, suite?: string): EvidenceAnswer {
    const refused = (this.judgement.refused ?? []).find(
      ({ label, file }) => label === release.label && (suite === undefined || isFileOfSuite(file, suite)),
    );
    if (refused !== undefined) {
      return { kind: 'refused', source: refused.source, problem: refused.problem };
    }
    const suites = suite === undefined ? this.suitesOf(release) : [suite];
    const answers = suites.flatMap((name) => this.newestOf(release, name));
    return answers.length > 0 ? leastOf(answers) : this.ofAnother(release, suite);
  }

  private newestOf(release: AskedRelease, suite: string): EvidenceAnswer[] {
    const newest = this.records.find(({ record }) => record.release.id === release.id && record.suite === suite);
    return newest === undefined ? [] : [this.judged(newest, release)];
  }

  private judged(evidence: SourcedEvidence, release: AskedRelease): EvidenceAnswer {
    const { record } = evidence;
    const differences = release.subject === undefined ? [] : differencesOf(record.subject, release.subject);
    if (differences.length > 0) {
      return { kind: 'of-another', ...evidence, differences };
    }
    if (record.verdict !== 'pass') {
      const kind = record.verdict === 'fail' ? 'failing' : 'unknown';
      return { kind, ...evidence, metrics: record.metrics.filter(({ verdict }) => verdict === record.verdict) };
    }
    const { asOf, maximumAge = OLDEST } = this.judgement;
    const age = asOf === undefined ? 0 : daysBetween(record.finishedAt.slice(0, 10), asOf);
    if (age < -DAYS_AHEAD) {
      return { kind: 'ahead', ...evidence, days: -age };
    }
    return age > maximumAge ? { kind: 'stale', ...evidence, age, maximumAge } : { kind: 'passing', ...evidence };
  }

  /** The record of another release of that name which differs least, the newest of several. */
  private ofAnother(release: AskedRelease, suite: string | undefined): EvidenceAnswer {
    const name = releaseNameOf(release.label);
    const others = this.records
      .filter(({ record }) => releaseNameOf(record.release.label) === name && (suite ?? record.suite) === record.suite)
      .map((evidence) => ({ ...evidence, differences: differencesFrom(evidence, release) }));
    const [nearest] = others.sort((a, b) => count(a.differences) - count(b.differences));
    return nearest === undefined ? { kind: 'none' } : { kind: 'of-another', ...nearest };
  }
}

function differencesFrom(
  { record }: SourcedEvidence,
  { subject }: AskedRelease,
): readonly SubjectDifference[] | undefined {
  return subject && differencesOf(record.subject, subject);
}

function count(differences: readonly SubjectDifference[] | undefined): number {
  return differences?.length ?? 0;
}

/** Of records that finished at the same time, the one with the worst verdict decides. */
function newestFirst({ record: a }: SourcedEvidence, { record: b }: SourcedEvidence): number {
  return (
    compareText(momentOrder(b.finishedAt), momentOrder(a.finishedAt)) ||
    WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict) ||
    compareText(a.id, b.id)
  );
}

import { assert, constantFrom, integer, property, shuffledSubarray, uniqueArray } from 'fast-check';
import { ReleaseManifest } from '../../lib/contracts/release-manifest';
import { describeDifference, subjectOf } from '../../lib/evaluation/evaluated-subject';
import { EvidenceAnswer } from '../../lib/evaluation/evidence-answer';
import { AskedRelease, EvidenceBook, EvidenceJudgement } from '../../lib/evaluation/evidence-book';
import { RefusedEvidence, SourcedEvidence } from '../../lib/evaluation/evidence-folder';
import { EvidenceRecord } from '../../lib/evaluation/evidence-record';
import { FULL } from '../contracts/manifests';
import { evidence, evidenceOf, FAILING, metric, releaseOf, STABLE, UNKNOWN } from './records';

const asked: AskedRelease = { ...releaseOf(FULL), subject: subjectOf(FULL) };

/** Evidence that finished on a day of November 2026, at noon. */
function on(day: number, overrides: Parameters<typeof evidence>[0] = {}): EvidenceRecord {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  return evidence({ startedAt: `${date}T11:00:00Z`, finishedAt: `${date}T12:00:00Z`, ...overrides });
}

function sourced(...records: EvidenceRecord[]): SourcedEvidence[] {
  return records.map((record, index) => ({ source: `${index}.json`, record }));
}

function answerOf(records: EvidenceRecord[], judgement: EvidenceJudgement = {}, suite?: string): EvidenceAnswer {
  return EvidenceBook.of(sourced(...records), judgement).for(asked, suite);
}

function manifestWith(overrides: Partial<ReleaseManifest>): ReleaseManifest {
  return { ...FULL, ...overrides };
}

const otherPrompt = manifestWith({ prompts: { system: { ...FULL.prompts.system!, text: 'Answer at length.' } } });
const otherModel = manifestWith({
  models: { ...FULL.models, chat: { ...FULL.models.chat!, version: '2024-08-06' } },
});

describe('what evidence says of a release', () => {
  test.each<[string, EvidenceRecord[], object]>([
    ['nothing where there is none', [], { kind: 'none' }],
    [
      'nothing where all is of releases of another name',
      [evidenceOf(manifestWith({ name: 'helper' }))],
      { kind: 'none' },
    ],
    ['that it passes', [on(1)], { kind: 'passing', source: '0.json' }],
    [
      'that it fails, and by which metric',
      [on(1, { metrics: [metric({ name: 'f1' }), FAILING] })],
      { kind: 'failing', metrics: [FAILING] },
    ],
    [
      'that there were too few samples to tell',
      [on(1, { metrics: [metric({ name: 'f1' }), UNKNOWN] })],
      { kind: 'unknown', metrics: [UNKNOWN] },
    ],
    [
      'what the newest record says, and not an older one that passed',
      [on(1), on(3, { metrics: [FAILING] }), on(2)],
      { kind: 'failing', source: '1.json' },
    ],
    [
      'what the newest record says, and not an older one that failed',
      [on(1, { metrics: [FAILING] }), on(2)],
      { kind: 'passing', source: '1.json' },
    ],
    [
      'the worst of records that finished together',
      [on(1), on(1, { metrics: [FAILING] })],
      { kind: 'failing', source: '1.json' },
    ],
    [
      'the unknown one of records that finished together',
      [on(1), on(1, { metrics: [UNKNOWN] })],
      { kind: 'unknown', source: '1.json' },
    ],
  ])('%s', (_, records, expected) => {
    expect(answerOf(records)).toMatchObject(expected);
  });

  test('tells times apart by a thousandth of a millisecond', () => {
    const at = (finishedAt: string, metrics = [metric()]) => evidence({ finishedAt, metrics });
    const records = [
      at('2026-11-20T09:00:00.000002Z', [FAILING]),
      at('2026-11-20T09:00:00.00001Z'),
      at('2026-11-20T09:00:00Z'),
    ];
    expect(answerOf(records)).toMatchObject({ kind: 'passing', source: '1.json' });
  });

  test('does not depend on the order in which records are given', () => {
    const records = sourced(
      on(1),
      on(2, { metrics: [FAILING] }),
      on(2),
      on(2, { metrics: [UNKNOWN] }),
      on(1, { suite: 'safety' }),
      evidenceOf(STABLE),
    );
    assert(
      property(shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(EvidenceBook.of(shuffled).for(asked, 'quality')).toMatchObject({ kind: 'failing', source: '1.json' });
      }),
      { numRuns: 30 },
    );
  });
});

describe('suites', () => {
  test.each<[string, EvidenceRecord[], string | undefined, object]>([
    [
      'one is asked for, and another fails',
      [on(1), on(2, { suite: 'safety', metrics: [FAILING] })],
      'quality',
      { kind: 'passing' },
    ],
    ['one is asked for that was not run', [on(1)], 'safety', { kind: 'none' }],
    [
      'all are asked for, and one fails',
      [on(1), on(2, { suite: 'safety', metrics: [FAILING] })],
      undefined,
      { kind: 'failing', source: '1.json' },
    ],
    [
      'all are asked for, one fails and one is unknown',
      [on(1, { metrics: [UNKNOWN] }), on(2, { suite: 'safety', metrics: [FAILING] })],
      undefined,
      { kind: 'failing' },
    ],
    [
      'all are asked for, and all pass',
      [on(1), on(2, { suite: 'safety' })],
      undefined,
      { kind: 'passing', source: '0.json' },
    ],
    [
      'one is asked for, and another release alone has it',
      [on(1), evidenceOf(STABLE, { suite: 'safety' })],
      'safety',
      { kind: 'of-another', source: '1.json' },
    ],
  ])('%s', (_, records, suite, expected) => {
    expect(answerOf(records, {}, suite)).toMatchObject(expected);
  });

  test('are listed by name, those of other releases left out', () => {
    const book = EvidenceBook.of(
      sourced(on(1, { suite: 'tone' }), on(2), on(3), evidenceOf(STABLE, { suite: 'safety' })),
    );
    expect(book.suitesOf(asked)).toEqual(['quality', 'tone']);
  });
});

describe('the age of evidence', () => {
  test.each<[string, EvidenceJudgement, object]>([
    ['does not matter where no day is given', { maximumAge: 0 }, { kind: 'passing' }],
    ['does not matter where no limit is given', { asOf: '2036-11-10' }, { kind: 'passing' }],
    ['is fine on its last day', { asOf: '2026-11-24', maximumAge: 14 }, { kind: 'passing' }],
    ['is too great one day later', { asOf: '2026-11-25', maximumAge: 14 }, { kind: 'stale', age: 15, maximumAge: 14 }],
    ['may be that of the same day alone', { asOf: '2026-11-10', maximumAge: 0 }, { kind: 'passing' }],
    ['may be a day ahead, for clocks differ', { asOf: '2026-11-09', maximumAge: 14 }, { kind: 'passing' }],
    ['may not be two days ahead', { asOf: '2026-11-08', maximumAge: 14 }, { kind: 'ahead', days: 2 }],
  ])('%s', (_, judgement, expected) => {
    expect(answerOf([on(10)], judgement)).toMatchObject(expected);
  });

  test.each<[string, EvidenceRecord[], object]>([
    [
      'of a newer record decides, be there an older one that is fresh enough',
      [on(1), on(20)],
      { kind: 'ahead', source: '1.json' },
    ],
    ['does not hide a failure', [on(1, { metrics: [FAILING] })], { kind: 'failing' }],
  ])('%s', (_, records, expected) => {
    expect(answerOf(records, { asOf: '2026-11-10', maximumAge: 5 })).toMatchObject(expected);
  });

  test.each<[EvidenceJudgement, string]>([
    [{ asOf: '2026-02-30' }, "asOf is '2026-02-30'; write a calendar day as YYYY-MM-DD, for instance '2026-11-21'"],
    [{ maximumAge: -1 }, 'maximumAge is -1; write a whole number of days from 0 to 36500'],
    [{ maximumAge: Number.NaN }, 'maximumAge is NaN; write a whole number of days from 0 to 36500'],
    [{ maximumAge: Number.POSITIVE_INFINITY }, 'maximumAge is Infinity; write a whole number of days from 0 to 36500'],
  ])('is not judged by %j', (judgement, problem) => {
    expect(() => EvidenceBook.of([], judgement)).toThrow(new Error(problem));
  });
});

describe('evidence of another release', () => {
  function differences(answer: EvidenceAnswer): string[] | undefined {
    return answer.kind === 'of-another' ? answer.differences?.map(describeDifference) : undefined;
  }

  test('is named with the parts that differ', () => {
    const answer = answerOf([evidenceOf(otherModel)]);
    expect(answer.kind).toBe('of-another');
    expect(differences(answer)).toEqual(["model 'chat' was gpt-4o@2024-08-06 and is gpt-4o@2024-11-20"]);
  });

  test('is that of the release which differs least, not the newest', () => {
    const far = manifestWith({ orchestration: '1.0.0', prompts: {}, knowledge: undefined });
    const near = evidenceOf(otherPrompt, { startedAt: '2026-11-01T08:00:00Z', finishedAt: '2026-11-01T08:00:00Z' });
    const answer = answerOf([evidenceOf(far), near]);
    expect(answer).toMatchObject({ kind: 'of-another', source: '1.json' });
    expect(differences(answer)!.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual(["prompt 'system'"]);
  });

  test('differs in nothing that a record names where the id alone is another', () => {
    const inputs = manifestWith({ prompts: { system: { ...FULL.prompts.system!, inputs: [] } } });
    expect(differences(answerOf([evidenceOf(inputs)]))).toEqual([]);
  });

  test('is named without differences where the parts of the release are not given', () => {
    const answer = EvidenceBook.of(sourced(evidenceOf(otherModel))).for(releaseOf(FULL));
    expect(answer).toEqual({ kind: 'of-another', source: '0.json', record: evidenceOf(otherModel) });
  });

  test('does not pass as that of this one by naming its id', () => {
    const lying = evidence({ subject: subjectOf(otherPrompt) });
    const answer = answerOf([lying]);
    expect(answer.kind).toBe('of-another');
    expect(differences(answer)).toHaveLength(1);
  });

  test('is not taken for that of a release whose name begins alike', () => {
    expect(answerOf([evidenceOf(manifestWith({ name: 'assistant-eu' }))])).toEqual({ kind: 'none' });
  });
});

describe('files that were refused', () => {
  const refused = (file: string, label = asked.label): RefusedEvidence => ({
    source: `evidence/${label}/${file}.json`,
    label,
    file,
    problem: `the evidence ${file} was changed`,
  });
  const answer = (file: string) => ({
    kind: 'refused',
    source: `evidence/${asked.label}/${file}.json`,
    problem: `the evidence ${file} was changed`,
  });

  test.each<[string, RefusedEvidence, string | undefined, object]>([
    ['stand for their suite, though an older record passes', refused('quality'), 'quality', answer('quality')],
    [
      'stand for their suite where they are an older record',
      refused('quality-0123456789ab'),
      'quality',
      answer('quality-0123456789ab'),
    ],
    ['count where all suites are asked for', refused('safety'), undefined, answer('safety')],
    ['do not count for other suites', refused('safety'), 'quality', { kind: 'passing' }],
    ['do not count for a suite whose name begins alike', refused('quality-of-tone'), 'quality', { kind: 'passing' }],
    ['do not count for other releases', refused('quality', releaseOf(STABLE).label), 'quality', { kind: 'passing' }],
  ])('%s', (_, file, suite, expected) => {
    expect(answerOf([on(1)], { refused: [file] }, suite)).toMatchObject(expected);
  });
});

test('evidence passes only by a newest record of exactly that release which passes and is fresh', () => {
  const day = integer({ min: 1, max: 28 });
  const metrics = constantFrom([metric()], [FAILING], [UNKNOWN]);
  const kinds = new Set<string>();
  const entries = uniqueArray(
    day.chain((at) => metrics.chain((of) => constantFrom(FULL, otherPrompt).map((manifest) => ({ at, of, manifest })))),
    { maxLength: 4, selector: ({ at }) => at },
  );
  assert(
    property(entries, day, integer({ min: 0, max: 20 }), (made, today, maximumAge) => {
      const records = made.map(({ at, of, manifest }) =>
        on(at, { metrics: of, release: releaseOf(manifest), subject: subjectOf(manifest) }),
      );
      const asOf = `2026-11-${String(today).padStart(2, '0')}`;
      const { kind } = answerOf(records, { asOf, maximumAge });
      kinds.add(kind);
      const [newest] = made.filter(({ manifest }) => manifest === FULL).sort((a, b) => b.at - a.at);
      const age = newest === undefined ? 0 : today - newest.at;
      const passes = newest?.of[0]!.verdict === 'pass' && age <= maximumAge && age >= -1;
      expect(kind === 'passing').toBe(passes);
    }),
    { numRuns: 150 },
  );
  expect([...kinds].sort()).toEqual(['ahead', 'failing', 'none', 'of-another', 'passing', 'stale', 'unknown']);
});

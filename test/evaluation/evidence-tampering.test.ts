import { assert, constantFrom, nat, oneof, property, string } from 'fast-check';
import { canonicalJson } from '../../lib/contracts/canonical-json';
import { readEvidenceText } from '../../lib/evaluation/evidence-reader';
import { EvidenceRecord } from '../../lib/evaluation/evidence-record';
import { evidenceText } from '../../lib/evaluation/evidence-recording';
import { anyEvidence, evidence, FAILING, metric } from './records';

type Outcome = 'refused' | 'same' | 'another record' | 'another error';

/** What reading a text comes to, compared with the record that was written. */
function outcomeOf(text: string, written: EvidenceRecord): Outcome {
  let read: EvidenceRecord;
  try {
    read = readEvidenceText(text, 'evidence/quality.json');
  } catch (error) {
    return (error as Error).message.startsWith('the evidence evidence/quality.json ') ? 'refused' : 'another error';
  }
  return canonicalJson(read) === canonicalJson(written) ? 'same' : 'another record';
}

describe('a change to the file of a record', () => {
  const record = evidence({ metrics: [metric({ name: 'f1' }), FAILING] });
  const text = evidenceText(record);

  test.each<[string, number, (index: number) => string]>([
    ['is removed', 0, (index) => text.slice(0, index) + text.slice(index + 1)],
    ['becomes a digit', 1, (index) => `${text.slice(0, index)}1${text.slice(index + 1)}`],
    ['becomes a letter', 2, (index) => `${text.slice(0, index)}a${text.slice(index + 1)}`],
    ['is written twice', 3, (index) => text.slice(0, index + 1) + text.slice(index)],
    [
      'changes its place with the next',
      4,
      (index) => text.slice(0, index) + (text[index + 1] ?? '') + text[index] + text.slice(index + 2),
    ],
  ])('is refused or means the same wherever one character %s', (_, start, changedAt) => {
    // Together the five ways reach every character; each by itself takes its time.
    const places = Array.from({ length: Math.floor(text.length / 5) }, (_place, step) => start + 5 * step);
    const outcomes = places.map((index) => ({ index, outcome: outcomeOf(changedAt(index), record) }));
    expect(outcomes.filter(({ outcome }) => outcome.startsWith('another'))).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThan(places.length / 3);
  });

  test('is refused or means the same, whatever the record and the character', () => {
    const outcomes = new Set<Outcome>();
    const character = oneof(
      string({ minLength: 1, maxLength: 1, unit: 'binary' }),
      constantFrom(
        ' ',
        '\n',
        '0',
        '9',
        '.',
        '-',
        '+',
        'e',
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '\uFEFF',
        '\ud800',
      ),
    );
    assert(
      property(anyEvidence, nat(), character, constantFrom(0, 1), (written, at, put, removed) => {
        const original = evidenceText(written);
        const index = at % (original.length + 1);
        const outcome = outcomeOf(original.slice(0, index) + put + original.slice(index + removed), written);
        outcomes.add(outcome);
        expect(['refused', 'same']).toContain(outcome);
      }),
      { numRuns: 80 },
    );
    expect(outcomes).toContain('refused');
  });

  test('means the same where it is a blank that JSON does not need', () => {
    const blanks = [...text.matchAll(/\n +/g)].map(({ index }) => index);
    const outcomes = blanks.map((index) => outcomeOf(`${text.slice(0, index)} ${text.slice(index)}`, record));
    expect(new Set(outcomes)).toEqual(new Set(['same']));
  });

  test('is refused where a verdict of fail is made a pass, in one place and in all', () => {
    expect(record.verdict).toBe('fail');
    expect(outcomeOf(text.replace('"verdict": "fail"\n}', '"verdict": "pass"\n}'), record)).toBe('refused');
    expect(outcomeOf(text.replaceAll('"verdict": "fail"', '"verdict": "pass"'), record)).toBe('refused');
  });

  test('is refused wherever the file is cut off', () => {
    const whole = text.trimEnd();
    for (let length = 0; length < whole.length; length += 11) {
      expect(outcomeOf(whole.slice(0, length), record)).toBe('refused');
    }
  });
});

import { compareText } from '../contracts/text-order';
import { evidenceUnusable } from './errors';
import { contradictionsIn } from './evidence-consistency';
import { evidenceShapeProblems } from './evidence-reader';
import { EVIDENCE_SCHEMA_VERSION, EvidenceRecord, evidenceIdOf } from './evidence-record';
import { overallVerdict } from './verdict';

/** What a record is made of; its id and its verdict follow from that. */
export type EvidenceParts = Omit<EvidenceRecord, 'schemaVersion' | 'id' | 'verdict'>;

/** Stands for the id until everything else is known to be sound. */
const NO_ID = `sha256:${'0'.repeat(64)}`;

/**
 * The record of one run: the metrics in the order of their names, the verdict that they make, and the id of it all.
 *
 * @throws if a part is not as a record has it, so that none is made that cannot be read back; every problem is named
 */
export function recordOf(parts: EvidenceParts): EvidenceRecord {
  const { release, subject, suite, dataSet, metrics, baseline, tool, commit, startedAt, finishedAt, ...rest } = parts;
  const sorted = Array.isArray(metrics) ? [...metrics].sort((a, b) => compareText(a?.name, b?.name)) : metrics;
  const draft: EvidenceRecord = {
    ...rest,
    schemaVersion: EVIDENCE_SCHEMA_VERSION,
    id: NO_ID,
    release,
    subject,
    suite,
    dataSet,
    metrics: sorted,
    baseline,
    tool,
    commit,
    startedAt,
    finishedAt,
    verdict: overallVerdict(Array.isArray(sorted) ? sorted.map((metric) => metric?.verdict) : []),
  };
  const malformed = evidenceShapeProblems(draft);
  const problems = malformed.length > 0 ? malformed : contradictionsIn(draft);
  if (problems.length > 0) {
    throw evidenceUnusable('to be recorded', problems);
  }
  // A copy: whoever changes the parts later does not change the record, and what is `undefined` is not there.
  return JSON.parse(JSON.stringify({ ...draft, id: evidenceIdOf(draft) })) as EvidenceRecord;
}

/** The text of a record's file. Any other layout of the same JSON is the same record. */
export function evidenceText(record: EvidenceRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

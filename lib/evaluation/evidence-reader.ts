import { isJsonObject } from '../contracts/json-file';
import { describeJsonError } from '../contracts/json-syntax';
import {
  evidenceKeyTwice,
  evidenceNotJson,
  evidenceOfOtherVersion,
  evidenceTampered,
  evidenceUnusable,
} from './errors';
import { contradictionsIn } from './evidence-consistency';
import { EVIDENCE_SCHEMA_VERSION, EvidenceRecord, evidenceIdOf } from './evidence-record';
import { EVIDENCE_SHAPE } from './evidence-shape';

/** A string of JSON, and the colon that makes it a key. */
const STRING_OR_KEY = /"[^"\\]*(?:\\.[^"\\]*)*"([ \t\r\n]*:)?/g;

/**
 * The record in the text of a file. A byte order mark and the layout of the text do not matter.
 *
 * @param source what errors call the record, for instance its path
 * @throws if the text is not JSON or writes a key twice, and whatever `readEvidence` throws
 */
export function readEvidenceText(text: string, source: string): EvidenceRecord {
  const content = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw evidenceNotJson(source, describeJsonError(content));
  }
  const record = readEvidence(value, source);
  if (keysWritten(content) !== keysIn(record)) {
    throw evidenceKeyTwice(source);
  }
  return record;
}

/**
 * The record that a value is.
 *
 * @param source what errors call the record, for instance its path
 * @throws if it is of another version, has not the shape of `evidence.schema.json` (every problem is named), was changed after it was
 * recorded, or contradicts itself
 */
export function readEvidence(value: unknown, source: string): EvidenceRecord {
  if (
    isJsonObject(value) &&
    typeof value.schemaVersion === 'string' &&
    value.schemaVersion !== EVIDENCE_SCHEMA_VERSION
  ) {
    throw evidenceOfOtherVersion(source, value.schemaVersion);
  }
  const problems = evidenceShapeProblems(value);
  if (problems.length > 0) {
    throw evidenceUnusable(source, problems);
  }
  const record = value as EvidenceRecord;
  const id = evidenceIdOf(record);
  if (record.id !== id) {
    throw evidenceTampered(source, record.id, id);
  }
  const contradictions = contradictionsIn(record);
  if (contradictions.length > 0) {
    throw evidenceUnusable(source, contradictions);
  }
  return record;
}

/** What is wrong with a value that should be a record, as far as `evidence.schema.json` describes it. */
export function evidenceShapeProblems(value: unknown): string[] {
  const problems: string[] = [];
  EVIDENCE_SHAPE(value, '', (problem) => problems.push(problem));
  return problems;
}

function keysWritten(text: string): number {
  return [...text.matchAll(STRING_OR_KEY)].filter(([, colon]) => colon !== undefined).length;
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  const members = Object.values(value);
  return (Array.isArray(value) ? 0 : members.length) + members.reduce<number>((sum, member) => sum + keysIn(member), 0);
}

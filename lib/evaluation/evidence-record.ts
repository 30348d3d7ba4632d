import { createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/canonical-json';
import { EvaluatedSubject } from './evaluated-subject';
import { JudgedMetric } from './metric-judgement';
import { Verdict } from './verdict';

/** A release as evidence names it. */
export interface EvaluatedRelease {
  /** SHA-256 of the manifest's canonical JSON, 64 hex digits. */
  readonly id: string;
  /** `<name>-<first 12 digits of the id>`. */
  readonly label: string;
}

/** The cases that a suite was run on. */
export interface EvaluationDataSet {
  readonly name: string;
  /** SHA-256 of its content, 64 hex digits. */
  readonly hash: string;
  /** Number of cases, 1 or more. */
  readonly size: number;
}

/** What the metrics were compared with. */
export interface EvidenceBaseline {
  readonly release: EvaluatedRelease;
  /** Id of the baseline's own record. */
  readonly evidence: string;
}

/** The program that ran the suite. */
export interface EvaluationTool {
  readonly name: string;
  readonly version: string;
}

/**
 * What one run of a suite on one release came to. Published as `schemas/evidence.schema.json`.
 *
 * The id is the hash of everything else, so that a change to a record shows. It is no signature: whoever can write the file can
 * write another record with an id that fits.
 */
export interface EvidenceRecord {
  readonly schemaVersion: typeof EVIDENCE_SCHEMA_VERSION;
  /** `sha256:` and the SHA-256 of the canonical JSON (RFC 8785) of all other members. */
  readonly id: string;
  readonly release: EvaluatedRelease;
  readonly subject: EvaluatedSubject;
  /** 1 to 63 lower-case letters, digits and dashes, starting with a letter or digit. */
  readonly suite: string;
  readonly dataSet: EvaluationDataSet;
  /** At least one, in the order of their names, each name once. */
  readonly metrics: readonly JudgedMetric[];
  /** Present where any metric was compared. */
  readonly baseline?: EvidenceBaseline;
  readonly tool: EvaluationTool;
  /** Full id of the commit that was evaluated, 40 or 64 hex digits. */
  readonly commit?: string;
  /** RFC 3339, in UTC with `Z`. */
  readonly startedAt: string;
  /** RFC 3339, in UTC with `Z`; not before `startedAt`. The age of the evidence counts from here. */
  readonly finishedAt: string;
  /** `fail` if any metric fails, else `unknown` if any is unknown, else `pass`. */
  readonly verdict: Verdict;
}

/** The one version of records that there is. */
export const EVIDENCE_SCHEMA_VERSION = '1.0';

/** The id that a record's content has, whatever id it says it has. */
export function evidenceIdOf(record: Readonly<Record<string, unknown>> | Omit<EvidenceRecord, 'id'>): string {
  const content = canonicalJson({ ...record, id: undefined });
  return `sha256:${createHash('sha256').update(content, 'utf8').digest('hex')}`;
}

/** The name of the release whose label it is. */
export function releaseNameOf(label: string): string {
  return label.replace(/-[0-9a-f]{12}$/, '');
}

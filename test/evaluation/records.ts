import {
  Arbitrary,
  array,
  constantFrom,
  integer,
  option,
  record as recordOfArbitraries,
  uniqueArray,
} from 'fast-check';
import { canonicalJson } from '../../lib/contracts/canonical-json';
import { releaseIdOf, releaseLabel, ReleaseManifest } from '../../lib/contracts/release-manifest';
import { subjectOf } from '../../lib/evaluation/evaluated-subject';
import { EvaluatedRelease, EvidenceRecord } from '../../lib/evaluation/evidence-record';
import { EvidenceParts, recordOf } from '../../lib/evaluation/evidence-recording';
import { JudgedMetric } from '../../lib/evaluation/metric-judgement';
import { FULL } from '../contracts/manifests';

/** The release of a manifest, as evidence names it. */
export function releaseOf(manifest: ReleaseManifest): EvaluatedRelease {
  const id = releaseIdOf(canonicalJson(manifest));
  return { id, label: releaseLabel(manifest.name, id) };
}

export const STABLE: ReleaseManifest = { ...FULL, orchestration: '2.2.0' };

export function metric(overrides: Partial<JudgedMetric> = {}): JudgedMetric {
  return {
    name: 'answers-correct',
    kind: 'rate',
    value: 0.925,
    samples: 200,
    threshold: { minimum: 0.85 },
    better: 'higher',
    interval: [0.88, 0.954],
    confidence: 0.95,
    verdict: 'pass',
    reason: '0.925 is at least 0.85, and not more than 0.05 below the baseline.',
    ...overrides,
  };
}

export const COMPARED: JudgedMetric = metric({
  baseline: {
    value: 0.93,
    samples: 200,
    difference: -0.005,
    interval: [-0.031, 0.021],
    margin: 0.05,
    test: 'newcombe-paired',
  },
});

/** The parts of a record that has every member. */
export function parts(overrides: Partial<EvidenceParts> = {}): EvidenceParts {
  return {
    release: releaseOf(FULL),
    subject: subjectOf(FULL),
    suite: 'quality',
    dataSet: { name: 'handbook questions', hash: 'd'.repeat(64), size: 200 },
    metrics: [COMPARED],
    baseline: { release: releaseOf(STABLE), evidence: `sha256:${'b'.repeat(64)}` },
    tool: { name: 'promptfoo', version: '0.110.0' },
    commit: 'c'.repeat(40),
    startedAt: '2026-11-20T08:00:00Z',
    finishedAt: '2026-11-20T08:12:30.5Z',
    ...overrides,
  };
}

export function evidence(overrides: Partial<EvidenceParts> = {}): EvidenceRecord {
  return recordOf(parts(overrides));
}

/** A record of another release, made as the manifest says. */
export function evidenceOf(manifest: ReleaseManifest, overrides: Partial<EvidenceParts> = {}): EvidenceRecord {
  return evidence({ release: releaseOf(manifest), subject: subjectOf(manifest), ...overrides });
}

export const FAILING = metric({ value: 0.7, verdict: 'fail', reason: '0.7 is below 0.85.' });
export const UNKNOWN = metric({ samples: 8, verdict: 'unknown', reason: 'too few samples to tell: 8 cases.' });

const judged = recordOfArbitraries({
  name: constantFrom('a', 'B', 'answers-correct', 'f1 score', 'größe', 'relevance.relevance', '__proto__'),
  verdict: constantFrom('pass' as const, 'fail' as const, 'unknown' as const),
  samples: integer({ min: 1, max: 1_000_000 }),
  isCompared: constantFrom(true, false),
}).map(({ isCompared, ...metricParts }) => ({ ...(isCompared ? COMPARED : metric()), ...metricParts }));

/** Any record. */
export const anyEvidence: Arbitrary<EvidenceRecord> = recordOfArbitraries({
  manifest: constantFrom(FULL, STABLE, { ...FULL, prompts: {}, knowledge: undefined }),
  suite: constantFrom('quality', '0', 'safety-2'),
  metrics: uniqueArray(judged, { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
  commit: option(constantFrom('c'.repeat(40), '0'.repeat(64)), { nil: undefined }),
  fraction: constantFrom('', '.5', '.123456789'),
  minutes: array(integer({ min: 0, max: 59 }), { minLength: 2, maxLength: 2 }),
}).map(({ manifest, suite, metrics, commit, fraction, minutes }) => {
  const [start, end] = [...minutes].sort((a, b) => a - b).map((minute) => String(minute).padStart(2, '0'));
  return evidenceOf(manifest, {
    suite,
    metrics,
    commit,
    startedAt: `2026-11-20T08:${start}:00Z`,
    finishedAt: `2026-11-20T08:${end}:00${fraction}Z`,
  });
});

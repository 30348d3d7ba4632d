import {
  IMAGE_BY_DIGEST,
  MODEL_ROLE,
  ORCHESTRATION_VERSION,
  PROMPT_NAME,
  RELEASE_LABEL,
  ROUTE_KEY,
} from '../contracts/release-words';
import { EVIDENCE_SCHEMA_VERSION } from './evidence-record';
import { COMMIT, EVIDENCE_ID, MOMENT, SENTENCE, SHA256, SHORT_LINE, SUITE_NAME } from './evidence-words';
import { anyNumber, fields, filledList, number, numberPair, oneOf, table, wholeNumber, word } from './shape-checks';
import { VERDICTS } from './verdict';

const release = fields({ id: word(SHA256), label: word(RELEASE_LABEL) });

const subject = fields(
  {
    models: table(MODEL_ROLE, word(ROUTE_KEY), 1),
    configs: table(MODEL_ROLE, word(SHA256), 1),
    prompts: table(PROMPT_NAME, word(SHA256)),
    image: word(IMAGE_BY_DIGEST),
    orchestration: word(ORCHESTRATION_VERSION),
  },
  { index: word(SHA256) },
);

const comparison = fields({
  value: anyNumber,
  samples: wholeNumber(0),
  difference: anyNumber,
  interval: numberPair,
  margin: number('a number, 0 or more', (value) => value >= 0),
  test: oneOf('newcombe-paired', 'paired-t'),
});

const metric = fields(
  {
    name: word(SHORT_LINE),
    kind: oneOf('rate', 'score'),
    value: anyNumber,
    samples: wholeNumber(0),
    better: oneOf('higher', 'lower'),
    interval: numberPair,
    confidence: number('a number between 0 and 1', (value) => value > 0 && value < 1),
    verdict: oneOf(...VERDICTS),
    reason: word(SENTENCE),
  },
  { threshold: fields({}, { minimum: anyNumber, maximum: anyNumber }), baseline: comparison },
);

/** The shape of a record; `evidence.schema.json` says the same. */
export const EVIDENCE_SHAPE = fields(
  {
    schemaVersion: oneOf(EVIDENCE_SCHEMA_VERSION),
    id: word(EVIDENCE_ID),
    release,
    subject,
    suite: word(SUITE_NAME),
    dataSet: fields({ name: word(SHORT_LINE), hash: word(SHA256), size: wholeNumber(1) }),
    metrics: filledList(metric),
    tool: fields({ name: word(SHORT_LINE), version: word(SHORT_LINE) }),
    startedAt: word(MOMENT),
    finishedAt: word(MOMENT),
    verdict: oneOf(...VERDICTS),
  },
  { baseline: fields({ release, evidence: word(EVIDENCE_ID) }), commit: word(COMMIT) },
);

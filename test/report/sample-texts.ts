import { readFileSync, writeFileSync } from 'node:fs';
import { RunReport } from '../../lib/report/run-report';
import { CLEAN, DRIFT, MINOR_WITH_PROMPT, MINOR_WITHOUT_PROMPT, MODEL_CHANGE, UNKNOWNS } from './sample-reports';

/** Samples whose reports for people stand word for word in `expected/`. */
export const WRITTEN_SAMPLES: readonly (readonly [string, RunReport])[] = [
  ['clean', CLEAN],
  ['minor-with-prompt', MINOR_WITH_PROMPT],
  ['minor-without-prompt', MINOR_WITHOUT_PROMPT],
  ['model-change', MODEL_CHANGE],
  ['drift', DRIFT],
  ['unknowns', UNKNOWNS],
];

/** What is written down; UPDATE_EXAMPLES=true writes it anew. */
export function expectedText(name: string, ending: 'md' | 'txt', written: string): string {
  const file = `${__dirname}/expected/${name}.${ending}`;
  if (process.env.UPDATE_EXAMPLES === 'true') {
    writeFileSync(file, written);
  }
  return readFileSync(file, 'utf8');
}

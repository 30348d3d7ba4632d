import { existsSync } from 'node:fs';
import { namedFilesMissing } from './errors';
import { JudgementOptions } from './judgement-options';
import { isUpdated } from './report-outputs';

type NamedFiles = Pick<JudgementOptions, 'overlay'> &
  Partial<Pick<JudgementOptions, 'catalog' | 'waivers' | 'baseline' | 'writeBaseline' | 'configuration'>>;

/**
 * Names all that is missing at once where several files are; a single one is named by whoever reads it.
 *
 * @throws if several of the files do not exist that options or the configuration file name to judge with
 */
export function requireNamedFiles(options: NamedFiles): void {
  const { catalog, overlay, waivers = [], baseline, configuration } = options;
  const named = [
    ...(catalog === undefined ? [] : [{ what: 'the catalogue', file: catalog }]),
    ...overlay.map((file) => ({ what: 'the overlay', file })),
    ...waivers.map((file) => ({ what: 'the waiver file', file })),
    ...(baseline === undefined || isUpdated(options) ? [] : [{ what: 'the baseline', file: baseline }]),
  ];
  const missing = named.filter(({ file }) => !existsSync(file));
  if (missing.length > 1) {
    throw namedFilesMissing(missing, configuration);
  }
}

import { RunReport } from '../../lib/report/run-report';
import { WRITERS } from '../../lib/report/writers';
import { formatTwice, outputCollides } from './errors';
import { placeOf } from './file-place';
import { Output } from './output';
import { terminalLook } from './terminal';
import { FileContent } from './whole-file';

/** Reports as texts: those for files, and what is printed. */
export interface RenderedReports {
  readonly files: readonly FileContent[];
  readonly printed: string;
}

/** Everything that a run reads or writes beside its reports. */
export interface RunFiles {
  readonly inputs: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

/** Whether the baseline that is read is the one that is written. */
export function isUpdated({ baseline, writeBaseline }: Omit<RunFiles, 'inputs'>): boolean {
  return baseline !== undefined && writeBaseline !== undefined && placeOf(baseline) === placeOf(writeBaseline);
}

/** @throws if one format is printed twice, or a run would write one file twice or over what it reads */
export function requireDistinctOutputs(
  outputs: readonly (Omit<Output, 'format'> & { readonly format: string })[],
  { inputs, baseline, writeBaseline }: RunFiles,
): void {
  const printed = outputs.filter(({ file }) => file === undefined).map(({ format }) => format);
  const twice = printed.find((format, index) => printed.indexOf(format) !== index);
  if (twice !== undefined) {
    throw formatTwice(twice);
  }
  const taken = new Map(inputs.filter((input) => input !== '-').map((input) => [placeOf(input), 'an input']));
  if (baseline !== undefined && !isUpdated({ baseline, writeBaseline })) {
    taken.set(placeOf(baseline), 'the baseline');
  }
  const written = [
    ...(writeBaseline === undefined ? [] : [{ file: writeBaseline, what: 'the new baseline' }]),
    ...outputs.flatMap(({ file, format }) => (file === undefined ? [] : [{ file, what: `the ${format} report` }])),
  ];
  for (const { file, what } of written) {
    const other = taken.get(placeOf(file));
    if (other !== undefined) {
      throw outputCollides(file, other);
    }
    taken.set(placeOf(file), what);
  }
}

/** Writes the report in every format that is asked for, as text; nothing leaves the process yet. */
export function renderReports(
  report: RunReport,
  outputs: readonly Output[],
  options: { readonly color: boolean; readonly commentId?: string },
): RenderedReports {
  const { commentId } = options;
  const files: FileContent[] = [];
  let printed = '';
  for (const { format, file } of outputs) {
    if (file === undefined) {
      printed += WRITERS[format](report, { ...terminalLook(options), commentId });
    } else {
      files.push({ file, text: WRITERS[format](report, { commentId }) });
    }
  }
  return { files, printed };
}

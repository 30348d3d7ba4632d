import { existsSync } from 'node:fs';
import { ModelCatalog } from '../../lib/catalog/model-catalog';
import { JudgementDate, judgementDate } from '../../lib/contracts/as-of';
import { RunReport } from '../../lib/report/run-report';
import { ChangeReport } from '../../lib/review/change-report';
import { modelsInUse } from '../../lib/review/models-in-use';
import { baselineText, readBaseline } from '../../lib/rules/baseline';
import { KnownFinding, knownFindingsOf } from '../../lib/rules/baseline-carry';
import { cachedKnowledge } from '../../lib/rules/cached-knowledge';
import { Evaluation, evaluateAll } from '../../lib/rules/evaluate';
import { isStale } from '../../lib/rules/failing';
import { mayNameModel } from '../../lib/rules/literal-prefilter';
import { LifecycleKnowledge, RuleSettings } from '../../lib/rules/rule';
import { resolveSettings } from '../../lib/rules/settings';
import { requireSeverities } from '../../lib/rules/severities';
import { FileWaiver, readWaiverFile } from '../../lib/rules/waiver-file';
import { version as toolVersion } from '../../package.json';
import { broadWaiverText, shortBroadWaiverText } from './broad-waivers';
import { deviationsOf } from './deviations';
import { exitCodeOf } from './exit-code';
import { requireDistinct } from './input-source';
import { InputReading, JudgedInput } from './judged-input';
import { JudgementOptions } from './judgement-options';
import { requireNamedFiles } from './named-files';
import { catalogOf, thresholdNames } from './options';
import { Output } from './output';
import { standardError } from './reading-progress';
import { isUpdated, renderReports, requireDistinctOutputs } from './report-outputs';
import { writeWholeFiles } from './whole-file';

/** A run of a command that judges: what it judges with is settled before anything is read. */
export interface Run {
  readonly command: 'check' | 'review';
  readonly options: JudgementOptions;
  readonly catalog: ModelCatalog;
  /** The catalogue, asked once for whatever the whole run asks. */
  readonly knowledge: LifecycleKnowledge;
  readonly judgement: JudgementDate;
  readonly settings: RuleSettings;
  readonly waivers: readonly FileWaiver[];
  readonly known: readonly KnownFinding[];
  readonly outputs: readonly Output[];
  readonly reading: InputReading;
}

/** What a run found. */
export interface RunOutcome {
  readonly judged: readonly JudgedInput[];
  readonly evaluation: Evaluation;
  /** @default - nothing was compared */
  readonly changes?: ChangeReport;
  /** Whether findings of `--base` were there to compare with. @default false */
  readonly isCompared?: boolean;
  /** What else a reader of the report has to know, a few words each. @default - nothing */
  readonly deviations?: readonly string[];
}

/** @throws if an option cannot be used, or a file that it names */
export function startRun(
  command: Run['command'],
  options: JudgementOptions,
  sources: readonly string[],
  bases: readonly string[] = [],
): Run {
  const outputs = options.format ?? [{ format: 'text' }];
  requireDistinct(sources, bases);
  requireDistinctOutputs(outputs, { inputs: [...sources, ...bases], ...options });
  const judgement = judgementDate(options.asOf, '--as-of');
  const { warnDays, failDays, forbidPreviews, forbidModelRouter, severity } = options;
  const settings = resolveSettings({ warnDays, failDays, forbidPreviews, forbidModelRouter }, thresholdNames(options));
  // What a configuration file gives has been looked at with its line and column.
  requireSeverities(severity ?? {}, '--severity');
  requireNamedFiles(options);
  const catalog = catalogOf(options);
  return {
    command,
    options,
    catalog,
    knowledge: cachedKnowledge(catalog),
    judgement,
    settings,
    waivers: options.waivers.flatMap((file) => readWaiverFile(file)),
    known: knownBy(options),
    outputs,
    reading: {
      command,
      literals: mayNameModel(catalog.spellings()),
      ...(!options.quiet && { progress: standardError() }),
    },
  };
}

/** Judges inputs; `known` are findings that were there before, beside those of the baseline. */
export function judge(run: Run, judged: readonly JudgedInput[], known: readonly KnownFinding[] = []): Evaluation {
  return evaluateAll({ ...judgedWith(run, judged), knownFindings: [...run.known, ...known] });
}

/** The findings of inputs that stood before, beside those of the baseline, for `judge`. */
export function standingFindings(run: Run, judged: readonly JudgedInput[]): readonly KnownFinding[] {
  // What concerns the run as a whole (the age of the catalogue) is of this run, whatever was judged before.
  const { findings } = evaluateAll({ ...judgedWith(run, judged), knownFindings: run.known, extent: 'earlier' });
  return knownFindingsOf(findings.filter(({ carriedOver }) => carriedOver === undefined));
}

/** Writes all that the run is to write, and says with which code it ends. */
export function finishRun(
  run: Run,
  { judged, evaluation, changes, isCompared = false, deviations = [] }: RunOutcome,
): number {
  const { options, catalog, knowledge, judgement, command, outputs } = run;
  const { findings, summary, broadWaivers = [] } = evaluation;
  for (const waiver of options.quiet ? [] : broadWaivers) {
    process.stderr.write(`model-lifecycle: ${broadWaiverText(waiver)}\n`);
  }
  const report: RunReport = {
    asOf: judgement.asOf,
    catalog: { asOf: catalog.asOf, sources: catalog.sources().map(({ name, asOf, url }) => ({ name, asOf, url })) },
    inputs: judged.map(({ input }) => input),
    summary,
    findings,
    toolVersion,
    command,
    failOn: options.failOn,
    deviations: [...deviationsOf(options), ...deviations, ...broadWaivers.map(shortBroadWaiverText)],
    hasKnownFindings: options.baseline !== undefined || isCompared,
    catalogIsTooOld: options.requireFresh === true && findings.some(isStale),
    ...(changes && { changes }),
    models: modelsInUse({ inputs: judged, catalog, knowledge, asOf: judgement.asOf }),
  };
  const { files, printed } = renderReports(report, outputs, options);
  const { writeBaseline } = options;
  const baseline =
    writeBaseline === undefined ? [] : [{ file: writeBaseline, text: baselineText(findings, judgement.asOf) }];
  writeWholeFiles([...files, ...baseline]);
  if (!options.quiet) {
    process.stdout.write(printed);
  }
  return exitCodeOf(findings, options.failOn, options.requireFresh ?? false);
}

function judgedWith({ knowledge, judgement, settings, waivers, options }: Run, judged: readonly JudgedInput[]) {
  return {
    catalog: knowledge,
    judgement,
    settings,
    severities: options.severity,
    unknown: options.unknown,
    waivers,
    configurations: judged.map(({ facts, input }) => ({ ...facts, input })),
  };
}

/** The baseline's findings; none where this run writes the file for the first time. */
function knownBy(options: JudgementOptions): readonly KnownFinding[] {
  const { baseline } = options;
  return baseline === undefined || (isUpdated(options) && !existsSync(baseline)) ? [] : readBaseline(baseline);
}

import { counted } from '../contracts/counted';
import { describesApply } from '../rules/applied-rules';
import { FailOn, fails } from '../rules/failing';
import { Finding } from '../rules/finding';
import { ChangeReport } from './change-report';
import { subjectOf } from './reviewed-subject';
import { changeTexts, countedIf } from './verdict-changes';
import { gravestReason, isCertain } from './verdict-reason';

/** What the verdict is made from; a `RunReport` is one. */
export interface VerdictRequest {
  readonly findings: readonly Finding[];
  readonly failOn: FailOn;
  readonly changes?: ChangeReport;
  /** Whether the command fails because the catalogue is older than it may be. @default false */
  readonly catalogIsTooOld?: boolean;
}

/** What a reviewer is told first. */
export interface Verdict {
  /**
   * - `stop`: a finding fails the command;
   * - `look`: models, releases or traffic change, or something is worth a warning or cannot be seen;
   * - `go`: nothing about models changes, and nothing is wrong.
   */
  readonly word: 'stop' | 'look' | 'go';
  /** Why, to stand behind the word, for instance `gpt-35-turbo@0613 retired on 2025-02-13 and this plan creates it`; printable, without a full stop. */
  readonly sentence: string;
}

/** Whether to stop, to look or to go, and why in one sentence. Findings that are waived or carried over do not fail. */
export function verdictOf({ findings, failOn, changes, catalogIsTooOld = false }: VerdictRequest): Verdict {
  const open = findings.filter(({ waived, carriedOver }) => waived === undefined && carriedOver === undefined);
  const failing = open.filter((finding) => fails(finding, failOn));
  const reasons = failing.length + Number(catalogIsTooOld);
  if (reasons > 0) {
    const reason = failing.length > 0 ? gravestReason(failing, changes) : 'the catalogue is too old to judge by';
    const more = reasons === 1 ? '' : `; ${counted(reasons - 1, 'more reason')} to stop`;
    return { word: 'stop', sentence: `${reason}${more}` };
  }
  const worrying = open.filter(({ severity, status }) => severity !== 'note' || status === 'unknown');
  const errors = open.filter((finding) => finding.severity === 'error' && isCertain(finding));
  const news = [
    ...(errors.length > 0 ? [gravestReason(errors, changes)] : []),
    ...changeTexts(changes),
    ...countedIf(errors.length - 1, 'more error'),
    ...worryTexts(worrying),
    ...knownActionTexts(findings, changes),
  ];
  const unsaid = unsaidRetirements(findings, changes);
  return news.length + unsaid.length > 0
    ? { word: 'look', sentence: `${[...unsaid, ...news].join(', ')}${standingText(findings)}` }
    : { word: 'go', sentence: quietText(findings, changes) };
}

/** What was known before and still happens when the plan is applied is never nothing. */
function knownActionTexts(findings: readonly Finding[], changes: ChangeReport | undefined): string[] {
  const known = findings.filter(
    ({ rule, severity, waived, carriedOver }) =>
      waived === undefined && carriedOver !== undefined && severity !== 'note' && describesApply(rule),
  );
  return known.length === 0
    ? []
    : [
        `known and still to be applied: ${gravestReason(known, changes)}`,
        ...countedIf(known.length - 1, 'more known finding about the apply', 'more known findings about the apply'),
      ];
}

/** A retired model in use is never nothing, even where the rule that speaks of it is switched off. */
function unsaidRetirements(findings: readonly Finding[], changes: ChangeReport | undefined): string[] {
  const retired = (changes?.upcoming ?? []).filter(({ model }) => model.stage === 'retired').length;
  return retired > 0 && !findings.some(({ rule }) => rule === 'model-retired')
    ? [
        `${counted(retired, 'retired model is', 'retired models are')} in use, and the rule model-retired says nothing of it`,
      ]
    : [];
}

/** Why to go; what was wrong before and still is has to be said. */
function quietText(findings: readonly Finding[], changes: ChangeReport | undefined): string {
  const known = findings.filter(({ waived, carriedOver }) => waived === undefined && carriedOver !== undefined);
  const isAlone = changes !== undefined && !subjectOf(changes).isCompared;
  const wrong = known.length > 0 ? 'nothing new is wrong' : 'nothing is wrong';
  const errors = known.filter(({ severity }) => severity === 'error').length;
  const remaining = errors > 0 ? counted(errors, 'known error') : counted(known.length, 'known finding');
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  return [
    changes !== undefined && !isAlone ? `nothing about models changes, and ${wrong}` : wrong,
    ...(known.length === 0 ? [] : [`; ${remaining} ${(errors || known.length) === 1 ? 'remains' : 'remain'}`]),
    ...(waived === 0 ? [] : [` (${waived} waived)`]),
    ...(isAlone ? [' (nothing to compare with: give --base)'] : []),
  ].join('');
}

function worryTexts(findings: readonly Finding[]): string[] {
  const unknown = findings.filter(({ status }) => status === 'unknown').length;
  const certain = findings.filter(isCertain);
  return [
    ...countedIf(certain.filter(({ severity }) => severity === 'warning').length, 'warning'),
    ...countedIf(unknown, 'finding that cannot be told', 'findings that cannot be told'),
  ];
}

function standingText(findings: readonly Finding[]): string {
  const carried = findings.filter(
    ({ waived: by, carriedOver }) => by === undefined && carriedOver !== undefined,
  ).length;
  const waived = findings.filter(({ waived: by }) => by !== undefined).length;
  const parts = [...(carried === 0 ? [] : [`${carried} carried over`]), ...(waived === 0 ? [] : [`${waived} waived`])];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

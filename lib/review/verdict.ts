import { Finding } from '../rules/finding';
import { ChangeReport } from './change-report';
import { changeTexts, counted, countedIf } from './verdict-changes';
import { gravestReason, isCertain } from './verdict-reason';

/** What the verdict is made from; a `RunReport` is one. */
export interface VerdictRequest {
  readonly findings: readonly Finding[];
  readonly failOn: 'error' | 'warning' | 'never';
  readonly changes?: ChangeReport;
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

/** Whether to stop, to look or to go, and why in one sentence. Findings that are waived or carried over do not count. */
export function verdictOf({ findings, failOn, changes }: VerdictRequest): Verdict {
  const open = findings.filter(({ waived, carriedOver }) => waived === undefined && carriedOver === undefined);
  const failing = open.filter(({ severity }) => fails(severity, failOn));
  if (failing.length > 0) {
    const others = failing.length - 1;
    const more = others === 0 ? '' : `; ${counted(others, 'more reason', 'more reasons')} to stop`;
    return { word: 'stop', sentence: `${gravestReason(failing, changes)}${more}` };
  }
  const worrying = open.filter(({ severity, status }) => severity !== 'note' || status === 'unknown');
  const news = [...changeTexts(changes), ...worryTexts(worrying)];
  const standing = standingText(findings);
  return news.length > 0
    ? { word: 'look', sentence: `${news.join(', ')}${standing}` }
    : {
        word: 'go',
        sentence: `${changes ? 'nothing about models changes, and nothing is wrong' : 'nothing is wrong'}${standing}`,
      };
}

function fails(severity: Finding['severity'], failOn: VerdictRequest['failOn']): boolean {
  return failOn === 'warning' ? severity !== 'note' : failOn === 'error' && severity === 'error';
}

function worryTexts(findings: readonly Finding[]): string[] {
  const unknown = findings.filter(({ status }) => status === 'unknown').length;
  const certain = findings.filter(isCertain);
  return [
    ...countedIf(certain.filter(({ severity }) => severity === 'error').length, 'error', 'errors'),
    ...countedIf(certain.filter(({ severity }) => severity === 'warning').length, 'warning', 'warnings'),
    ...(unknown === 0 ? [] : [`${unknown} not known before the apply`]),
  ];
}

function standingText(findings: readonly Finding[]): string {
  const carried = findings.filter(({ carriedOver }) => carriedOver !== undefined).length;
  const waived = findings.filter(({ waived: by, carriedOver }) => by !== undefined && carriedOver === undefined).length;
  const parts = [...(carried === 0 ? [] : [`${carried} carried over`]), ...(waived === 0 ? [] : [`${waived} waived`])];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

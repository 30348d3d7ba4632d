import { withoutLogCommands, withoutLogCommandsInMarkup } from './inert-text';
import { RunReport } from './run-report';

/** How a report for people is laid out; formats for programs leave it aside. */
export interface Presentation {
  /** Columns of the terminal. @default - the format's own */
  readonly width?: number;
  /** @default false */
  readonly colour?: boolean;
  /** Tells the comment of one stack or environment from those of others. @default - one comment for each command */
  readonly commentId?: string;
}

export type Writer = (report: RunReport, presentation: Presentation) => string;

export type Format =
  'text' | 'markdown' | 'json' | 'sarif' | 'junit' | 'github' | 'azure-devops' | 'html' | 'cyclonedx';

/* eslint-disable @typescript-eslint/no-require-imports -- a run writes one or two of the formats, and loading all takes its time */
/** Every format that a report can have, by the name that `--format` takes. */
export const WRITERS: Readonly<Record<Format, Writer>> = {
  text: (report, presentation) => {
    const { textReport } = require('./text-report') as typeof import('./text-report');
    return withoutLogCommands(textReport(report, presentation));
  },
  markdown: (report, presentation) => {
    const { markdownReport } = require('./markdown-report') as typeof import('./markdown-report');
    return withoutLogCommands(markdownReport(report, presentation));
  },
  json: (report) => {
    const { jsonReport } = require('./json-report') as typeof import('./json-report');
    return jsonReport(report);
  },
  sarif: (report) => {
    const { sarifReport } = require('./sarif-report') as typeof import('./sarif-report');
    return sarifReport(report);
  },
  junit: (report) => {
    const { junitReport } = require('./junit-report') as typeof import('./junit-report');
    return junitReport(report);
  },
  github: (report) => {
    const { githubReport } = require('./github-report') as typeof import('./github-report');
    return githubReport(report);
  },
  'azure-devops': (report) => {
    const { azureDevOpsReport } = require('./azure-devops-report') as typeof import('./azure-devops-report');
    return azureDevOpsReport(report);
  },
  html: (report) => {
    const { htmlReport } = require('./html-report') as typeof import('./html-report');
    return withoutLogCommandsInMarkup(htmlReport(report));
  },
  cyclonedx: (report) => {
    const { cycloneDxReport } = require('./cyclonedx-report') as typeof import('./cyclonedx-report');
    return cycloneDxReport(report);
  },
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** The formats in the order in which help texts list them. */
export const FORMATS = Object.keys(WRITERS) as readonly Format[];

export function isFormat(name: string): name is Format {
  return Object.hasOwn(WRITERS, name);
}

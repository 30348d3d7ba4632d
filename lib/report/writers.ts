import { azureDevOpsReport } from './azure-devops-report';
import { cycloneDxReport } from './cyclonedx-report';
import { githubReport } from './github-report';
import { htmlReport } from './html-report';
import { withoutLogCommands, withoutLogCommandsInMarkup } from './inert-text';
import { jsonReport } from './json-report';
import { junitReport } from './junit-report';
import { markdownReport } from './markdown-report';
import { RunReport } from './run-report';
import { sarifReport } from './sarif-report';
import { textReport } from './text-report';

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

/** Every format that a report can have, by the name that `--format` takes. */
export const WRITERS: Readonly<Record<Format, Writer>> = {
  text: (report, presentation) => withoutLogCommands(textReport(report, presentation)),
  markdown: (report, presentation) => withoutLogCommands(markdownReport(report, presentation)),
  json: jsonReport,
  sarif: (report) => sarifReport(report),
  junit: junitReport,
  github: githubReport,
  'azure-devops': azureDevOpsReport,
  html: (report) => withoutLogCommandsInMarkup(htmlReport(report)),
  cyclonedx: cycloneDxReport,
};

/** The formats in the order in which help texts list them. */
export const FORMATS = Object.keys(WRITERS) as readonly Format[];

export function isFormat(name: string): name is Format {
  return Object.hasOwn(WRITERS, name);
}

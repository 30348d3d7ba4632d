import { jsonText } from './json-text';
import { RunReport } from './run-report';
import { sarifResults } from './sarif-results';
import { PROJECT_URL, sarifRules } from './sarif-rules';

/**
 * What GitHub takes at most of one file. It counts the bytes after compression; counted before it, the limit holds
 * however the file is sent, and it is reached long before the other one, 25,000 results.
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/file-too-large
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 */
const MOST_BYTES = 10_000_000;

/** Columns by which a result is indented in the file. */
const RESULT_INDENT = 8;

/** The findings for code scanning and other readers of SARIF 2.1.0; files are named as seen from the working directory. */
export function sarifReport(
  report: RunReport,
  { workingDirectory = process.cwd() }: { readonly workingDirectory?: string } = {},
): string {
  const all = sarifResults(report, workingDirectory);
  const room = MOST_BYTES - Buffer.byteLength(jsonText(document(report, [], all.length)));
  const results = fitting(all, room);
  return jsonText(document(report, results, all.length - results.length));
}

type SarifResult = ReturnType<typeof sarifResults>[number];

/** The first ones that fit; one that is too large by itself does not keep out the ones behind it. */
function fitting(results: readonly SarifResult[], room: number): readonly SarifResult[] {
  let left = room;
  return results.filter((result) => {
    const text = jsonText(result);
    const size = Buffer.byteLength(text) + RESULT_INDENT * text.split('\n').length;
    const fits = size <= left;
    left -= fits ? size : 0;
    return fits;
  });
}

function document(report: RunReport, results: readonly SarifResult[], leftOut: number) {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'model-lifecycle',
            semanticVersion: report.toolVersion,
            informationUri: PROJECT_URL,
            rules: sarifRules(),
          },
        },
        // Two runs over one commit, of `check` and of `review`, must not replace each other's alerts.
        automationDetails: { id: `model-lifecycle/${report.command}/` },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(report, leftOut) }],
        columnKind: 'utf16CodeUnits',
        results,
        properties: { asOf: report.asOf, catalogAsOf: report.catalog.asOf, ...report.summary },
      },
    ],
  };
}

function notifications({ findings }: RunReport, leftOut: number) {
  if (leftOut === 0) {
    return [];
  }
  const text =
    `${leftOut} of ${findings.length} findings are left out, the least severe ones first: code scanning takes ` +
    `${MOST_BYTES / 1_000_000} MB at most. The JSON report holds all of them.`;
  return [{ level: 'warning', message: { text } }];
}

import { createHash } from 'node:crypto';
import { andMore } from '../contracts/and-more';
import { counted } from '../contracts/counted';
import { inputName } from '../contracts/input-name';
import { verdictOf } from '../review/verdict';
import { changeSections } from './html-changes';
import { findingSections } from './html-findings';
import { outlookSections } from './html-outlook';
import { code, joined, prose } from './html-parts';
import { STYLE_SHEET } from './html-style';
import { Html, html, styleElement } from './html-template';
import { listedFindings } from './listed-findings';
import { RunReport } from './run-report';

const VERDICT_WORDS = { stop: '✖ Stop', look: '▲ Look', go: '✔ Go' } as const;

const MOST_INPUTS = 10;

/** No browser loads or runs anything for the page, whatever got into it; the hash lets in its own style sheet alone. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE_SHEET).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The report as one page that needs neither scripts nor a network. */
export function htmlReport(report: RunReport): string {
  const { changes, catalog, asOf, toolVersion, inputs, deviations = [] } = report;
  const { word, sentence } = verdictOf(report);
  const title = changes === undefined ? 'Model check' : 'Model review';
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}: ${word}</title>
        ${styleElement(STYLE_SHEET)}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <div class="verdict ${word}"><strong>${VERDICT_WORDS[word]}</strong>${prose(sentence)}</div>
          ${figures(report)}
          ${changes && changeSections(changes)}${findingSections(report)}${changes && outlookSections(changes)}
        </main>
        <footer>
          ${deviations.length === 0 ? '' : html`<p><strong>Judged with:</strong> ${joined(deviations.map(prose), ', ')}</p>`}
          <p>As of ${asOf}, catalogue of ${catalog.asOf}, model-lifecycle ${toolVersion}</p>
          <p>
            Judged:
            ${joined(
              inputs.slice(0, MOST_INPUTS).map((input) => code(inputName(input))),
              ', ',
            )}${andMore(inputs.length - MOST_INPUTS, ' ')}
          </p>
          <p>
            Dates from:
            ${joined(
              catalog.sources.map(({ name, asOf: day }) => `${prose(name)} (${day})`),
              ', ',
            )}
          </p>
        </footer>
      </body>
    </html> `;
  return page.toString();
}

function figures(report: RunReport): Html {
  const { summary } = report;
  const { carriedOver, waived } = listedFindings(report);
  const entries: [number, string][] = [
    [summary.errors, 'error'],
    [summary.warnings, 'warning'],
    [summary.notes, 'note'],
  ];
  return html`<ul class="figures">
    ${entries.map(([number, what]) => html`<li><b>${number}</b>${counted(number, what).replace(/^\d+ /u, '')}</li>`)}
    <li><b>${summary.unknown}</b>${counted(summary.unknown, 'finding').replace(/^\d+ /u, '')} that cannot be told</li>
    <li><b>${carriedOver.length}</b>carried over</li>
    <li><b>${waived.length}</b>waived</li>
  </ul>`;
}

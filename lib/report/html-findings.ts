import { Finding } from '../rules/finding';
import { inputNamer } from './finding-place';
import { badge, code, moreText, MOST_ENTRIES, prose, section, ToneName } from './html-parts';
import { Html, html, HtmlValue } from './html-template';
import { listedFindings } from './listed-findings';
import { RunReport } from './run-report';

const SEVERITY_TONES: Readonly<Record<Finding['severity'], ToneName>> = {
  error: 'stop',
  warning: 'look',
  note: 'plain',
};

/** What counts in full, what stands by agreement folded up. */
export function findingSections(report: RunReport): HtmlValue[] {
  const { open, applied, remaining, waived } = listedFindings(report);
  const nameOf = inputNamer(report);
  const card = (finding: Finding) => findingCard(finding, nameOf(finding));
  return [
    section('Findings', open.map(card)),
    folded('carried over, and still to be applied (do not fail)', applied, card),
    folded('carried over (do not fail)', remaining, card),
    folded('waived', waived, card),
  ];
}

function folded(what: string, findings: readonly Finding[], card: (finding: Finding) => Html): Html | undefined {
  if (findings.length === 0) {
    return undefined;
  }
  return html`<details>
    <summary>${findings.length} ${what}</summary>
    ${findings.slice(0, MOST_ENTRIES).map(card)}${moreText(findings.length)}
  </details> `;
}

function findingCard(finding: Finding, input: string | undefined): Html {
  const { rule, severity, status, resource, message, fix, waived, carriedOver } = finding;
  const { address, constructPath, path, declaredAt } = resource;
  return html`<article class="card">
    <h3>${code(address)}</h3>
    <div class="badges">
      ${badge(SEVERITY_TONES[severity], severity)}${badge('plain', rule)}${
        status === 'unknown' ? badge('look', 'cannot be told') : undefined
      }
    </div>
    <p>${prose(message)}</p>
    <p><b>Fix:</b> ${prose(fix)}</p>
    ${waived && html`<p>Waived until ${waived.expires} by ${prose(waived.owner)}: ${prose(waived.reason)}</p>`}${
      carriedOver?.since === undefined ? undefined : html`<p>There since ${carriedOver.since}</p>`
    }
    <p class="quiet">
      ${input && html`in ${code(input)} `}${constructPath && html`construct ${code(constructPath)} `}${path && html`attribute ${code(path)} `}${declaredAt && html`declared at ${code(declaredAt)}`}
    </p>
  </article>`;
}

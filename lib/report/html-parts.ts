import { LifecycleStage } from '../catalog/lifecycle';
import { andMore } from '../contracts/and-more';
import { abridgedTo } from '../contracts/printable';
import { Html, html, HtmlValue } from './html-template';

/** Pieces that the sections of the page share. */

export type ToneName = 'stop' | 'look' | 'go' | 'plain';

const LONGEST_TEXT = 1_000;

/** A page of more entries than this is read by nobody, and slowly by browsers. */
export const MOST_ENTRIES = 300;

export const STAGE_TONES: Readonly<Record<LifecycleStage, ToneName>> = {
  preview: 'plain',
  'generally-available': 'go',
  legacy: 'look',
  deprecated: 'look',
  retired: 'stop',
};

export function badge(tone: ToneName, text: string): Html {
  return html`<span class="badge ${tone}">${text}</span>`;
}

export function code(text: string): Html {
  return html`<code>${abridgedTo(LONGEST_TEXT, text)}</code>`;
}

/** Text that others wrote, cut where it is so long that it would hide the rest. */
export function prose(text: string): string {
  return abridgedTo(LONGEST_TEXT, text);
}

/** A bar that is filled in part: a drawing of a number that stands beside it as text. */
export function bar(share: number): Html {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="track" width="100" height="8" rx="2" />
    <rect class="fill" width="${filled}" height="8" rx="2" />
  </svg>`;
}

/** A section with a heading, or nothing where there is nothing in it. */
export function section(title: string, entries: readonly Html[]): Html | undefined {
  if (entries.length === 0) {
    return undefined;
  }
  return html`<section>
    <h2>${title}</h2>
    ${entries.slice(0, MOST_ENTRIES).map((entry) => html`${entry} `)}${moreText(entries.length)}
  </section> `;
}

/** A table in a box of its own, which scrolls sideways where the page has no room for it; what it is about stands above. */
export function table(
  label: string,
  introduction: HtmlValue,
  titles: readonly string[],
  rows: readonly (readonly HtmlValue[])[],
): Html {
  return html`<div class="card">
    ${introduction}
    <div class="scroll" tabindex="0" role="region" aria-label="${label}">
      <table aria-label="${label}">
        <thead>
          <tr>
            ${titles.map((title) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, MOST_ENTRIES).map(rowOf)}
        </tbody>
      </table>
    </div>
    ${moreText(rows.length)}
  </div>`;
}

function rowOf([first, ...others]: readonly HtmlValue[]): Html {
  return html`<tr>
    <th scope="row">${first}</th>
    ${others.map((cell) => html`<td>${cell}</td>`)}
  </tr> `;
}

/** A list of things separated by what is given. */
export function joined(values: readonly HtmlValue[], separator: string): HtmlValue {
  return values.flatMap((value, index) => (index === 0 ? [value] : [separator, value]));
}

/** Stands behind a list of which not all is shown. */
export function moreText(length: number): Html | undefined {
  return length > MOST_ENTRIES ? html`<p class="quiet">${andMore(length - MOST_ENTRIES)}</p>` : undefined;
}

import { counted } from '../contracts/counted';
import { abridged, quoted } from '../contracts/printable';
import { SkippedRow } from './listed-model';

const GET_A_LIST =
  "give what 'az cognitiveservices model list --location REGION --output json' or " +
  "'az rest --method get --url …/Microsoft.CognitiveServices/locations/REGION/models?api-version=2026-09-01' prints";

/** What was given as a page is something else. */
export function notAModelList(source: string, looksLike: string, instead = GET_A_LIST): Error {
  return new Error(`${quoted(source)} is no page of Azure's model list: it is ${looksLike}; ${instead}`);
}

/** What was given as a page is what Azure answers when it refuses. */
export function azureRefused(source: string, code: string, message: string): Error {
  return new Error(
    `${quoted(source)} is no page of Azure's model list: Azure refused with ${quoted(code)}` +
      `${message === '' ? '' : ` (${quoted(message)})`}; ${adviceFor(code)}`,
  );
}

function adviceFor(code: string): string {
  return /auth|token|forbidden|credential/i.test(code)
    ? "sign in with 'az login' as somebody who has the role Reader or Cognitive Services User on the subscription, and list again"
    : 'correct the region and the subscription, and list again';
}

/** No page has a row. */
export function nothingListed(pages: number): Error {
  return new Error(
    `${counted(pages, 'page')} of Azure's model list and not one model on ${pages === 1 ? 'it' : 'them'}; ` +
      `an empty list would say that everything is gone: ${GET_A_LIST}`,
  );
}

/** A list of which most rows are left out would pass for one that Azure shortened. */
export function mostLeftOut(rows: number, skipped: readonly SkippedRow[]): Error {
  const { source, index, name, problem } = skipped[0]!;
  const first = `${quoted(source)} row ${index}${name === undefined ? '' : ` (${abridged(name)})`}: ${problem}`;
  return new Error(
    `${skipped.length} of ${rows} rows of Azure's model list cannot be read, so that no catalogue is made of it (${first}); ` +
      'Azure may write its list differently now: update cdktf-azure-model-lifecycle',
  );
}

/** The file is said to be of one region, and its rows are of another. */
export function otherRegion(source: string, given: string, listed: string): Error {
  return new Error(
    `${quoted(source)} is given as the list of ${quoted(given)}, and its rows are of ${quoted(listed)}; ` +
      `write ${listed}=FILE, or leave the region out`,
  );
}

/** A region is not written as Azure writes it. */
export function notARegion(source: string, given: string): Error {
  return new Error(
    `${quoted(source)} is given as the list of ${quoted(given)}; write a region as Azure names it, for instance eastus2`,
  );
}

/** The day on which the list was taken is none. */
export function notAListingDay(given: unknown): Error {
  return new Error(`the day of the list is ${quoted(given)}; write a calendar day as YYYY-MM-DD`);
}

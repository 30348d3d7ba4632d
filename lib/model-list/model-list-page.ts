import { isJsonObject, JsonObject } from '../contracts/json-file';
import { quoted } from '../contracts/printable';
import { regionOf, RowProblem } from './arm-words';
import { azureRefused, notAModelList, notARegion, otherRegion } from './errors';
import { ListedModel, ModelListPage, SkippedRow } from './listed-model';
import { listedRow, rowName } from './listed-row';

/**
 * A page of Azure's model list: the array that `az cognitiveservices model list` prints, or `{value, nextLink}` as the
 * API answers.
 *
 * @param value parsed JSON
 * @param source what it was read from, as people should see it
 * @param location region that it is about, where the rows do not say so: what `az` prints does not
 * @throws for anything else, with what it looks like and what to run
 * @see https://learn.microsoft.com/rest/api/aiservices/accountmanagement/models/list
 */
export function readModelListPage(value: unknown, source: string, location?: string): ModelListPage {
  const given = location === undefined ? undefined : regionOf(location);
  if (location !== undefined && given === undefined) {
    throw notARegion(source, location);
  }
  const rows = rowsOf(value, source);
  const models: ListedModel[] = [];
  const skipped: SkippedRow[] = [];
  rows.forEach((row, index) => {
    try {
      models.push(listedRow(row, index, given));
    } catch (error) {
      if (!(error instanceof RowProblem)) {
        throw error;
      }
      const name = rowName(row);
      skipped.push({ source, index, ...(name !== undefined && { name }), problem: error.message });
    }
  });
  const listed = models.find(({ region }) => region !== undefined)?.region ?? given;
  const stranger = models.find(({ region }) => given !== undefined && region !== given);
  if (stranger !== undefined) {
    throw otherRegion(source, given!, stranger.region!);
  }
  const nextLink = nextLinkOf(value, source);
  const apiVersion = nextLink === undefined ? undefined : /[?&]api-version=([0-9a-z.-]{1,40})/i.exec(nextLink)?.[1];
  return {
    source,
    ...(listed !== undefined && { location: listed }),
    ...(apiVersion !== undefined && { apiVersion }),
    models,
    skipped,
    isWhole: Array.isArray(value),
    ...(nextLink !== undefined && { nextLink }),
  };
}

function rowsOf(value: unknown, source: string): readonly unknown[] {
  if (Array.isArray(value)) {
    return requireRows(value, source);
  }
  if (!isJsonObject(value)) {
    throw notAModelList(source, quoted(value));
  }
  if (isJsonObject(value.error)) {
    const { code, message } = value.error;
    throw azureRefused(source, String(code), typeof message === 'string' ? message : '');
  }
  if (Array.isArray(value.value)) {
    return requireRows(value.value, source);
  }
  throw notAModelList(source, ...whatElse(value));
}

/** Lists of other things have rows as well; an empty page of a longer list is one all the same. */
function requireRows(rows: readonly unknown[], source: string): readonly unknown[] {
  if (rows.length > 0 && !rows.some((row) => isJsonObject(row) && Object.hasOwn(row, 'model'))) {
    throw notAModelList(source, `a list whose items have no model (the first is ${quoted(rows[0])})`);
  }
  return rows;
}

function whatElse(value: JsonObject): [looksLike: string, instead?: string] {
  if (Object.hasOwn(value, 'schemaVersion') && Array.isArray(value.models)) {
    return Array.isArray(value.sources)
      ? ['a catalogue file', 'use it with --catalog']
      : ['an overlay file', 'use it with --overlay'];
  }
  if (Object.hasOwn(value, 'model') && isJsonObject(value.model)) {
    return ['one row of the list'];
  }
  const keys = Object.keys(value);
  return [keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 5).map(quoted).join(', ')}`];
}

function nextLinkOf(value: unknown, source: string): string | undefined {
  const nextLink = isJsonObject(value) ? value.nextLink : undefined;
  if (nextLink === undefined || nextLink === null || nextLink === '') {
    return undefined;
  }
  if (typeof nextLink !== 'string') {
    throw notAModelList(source, `a page whose nextLink is ${quoted(nextLink)}`);
  }
  return nextLink;
}

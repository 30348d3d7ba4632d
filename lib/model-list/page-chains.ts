import { regionOf } from './arm-words';
import { ModelListPage } from './listed-model';

/** A page that more follows, and none of the pages ends its list. */
export interface UnfinishedList {
  readonly source: string;
  readonly region?: string;
  /** How many pages of the list there are. */
  readonly pages: number;
}

/** The pages as they belong together. */
export interface PageChains {
  /** Every page, with the api-version of the list that it belongs to. */
  readonly pages: readonly ModelListPage[];
  readonly unfinished: readonly UnfinishedList[];
}

/** Pages of one list that say where the next one is. */
interface Chain {
  readonly region?: string;
  readonly version: string;
  readonly pages: ModelListPage[];
}

/**
 * Which pages belong to one list, and which lists have no end. The order does not count, because a shell sorts
 * `page-10.json` before `page-2.json`; so a page that is missing in the middle cannot be noticed.
 */
export function chainsOf(given: readonly ModelListPage[]): PageChains {
  const paged = given.filter(({ isWhole }) => !isWhole);
  const chains = linkedChains(paged);
  const open = new Set(chains);
  const versions = new Map<ModelListPage, string>();
  for (const page of paged.filter(({ nextLink }) => nextLink === undefined)) {
    const ended = chainEndedBy(page, [...open], paged);
    if (ended !== undefined) {
      open.delete(ended);
      // Only the last page says nothing of its api-version: it is not known which of several lists it ends.
      if (chains.filter(({ region }) => region === ended.region).length === 1) {
        versions.set(page, ended.version);
      }
    }
  }
  const pages = given.map((page) => {
    const apiVersion = page.apiVersion ?? versions.get(page);
    return apiVersion === undefined || apiVersion === '' ? page : { ...page, apiVersion };
  });
  return { pages, unfinished: [...open].map(unfinishedList) };
}

function linkedChains(pages: readonly ModelListPage[]): Chain[] {
  const chains = new Map<string, Chain>();
  for (const page of pages.filter(({ nextLink }) => nextLink !== undefined)) {
    const region = page.location ?? regionInLink(page);
    const version = page.apiVersion ?? '';
    const key = JSON.stringify([region, version]);
    const chain = chains.get(key) ?? { ...(region !== undefined && { region }), version, pages: [] };
    chain.pages.push(page);
    chains.set(key, chain);
  }
  return [...chains.values()];
}

/** Rows of the API name no region; the address of the next page does. */
function regionInLink({ nextLink = '' }: ModelListPage): string | undefined {
  const [, location] = /\/locations\/([A-Za-z0-9-]{1,63})\//i.exec(nextLink) ?? [];
  return location && regionOf(location);
}

/** The list that a last page is of: one of its region, and of several the one whose pages stand before it. */
function chainEndedBy(end: ModelListPage, open: readonly Chain[], order: readonly ModelListPage[]): Chain | undefined {
  const fitting = open.filter(
    ({ region, pages }) =>
      (region === undefined || end.location === undefined || region === end.location) && !repeatsRows(end, pages),
  );
  const place = order.indexOf(end);
  const before = fitting.filter(({ pages }) => pages.some((page) => order.indexOf(page) < place));
  return before.at(-1) ?? fitting.at(-1);
}

/** A list says everything once: a page with rows that another one has as well is of another list. */
function repeatsRows({ models }: ModelListPage, pages: readonly ModelListPage[]): boolean {
  const keyOf = ({ kind, format, name, version }: ModelListPage['models'][number]) =>
    JSON.stringify([kind, format, name, version]);
  const said = new Set(pages.flatMap((page) => page.models.map(keyOf)));
  return models.some((row) => said.has(keyOf(row)));
}

function unfinishedList({ region, pages }: Chain): UnfinishedList {
  const { source } = pages[pages.length - 1]!;
  return { source, ...(region !== undefined && { region }), pages: pages.length };
}

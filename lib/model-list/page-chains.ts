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

/**
 * Which pages belong to one list, and which lists have no end. The order does not count, because a shell sorts
 * `page-10.json` before `page-2.json`; so a page that is missing in the middle cannot be noticed.
 */
export function chainsOf(given: readonly ModelListPage[]): PageChains {
  const regions = new Map<string, ModelListPage[]>();
  for (const page of given.filter(({ isWhole }) => !isWhole)) {
    const region = page.location ?? '';
    regions.set(region, [...(regions.get(region) ?? []), page]);
  }
  const versions = new Map<ModelListPage, string>();
  const unfinished = [...regions.values()].flatMap((pages) => {
    const linked = groupedByVersion(pages);
    const ends = pages.filter(({ nextLink }) => nextLink === undefined);
    const [only, ...others] = [...linked.keys()];
    if (only !== undefined && others.length === 0) {
      ends.forEach((page) => versions.set(page, only));
    }
    // Only the last page says nothing of its api-version: it is not known which of several lists it ends.
    return [...linked.values()].slice(ends.length).map(unfinishedList);
  });
  const pages = given.map((page) => {
    const apiVersion = page.apiVersion ?? versions.get(page);
    return apiVersion === undefined || apiVersion === '' ? page : { ...page, apiVersion };
  });
  return { pages, unfinished };
}

function groupedByVersion(pages: readonly ModelListPage[]): Map<string, ModelListPage[]> {
  const groups = new Map<string, ModelListPage[]>();
  for (const page of pages.filter(({ nextLink }) => nextLink !== undefined)) {
    const version = page.apiVersion ?? '';
    groups.set(version, [...(groups.get(version) ?? []), page]);
  }
  return groups;
}

function unfinishedList(pages: readonly ModelListPage[]): UnfinishedList {
  const { source, location } = pages[pages.length - 1]!;
  return { source, ...(location !== undefined && { region: location }), pages: pages.length };
}

import { CatalogRecord } from './catalog-content';
import { ModelCatalog } from './model-catalog';
import { sameText } from './model-key';

/** Whether a list has something; `unknown` where there is no list to look into. */
export type Listing = 'listed' | 'unlisted' | 'unknown';

const regionsByCatalog = new WeakMap<ModelCatalog, ReadonlySet<string>>();

/** Azure writes a region as `swedencentral`, people and older states as `Sweden Central`. */
export function regionKey(region: string): string {
  return region.toLowerCase().replace(/\s+/g, '');
}

/**
 * Whether a model is offered in a region, under a SKU where one is given. A catalogue knows the regions whose lists it was
 * made from: of any other one it knows nothing.
 */
export function regionListing(
  catalog: ModelCatalog,
  { facts }: CatalogRecord,
  region: string | undefined,
  sku: string | undefined,
): Listing {
  if (region === undefined || !coveredRegions(catalog).has(regionKey(region))) {
    return 'unknown';
  }
  const offered = Object.entries(facts.regions ?? {})
    .filter(([name]) => sku === undefined || sameText(name, sku))
    .flatMap(([, regions]) => regions);
  return offered.some((known) => regionKey(known) === regionKey(region)) ? 'listed' : 'unlisted';
}

/** Every region that the catalogue has a model in. */
function coveredRegions(catalog: ModelCatalog): ReadonlySet<string> {
  const known = regionsByCatalog.get(catalog);
  if (known !== undefined) {
    return known;
  }
  const all = catalog.records().flatMap(({ facts }) => Object.values(facts.regions ?? {}).flat());
  const covered = new Set(all.map(regionKey));
  regionsByCatalog.set(catalog, covered);
  return covered;
}

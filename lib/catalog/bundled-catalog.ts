import { CatalogContent, CatalogHistory, contentOf } from './catalog-content';
import { CatalogDocument, FamilyEntry } from './catalog-document';

let loaded: CatalogContent | undefined;

/**
 * The catalogue that the package ships, each of its files read once.
 *
 * None is imported at the top: whoever never asks does not pay, and a bundler can still see the files. What a lookup
 * does not need lies in files of its own, because reading takes up most of the first lookup.
 */
export function bundledContent(): CatalogContent {
  /* eslint-disable @typescript-eslint/no-require-imports */
  loaded ??= {
    ...contentOf(require('./data/azure-models.json') as CatalogDocument, 'bundled'),
    families: () => (require('./data/azure-models-families.json') as { families: readonly FamilyEntry[] }).families,
    history: () => require('./data/azure-models-history.json') as CatalogHistory,
  };
  /* eslint-enable @typescript-eslint/no-require-imports */
  return loaded;
}

import { CatalogContent, contentOf } from './catalog-content';
import { CatalogDocument } from './catalog-document';

let loaded: CatalogContent | undefined;

/** The catalogue that the package ships, read once. */
export function bundledContent(): CatalogContent {
  // Not imported at the top: whoever never asks does not pay, and a bundler can still see the file.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  loaded ??= contentOf(require('./data/azure-models.json') as CatalogDocument, 'bundled');
  return loaded;
}

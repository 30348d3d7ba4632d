import { SourceEntry } from '../catalog/catalog-document';

/** How sources that are Azure's own list are told from others. */
export const LIST_KIND = 'vendor-api';

/** The source that rows of a region are from, without its day. */
export function listSource(region: string | undefined): Omit<SourceEntry, 'asOf'> {
  return {
    name: region === undefined ? "Azure's model list" : `Azure's model list, ${region}`,
    kind: LIST_KIND,
    ...(region !== undefined && { region }),
  };
}

import { readJsonFile } from '../contracts/json-file';
import { CatalogDocument, OverlayDocument } from './catalog-document';
import { catalogProblems, overlayProblems } from './catalog-validation';
import { CatalogFileKind, fileInvalid, fileNotJson, fileUnreadable } from './errors';

/** How an overlay that was given as an object is called where it has no name of its own. */
const UNNAMED_OVERLAY = 'overlay';

/** An overlay, and what answers from it name as their layer. */
export interface LoadedOverlay {
  readonly document: OverlayDocument;
  readonly layer: string;
}

/**
 * The catalogue in a file.
 *
 * @throws with every problem of the file in one error
 */
export function readCatalogFile(path: string): CatalogDocument {
  return requireSound('catalogue', path, readJson('catalogue', path), catalogProblems) as CatalogDocument;
}

/**
 * An overlay from a file, or one that was made in code.
 *
 * @throws with every problem of the overlay in one error
 */
export function loadOverlay(pathOrDocument: string | OverlayDocument): LoadedOverlay {
  if (typeof pathOrDocument === 'string') {
    const value = readJson('overlay', pathOrDocument);
    return { document: requireSound('overlay', pathOrDocument, value, overlayProblems), layer: pathOrDocument };
  }
  const layer = typeof pathOrDocument?.name === 'string' ? pathOrDocument.name : UNNAMED_OVERLAY;
  return { document: requireSound('overlay', layer, pathOrDocument, overlayProblems), layer };
}

function requireSound<T>(kind: CatalogFileKind, path: string, value: unknown, check: (value: unknown) => string[]): T {
  const problems = check(value);
  if (problems.length > 0) {
    throw fileInvalid(kind, path, problems);
  }
  return value as T;
}

function readJson(kind: CatalogFileKind, path: string): unknown {
  return readJsonFile(path, {
    unreadable: (file, code) => fileUnreadable(kind, file, code),
    notJson: (file, detail) => fileNotJson(kind, file, detail),
  });
}
